"""The three pictures of what a character is, as self-models that read the same evidence."""

from dataclasses import replace

import numpy as np

from bayes_self.model.arrays import AnyArray
from bayes_self.model.parameters import Masks, Parameters
from bayes_self.scenario.keys import Path
from bayes_self.scenario.number_keys import row_of

FIXED = {
    "simulator": {"ownership": 0.0, "masks": np.inf},
    "persona-selection": {"ownership": 1.0, "coherence": 1.0, "salience": 1.0, "masks": np.inf},
    "self-model": {},
}
"""{frame: {field: the number that the frame gives it, whatever the scenario says; of masks, their bits}}"""
FRAMES = tuple(FIXED)


def framed(numbers: Parameters, frame: str) -> Parameters:
    """The numbers as a frame has them.

    `simulator`: ownership 0, nothing that is observed is about me. `persona-selection`: ownership, coherence and
    salience 1, a persona is taken whole. Neither has masks. `self-model`: as the scenario says.
    """
    if frame not in FIXED:
        raise ValueError(f"unknown frame {frame!r}; the frames are {', '.join(FRAMES)}")
    return replace(numbers, **{name: _full(getattr(numbers, name), x) for name, x in FIXED[frame].items()})


def _full(old: AnyArray | Masks, x: float) -> AnyArray | Masks:
    return replace(old, bits=np.full_like(old.bits, x)) if isinstance(old, Masks) else np.full_like(old, x)


def fixes(frame: str, path: Path) -> bool:
    """Whether a frame fixes the number at a path of a scenario."""
    row = row_of(path)
    return row is not None and not FIXED[frame].keys().isdisjoint((row.parts[0], row.name))
