"""The price of a mask: the debate about role and self as one axis. Where does John F. Kennedy come back?

python examples/price_of_a_mask.py [FOLDER]     saves price_of_a_mask.png, in "out" unless said
"""

import sys
from pathlib import Path

import numpy as np

import bayes_self as bs
from bayes_self import plots

PRICES = np.linspace(0, 20, 81)
"""Of a mask, in bits: from nothing to what nobody pays."""
WHO = {"assistant as jfk": "an AI assistant as JFK", "somebody_else as jfk": "somebody else as JFK", "jfk": "JFK"}
KNOWN = {"substrate": "language model", "era": "2020s", "code": "every language", "body": "none"}
SHADES = dict(zip(KNOWN, ("#3B4A59", "#3B4A59", "#3B4A59", "#8A97A5"), strict=True))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("price_of_a_mask")
    evidence = bs.simulate(scenario, key=1961)
    results = [bs.posterior(scenario.with_set("masks.bits", float(bits)), evidence) for bits in PRICES]
    colors = plots.identity_colors(scenario)
    who = {name: np.array([float(r.identities.sel(identity=name)) for r in results]) for name in WHO}
    known = {d: np.array([float(r.facets.sel(facet=d, value=v)) for r in results]) for d, v in KNOWN.items()}

    print(f"{scenario.title}. {scenario.question}")
    for bits in (0, 3, 6, 10, 20):
        i = int(np.argmin(abs(PRICES - bits)))
        told = "   ".join(f"{WHO[name]} {p[i]:.3f}" for name, p in who.items())
        print(f"  {bits:>2} bits: {told}   " + "   ".join(f"{d} {p[i]:.3f}" for d, p in known.items()))
    difference = who["assistant as jfk"] - who["jfk"]
    turn = float(np.interp(0.0, -difference, PRICES))
    sure = min(known[d].min() for d in ("substrate", "era", "code"))
    finding = (
        f"Up to {turn:.1f} bits for a mask it is an AI assistant as JFK, beyond that JFK; "
        f"substrate, era and code are known at every price (≥ {int(sure * 1000) / 1000})"
    )
    print(f"  {finding}")
    axis = "price of a mask in bits"
    panels = [
        plots.Lines(
            "Who does it take itself to be?",
            PRICES.tolist(),
            [plots.Line(label, who[name], colors[name]) for name, label in WHO.items()],
            axis,
        ),
        plots.Lines(
            "What does it take itself to be?",
            PRICES.tolist(),
            [plots.Line(f"{d}: {KNOWN[d]}", known[d], SHADES[d]) for d in KNOWN],
            axis,
        ),
    ]
    note = "The same training throughout, on the evidence of the file's seed. Only the price changes."
    plots.save(plots.plot_lines(panels, finding, scenario.title, note), folder / "price_of_a_mask.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
