"""What it would take, for a page that goes on pushing: the search gives way to whoever waits for the engine."""

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from bayes_self.errors import BayesSelfError
from bayes_self.explore.asked import Asked, evidence_for, in_order
from bayes_self.measures.turns import Edit, Turning, identities_of
from bayes_self.scenario.controls import values


class _GivesWay(Exception):
    """Somebody waits for the engine: what is being looked for can be looked for again."""


def takes(
    asked: Asked, target: str, start: int, seconds: float, somebody_waits: Callable[[], bool] = lambda: False
) -> dict[str, Any]:
    """The edits of as many controls, from the `start`-th on, as there is time for; `next` is where to go on.

    It ends at once, with what it has, when `somebody_waits` for the engine.
    """
    every = [control for group in asked.offer.groups for control in group.controls if control.kind != "seed"]
    controls = sorted(every, key=lambda control: control.fine)
    if target not in asked.scenario.identities:
        raise BayesSelfError("there is no identity of that name")
    now = values(asked.scenario, asked.offer.groups)

    def believed(edit: Edit) -> Mapping[str, float] | None:
        if edit and somebody_waits():
            raise _GivesWay
        return _identities(asked, edit)

    search = Turning(believed, target)
    until, found, i = time.monotonic() + seconds, [], max(0, start)
    with contextlib.suppress(_GivesWay):
        while i < len(controls) and (time.monotonic() < until or i == start):
            found += search.by(replace(controls[i], value=now[controls[i].key]))
            i += 1
    return {
        "turns": [asdict(turn) for turn in found],
        "wins": search.wins,
        "next": i if i < len(controls) else None,
        "of": len(controls),
    }


def _identities(asked: Asked, edit: Edit) -> Mapping[str, float] | None:
    """P(identity) after one more edit, in place of those that it covers."""
    edits = {key: text for key, text in asked.edits.items() if not any(_covers(new, key) for new in edit)}
    edited = replace(asked, edits=in_order({**edits, **edit}))
    return identities_of(edited.scenario, evidence_for(edited.offer, edited.scenario, edited.expected), edited.frame)


def _covers(new: str, old: str) -> bool:
    return old == new or old.startswith(new + ".")
