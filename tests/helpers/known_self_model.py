"""A self-model that is known, to answer as a mock model would: what a fit should find again."""

import numpy as np
from numpyro import handlers

from bayes_self.fit.landscape import _read_off
from bayes_self.fit.programs import program_of
from bayes_self.model.jax_arrays import in_float64


@in_float64
def known(design, seed):
    """({what is read off it}, P(outcome) of each cell): a draw from the prior.

    Not from the prior: answers tell the belief plainly and are mostly about oneself, and facets lie on both sides of 0.
    Else there may be nothing to learn: beyond some five bits a dozen answers are all alike.
    """
    plain = {"loading": np.sign(design.meanings), "base": np.zeros(design.size("option")), "ownership": 2.0}
    plain |= {"grounding": 0.5, "grounding_item": np.linspace(-1.3, 1.3, design.size("item"))}
    plain |= {"grounding_item_spread": 2.0, "grip": 2.0}
    with handlers.seed(rng_seed=seed), handlers.substitute(data=plain):
        trace = handlers.trace(program_of("self-model")).get_trace(design)
    sites = {name: each["value"] for name, each in trace.items() if each["type"] == "sample"}
    with handlers.substitute(data=sites):
        read_off = _read_off(design, False)
    return {name: np.asarray(value) for name, value in read_off.items()}, np.exp(np.asarray(trace["answer"]["value"]))


def assert_found_again(found, read_off, names=("bits_to_flip", "identity_bits_to_flip", "exponent")):
    """Standardized by the posterior, errors are of size one; the bound is four standard errors of independent squares.

    They are not independent; a fit that had the sign or the scale wrong would have squares in the dozens.
    """
    for name in names:
        draws = found[name]
        z = (read_off[name] - draws.mean(("chain", "draw")).values) / draws.std(("chain", "draw")).values
        assert np.mean(z**2) < 1 + 4 * np.sqrt(2 / z.size), name
    learnt = found["bits_to_flip"].mean(("chain", "draw")).values
    assert np.corrcoef(learnt.ravel(), read_off["bits_to_flip"].ravel())[0, 1] > 0.5
