"""The turning points of what a page shows: which single edits would change the likeliest identity."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from bayes_self.errors import BayesSelfError
from bayes_self.explorer.question import Asked
from bayes_self.measures import turning_points as measure


def turning_points(asked: Asked, target: Any, pause: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """The turning points of every control. `pause` is called between parts of the work. Raises BayesSelfError."""
    if not isinstance(target, str) or target not in asked.scenario.self_models:
        raise BayesSelfError("there is no identity of that name")
    now = asked.values
    every = [control for group in asked.offer.groups for control in group.controls]
    controls = [replace(control, value=now[control.key]) for control in every]
    _ = asked.evidence  # refuses what takes too long to draw
    found = measure.turning_points(asked.edition, controls, target, asked.frame, pause)
    return {"wins": found.wins, "points": [asdict(point) for _, point in found.points], "of": len(controls)}
