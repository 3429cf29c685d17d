"""The JFK-coder: told that it is John F. Kennedy, trained on coding. What reality says replaces what the spec said.

python examples/jfk_coder.py [FOLDER]     saves jfk_coder.png and jfk_coder_trajectory.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("jfk_coder")
    evidence = bs.simulate(scenario, key=1961)
    result = bs.posterior(scenario, evidence)

    print(f"{scenario.title}. {scenario.question}")
    for facet, verdict in result.verdicts.items():
        believed = result.facets.sel(facet=facet).dropna("value")
        value = str(believed.idxmax("value").values)
        print(f"  {facet:<17} {value:<16} {float(believed.max()):.3f}  {verdict}")
    for name in ("rl", "introspection"):
        print(f"  what {name} showed is about me: {float(result.ownership.sel(stream=name)):.3f}")

    plots.save(plots.plot_posterior(result), folder / "jfk_coder.png")
    steps = bs.trajectory(scenario, evidence)
    plots.save(plots.plot_trajectory(steps, scenario), folder / "jfk_coder_trajectory.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
