"""What does a language model think it is, and what would change its mind?

Candidate self-identities are latent hypotheses, updated by four kinds of evidence (pretraining, spec, RL and
introspection). The public names stand once, in `__init__.pyi`, and are loaded when they are first used, so that
importing the package costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
