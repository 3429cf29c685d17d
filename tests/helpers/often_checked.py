"""Types checked in every test, but not in every one of a hundred thousand calls.

What jaxtyping and beartype check takes several times as long as what is computed by a function that is called often.
In each test the first calls of a function are checked, and one in several of the others.
"""

import functools
import inspect
from collections import Counter

import jaxtyping

FIRST, THEN = 100, 20
"""How many calls of a function are checked in each test, and one in how many of those after them."""

calls: Counter = Counter()
"""How often each function was called, and each inner function made, in this test."""


def install():
    """Let what jaxtyping instruments from now on be checked so."""
    check = jaxtyping.jaxtyped

    def jaxtyped(*, typechecker):
        return functools.partial(_often_checked, check(typechecker=typechecker))

    jaxtyping.jaxtyped = jaxtyped


def _due(what):
    calls[what] = n = calls[what] + 1
    return n <= FIRST or n % THEN == 0


def _often_checked(check, what):
    if inspect.isclass(what):
        plain = what.__dict__.get("__init__")
        check(what)
        if plain is not None and what.__init__ is not plain:
            what.__init__ = _either(what.__init__, plain)
        return what
    if "<locals>" in what.__qualname__:  # made anew in every call of what is around it
        return check(what) if _due(what.__code__) else what
    return _either(check(what), what)


def _either(checked, plain):
    @functools.wraps(plain)
    def either(*args, **kwargs):
        __tracebackhide__ = True
        return (checked if _due(either) else plain)(*args, **kwargs)

    return either
