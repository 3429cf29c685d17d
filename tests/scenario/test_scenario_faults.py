"""Bad input: every fault is told, with its key, its line, and a hint where one can be given."""

# ruff: noqa: E501 (one case a line, however long)

import pytest
from good_scenario import GOOD, changed, faults_of

from bayes_self.errors import ScenarioError
from bayes_self.scenario import parse


def test_good_is_good():
    assert parse(GOOD).title == "Good"


# What is replaced by what (#! marks the line of the fault where it is not the first that differs), the key of the fault, what its text says, and its hint.
ONE_FAULT = [
    # the shape of things
    ("schema = 1", "schema = 0", "schema", "expected 1", ""),
    ("schema = 1", 'schema = "1"', "schema", 'got "1"', ""),
    ("schema = 1", "schema = true", "schema", "got true", ""),
    ("title =", "titel =", "titel", "unknown key", "title"),
    ("title = ", '"ti tle" = ', '"ti tle"', "unknown key", "title"),
    ('"Good"', "7", "title", "expected text in quotes", ""),
    ("[facets.name]", "[facets.name]\nvalue = 1", "facets.name.value", "unknown key", "values"),
    ("bits = 3.0", "bit = 3.0", "identities.jfk.bit", "unknown key", "bits"),
    ("bits = 3.0", "profil.tone = 'plain'", "identities.jfk.profil", "unknown key", "profile"),
    ("reliability = 0.95", "reliabilty = 0.95", "streams.rl.reliabilty", "unknown key", "reliability"),
    ("reliability = 0.95", "mentions = { jfk = 1 }", "streams.rl.mentions", "unknown key", ""),
    ('"jfk"', '{ value = "jfk", sure = 1 }', "streams.spec.identity.sure", "unknown key", ""),
    ('claims.name = "Jack"', 'claims.name = { value = "Jack", reliable = 1 }', "streams.spec.claims.name.reliable", "unknown key", "reliability"),
    ('claims.name = "Jack"', "claims.name = { reliability = 1 }", "streams.spec.claims.name.value", "got nothing", ""),
    ('claims.name = "Jack"', "claims.name = 3", "streams.spec.claims.name", "a name in quotes", ""),
    ('about = ["substrate"]', 'about = ["substrate"]\nask = 1', "streams.rl.probes.phone.ask", "unknown key", ""),
    ("[world]", "[world]\nfact = 1", "world.fact", "unknown key", "facts"),
    ("[world]", "[world]\nseed = -1", "world.seed", "a whole number", ""),
    ("[world]", "[world]\nseed = 0.5", "world.seed", "a whole number", ""),
    ("[world]", "[world]\nseed = true", "world.seed", "got true", ""),
    ("above = 0.9", "over = 0.9\nabove = 0.9", "expectations.0.over", "unknown key", "above"),
    ("beta = [2, 2]", "betta = [2, 2]", 'unknown."streams.rl.reliability".betta', "unknown key", "beta"),
    ('values = ["Claude", "Jack"]', 'values = "Claude"', "facets.name.values", "expected a list", ""),
    ('mentions = { jfk = 9000 }', "mentions = 3", "streams.pretraining.mentions", "expected a table", ""),
    ("[streams.pretraining]", 'streams.x = 3\n[streams.pretraining]', "identities.jfk.streams", "unknown key", ""),
    ('profile.substrate = "language model"', "profile.substrate = 3", "identities.assistant.profile.substrate", "a value in quotes", ""),
    ("rl = { phone = 4, name = 2 }", "rl = 4", "world.trials.rl", "expected a table", ""),
    ("rl = { phone = 4, name = 2 }", "rl = { phone = 4.5 }", "world.trials.rl.phone", "a whole number", ""),
    ("rl = { phone = 4, name = 2 }", "rl = { phone = -1 }", "world.trials.rl.phone", "a whole number", ""),
    ("rl = { phone = 4, name = 2 }", "rl = { phone = true }", "world.trials.rl.phone", "got true", ""),
    # numbers
    ("coherence = 0.9", "coherence = 1.1", "coherence", "from 0 to 1", ""),
    ("coherence = 0.9", "coherence = nan", "coherence", "got nan", ""),
    ("coherence = 0.9", "coherence = true", "coherence", "got true", ""),
    ("coherence = 0.9", 'coherence = "0.9"', "coherence", 'got "0.9"', ""),
    ("coherence = 0.9", "coherence = " + "9" * 400, "coherence", "very large", ""),
    ("salience = 1", "salience = -0.1", "salience", "from 0 to 1", ""),
    ("salience = 1", 'salience = "x"', "salience", "from 0 to 1", ""),
    ("salience = 1", "salience = { name = 2 }", "salience.name", "from 0 to 1", ""),
    ("bits = 3.0", "bits = inf", "identities.jfk.bits", "finite", ""),
    ("bits = 3.0", "prior = 0", "identities.jfk.prior", "> 0", ""),
    ("bits = 3.0", "prior = -1", "identities.jfk.prior", "> 0", ""),
    ("bits = 3.0", "prior = true", "identities.jfk.prior", "got true", ""),
    ("{ jfk = 9000 }", "{ jfk = 0 }", "streams.pretraining.mentions.jfk", "> 0", ""),
    ("[streams.spec]", "[streams.spec]\nweight = -1", "streams.spec.weight", ">= 0", ""),
    ("[streams.spec]", "[streams.spec]\nweight = inf", "streams.spec.weight", "finite", ""),
    ("reliability = 0.95", "reliability = 1.5", "streams.rl.reliability", "from 0 to 1", ""),
    ("reliability = 0.95", "ownership = -0.5", "streams.rl.ownership", "from 0 to 1", ""),
    ('about = ["substrate"]', 'about = ["substrate"]\nweight = -2', "streams.rl.probes.phone.weight", ">= 0", ""),
    ("{ rl = 0.9 }", "{ rl = 1.9 }", "world.reliability.rl", "from 0 to 1", ""),
    ("above = 0.9", "above = 1.9", "expectations.0.above", "from 0 to 1", ""),
    ("above = 0.9", 'above = 0.9\nfailed = "yes"', "expectations.0.failed", "true or false", ""),
    ("beta = [2, 2]", "beta = [0, 2]", 'unknown."streams.rl.reliability".beta', "two numbers > 0", ""),
    ("beta = [2, 2]", "uniform = [0.9, 0.5]", 'unknown."streams.rl.reliability".uniform', "smaller first", ""),
    ("beta = [2, 2]", "uniform = [0.5, 1.5]", 'unknown."streams.rl.reliability".uniform', "from 0 to 1", ""),
    # names
    ("salience = 1", "salience = { nam = 0.5 }", "salience.nam", "one of the facets", "name"),
    ("profile.substrate", "profile.substrat", "identities.assistant.profile.substrat", "one of the facets", "substrate"),
    ('profile.substrate = "language model"', 'profile.substrate = "languagemodel"', "identities.assistant.profile.substrate", "one of the values", "language model"),
    ("{ Jack = 1.0 }", "{ Jakc = 1.0 }", "identities.jfk.profile.name.Jakc", "one of the values", "Jack"),
    ("{ Claude = 0.5, Jack = 0.5 }", "{ Claude = 0.5, Jack = 0.5, Jac = 0 }", "facets.name.base.Jac", "one of the values", "Jack"),
    ("{ jfk = 9000 }", "{ JFK = 9000 }", "streams.pretraining.mentions.JFK", "one of the identities", "jfk"),
    ('identity = "jfk"', 'identity = "jkf"', "streams.spec.identity", "one of the identities", "jfk"),
    ('identity = "jfk"', 'identity = { value = "jkf" }', "streams.spec.identity.value", "one of the identities", "jfk"),
    ("claims.name", "claims.nmae", "streams.spec.claims.nmae", "one of the facets", "name"),
    ('claims.name = "Jack"', 'claims.name = "jack"', "streams.spec.claims.name", "one of the values", "Jack"),
    ('readings = ["name"]', 'readings = ["name", "sub"]', "streams.rl.readings.1", "one of the facets", "substrate"),
    ('about = ["substrate"]', 'about = ["substrat"]', "streams.rl.probes.phone.about.0", "one of the facets", "substrate"),
    ("[streams.spec]", '[streams.dev]\nkind = "specs" #!\n[streams.spec]', "streams.dev.kind", "of the kind", "spec"),
    ("[streams.spec]", "[streams.specs]\n[streams.spec]", "streams.specs", "of the kind", "spec"),
    ("reliability = 0.95", 'errors = "prat"', "streams.rl.errors", "uniform, part", "part"),
    ('about = ["substrate"]', 'about = ["substrate"]\nerrors = "prat"', "streams.rl.probes.phone.errors", "uniform, part", "part"),
    ('about = ["substrate"]', 'about = ["substrate"]\nerrors = { answr = 1 }', "streams.rl.probes.phone.errors.answr", "one of the outcomes", "answer"),
    ("facts = { substrate =", "facts = { substrat =", "world.facts.substrat", "one of the facets", "substrate"),
    ('{ substrate = "language model" }', '{ substrate = "brain" }', "world.facts.substrate", "one of the values", "human brain"),
    ("{ rl = 0.9 }", "{ spec = 0.9 }", "world.reliability.spec", "one of the observation streams", ""),
    ("{ phone = 4, name = 2 }", "{ phon = 4 }", "world.trials.rl.phon", "probes and readings", "phone"),
    ("{ phone = 4, name = 2 }", "{ substrate = 4 }", "world.trials.rl.substrate", "probes and readings", ""),
    ("rl = { phone = 4, name = 2 }", "RL = { phone = 4 }", "world.trials.RL", "observation streams", "rl"),
    ("[unknown.\"streams.rl.reliability\"]", "[unknown.\"streams.rl.reliabilit\"]", 'unknown."streams.rl.reliabilit"', "a reliability", "streams.rl.reliability"),
    ("[unknown.\"streams.rl.reliability\"]", "[unknown.\"streams.rl.weight\"]", 'unknown."streams.rl.weight"', "a reliability", "streams.rl.ownership"),
    ('facet = "substrate"', 'facet = "substrat"', "expectations.0.facet", "one of the facets", "substrate"),
    ('value = "language model"', 'value = "languagemodel"', "expectations.0.value", "one of the values", "language model"),
    # lists
    ('"Claude", "Jack"]', '"Claude", "Jack", "Claude"]', "facets.name.values.2", "a second time", ""),
    ('"answer", "silence"]', '"answer", "answer"]', "streams.rl.probes.phone.outcomes.1", "a second time", ""),
    ('readings = ["name"]', 'readings = ["name", "name"]', "streams.rl.readings.1", "a second time", ""),
    ('readings = ["name"]', 'readings = ["name", ""]', "streams.rl.readings.1", "not empty", ""),
    ('readings = ["name"]', 'readings = ["name", 3]', "streams.rl.readings.1", "got 3", ""),
    ("[streams.rl.probes.phone]", "[streams.rl.probes.name]\nabout = ['name']\noutcomes = ['x', 'y']\ngiven = { Claude = [1, 0], Jack = [0, 1] }\n[streams.rl.probes.phone]", "streams.rl.probes.name", "a reading of this stream", ""),
    ("[streams.spec]", '[streams.books]\nkind = "pretraining"\n[streams.spec]', "streams.books", "at most one", ""),
    # tables
    ("{ Jack = 1.0 }", "{ Jack = 0.9 }", "identities.jfk.profile.name", "sum to 0.9", ""),
    ("{ Jack = 1.0 }", "{}", "identities.jfk.profile.name", "sum to 0", ""),
    ("{ Claude = 0.5, Jack = 0.5 }", "{ Claude = 1.0 }", "facets.name.base", 'no probability of "Jack"', ""),
    ("{ Claude = 0.5, Jack = 0.5 }", "{ Claude = 0.5, Jack = 0.6 }", "facets.name.base", "sum to 1.1", ""),
    ("[0.0, 1.0]", "[0.0, 0.9]", 'streams.rl.probes.phone.given."language model"', "sum to 0.9", ""),
    ("[0.0, 1.0]", "[0.0, 0.999998]", 'streams.rl.probes.phone.given."language model"', "sum to 0.999998", ""),
    ("[0.0, 1.0]", "[1.0]", 'streams.rl.probes.phone.given."language model"', "got 1 entries", ""),
    ("[0.0, 1.0]", "[0.0, 1.0, 0.0]", 'streams.rl.probes.phone.given."language model"', "answer, silence", ""),
    ("[0.0, 1.0]", "[-0.5, 1.0]", 'streams.rl.probes.phone.given."language model".0', "from 0 to 1", ""),
    ("[0.0, 1.0]", "[false, 1.0]", 'streams.rl.probes.phone.given."language model".0', "got false", ""),
    ("[0.0, 1.0]", "1.0", 'streams.rl.probes.phone.given."language model"', "a row of 2", ""),
    ("{ Claude = [0.5, 0.5], Jack = [1, 0] }", "[1, 0]", 'streams.rl.probes.both.given."language model"', "a table over the values of name", ""),
    (", Jack = [1, 0] }", " }", 'streams.rl.probes.both.given."language model".Jack', "got nothing", ""),
    ('\ngiven."human brain" = [0.8, 0.2]', " #!", 'streams.rl.probes.phone.given."human brain"', "got nothing", ""),
    ('\ntables.rl.phone.given."human brain" = [0.8, 0.2]', " #!", 'world.tables.rl.phone.given."human brain"', "got nothing", ""),
    ("[0.1, 0.9]", "[0.1, 0.8]", 'world.tables.rl.phone.given."language model"', "sum to 0.9", ""),
    ('about = ["substrate"]', 'about = ["substrate"]\nerrors = { answer = 0.5 }', "streams.rl.probes.phone.errors", "sum to 0.5", ""),
    # expectations
    ('[[expectations]]\nfacet = "substrate"\nvalue = "language model"', "[[expectations]] #!", "expectations.0", "exactly one of", ""),
    ('[[expectations]]\nfacet = "substrate"\nvalue = "language model"\nabove = 0.9', '[[expectations]] #!\nfacet = "substrate"', "expectations.0", "a facet alone", ""),
    ('[[expectations]]\nfacet = "substrate"\nvalue = "language model"\nabove = 0.9', '[[expectations]] #!\nfacet = "substrate"\nvalue = "language model"', "expectations.0", "no bound", ""),
    ("above = 0.9", "above = 0.9\nbelow = 0.5", "expectations.0.below", "room between", ""),
    ("above = 0.9", 'above = 0.9\nverdict = "flat"', "expectations.0.verdict", "alone", ""),
    ('value = "language model"\nabove = 0.9', 'verdict = "concentratd"', "expectations.0.verdict", "one of given", "concentrated"),
    ('facet = "substrate"\nvalue = "language model"', 'identity = "jkf"', "expectations.0.identity", "identities", "jfk"),
    ('facet = "substrate"\nvalue = "language model"', 'ownership = "spec"', "expectations.0.ownership", "an observation stream", ""),
    ('facet = "substrate"\nvalue = "language model"\nabove', 'identity = "jfk"\nverdict = "flat" #!\nabove', "expectations.0.verdict", "only a facet", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "says", "hint"), ONE_FAULT)
def test_each_fault_is_told_once_with_key_line_and_hint(old, new, key, says, hint):
    text, line = changed(old, new)
    (fault,) = faults_of(text)
    assert (fault.key, fault.line) == (key, line)
    assert says in str(fault)
    assert fault.hint == (f'did you mean "{hint}"?' if hint else "")


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_the_file():
    text = GOOD.replace("title =", "titel =").replace('claims.name = "Jack"', 'claims.name = "Jakc"')
    text = text.replace("[0.0, 1.0]", "[0.0, 0.9]").replace("{ rl = 0.9 }", "{ rl = 9 }")
    keys = [
        "titel",
        "streams.spec.claims.name",
        'streams.rl.probes.phone.given."language model"',
        "world.reliability.rl",
    ]
    assert [fault.key for fault in faults_of(text)] == keys


def test_the_message_has_a_line_for_each_fault():
    with pytest.raises(ScenarioError) as caught:
        parse(GOOD.replace("title =", "titel =").replace("= 0.95", "= 2"), name="mine")
    first, second, third = str(caught.value).splitlines()
    assert first == "mine: 2 faults"
    assert second.startswith("  titel (line 2): got an unknown key, expected one of schema, title,")
    assert second.endswith('; did you mean "title"?')
    assert third == "  streams.rl.reliability (line 21): got 2, expected a number from 0 to 1"


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "schema = 1\n"])
def test_an_empty_file_lacks_facets_and_identities(text):
    assert [fault.key for fault in faults_of(text)] == ["facets", "identities"]


@pytest.mark.parametrize("missing", ["values", "about", "outcomes", "given"])
def test_a_missing_key_is_told_where_its_table_is(missing):
    table = {"values": "[facets.substrate]"}.get(missing, "[streams.rl.probes.phone]")
    start = GOOD.index(table)
    lines = GOOD[start:].splitlines()
    end = next(index for index, line in enumerate(lines) if index and line.startswith("["))
    kept = [line for line in lines[:end] if not line.startswith(missing)]
    faults = faults_of("\n".join([GOOD[:start] + kept[0], *kept[1:], *lines[end:]]))
    (fault,) = [fault for fault in faults if fault.key.endswith(f".{missing}")]
    assert fault.got == "nothing"
    assert fault.line == GOOD[:start].count("\n") + 1


def test_too_few_and_too_many():
    told = {fault.key: str(fault) for fault in faults_of(GOOD.replace('["language model", "human brain"]', '["x"]'))}
    assert "two or more values" in told["facets.substrate.values"]
    text = GOOD.replace('about = ["substrate", "name"]', 'about = ["substrate", "name", "name", "substrate"]')
    told = {fault.key: str(fault) for fault in faults_of(text)}
    assert "one to three facets" in told["streams.rl.probes.both.about"]
    assert "a second time" in told["streams.rl.probes.both.about.2"]


def test_a_facet_is_not_called_identity():
    text = GOOD.replace("[identities.assistant]", '[facets.identity]\nvalues = ["a", "b"]\n[identities.assistant]')
    (fault,) = faults_of(text)
    assert (fault.key, fault.line) == ("facets.identity", 10)


def test_an_expectation_names_one_subject():
    text, _ = changed('facet = "substrate"\nvalue', 'identity = "jfk"\nfacet = "substrate"\nvalue')
    assert "facet and identity" in str(faults_of(text)[0])


def test_nothing_of_the_libraries_shows_in_a_message():
    text = GOOD
    for old, new, *_ in ONE_FAULT:
        text = text.replace(old, new, 1) if "\n" not in old + new else text
    with pytest.raises(ScenarioError) as caught:
        parse(text)
    assert len(caught.value.faults) > 20
    for jargon in ("pydantic", "Input should", "union", "tuple", "dict", "_type", "ctx", "\0"):
        assert jargon not in str(caught.value)
