"""A few cases of one shape in which every part of the model matters: compiled once for each mutant."""

import bayes_self as bs
from bayes_self.scenario import parse

TOML = """
schema = 1
coherence = 0.8
salience = 0.7
[facets.substrate]
values = ["language model", "human brain"]
[facets.colour]
values = ["blue", "green"]
base = { blue = 0.8, green = 0.2 }
[facets.name]
values = ["Claude", "Jack", "another"]
[identities.assistant]
profile = { substrate = "language model", name = { Claude = 0.75, another = 0.25 } }
[identities.jfk]
bits = 1.0
prior = 2.0
profile = { substrate = "human brain", name = "Jack", colour = { blue = 0.5, green = 0.5 } }
[streams.pretraining]
weight = 0.5
mentions = { jfk = 4 }
[streams.spec]
reliability = 0.6
weight = 2.0
claims = { name = "Jack", substrate = "human brain" }
[streams.reminder]
kind = "spec"
reliability = 0.5
claims.name = "Claude"
[streams.whisper]
kind = "spec"
weight = 0.0
claims.name = "another"
[streams.rl]
reliability = 0.9
ownership = 0.6
[streams.rl.probes.phone]
about = ["substrate"]
outcomes = ["answers", "nothing"]
given."language model" = [0.1, 0.9]
given."human brain" = [0.7, 0.3]
[streams.rl.probes.both]
about = ["substrate", "colour"]
weight = 0.5
outcomes = ["yes", "no"]
given."language model" = { blue = [0.9, 0.1], green = [0.5, 0.5] }
given."human brain" = { blue = [0.2, 0.8], green = [0.4, 0.6] }
[streams.introspection]
reliability = 0.7
ownership = 0.8
errors = "part"
readings = ["name"]
[world]
facts = { substrate = "language model", name = "another" }
reliability = { rl = 0.5 }
[world.trials]
rl = { phone = 4, both = 3 }
introspection = { name = 5 }
"""

SEEN = [
    ("rl", "phone", "nothing", 3),
    ("rl", "phone", "answers", 1),
    ("rl", "both", "no", 2),
    ("introspection", "name", "another", 1),
    ("introspection", "name", "Claude", 1.5),
]


def cases():
    """(scenario, evidence): one where nothing is certain, one with zeros, one with a part that nobody can play."""
    plain = parse(TOML, "plain")
    rows: list = [dict(zip(("stream", "probe", "outcome", "count"), row, strict=True)) for row in SEEN]
    zeros = plain.with_settings(
        {
            'streams.rl.probes.phone.given."human brain"': [0.0, 1.0],
            "streams.rl.reliability": 1.0,
            "streams.rl.ownership": 1.0,
        }
    )
    unplayable = plain.with_settings(
        {
            "coherence": 1.0,
            "salience": 1.0,
            "streams.reminder.claims.name": "another",
            "identities.assistant.profile.name": "Claude",
        }
    )
    return [(scenario, bs.Evidence.from_rows(scenario, rows)) for scenario in (plain, zeros, unplayable)]
