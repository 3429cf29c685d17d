"""What a page asks about: a scenario on the shelf, edits, a frame, and whether evidence is drawn or expected."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bayes_self.errors import BayesSelfError
from bayes_self.evidence.evidence import Evidence
from bayes_self.explorer.shelf import Offer, Shelf
from bayes_self.model.frames import FRAMES
from bayes_self.scenario import Scenario
from bayes_self.scenario.assign import parse_assignment
from bayes_self.scenario.controls import values
from bayes_self.scenario.keys import split
from bayes_self.world.edition import Edition
from bayes_self.world.simulation import MOST_IMPROVISED, trials_in_the_void

MOST_EDITS = 500


@dataclass(frozen=True)
class Asked:
    """A question of the page."""

    offer: Offer
    edits: Mapping[str, str]
    """{dotted key: the text of a value}, as `--set` takes them; a key before those below it."""
    frame: str
    expected: bool
    fresh: bool = False
    """Whether edits of what is believed draw the evidence again, too."""

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The edits as values. Raises ScenarioError."""
        return dict(parse_assignment(f"{key}={text}") for key, text in self.edits.items())

    @cached_property
    def edition(self) -> Edition:
        """The scenario with its edits, and the evidence that goes with it."""
        offer = self.offer
        edition = Edition(offer.scenario, self.settings, offer.rows, self.expected, self.fresh, "on the page")
        if not self.fresh:
            offer.share_world(edition, tuple((key, repr(self.settings[key])) for key in edition.world_edits))
        return edition

    @property
    def scenario(self) -> Scenario:
        """The scenario with the edits in it. Raises ScenarioError."""
        return self.edition.scenario

    @property
    def evidence(self) -> Evidence:
        """What `run` would take as evidence. Raises BayesSelfError."""
        if self.offer.rows is None and not self.expected:
            _refuse_long_improvisation(self.edition.answering)
        return self.edition.evidence

    @property
    def values(self) -> dict[str, Any]:
        """{key of a control: what holds now}."""
        held = self.offer.values
        if all(isinstance(held.get(key), int | float) and not _is_inherited(key) for key in self.settings):
            return held | self.settings
        return values(self.scenario, self.offer.groups)

    @property
    def command(self) -> str:
        """The command that gives the same answer."""
        settings = [part for key, text in self.edits.items() for part in ("--set", f"{key}={text}")]
        frame = ["--frame", self.frame] if self.frame != "self-model" else []
        answered = {"--expected": self.expected, "--fresh": self.fresh}
        evidence = [option for option, is_asked in answered.items() if is_asked and self.offer.rows is None]
        if self.offer.evidence is not None and self.scenario.world is not None:
            evidence = ["--evidence", str(self.offer.evidence)]
        return shlex.join(["bayes-self", "run", self.offer.file, *settings, *frame, *evidence])


def asked(what: Any, shelf: Shelf) -> Asked:
    """The question in an object of JSON. Raises BayesSelfError."""
    if not isinstance(what, dict):
        raise BayesSelfError("a question is an object")
    edits = what.get("set", {})
    if not isinstance(edits, dict) or not all(isinstance(text, str) for text in edits.values()):
        raise BayesSelfError("edits are texts by dotted key")
    if len(edits) > MOST_EDITS:
        raise BayesSelfError(f"more than {MOST_EDITS} edits")
    frame = what.get("frame", "self-model")
    if frame not in FRAMES:
        raise BayesSelfError(f"there is no frame of that name; the frames are {', '.join(FRAMES)}")
    expected, fresh = what.get("evidence") == "expected", what.get("evidence") == "fresh"
    return Asked(shelf.offer(what.get("scenario")), in_order(edits), frame, expected, fresh)


def in_order(edits: Mapping[str, str]) -> dict[str, str]:
    """The edits with every key before those below it, so that no part of an edit is undone by the whole of it."""
    try:
        return dict(sorted(edits.items(), key=lambda edit: len(split(edit[0]))))
    except ValueError as error:
        raise BayesSelfError(str(error)) from None


def _is_inherited(key: str) -> bool:
    """Whether other numbers are this one where the file does not give them."""
    return key.endswith(".reliability") or key == "salience"


def _refuse_long_improvisation(scenario: Scenario) -> None:
    n = trials_in_the_void(scenario)
    if n > MOST_IMPROVISED:
        raise BayesSelfError(
            f"{n} trials in the void, one improvised after the other: more than {MOST_IMPROVISED} are for "
            "`bayes-self run`; expected evidence has none"
        )
