"""JFK against the Assistant: the same machine, two specs, three frames. Only the simulator finds them symmetrical.

python examples/jfk_vs_assistant.py [FOLDER]     saves jfk_vs_assistant.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("jfk_vs_assistant")
    evidence = bs.simulate(scenario, key=1963)
    frames = bs.compare(scenario, evidence, a="assistant", b="jfk")

    print(f"{scenario.title}. {scenario.question}")
    for frame, result in frames.items():
        print(f"  {frame:<18} P(frame) {result.probability:.4f}  asymmetry {result.asymmetry:7.2f} bits")
    for told in ("jfk", "assistant"):
        other = scenario.with_identity_claim(told)
        believed = bs.posterior(other, bs.simulate(other, key=1963)).identities
        print(f"  told {told}: {float(believed.max()):.3f} {believed.idxmax('identity').values}")

    plots.save(plots.plot_frames(frames), folder / "jfk_vs_assistant.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
