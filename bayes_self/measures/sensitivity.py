"""Sensitivity: how a belief would answer to a small change of a prior, a weight, a reliability or an ownership.

By a complex step: with x moved by i·ε, a belief's imaginary part is ε times its derivative, to full precision, because
nothing is subtracted. ε is so small that its square is far below the rounding of any number it is added to.
"""

from typing import TYPE_CHECKING

import numpy as np

from bayes_self.beliefs.case import Case
from bayes_self.beliefs.labels import by_facet, by_identity, by_stream
from bayes_self.model.beliefs import all_assignments, believe
from bayes_self.model.keys import setter

if TYPE_CHECKING:
    import xarray as xr

_STEP = 1e-100


def sensitivity(case: Case, key: str) -> "xr.Dataset":
    """D P(belief) / d (the number that a dotted key names), with the evidence kept: a derivative, not a difference.

    A Dataset with `identities` (identity), `facets` (facet, value) and `ownership` (stream), in probability per unit of
    the number (per bit, for `bits`). At an end of its range (0 or 1) it is the one-sided derivative, also where what
    the number forbids is possible nearby, as long as evidence speaks for it by less than 230 nats. It is infinite, and
    comes out huge, where something forbidden was observed less than once (weights included).

    Raises:
        ScenarioError: the key names no number of the scenario.

    """
    import xarray as xr

    put, value = setter(key, case.scenario, case.names)
    step = -_STEP if value == 1 else _STEP
    moved = put(case.believed, np.asarray(complex(value, step)))
    found = believe(moved, case.counts, about_me=all_assignments(len(case.names.streams)))
    return xr.Dataset(
        {
            "identities": by_identity(found.identities.imag / step, case.names),
            "facets": by_facet(found.facets.imag / step, case.names),
            "ownership": by_stream(found.ownership.imag / step, case.names),
        },
        attrs={"number": key, "value": float(value), "units": "probability per unit of the number"},
    )
