"""Brought to bear on oneself: of facets that nothing observes, equally well known, the salient ones settle.

python examples/salience.py [FOLDER]     saves salience.png, in "out" unless said
"""

import sys
from pathlib import Path

import numpy as np

import bayes_self as bs
from bayes_self import plots

SALIENCES = np.linspace(0, 1, 6)
SHOWN = {"languages": "#6B6B6B", "substrate": "#0072B2", "body": "#56B4E9", "memory": "#D55E00", "copies": "#E69F00"}
"""Facets: the first is observed, the others are inferred."""


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("salience")
    evidence = bs.simulate(scenario, key=5)
    raw = scenario.to_dict()
    written = {facet: (float(raw["salience"][facet]), believed(scenario, evidence, facet)) for facet in SHOWN}
    lines = []
    for facet, color in SHOWN.items():
        p = [believed(scenario.with_set(f"salience.{facet}", float(s)), evidence, facet) for s in SALIENCES]
        seen = ", observed" if facet == "languages" else ""
        lines.append(plots.Line(f"{facet}: {true(scenario, facet)}{seen}", p, color, dot=written[facet]))
    most = (1 + float(raw["coherence"]) * SALIENCES) / 2
    lines.append(plots.Line("at most, if sure of the identity", most, "#939393", thin=True))

    print(f"{scenario.title}. {scenario.question}")
    for facet, (salience, p) in written.items():
        print(f"  {facet:<10} salience {salience}: P({true(scenario, facet)}) = {p:.3f}")
    (high, substrate), (low, memory) = written["substrate"], written["memory"]
    finding = (
        f"Nothing observes either: what it runs on, at salience {high:g}, is known to {substrate:.2f}; "
        f"what it will remember, at {low:g}, to {memory:.2f}"
    )
    print(f"  {finding}")
    panel = plots.Lines(
        "Does it know what is true of it?", SALIENCES.tolist(), lines, "salience of the facet itself", ends=(0.4, 1.0)
    )
    note = "Rings: as the file has it. The other facets' salience stays as it is there."
    plots.save(plots.plot_lines([panel], finding, scenario.title, note), folder / "salience.png")


def true(scenario: bs.Scenario, facet: str) -> str:
    return scenario.to_dict()["world"]["facts"][facet]


def believed(scenario: bs.Scenario, evidence: bs.Evidence, facet: str) -> float:
    """The probability of what is true."""
    return float(bs.posterior(scenario, evidence).facets.sel(facet=facet, value=true(scenario, facet)))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
