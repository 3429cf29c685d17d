"""The one array type of the package's own structures: JAX's while something is traced, NumPy's before and after."""

import jax
import numpy as np

AnyArray = jax.Array | np.ndarray
