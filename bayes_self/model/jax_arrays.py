"""Arrays of JAX: in double precision whatever the user's settings are, and in the package's structures as its trees."""

from collections.abc import Callable
from functools import wraps

import jax

from bayes_self.model.parameters import Claims, Masks, Parameters, Probes
from bayes_self.model.potentials import Potentials

for structure in (Claims, Masks, Probes, Parameters, Potentials):
    jax.tree_util.register_dataclass(structure)


def in_float64[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Run a function with 64-bit JAX arrays; the user's global settings stay as they are."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with jax.enable_x64(True):
            return function(*args, **kwargs)

    return wrapped
