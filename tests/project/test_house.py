"""The house is as its page says: a claim's way goes up, and every file that the page names is there."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "contributing" / "house.md"


@pytest.fixture
def house(monkeypatch):
    pytest.importorskip("sphinx")
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "site"))
    yield import_module("house")
    sys.modules.pop("house")


def test_a_claim_goes_up_and_enters_each_folder_once(house):
    folders = [file.partition("/")[0] for file, _, _ in house.walk()]
    entered = [folder for i, folder in enumerate(folders) if i == 0 or folders[i - 1] != folder]
    assert len(set(entered)) == len(entered)


def test_a_step_that_goes_down_or_nowhere_is_refused(house, monkeypatch):
    monkeypatch.setattr(
        house, "WALK", [("model/potentials.py", "potentials", ""), ("scenario/schema.py", "Scenario", "")]
    )
    with pytest.raises(ValueError, match="below the step before it"):
        house.walk()
    monkeypatch.setattr(house, "WALK", [("model/potentials.py", "potentiality", "")])
    with pytest.raises(ValueError, match="has no potentiality"):
        house.walk()


def test_every_folder_has_a_paragraph(house):
    assert all(house.paragraph(name) for row in house.layers() for name in row)


def test_files_and_names_of_the_page_are_there():
    for file, name in re.findall(r"`(bayes_self/[\w/.]+)`(?:, `(\w+)`)?", PAGE.read_text(encoding="utf-8")):
        assert (ROOT / file).exists(), file
        assert not name or f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), name
