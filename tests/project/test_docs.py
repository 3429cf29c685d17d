"""Every block of the README and of the pages runs, and says what is said there."""

import re
import shutil
from pathlib import Path

import pytest
from blocks import run_page
from commanded import refused

import bayes_self as bs
from bayes_self.fit.mapping_faults import _KEYS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted(DOCS.rglob("*.md")) if "```" in page.read_text(encoding="utf-8")),
]
PAGE = (DOCS / "bring_your_own_answers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).with_suffix("").as_posix())
def test_the_blocks_of_a_page_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "models", "models")
    monkeypatch.setitem(vars(bs), "infer", briefly)
    run_page(page)


def briefly(*asked, **options):
    """`bs.infer` with fewer draws than a reader would wait for."""
    from bayes_self.inference.inference import infer

    return infer(*asked, draws=20, warmup=50, chains=2, **options)


def block(name):
    found = re.search(rf"<!-- {re.escape(name)} -->\n```\w+\n(.*?)^```$", PAGE, re.M | re.S)
    assert found
    return found[1]


@pytest.fixture
def here(tmp_path, monkeypatch):
    for name in ("answers.jsonl", "mapping.toml"):
        (tmp_path / name).write_text(block(name), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_python_of_the_page_gives_what_its_comments_say(here):
    names = {}
    exec(re.sub(r"^(answers|mapping)\.(.*)  # ", r"# \1.\2  # ", block("run"), flags=re.M), names)
    said = re.findall(r"^((?:answers|mapping)\.\S.*?)  # (.*)$", block("run"), re.M)
    assert len(said) == 3
    for expression, result in said:
        assert str(eval(expression, names)).startswith(result.split(":")[0] if result[0].isdigit() else result)


def test_the_command_of_the_page_runs_to_its_end_and_says_what_the_page_says(here):
    command, *said = re.findall(r"^\$ bayes-self (fit answers.*)\n((?:note|bayes-self): .*\n)+", PAGE, re.M)[0]
    block = PAGE[PAGE.index(command) + len(command) + 1 :]
    told = refused(*command.split())
    assert said
    assert told == block[: block.index("```")]
    assert not Path("fitted").exists()


def test_every_key_of_a_mapping_is_documented():
    table = PAGE[PAGE.index("| key |") : PAGE.index("The name of a route")]
    for key in _KEYS:
        assert re.search(rf"`\[*{key}\]*`", table), key
