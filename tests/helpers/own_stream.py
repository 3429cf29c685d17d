"""A scenario with an observation stream whose log potentials come from Python, and evidence of that stream."""

from commanded import SMALL

import bayes_self as bs
from bayes_self.scenario import parse

JUDGE = '[streams.judge]\nkind = "introspection"\nownership = 0.6\n'
SCENARIO = parse(SMALL.replace("[world]", JUDGE + "[world]"), "small")
RAW = SCENARIO.to_dict()


def of_substrate(logs, part=None):
    """A stream that says something of the substrate."""
    return lambda it: bs.LogPotentials(
        {"substrate": dict(zip(it.facets["substrate"].values, map(float, logs), strict=True))}, part
    )


def judged(scenario, logs=(-0.5, -3.0), part=None):
    return bs.listen(scenario, {"judge": of_substrate(logs, part)})
