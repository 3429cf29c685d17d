"""Pictures of results: functions take results, return Axes, and compute nothing but where things go."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
