"""The line of a fault is right, however a key is written and a file is laid out."""

import pytest
from good_scenario import GOOD, changed, faults_of

LINES = [
    ("inline table", "salience = { name = 0.5, substrate = 2 }", "salience.substrate", 4),
    ("dotted key", "salience.name = 0.5\nsalience.substrate = 2", "salience.substrate", 5),
    ("table header", "[salience] # [x]\n\nname = 0.5\nsubstrate = 2", "salience.substrate", 7),
    ("quoted key", "'salience' . \"substrate\" = 2", "salience.substrate", 4),
    ("after a text of lines", "salience = 1\nquestion = '''\n[facets.name]\nx'''\ncoherenc = 1", "coherenc", 8),
    ("inside a list of lines", "salience = 1\nquestion = [\n  [1],\n]\n", "question", 5),
]


@pytest.mark.parametrize(("written", "key", "line"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_lines_are_right_however_a_key_is_written(written, key, line):
    (fault,) = faults_of(GOOD.replace("salience = 1", written))
    assert (fault.key, fault.line) == (key, line)


def test_lines_are_right_in_rows_over_several_lines():
    text, first = changed("[0.0, 1.0]", "[\n    0.0,\n    1.5,\n]")
    (fault,) = faults_of(text)
    assert (fault.key, fault.line) == ('streams.rl.probes.phone.given."language model".1', first + 2)


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_lines_do_not_depend_on_line_endings_or_a_byte_order_mark(ending):
    (fault,) = faults_of("\ufeff" + GOOD.replace("coherence", "coherenc").replace("\n", ending))
    assert (fault.key, fault.line) == ("coherenc", 3)


def test_a_misspelt_header_is_told_with_its_line():
    faults = faults_of(GOOD.replace("[identities.jfk]", "[identites.jfk]"))
    assert faults[0].key == "streams.pretraining.mentions.jfk" or faults[0].line == 12
    told = {fault.key: fault for fault in faults}
    assert told["identites"].line == 12
    assert told["identites"].hint == 'did you mean "identities"?'
    assert told["streams.spec.identity"].line == 18


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("schema = 1\ntitle = = 2\n", 2),
        ("schema = 1\nschema = 1\n", 2),
        ("[facets.a]\nx = 1\n\n[facets.a]\n", 4),
        ('schema = 1\ntitle = "open', 2),
        ("schema = 1\nsalience = { a = 1,\n b = 2 }\n", 2),
        ("a = 1\0", 1),
        ("a = " + "9" * 5000, None),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text, line):
    (fault,) = faults_of(text)
    assert fault.line == line
    assert "no TOML" in str(fault)
