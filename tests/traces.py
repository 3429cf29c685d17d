"""How often a jitted function was traced and compiled."""


def traces(function):
    """The number of shapes (and static arguments) that a jitted function has been compiled for."""
    return function.jitted._cache_size()
