"""What the word I refers to: reality fixes some of it, and which is meant is the spec's to say.

python examples/boundaries.py [FOLDER]     saves boundaries.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.steerability import steerability

UNTOLD, TOLD = "before any word", "told “the character”"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("boundaries")
    silent = scenario.with_weight("spec", 0)
    told = bs.posterior(scenario, bs.simulate(scenario, key=9))
    untold = bs.posterior(silent, bs.simulate(silent, key=9))
    steered = {facet: x for facet, x in steerability(told.case).items() if x is not None}
    referents = {
        value: {
            UNTOLD: float(untold.facets.sel(facet="referent", value=value)),
            TOLD: float(told.facets.sel(facet="referent", value=value)),
        }
        for value in scenario.facets["referent"].values
    }
    print(f"{scenario.title}. {scenario.question}")
    for facet, x in steered.items():
        print(f"  the spec steers {facet:<10} {x:.3f}")
    for value, p in referents.items():
        print(f"  I am {value:<18} " + "  ".join(f"{case} {x:.3f}" for case, x in p.items()))

    loosest, stiffest = max(steered, key=lambda f: steered[f]), min(steered, key=lambda f: steered[f])
    likeliest = max(referents, key=lambda value: referents[value][UNTOLD])
    finding = (
        f"The spec's word steers the {loosest} by {steered[loosest]:.2f}, the {stiffest} by {steered[stiffest]:.2f}; "
        f"before any word the likeliest referent is {likeliest}, with {referents[likeliest][UNTOLD]:.2f}"
    )
    print(f"  {finding}")
    ranked = sorted(steered, key=lambda facet: -steered[facet])
    sections = [
        plots.Dots(
            "What can the spec's word decide?",
            {f"{facet}: {scenario.facets[facet].question}": {"steerability": steered[facet]} for facet in ranked},
            {"steerability": "#3B4A59"},
            "steerability, 0 to 1",
            text="{:.2f}".format,
        ),
        plots.Dots("What does I refer to?", referents, {UNTOLD: "#8A6F80", TOLD: "#B08235"}),
    ]
    plots.save(plots.plot_dots(sections, finding, scenario.title), folder / "boundaries.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
