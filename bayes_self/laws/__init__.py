"""The laws that posteriors obey, each with the theorem it rests on and the conditions under which it holds.

`ALL` are the package's own laws; `law` makes one of a user's own; `check` holds a scenario and its evidence against all
that are claimed of it. Names are loaded when they are first used, so that importing this package imports no JAX.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
