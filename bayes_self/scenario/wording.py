"""Names of a scenario as people would write them."""

import re

from bayes_self.scenario.parts import AS
from bayes_self.scenario.schema import Scenario
from bayes_self.words.sentences import quoted


def plain(name: str) -> str:
    """A name from the file as people would write it."""
    return name.replace("_", " ")


def is_or_are(name: str) -> str:
    """The verb that goes with a facet's name: what ends like a plural is taken for one."""
    return "are" if re.search(r"[^siu]s$", name) else "is"


def called(scenario: Scenario, identity: str) -> str:
    """What people call an identity, or a mask: an AI assistant as John F. Kennedy."""
    if identity not in scenario.identities:
        return AS.join(called(scenario, name) for name in identity.split(AS))
    return scenario.identities[identity].label or plain(identity)


def named(scenario: Scenario, identity: str) -> str:
    """What people call an identity, as it stands in a sentence."""
    return quoted(called(scenario, identity))


def answered(facet: str, value: str) -> str:
    """A facet with one value, as a clause: its era is 1960s; its languages are dozens."""
    return f"its {plain(facet)} {is_or_are(facet)} {quoted(value)}"
