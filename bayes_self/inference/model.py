"""The marginal NumPyro model: unknown numbers are sampled, everything discrete is summed out by the log evidence."""

from collections.abc import Callable
from functools import partial

import jax
import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import logit
from jaxtyping import Float

from bayes_self.inference.groups import SPREAD
from bayes_self.inference.priors import Prior
from bayes_self.inference.question import Question
from bayes_self.model.arrays import AnyArray
from bayes_self.model.parameters import Parameters
from bayes_self.model.potentials import Counts

OFFSET = " offset"
"""After a key: what parts each body of evidence from its population, in standard deviations."""


def marginal(question: Question) -> Callable[..., None]:
    """The model of the unknown numbers x_k, given counts with a leading axis over bodies of evidence.

    One body:      x_k ~ prior_k;  log Z(x) is added to the log density.
    Several (j):   m_k ~ prior_k,  s_k ~ HalfNormal(1),  logit' x_jk = logit' m_k + s_k · e_jk,  e_jk ~ Normal(0, 1);
                   Σ_j log Z_j(x_j) is added: each body is a self-model of its own. logit' maps the prior's bounds to
                   the line; m_k is the middle of the population, s_k its standard deviation in log odds.

    The second form is non-centred, because a body of evidence says little of a number that it has for itself. A
    scenario's other numbers may be given as `believed`, in place of its own.
    """
    return partial(_pooled if question.pooled else _single, question)


def _single(question: Question, counts: Counts, believed: Parameters | None = None) -> None:
    x = jnp.stack([numpyro.sample(key, prior.distribution) for key, prior in question.named])
    numpyro.factor("evidence", question.log_likelihood(x, jax.tree.map(lambda each: each[0], counts), believed))


def _pooled(question: Question, counts: Counts) -> None:
    every = []
    for key, prior in question.named:
        middle = numpyro.sample(key, prior.distribution)
        spread = numpyro.sample(key + SPREAD, dist.HalfNormal(1.0))
        with numpyro.plate("evidence", len(question.cases)):
            offset = numpyro.sample(key + OFFSET, dist.Normal(0.0, 1.0))
        every.append(moved(prior, jnp.asarray(middle), jnp.asarray(spread), jnp.asarray(offset)))
    x = jnp.stack(every, -1)
    numpyro.factor("evidence_of_all", jnp.sum(jax.vmap(question.log_likelihood)(x, counts)))


def moved(
    prior: Prior,
    middle: Float[AnyArray, "..."],
    spread: Float[AnyArray, "..."],
    offset: Float[AnyArray, "..."],
) -> Float[AnyArray, "..."]:
    """The numbers of bodies of evidence around their population's middle, within the prior's bounds."""
    low, high = prior.bounds
    share = (middle - low) / (high - low)
    return low + (high - low) * jax.nn.sigmoid(logit(share) + spread * offset)
