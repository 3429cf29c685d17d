"""The counts of one probe in the generative program: what it shows of its values, or what a broken one shows."""

from typing import Any

import jax
import jax.numpy as jnp
import numpyro.distributions as dist
from jaxtyping import Float, Int

from bayes_self.model.arrays import AnyArray


class WorkingOrBroken(dist.Distribution):
    """Multinomial counts where `broken` is 0; where it is 1, Dirichlet-multinomial ones of concentration 1.

    A broken probe has outcome frequencies of its own, all alike beforehand. Nothing is validated: counts may be weighed
    down, and need not be whole.
    """

    def __init__(self, broken: Int[AnyArray, "..."], chances: Float[AnyArray, "... O"], trials: float | int) -> None:
        batch = jnp.broadcast_shapes(jnp.shape(broken), jnp.shape(chances)[:-1])
        flat = jnp.ones((*batch, jnp.shape(chances)[-1]))
        self.broken = jnp.broadcast_to(broken, batch)
        self.working = dist.Multinomial(probs=flat * chances, total_count=trials, validate_args=False)
        self.anything = dist.DirichletMultinomial(flat, total_count=trials, validate_args=False)
        super().__init__(batch, flat.shape[-1:], validate_args=False)

    @property
    def support(self) -> Any:
        """As a multinomial distribution's."""
        return self.working.support

    def sample(self, key: Any, sample_shape: tuple[int, ...] = ()) -> Any:
        """Counts of all trials."""
        of_working, of_anything = jax.random.split(key)
        shown, anything = (
            each.sample(of, sample_shape) for each, of in ((self.working, of_working), (self.anything, of_anything))
        )
        return jnp.where(self.broken[..., None] == 1, anything, shown)

    def log_prob(self, value: Any, intermediates: Any = None) -> Any:
        """In nats, multinomial coefficients included."""
        return jnp.where(self.broken == 1, self.anything.log_prob(value), self.working.log_prob(value))
