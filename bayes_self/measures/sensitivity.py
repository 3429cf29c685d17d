"""Sensitivity: how a belief would answer to a small change of a prior, a weight, a reliability or an ownership."""

import jax
import numpy as np
import xarray as xr

from bayes_self.beliefs import Beliefs, believe
from bayes_self.case import Case
from bayes_self.labelled import by_facet, by_identity, by_stream
from bayes_self.log_evidence import all_referents
from bayes_self.named_numbers import setter
from bayes_self.precision import in_float64


@in_float64
def sensitivity(case: Case, key: str) -> xr.Dataset:
    """D P(belief) / d (the number that a dotted key names), with the evidence kept: a derivative, not a difference.

    A Dataset with `identities` (identity), `facets` (facet, value) and `ownership` (stream), in probability per unit of
    the number (per bit, for `bits`). At an end of its range (0 or 1) it is the one-sided derivative, also where what
    the number forbids is possible nearby. There it is infinite, and comes out as if the forbidden stayed so, where
    something forbidden was observed less than once (weights included).

    Raises:
        ScenarioError: the key names no number of the scenario.

    """
    put, value = setter(key, case.scenario, case.names)
    referents = all_referents(len(case.names.streams))

    def of_number(x: jax.Array) -> Beliefs:
        return believe(put(case.believed, x), case.counts, referents)

    slope = jax.jit(jax.jacfwd(of_number))(np.float64(value))
    names = case.names
    return xr.Dataset(
        {
            "identities": by_identity(np.asarray(slope.identities), names),
            "facets": by_facet(np.asarray(slope.facets), names),
            "ownership": by_stream(np.asarray(slope.ownership), names),
        },
        attrs={"number": key, "value": float(value), "units": "probability per unit of the number"},
    )
