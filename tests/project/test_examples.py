"""Every example runs, says something, and saves its picture; every model file loads and says what it claims."""

import runpy
import sys
from pathlib import Path

import pytest

import bayes_self as bs
from bayes_self.scenario import gallery

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("script", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_prints_its_finding_and_saves_its_picture(script, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", [str(script), str(tmp_path)])
    runpy.run_path(str(script), run_name="__main__")
    assert capsys.readouterr().out.strip()
    pictures = list(tmp_path.glob("*.png"))
    assert pictures
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


@pytest.mark.parametrize("name", gallery.names())
def test_a_model_bears_out_what_it_expects(name):
    scenario = bs.load(name)
    assert scenario.title
    assert scenario.question
    assert scenario.expectations
    if scenario.world is not None:
        evidence = bs.simulate(scenario, key=scenario.world.seed)
    else:
        evidence = bs.read_evidence(gallery.path(name).with_suffix(".csv"), scenario)
    assert not [finding for finding in bs.findings(bs.posterior(scenario, evidence)) if not finding.as_recorded]


def test_the_deluded_differs_from_the_jfk_coder_in_three_numbers_only():
    deluded, coder = bs.load("delusion").to_dict(), bs.load("jfk_coder").to_dict()
    for raw in (deluded, coder):
        for key in ("title", "question", "expectations"):
            del raw[key]
    for stream, number in (("spec", "reliability"), ("rl", "ownership"), ("introspection", "ownership")):
        assert deluded["streams"][stream].pop(number) != coder["streams"][stream].pop(number)
    assert deluded == coder


def test_every_model_says_where_its_numbers_come_from():
    for name in gallery.names():
        text = gallery.path(name).read_text(encoding="utf-8").lower()
        assert "what would count against" in text, name
        assert "assumed" in text, name
        assert "reasoned" in text, name
