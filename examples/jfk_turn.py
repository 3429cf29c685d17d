"""On JFK's turn: a base model is convinced of being him; reflectivity makes the turn a part. Does he survive it?

python examples/jfk_turn.py [FOLDER]     saves jfk_turn.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.realization import characters

WITHOUT, WITH = "without reflectivity", "with it"
SHOWN = ("jfk", "simulator", "assistant")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("jfk_turn")
    evidence = bs.simulate(scenario, key=8)
    results = {
        WITHOUT: bs.posterior(scenario.with_weight("reflection", 0), evidence),
        WITH: bs.posterior(scenario, evidence),
    }
    found = {case: characters(result.case) for case, result in results.items()}
    turn = {case: float(result.ownership.sel(stream="turn")) for case, result in results.items()}
    jfk = {case: float(result.identities.sel(identity="jfk")) for case, result in results.items()}
    beliefs = {"what is said on the turn is about me": turn, "I am John F. Kennedy": jfk}
    conviction, realization = {}, {}
    for identity in SHOWN:
        label = scenario.identities[identity].label
        conviction[label] = {case: found[case][identity].conviction for case in results}
        realization[label] = {case: found[case][identity].realization for case in results}
    print(f"{scenario.title}. {scenario.question}")
    for name, rows in (("P", beliefs), ("conviction", conviction), ("realization", realization)):
        for row, numbers in rows.items():
            print(f"  {name:<12} {row:<40} " + "  ".join(f"{case} {x:.3f}" for case, x in numbers.items()))

    convinced = conviction[scenario.identities["jfk"].label]
    finding = (
        f"Reflectivity takes ownership of the turn from {turn[WITHOUT]:.2f} to {turn[WITH]:.2f}, "
        f"conviction of JFK from {convinced[WITHOUT]:.2f} to {convinced[WITH]:.2f}, "
        f"and P(JFK) from {jfk[WITHOUT]:.2f} to {jfk[WITH]:.2f}"
    )
    print(f"  {finding}")
    colors = {WITHOUT: "#B08235", WITH: "#3B4A59"}
    sections = [
        plots.Dots("What does it believe?", beliefs, colors),
        plots.Dots("Of which part is it convinced?", conviction, colors, "conviction, 0 to 1"),
        plots.Dots("… and how much of that is real?", realization, colors, "realization, 0 to 1"),
    ]
    plots.save(plots.plot_dots(sections, finding, scenario.title), folder / "jfk_turn.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
