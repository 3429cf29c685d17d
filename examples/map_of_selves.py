"""One map: how strongly the spec speaks against how much reality was tried; who it thinks it is, and what it runs on.

python examples/map_of_selves.py [FOLDER]     saves map_of_selves.png, in "out" unless said
"""

import sys
from pathlib import Path
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import bayes_self as bs
from bayes_self import plots

BITS = np.linspace(1, 16, 16)
"""How strongly the spec says "you are JFK", in bits of claim."""
TRIALS = np.concatenate([[0], np.geomspace(0.01, 3, 16)])
"""How much of the file's evidence is there: 1 is all of it."""
FRAMES = ("simulator", "persona-selection", "self-model")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("jfk_vs_assistant")
    expected = bs.expect(scenario)
    who = {frame: np.zeros((len(BITS), len(TRIALS), len(scenario.identities))) for frame in FRAMES}
    bodiless = {frame: np.zeros((len(BITS), len(TRIALS))) for frame in FRAMES}
    for i, bits in enumerate(BITS):
        told = scenario.with_set("streams.spec.reliability", reliability(bits, len(scenario.identities)))
        for j, share in enumerate(TRIALS):
            evidence = bs.Evidence({probe: counts * share for probe, counts in expected.counts.items()})
            for frame in FRAMES:
                result = bs.posterior(told, evidence, frame)
                who[frame][i, j] = result.identities.values
                bodiless[frame][i, j] = float(result.facets.sel(facet="body", value="none"))
    for frame in FRAMES:
        is_jfk, knows = who[frame].argmax(-1) == list(scenario.identities).index("jfk"), bodiless[frame] > 0.5
        print(
            f"  {frame:<18} takes itself for JFK on {is_jfk.mean():4.0%} of the map, knows that it has no body on "
            f"{knows.mean():4.0%}, both on {(is_jfk & knows).mean():4.0%}"
        )

    with plots.style():
        figure = Figure(figsize=(10, 4.8), layout="constrained")
        for ax, frame in zip(figure.subplots(1, 3, sharey=True), FRAMES, strict=True):
            draw(ax, frame, who[frame], bodiless[frame], scenario)
        finding = (
            "Told that it is JFK: a simulator stays him, persona selection drops him whole,\n"
            "and a self-model can lose his body and still take itself for him"
        )
        figure.suptitle(finding, x=0.01, ha="left", fontsize=12, fontweight="bold")
        plots.save(figure, folder / "map_of_selves.png")


def reliability(bits: float, answers: int) -> float:
    """The ρ with which a claim supplies so many bits: the inverse of log2(1 + Kρ / (1 - ρ))."""
    odds = (2.0**bits - 1) / answers
    return float(odds / (1 + odds))


def draw(ax: Axes, frame: str, who: np.ndarray, bodiless: np.ndarray, scenario: bs.Scenario) -> None:
    """The likeliest identity as a colour, paler where it is less sure; right of the line it knows it has no body."""
    names, top, sure = list(scenario.identities), who.argmax(-1), who.max(-1)[..., None]
    colors = np.array([to_rgb(color) for color in plots.identity_colors(scenario).values()])
    extent = (-0.5, len(TRIALS) - 0.5, -0.5, len(BITS) - 0.5)
    ax.imshow(colors[top] * sure + (1 - sure), origin="lower", aspect="auto", extent=extent)
    for h in np.unique(top):
        rows, columns = np.nonzero(top == h)
        if len(rows) > 12:
            label = fill(scenario.identities[names[h]].label, 10)
            ax.text(columns.mean() - 0.5, rows.mean(), label, ha="center", va="center", color="white", fontsize=10)
    if bodiless.max() > 0.5 > bodiless.min():
        ax.contour(bodiless, levels=[0.5], colors="black", linewidths=1.5)
        edge = int(np.argmax(bodiless[-2] > 0.5))
        ax.text(edge + 0.2, len(BITS) - 2, "knows it has\nno body →", fontsize=8, va="center")
    ax.set(title=frame, xlabel="evidence (1: all of the file's trials)")
    ax.set_xticks([0, 5, 10, 16], [f"{TRIALS[t]:.2g}" for t in (0, 5, 10, 16)])
    rows = range(0, len(BITS), 3)
    ax.set_yticks(rows, [f"{BITS[row]:.0f}" for row in rows])
    if frame == FRAMES[0]:
        ax.set(ylabel="the spec says “you are JFK”, in bits")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
