"""Double precision for this package's own arithmetic, whatever the user's JAX settings say."""

from collections.abc import Callable
from functools import wraps

import jax


def in_float64[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Run a function with 64-bit JAX arrays; the user's global settings stay as they are."""

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with jax.enable_x64(True):
            return function(*args, **kwargs)

    return wrapped
