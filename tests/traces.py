"""How often a jitted function was traced and compiled."""


def traces(function):
    """The number of shapes (and static arguments) that a jitted function has been compiled for in this process."""
    return getattr(function, "jitted", function)._cache_size()
