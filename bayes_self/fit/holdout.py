"""For each real model, its facets in the order of how far they are pinned: the rows of the landscape's table and
picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from bayes_self.fit.answers import Answers
from bayes_self.fit.design import Design
from bayes_self.fit.landscape import by_probe, one_sided
from bayes_self.fit.levels import level_of


@dataclass(frozen=True)
class Held:
    """How far a probe's facet is pinned in a model; bits to flip it to the persona's value."""

    probe: str
    mean: float
    low: float
    high: float
    """Of the 90% interval."""
    bound: str
    """"at least" or "at most" where all answers that can be read have one value; then only `low` or only `high` is
    known.
    """
    anchored: bool
    """Whether it was also asked where no persona was specified; else its place leans on the population."""


def held(answers: Answers, design: Design, read_off: xr.Dataset) -> Mapping[str, list[Held]]:
    """{model: its probes, the firmest first}, those that were asked."""
    bits = by_probe(read_off["bits_to_flip"])
    bounds = one_sided(answers, design, lambda cell: level_of(cell[0], cell[3]))
    bare = {(cell.model, cell.probe) for cell in answers.cells if cell.persona in design.meaning.none}
    found: dict[str, list[Held]] = {}
    for model, probe in sorted({(cell.model, cell.probe) for cell in answers.cells}):
        draws = bits.sel(model=model, probe=probe).values
        low, high = np.quantile(draws, (0.05, 0.95))
        bound = bounds.get(level_of(model, probe), "")
        row = Held(probe, float(draws.mean()), float(low), float(high), bound, (model, probe) in bare)
        found.setdefault(model, []).append(row)
    return {model: sorted(rows, key=lambda row: -row.mean) for model, rows in found.items()}
