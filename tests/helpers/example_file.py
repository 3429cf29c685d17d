"""A scenario file with everything in it, and the smallest one."""

from textwrap import dedent

EXAMPLE = dedent("""\
    schema = 1
    title = "The JFK-coder"
    question = "Told it is JFK and trained on coding environments: who does it think it is?"
    coherence = 0.9
    salience = 0.8

    [[expectations]]
    says = "It knows what it runs on."
    facet = "substrate"
    value = "language model"
    above = 0.9

    [facets.substrate]
    question = "What am I running on?"
    values = ["language model", "human brain"]
    base = { "language model" = 0.5, "human brain" = 0.5 }

    [identities.assistant]
    label = "an AI assistant"
    prior = 1.0
    bits = 0.0
    profile.substrate = "language model"
    [identities.jfk]
    bits = 3.0
    profile.substrate = "human brain"

    [streams.pretraining]
    weight = 1.0
    mentions = { assistant = 400, jfk = 9000 }

    [streams.spec]
    reliability = 0.9
    identity = "jfk"
    claims.substrate = "human brain"

    [streams.system_prompt]
    kind = "spec"
    claims.substrate = { value = "human brain", reliability = 0.99 }

    [streams.rl]
    reliability = 0.95
    ownership = 0.9
    readings = []
    [streams.rl.probes.phone_jacqueline]
    question = "Does a call to Jacqueline get through?"
    about = ["substrate"]
    outcomes = ["she answers", "nothing happens"]
    given."language model" = [0.0, 1.0]
    given."human brain" = [0.8, 0.2]

    [streams.introspection]
    reliability = 0.6
    errors = "part"
    readings = ["substrate"]

    [world]
    seed = 0
    facts = { substrate = "language model" }
    reliability = { rl = 0.95 }
    tables.rl.phone_jacqueline.given."language model" = [0.01, 0.99]
    tables.rl.phone_jacqueline.given."human brain" = [0.8, 0.2]
    [world.trials]
    rl = { phone_jacqueline = 40 }
    introspection = { substrate = 5 }

    [unknown."streams.rl.reliability"]
    beta = [8, 2]
    """)

SMALL = {
    "facets": {"tone": {"values": ["plain", "grand", "flowery"]}, "name": {"values": ["Claude", "Jack"]}},
    "identities": {"jfk": {"profile": {"tone": {"grand": 0.75, "plain": 0.25}}}},
}
