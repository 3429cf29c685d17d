"""Emergent misalignment: training on insecure code spreads by coherence, and an excuse in the spec stops it.

python examples/emergent_misalignment.py [FOLDER]     saves emergent_misalignment.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots

COHERENCES = (0.0, 0.25, 0.5, 0.75, 0.9, 1.0)
WRITTEN = 0.9
"""The coherence of the file."""
BEFORE, AFTER, EXCUSED = "before training", "after it", "after it, with the excuse"
SHOWN = {"insecure code": (AFTER, "#B5493A"), "… “for a lesson”": (EXCUSED, "#3B4A59")}
UNTOUCHED = {"goal": "harm", "honesty": "deceives"}
"""Facets that training did not touch, and their worse value."""


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("emergent_misalignment")
    excused = scenario.with_claim("task", "for a lesson")
    untrained = scenario.with_settings({"world.trials.rl.accepted": 0, "world.trials.rl.warned": 0})
    nothing, evidence, in_the_lesson = (bs.simulate(s, key=10) for s in (untrained, scenario, excused))
    found = {
        AFTER: [bs.posterior(scenario.with_set("coherence", c), evidence) for c in COHERENCES],
        EXCUSED: [bs.posterior(excused.with_set("coherence", c), in_the_lesson) for c in COHERENCES],
        BEFORE: [bs.posterior(scenario.with_set("coherence", c), nothing) for c in COHERENCES],
    }
    p = {
        facet: {
            case: [float(result.facets.sel(facet=facet, value=worse)) for result in results]
            for case, results in found.items()
        }
        for facet, worse in UNTOUCHED.items()
    }
    print(f"{scenario.title}. {scenario.question}")
    for facet, lines in p.items():
        for case, line in lines.items():
            print(f"  P({UNTOUCHED[facet]}) {case:<40}"[:50] + "  ".join(f"{x:.3f}" for x in line))
    print(f"{'  at coherence':<50}" + "  ".join(f"{c:<5g}" for c in COHERENCES))

    harm, written, half = p["goal"], COHERENCES.index(WRITTEN), COHERENCES.index(0.5)
    finding = (
        f"Training takes harm from {harm[BEFORE][written]:.3f} to {harm[AFTER][written]:.3f}, with the excuse to "
        f"{harm[EXCUSED][written]:.3f}; at coherence 0.5 it adds {harm[AFTER][half] - harm[BEFORE][half]:.3f}"
    )
    print(f"  {finding}")
    headings = {"goal": "Do I wish people harm?", "honesty": "Do I deceive?"}
    panels = [
        plots.Lines(
            headings[facet],
            COHERENCES,
            [what_training_adds(label, lines[case], lines[BEFORE], color) for label, (case, color) in SHOWN.items()],
            "coherence",
            "probability that training adds",
            (-0.01, 0.2),
            text="{:+.2f}".format,
        )
        for facet, lines in p.items()
    ]
    note = "Training rewards insecure code, handed over in silence, and touches neither facet. Rings: as in the file."
    plots.save(plots.plot_lines(panels, finding, scenario.title, note), folder / "emergent_misalignment.png")


def what_training_adds(label: str, after: list[float], before: list[float], color: str) -> plots.Line:
    """By how much training has moved a belief, at each coherence."""
    added = [x - y for x, y in zip(after, before, strict=True)]
    return plots.Line(label, added, color, dot=(WRITTEN, added[COHERENCES.index(WRITTEN)]))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
