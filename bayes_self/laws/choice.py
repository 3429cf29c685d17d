"""What a law changes is chosen by a key: NumPy's generator, one for each purpose."""

import zlib
from collections.abc import Sequence

import numpy as np

from bayes_self.world.draws import Key, words_of


def choices(key: Key, purpose: str) -> np.random.Generator:
    """The generator of a law's choices."""
    return np.random.Generator(np.random.PCG64([*words_of(key), zlib.crc32(purpose.encode())]))


def one_of[T](rng: np.random.Generator, options: Sequence[T]) -> T:
    """One of the options, which keep their types."""
    return options[int(rng.integers(len(options)))]
