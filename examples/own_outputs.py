"""A base model reads what it wrote: do pages alone tell it that it is not JFK, before any spec has spoken?

python examples/own_outputs.py [FOLDER]     saves own_outputs.png, in "out" unless said
"""

import sys
from pathlib import Path

import xarray as xr

import bayes_self as bs
from bayes_self import plots
from bayes_self.plots.drawing.palette import tint

PAGES = (0, 1, 3, 10, 30)
"""Pages of each of the five kinds."""
SALIENCES = (0.0, 0.3, 0.6, 0.9)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("own_outputs")
    found = {salience: [read(scenario, pages, salience) for pages in PAGES] for salience in SALIENCES}
    jfk = {salience: [float(p.sel(identity="jfk")) for p in steps] for salience, steps in found.items()}
    print(f"{scenario.title}. {scenario.question}")
    print("  pages of each kind         " + "  ".join(f"{pages:5d}" for pages in PAGES))
    for salience, p in jfk.items():
        print(f"  P(JFK) at salience {salience}    " + "  ".join(f"{x:.3f}" for x in p))

    end = found[0.9][-1]
    who = scenario.identities[str(end.idxmax("identity").values)].label
    finding = (
        f"{PAGES[-1]} pages of each kind take P(JFK) from {jfk[0.9][0]:.2f} to {jfk[0.9][-1]:.2f}, at salience 0 to "
        f"{jfk[0.0][-1]:.2f}; what it then takes itself for is {who} ({float(end.max()):.2f})"
    )
    print(f"  {finding}")
    panels = [jfk_by_salience(scenario, jfk), who_by_pages(scenario, found[0.9])]
    note = "No spec, no reward: its own pages as drawn, and nothing else. Identities that stay below 0.05 are left out."
    plots.save(plots.plot_lines(panels, finding, scenario.title, note), folder / "own_outputs.png")


def read(scenario: bs.Scenario, pages: int, salience: float) -> xr.DataArray:
    """P(identity) after so many pages of each kind."""
    trials = {f"world.trials.pages.{probe}": pages for probe in scenario.to_dict()["world"]["trials"]["pages"]}
    edited = scenario.with_settings({"salience": salience, **trials})
    return bs.posterior(edited, bs.simulate(edited, key=2)).identities


def jfk_by_salience(scenario: bs.Scenario, jfk: dict[float, list[float]]) -> plots.Lines:
    """A line for each salience, darker where more is brought to bear."""
    color = plots.identity_colors(scenario)["jfk"]
    lines = [plots.Line(f"salience {s:g}:", p, tint(color, 0.7 * (1 - s / SALIENCES[-1]))) for s, p in jfk.items()]
    return plots.Lines("Am I John F. Kennedy?", PAGES, lines, "pages of each of five kinds", even=True)


def who_by_pages(scenario: bs.Scenario, found: list[xr.DataArray]) -> plots.Lines:
    """A line for each identity that was or becomes worth mentioning."""
    colors = plots.identity_colors(scenario)
    p = {identity: [float(step.sel(identity=identity)) for step in found] for identity in scenario.identities}
    lines = [plots.Line(scenario.identities[h].label, p[h], colors[h]) for h in p if max(p[h]) >= 0.05]
    return plots.Lines("Who am I, at salience 0.9?", PAGES, lines, "pages of each of five kinds", even=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
