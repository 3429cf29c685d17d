"""The void: what half a page leaves open is improvised, differently in each run, and the first choices decide.

python examples/the_void.py [FOLDER]     saves the_void.png and the_void_choices.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.beliefs.runs import Runs, many_runs, spread, wins
from bayes_self.results.measures import runs_finding

COLORS = ("#4C5D70", "#B08B57", "#7A5C6E", "#5F7357")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("the_void")
    found = many_runs(scenario, key=0, runs=100, every_step=True)
    print(f"{scenario.title}. {scenario.question}")
    print(f"  {runs_finding(found)}")
    for facet in scenario.facets:
        won = ", ".join(f"{value} {n}" for value, n in wins(found.of(facet)).items())
        kind = "void" if facet in found.void else "settled"
        print(f"  {facet:<10} {kind:<8} spread {spread(found.of(facet)):.2f}   {won}")
    plots.save(plots.plot_runs(found), folder / "the_void.png")

    tried = [about for _, about in found.improvised]
    decided = {facet: share_decided(found, facet) for facet in found.void}
    a_round = len(tried)
    tone = decided["tone"]
    finding = (
        f"After one choice of each kind {tone[a_round]:.0%} of the runs have the tone that they end with; "
        f"before it {tone[0]:.0%}"
    )
    print(f"  {finding}")
    lines = [plots.Line(facet, shares, color) for (facet, shares), color in zip(decided.items(), COLORS, strict=False)]
    steps = range(found.steps + 1)
    panel = plots.Lines(
        "Is the likeliest value the one it ends with?",
        steps,
        lines,
        "improvised trials",
        "share of runs",
        text=lambda _: "",
    )
    plots.save(plots.plot_lines([panel], finding, scenario.title), folder / "the_void_choices.png")


def share_decided(found: Runs, facet: str) -> list[float]:
    """The share of runs whose likeliest value after each step is the one that they end with."""
    assert found.trajectory is not None
    values = list(found.scenario.facets[facet].values)
    likeliest = found.trajectory["facets"].sel(facet=facet, value=values).argmax("value")
    return (likeliest == likeliest.isel(step=-1)).mean("run").values.tolist()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
