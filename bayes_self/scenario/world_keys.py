"""Which edits are edits of the world, by their dotted key, and which are edits of what is believed.

The world is what is true and what it shows: facts, trials, the seed, true tables and reliabilities, probes and their
tables, and what the spec claims, because a claim is a fact where there is no other. Everything else is belief: how
tightly a self hangs together, priors, bits, masks, mentions, weights, reliabilities, doubt and ownership. An edit of
belief holds the evidence that there is; an edit of the world lets the world answer again.
"""

from collections.abc import Mapping
from typing import Any

from bayes_self.scenario.keys import split
from bayes_self.scenario.number_keys import row_of
from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import SpecStream


def edits_world(key: str, value: Any, scenario: Scenario) -> bool:
    """Whether setting a dotted key of a scenario to a value edits its world.

    The value counts for the weight of a spec stream alone: a stream of weight 0 claims nothing, so that going to 0, or
    from 0 to any other weight, changes what is claimed.
    """
    match split(key):
        case ("salience" | "identities" | "masks" | "title" | "question" | "expectations" | "unknown", *_):
            return False
        case ("facets", _, "base" | "question", *_) | ("streams", _, "mentions"):
            return False
        case ("streams", _, "probes", _, "question"):
            return False
        case ("streams", stream, "weight"):
            before = _spec_weight(stream, scenario)
            return before is not None and (before == 0) != (value == 0)
        case path:
            row = row_of(path)
            return row is None or not row.is_believed


def world_edits(settings: Mapping[str, Any], scenario: Scenario) -> tuple[str, ...]:
    """The keys among the settings that edit the world of the scenario, in their order."""
    return tuple(key for key, value in settings.items() if edits_world(key, value, scenario))


def _spec_weight(stream: str, scenario: Scenario) -> float | None:
    """The weight of a spec stream; None for any other stream. A spec stream that an edit adds starts at 1."""
    found = scenario.streams.get(stream)
    if found is None:
        return 1.0 if stream == "spec" else None
    return found.weight if isinstance(found, SpecStream) else None
