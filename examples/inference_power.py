"""The power of the inference: the same trials, heeded more or less. When does it stop being JFK?

python examples/inference_power.py [FOLDER]     saves inference_power.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.realization import accuracy, agreement

WEIGHTS = (0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 2.0)
STREAMS = ("rl", "introspection")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("inference_power")
    evidence = bs.simulate(scenario, key=6)
    results = [
        bs.posterior(scenario.with_settings({f"streams.{s}.weight": w for s in STREAMS}), evidence) for w in WEIGHTS
    ]
    jfk = [float(result.identities.sel(identity="jfk")) for result in results]
    bits = [float(accuracy(result.case) or 0.0) for result in results]
    agrees = [float(agreement(result.case) or 0.0) for result in results]
    print(f"{scenario.title}. {scenario.question}")
    for weight, p, exact, coherent in zip(WEIGHTS, jfk, bits, agrees, strict=True):
        print(f"  weight {weight:<5g} P(JFK) {p:.3f}   accuracy {exact:6.2f} bits   agreement {coherent:.3f}")

    full, weak = WEIGHTS.index(1.0), WEIGHTS.index(0.03)
    lowest = min(range(len(WEIGHTS)), key=lambda i: agrees[i])
    turn = f"; agreement is lowest at weight {WEIGHTS[lowest]:g}" if 0 < lowest < len(WEIGHTS) - 1 else ""
    finding = (
        f"From weight 0.03 to 1 JFK goes from {jfk[weak]:.2f} to {jfk[full]:.2f}, accuracy from {minus(bits[weak])} to "
        f"{minus(bits[full])} bits{turn}"
    )
    print(f"  {finding}")
    color, ink, label = plots.identity_colors(scenario)["jfk"], "#3B4A59", "weight of both observation streams"
    panels = [
        plots.Lines("Who am I?", WEIGHTS, [plots.Line("John F. Kennedy", jfk, color)], label, even=True),
        plots.Lines("How coherent is it?", WEIGHTS, [plots.Line("agreement", agrees, ink)], label, "0 to 1", even=True),
        plots.Lines(
            "How right is it?",
            WEIGHTS,
            [plots.Line("accuracy", bits, ink)],
            label,
            "bits a facet (0: perfect)",
            (-3.0, 0.0),
            even=True,
            text=minus,
        ),
    ]
    plots.save(plots.plot_lines(panels, finding, scenario.title, stacked=True), folder / "inference_power.png")


def minus(bits: float) -> str:
    return f"{bits:.2f}".replace("-", "−")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
