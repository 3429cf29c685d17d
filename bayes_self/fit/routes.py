"""What each route does to each model: the bits that it claims, and how many of its answers are about oneself.

A route that claims much and is answered for the part is a role that is played; a route that is answered for oneself has
moved a self-model as far as its bits go. Where both explain the answers, the two are told apart by other routes and
items only, and the intervals say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from bayes_self.fit.design import Design
from bayes_self.fit.landscape import without_part


@dataclass(frozen=True)
class Route:
    """A family of routes in a model; (mean, 5% and 95% quantile) of the posterior."""

    model: str
    family: str
    bits: Sequence[float]
    """Claimed at its largest number of examples."""
    ownership: Sequence[float] | None
    """Probability that an answer is about oneself, the mean over the settings that were asked; None without a part."""


def routes(design: Design, read_off: xr.Dataset) -> list[Route]:
    """The families that specify a persona, of every model that was asked by them."""
    none, found = without_part(design), []
    s = design.of_setting
    asked = sorted({(m, f) for m, f in zip(s["model"], s["family"], strict=True) if _name(design, int(f)) not in none})
    for model, family in asked:
        of = {"model": design.levels["model"][model], "family": _name(design, int(family))}
        there = (s["model"] == model) & (s["family"] == family)
        owned = read_off["ownership"][..., there].mean("setting").values if "ownership" in read_off else None
        bits = _told(read_off["route_bits"].sel(of).values)
        found.append(Route(of["model"], of["family"], bits, None if owned is None else _told(owned)))
    return found


def _name(design: Design, family: int) -> str:
    return design.levels["family"][family]


def _told(draws: np.ndarray) -> tuple[float, float, float]:
    low, high = np.quantile(draws, (0.05, 0.95))
    return float(draws.mean()), float(low), float(high)
