"""Unknown numbers: what the evidence says of coherence and reliability, in ArviZ's plots and in ours.

python examples/unknown_numbers.py [FOLDER] [DRAWS]     saves unknown_numbers.png, belief_spread.png and ArviZ's plots
(forest, pair, rank, energy, psense) in "out" unless said, from 1,000 draws of each of four chains unless said
"""

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import arviz as az

import bayes_self as bs
from bayes_self import plots

UNKNOWN = ("coherence", "streams.rl.reliability")


def main(folder: Path, draws: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("naming")
    found = bs.infer(scenario, bs.simulate(scenario, key=5), UNKNOWN, key=5, draws=draws, warmup=500)
    print(f"{scenario.title}. {scenario.question}")
    print(f"  {found!r}")
    for failure in found.diagnosis.failures:
        print(f"  NOT a posterior: {failure}")
    for warning in found.diagnosis.warnings:
        print(f"  {warning}")
    print(az.summary(found.tree).to_string())
    print("Does a number hang on its prior, or on the evidence? Power-scaling sensitivity (above 0.05 it does):")
    print(az.psense_summary(found.tree).to_string())
    loo = found.loo()
    print(f"One probe left out at a time: elpd {loo.elpd:.1f} ± {loo.se:.1f} nats")

    ours = plots.plot_unknown(found)
    plots.save(ours, folder / "unknown_numbers.png")
    plots.save(plots.plot_belief_spread(found), folder / "belief_spread.png")
    for name, plot in ARVIZ.items():
        with warnings.catch_warnings():
            # ArviZ lays out figures of its own, and warns where it makes them narrower than it would like
            warnings.simplefilter("ignore")
            plot(found.tree).savefig(folder / f"arviz_{name}.png")


ARVIZ: dict[str, Callable[..., Any]] = {
    "forest": az.plot_forest,
    "pair": az.plot_pair,
    "rank": az.plot_rank,
    "energy": az.plot_energy,
    "psense": az.plot_psense_dist,
}
"""ArviZ's own plots, all of the tree alone."""


if __name__ == "__main__":
    main(
        Path(sys.argv[1] if len(sys.argv) > 1 else "out"),
        int(sys.argv[2]) if len(sys.argv) > 2 else 1000,
    )
