"""The three pictures of what a character is, as self-models that read the same evidence."""

from dataclasses import replace

import numpy as np

from bayes_self.model.parameters import Parameters

FRAMES = ("simulator", "persona-selection", "self-model")

FIXED = {
    "simulator": {"ownership"},
    "persona-selection": {"ownership", "coherence", "salience"},
    "self-model": set(),
}
"""What a frame says of itself, and no plausible number can change."""


def framed(numbers: Parameters, frame: str) -> Parameters:
    """The numbers as a frame has them.

    `simulator`: ownership 0, nothing that is observed is about me. `persona-selection`: ownership, coherence and
    salience 1, a persona is taken whole. `self-model`: as the scenario says.
    """
    if frame == "simulator":
        return replace(numbers, ownership=np.zeros_like(numbers.ownership))
    if frame == "persona-selection":
        return replace(
            numbers,
            ownership=np.ones_like(numbers.ownership),
            coherence=np.ones_like(numbers.coherence),
            salience=np.ones_like(numbers.salience),
        )
    if frame == "self-model":
        return numbers
    raise ValueError(f"unknown frame {frame!r}; the frames are {', '.join(FRAMES)}")
