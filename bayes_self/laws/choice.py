"""What a law changes is chosen by a key: NumPy's generator, one for each purpose."""

from collections.abc import Sequence

import numpy as np

from bayes_self.laws.definition import Key
from bayes_self.simulation import generator


def choices(key: Key, purpose: str) -> np.random.Generator:
    """The generator of a law's choices."""
    return generator(key, purpose)


def one_of[T](rng: np.random.Generator, options: Sequence[T]) -> T:
    """One of the options, which keep their types."""
    return options[int(rng.integers(len(options)))]
