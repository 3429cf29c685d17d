"""A good scenario with every kind of thing in it, and the faults of what was made of it."""

from textwrap import dedent

import pytest

from bayes_self.errors import ScenarioError
from bayes_self.scenario import parse

GOOD = dedent("""\
    schema = 1
    title = "Good"
    coherence = 0.9
    salience = 1
    [facets.substrate]
    values = ["language model", "human brain"]
    [facets.name]
    values = ["Claude", "Jack"]
    base = { Claude = 0.5, Jack = 0.5 }
    [identities.assistant]
    profile.substrate = "language model"
    [identities.jfk]
    bits = 3.0
    profile.name = { Jack = 1.0 }
    [streams.pretraining]
    mentions = { jfk = 9000 }
    [streams.spec]
    identity = "jfk"
    claims.name = "Jack"
    [streams.rl]
    reliability = 0.95
    readings = ["name"]
    [streams.rl.probes.phone]
    about = ["substrate"]
    outcomes = ["answer", "silence"]
    given."language model" = [0.0, 1.0]
    given."human brain" = [0.8, 0.2]
    [streams.rl.probes.both]
    about = ["substrate", "name"]
    outcomes = ["yes", "no"]
    given."language model" = { Claude = [0.5, 0.5], Jack = [1, 0] }
    given."human brain".Claude = [0.5, 0.5]
    given."human brain".Jack = [0.5, 0.5]
    [world]
    facts = { substrate = "language model" }
    reliability = { rl = 0.9 }
    tables.rl.phone.given."language model" = [0.1, 0.9]
    tables.rl.phone.given."human brain" = [0.8, 0.2]
    [world.trials]
    rl = { phone = 4, name = 2 }
    [unknown."streams.rl.reliability"]
    beta = [2, 2]
    [[expectations]]
    facet = "substrate"
    value = "language model"
    above = 0.9
    """)


def faults_of(text):
    with pytest.raises(ScenarioError) as caught:
        parse(text)
    assert str(caught.value)
    return caught.value.faults


def changed(old, new):
    """The good scenario with a part replaced, and the line where a fault is expected.

    It is the first of the new lines: the one marked #!, else the first that differs.
    """
    assert GOOD.count(old) == 1, f"{old!r} stands {GOOD.count(old)} times in the scenario"
    same = old.split("\n")[0] + "\n"
    at = new.index("#!") if "#!" in new else len(same) if new.startswith(same) else 0
    return GOOD.replace(old, new), (GOOD[: GOOD.index(old)] + new[:at]).count("\n") + 1
