"""A scenario with a part of everything, by hand: tests of the world and of improvisation start from it."""

import bayes_self as bs

TOML = """
schema = 1
coherence = 0.8
[facets.substrate]
values = ["language model", "human brain"]
[facets.name]
values = ["Claude", "Jack", "another"]
[facets.colour]
values = ["blue", "green"]
[identities.assistant]
profile.substrate = "language model"
profile.name = { "Claude" = 0.8, "another" = 0.2 }
[identities.jfk]
bits = 1.0
profile.substrate = "human brain"
profile.name = "Jack"
profile.colour = { "blue" = 0.7, "green" = 0.3 }
[streams.pretraining]
mentions = { assistant = 2, jfk = 5 }
[streams.spec]
reliability = 0.8
claims.name = "Jack"
[streams.rl]
reliability = 0.9
ownership = 0.7
[streams.rl.probes.phone]
about = ["substrate"]
outcomes = ["answers", "nothing", "static"]
given."language model" = [0.0, 0.9, 0.1]
given."human brain" = [0.7, 0.2, 0.1]
[streams.rl.probes.both]
about = ["name", "colour"]
outcomes = ["yes", "no"]
given.Claude = { "blue" = [0.9, 0.1], "green" = [0.5, 0.5] }
given.Jack = { "blue" = [0.2, 0.8], "green" = [0.4, 0.6] }
given.another = { "blue" = [0.5, 0.5], "green" = [0.5, 0.5] }
[streams.introspection]
reliability = 0.7
ownership = 0.6
errors = "part"
readings = ["substrate", "name", "colour"]
[world]
seed = 3
facts = { substrate = "language model" }
[world.trials]
rl = { phone = 12, both = 3 }
introspection = { substrate = 4, name = 5, colour = 6 }
"""


def scenario() -> bs.Scenario:
    from bayes_self.scenario import parse

    return parse(TOML, "one")
