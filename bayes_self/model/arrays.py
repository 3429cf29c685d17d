"""The one array type of the package's own structures: NumPy's, or that of a library that follows the array API.

The functions of the model take their operations from the arrays that they are given. One source so serves a person,
who waits for one answer in NumPy, and a compiler (JAX), where many settings, gradients or a sampler need it.
"""

from typing import Any

import numpy as np

AnyArray = Any
"""An array of NumPy or of JAX, traced or not. Shapes are written with the leading axes (`*N`) first."""


def namespace(*arrays: AnyArray) -> Any:
    """NumPy, unless one of the arrays is of another library that follows the array API."""
    for array in arrays:
        library = getattr(array, "__array_namespace__", None)
        if library is not None and (xp := library()) is not np:
            return xp
    return np


def expanded(array: AnyArray, n: int) -> AnyArray:
    """The array with `n` more axes of length one at the end."""
    return array[(..., *(None,) * n)]


def one_hot(index: AnyArray, size: int) -> AnyArray:
    """1 at each index, 0 elsewhere, along a new last axis; an index outside of the axis gives zeros."""
    return (index[..., None] == np.arange(size)) * 1.0


def innermost(array: AnyArray, n: int) -> AnyArray:
    """In NumPy, the array with its leading axes (all but the last `n`) innermost in memory, where loops are longest."""
    return np.asfortranarray(array) if isinstance(array, np.ndarray) and array.ndim > n else array
