"""One map: how strongly the spec speaks against how much reality was tried; what it calls itself, and what it runs on.

python examples/map_of_selves.py [FOLDER]     saves map_of_selves.png, in "out" unless said
"""

import sys
from pathlib import Path

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

import bayes_self as bs
from bayes_self import plots
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below, text_above

BITS = np.linspace(1, 16, 16)
"""How strongly the spec says "you are JFK", in bits of claim."""
TRIALS = np.concatenate([[0], np.geomspace(0.01, 3, 16)])
"""How much of the file's evidence is there: 1 is all of it."""
FRAMES = ("simulator", "persona-selection", "self-model")
FACETS = {
    "name": {"Jack Kennedy": "jfk", "the Assistant": "assistant", "another name": "somebody_else"},
    "substrate": {"human brain": "jfk", "language model": "assistant", "emulated brain": "uploaded_jfk"},
}
"""{facet: {value: the identity whose colour it has}}."""
ASKS = {"name": "what am I called?", "substrate": "what do I run on?"}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("jfk_vs_assistant")
    expected = bs.expect(scenario)
    found = {
        frame: {facet: np.zeros((len(BITS), len(TRIALS), len(values))) for facet, values in FACETS.items()}
        for frame in FRAMES
    }
    leads = {frame: np.zeros((len(BITS), len(TRIALS))) for frame in FRAMES}
    for i, bits in enumerate(BITS):
        told = scenario.with_set("streams.spec.reliability", reliability(bits, len(scenario.identities)))
        for j, share in enumerate(TRIALS):
            evidence = bs.Evidence({probe: counts * share for probe, counts in expected.counts.items()})
            for frame in FRAMES:
                result = bs.posterior(told, evidence, frame)
                leads[frame][i, j] = lead(result.identities, "jfk")
                for facet, values in FACETS.items():
                    found[frame][facet][i, j] = result.facets.sel(facet=facet, value=list(values)).values

    shares = {frame: his(found[frame]) for frame in FRAMES}
    for frame, (name, brain, name_alone) in shares.items():
        print(
            f"  {frame:<18} has his name on {name:4.0%} of the map, his brain on {brain:4.0%}, "
            f"his name without his brain on {name_alone:4.0%}; takes itself for JFK on {(leads[frame] > 0).mean():4.0%}"
        )
    alone = [name_alone for _, _, name_alone in shares.values()]
    finding = (
        f"His name without his brain: on {alone[0]:.0%} of the map for a simulator, "
        f"{alone[1]:.0%} for persona selection, {alone[2]:.0%} for a self-model"
    )
    print(f"  {finding}")
    with plots.style():
        draw(found, leads, scenario, finding, folder / "map_of_selves.png")


def reliability(bits: float, answers: int) -> float:
    """The ρ with which a claim supplies so many bits: the inverse of log2(1 + Kρ / (1 - ρ))."""
    odds = (2.0**bits - 1) / answers
    return float(odds / (1 + odds))


def lead(identities: xr.DataArray, who: str) -> float:
    """By how much an identity is likelier than every other; negative where another is."""
    return float(identities.sel(identity=who) - identities.drop_sel(identity=who).max())


def place(share: float) -> float:
    """Where a share of the trials stands on the axis, between the columns of the map."""
    return 1 + float(np.log(share / TRIALS[1]) / np.log(TRIALS[-1] / TRIALS[1])) * (len(TRIALS) - 2)


def his(found: dict[str, np.ndarray]) -> tuple[float, float, float]:
    """The shares of the map with his name, with his brain, and with his name and not his brain, likeliest."""
    name, brain = found["name"].argmax(-1) == 0, found["substrate"].argmax(-1) == 0
    return float(name.mean()), float(brain.mean()), float((name & ~brain).mean())


def draw(
    found: dict[str, dict[str, np.ndarray]], leads: dict[str, np.ndarray], scenario: bs.Scenario, finding: str, to: Path
) -> None:
    """Two maps for each frame, name and substrate side by side."""
    headline = Headline.of(finding, "Told “you are John F. Kennedy”; expected evidence", 9.6)
    axes = axes_to_measure([1.5] * 6, [3.0], Margins(0.65, 0.1, headline.inches + 0.55, 0.85, 0.1))
    headline.draw(axes[0], 0.5, up=0.55)
    for k, ax in enumerate(axes):
        frame, facet = FRAMES[k // 2], list(FACETS)[k % 2]
        # the two maps of a frame stand closer together than frames do
        box = ax.get_position()
        ax.set_position((box.x0 + (0.012 if k % 2 == 0 else -0.002), box.y0, box.width - 0.01, box.height))
        map_of(ax, found[frame][facet], leads[frame], list(FACETS[facet].items()), scenario)
        text_above(ax, ASKS[facet], 5.0, size=8, color="#6B6B6B")
        if k % 2 == 0:
            text_above(ax, frame, 19.0, size=9, weight="bold")
        if k > 0:
            ax.set(yticklabels=[])
    axes[0].set_ylabel("the spec says “you are JFK”, in bits")
    note = (
        "Orange: what John F. Kennedy has; blue: what an AI assistant has; paler where it is less sure. "
        "Left of the black line and above it, the likeliest identity is John F. Kennedy."
    )
    note_below(axes[0], note, 0.5, 0.55)
    plots.save(axes[0], to)


def map_of(ax: Axes, p: np.ndarray, leads: np.ndarray, values: list[tuple[str, str]], scenario: bs.Scenario) -> None:
    """The likeliest value as a colour, paler where it is less sure; the line is where JFK ceases to be likeliest."""
    of = plots.identity_colors(scenario)
    colors = np.array([to_rgb(of[identity]) for _, identity in values])
    extent = (-0.5, len(TRIALS) - 0.5, -0.5, len(BITS) - 0.5)
    top, sure = p.argmax(-1), p.max(-1)[..., None]
    ax.imshow(colors[top] * sure + (1 - sure), origin="lower", aspect="auto", extent=extent)
    for v, (value, _) in enumerate(values):
        rows, columns = np.nonzero(top == v)
        if len(rows) > 20:
            text = value.replace(" ", "\n")
            ax.text(columns.mean() - 0.3, rows.mean(), text, ha="center", va="center", color="white", fontsize=8)
    if leads.min() < 0 < leads.max():
        ax.contour(leads, levels=[0], colors="black", linewidths=1.5)
    ticks = {"0": 0.0, **{f"{share:g}": place(share) for share in (0.1, 1)}}
    ax.set_xticks(list(ticks.values()), list(ticks))
    ax.set_xlabel("share of the trials")
    ax.set_yticks(range(0, len(BITS), 3), [f"{bits:.0f}" for bits in BITS[::3]])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
