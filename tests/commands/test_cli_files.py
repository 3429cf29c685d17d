"""list, show, validate, new and schema."""

import json

import pytest
from commanded import SMALL, ask, given, refused, told

from bayes_self.scenario import gallery


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def test_list_gives_every_scenario_a_line_with_its_title():
    lines = told("list").splitlines()
    assert [line.split()[0] for line in lines] == gallery.names()
    assert all(line.endswith(gallery.title(name)) for line, name in zip(lines, gallery.names(), strict=True))


def test_list_as_json():
    assert given("list") == {"scenarios": [{"name": n, "title": gallery.title(n)} for n in gallery.names()]}


def test_validate_says_ok_for_each(small):
    assert told("validate", small, gallery.names()[0]) == f"{small}: ok\n{gallery.names()[0]}: ok\n"


def test_validate_lists_all_faults_of_each_file(small, tmp_path):
    worse, bad = tmp_path / "worse.toml", tmp_path / "bad.toml"
    worse.write_text(SMALL.replace("ownership = 0.9", "ownership = 9").replace('"human brain"\n', '"heart"\n'))
    bad.write_text(SMALL.replace("seed = 3", "sead = 3"))
    result = ask("validate", worse, small, bad)
    assert result.exit_code == 2
    assert result.stdout == f"{small}: ok\n"
    assert "streams.rl.ownership" in result.stderr
    assert "world.sead" in result.stderr
    assert str(worse) in result.stderr
    assert str(bad) in result.stderr


def test_a_new_file_is_valid_and_never_overwrites(tmp_path):
    path = tmp_path / "mine.toml"
    assert str(path) in told("new", path)
    told("validate", path)
    path.write_text("mine")
    assert str(path) in refused("new", path)
    assert path.read_text() == "mine"


def test_the_schema_is_a_schema():
    assert json.loads(told("schema"))["properties"]["coherence"]["type"] == "number"


def test_show_tells_the_scenario_back(small):
    text = told("show", small)
    assert text.startswith("Told it is JFK\n")
    assert "The evidence" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_show_tells_settings_frame_and_evidence(small, tmp_path):
    evidence = tmp_path / "seen.csv"
    evidence.write_text("stream,probe,outcome,count\nrl,phone,nothing happens,7\n")
    text = told("show", small, "--set", "title=Mine", "--frame", "simulator", "--evidence", evidence)
    assert text.startswith("Mine\n")
    assert "frame simulator" in text
    assert "rl.phone  nothing happens  7" in text


def test_show_as_json_is_the_file(small):
    found = given("show", small, "--set", "coherence=0.5")
    assert found["scenario"] == "small"
    assert found["file"]["coherence"] == 0.5
    assert found["evidence"] is None


def test_names_do_not_drive_the_terminal(tmp_path):
    path = tmp_path / "rude.toml"
    path.write_text(SMALL.replace("Told it is JFK", r"\u001b]0;mine\u0007\u001b[2J"))
    for command in ("show", "validate"):
        assert "\x1b" not in told(command, path)
    assert "\x1b" not in refused("show", path, "--set", 'streams.rl.ownership="\\u001b[2J"')
