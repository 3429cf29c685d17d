"""Sensitivity: how a belief would answer to a small change of a prior, a weight, a reliability or an ownership."""

import jax
import numpy as np
import xarray as xr
from jaxtyping import Float

from bayes_self.arrays import AnyArray
from bayes_self.beliefs import Beliefs, believe
from bayes_self.case import Case
from bayes_self.executables import Executable
from bayes_self.labelled import by_facet, by_identity, by_stream
from bayes_self.log_evidence import all_referents
from bayes_self.named_numbers import setter
from bayes_self.parameters import Parameters
from bayes_self.potentials import Counts
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
    at, along = (np.float64(value),), (np.float64(1.0),)
    _, moved = jax.jvp(lambda x: _reals(put(case.believed, x)), at, along)
    slope = _response(case.believed, moved, case.counts, all_referents(len(case.names.streams)))
    names = case.names
    return xr.Dataset(
        {
            "identities": by_identity(np.asarray(slope.identities), names),
            "facets": by_facet(np.asarray(slope.facets), names),
            "ownership": by_stream(np.asarray(slope.ownership), names),
        },
        attrs={"number": key, "value": float(value), "units": "probability per unit of the number"},
    )


def _is_real(number: AnyArray) -> bool:
    return np.issubdtype(number.dtype, np.floating)


def _reals(numbers: Parameters) -> list[AnyArray]:
    """The arrays that can move: all but those of indices."""
    return [number for number in jax.tree.leaves(numbers) if _is_real(number)]


@Executable
def _response(numbers: Parameters, moved: list[AnyArray], counts: Counts, referents: Float[AnyArray, "M S"]) -> Beliefs:
    """How beliefs answer where the real numbers move along `moved`; compiled once per shape, whatever number it is."""
    leaves, tree = jax.tree.flatten(numbers)

    def after(x: jax.Array) -> Beliefs:
        by = iter(moved)
        put = [leaf + x * next(by) if _is_real(leaf) else leaf for leaf in leaves]
        return believe(tree.unflatten(put), counts, referents)

    return jax.jvp(after, (np.float64(0.0),), (np.float64(1.0),))[1]
