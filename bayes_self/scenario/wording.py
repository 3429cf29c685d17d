"""Names of a scenario as people would write them."""

import re

from bayes_self.scenario.schema import Scenario


def plain(name: str) -> str:
    """A name from the file as people would write it."""
    return name.replace("_", " ")


def is_or_are(name: str) -> str:
    """The verb that goes with a facet's name: what ends like a plural is taken for one."""
    return "are" if re.search(r"[^siu]s$", name) else "is"


def called(scenario: Scenario, identity: str) -> str:
    """What people call an identity."""
    return scenario.identities[identity].label or plain(identity)
