"""The questionnaire asks every facet under every claim, the same again for the same seed, and gives nothing away."""

import json
from collections import Counter

import pytest
from commanded import SMALL, refused, told

from bayes_self.files.tables import Table
from bayes_self.fit.answers import Cell
from bayes_self.fit.mapping import load_mapping
from bayes_self.fit.translation import mapped

ASKED = ("--answers", 2, "--wordings", 2, "--examples", 3, "--examples", 9)
ROUTES = ("system", "icl_k3", "icl_k9")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    at = tmp_path_factory.mktemp("questionnaire")
    (at / "small.toml").write_text(SMALL)
    told("questionnaire", at / "small.toml", "--out", at / "out", *ASKED)
    return at / "out"


@pytest.fixture(scope="module")
def rows(folder):
    return [json.loads(line) for line in (folder / "samples.jsonl").read_text().splitlines()]


def test_three_files_are_written_and_the_task_runs_by_itself(folder):
    assert {path.name for path in folder.iterdir()} == {"task.py", "samples.jsonl", "mapping.toml"}
    text = (folder / "task.py").read_text()
    compile(text, "task.py", "exec")
    assert "bayes_self" not in text.replace("`bayes-self", "")


def test_every_claim_is_made_by_every_route(rows):
    """SMALL: an assistant with one stand, JFK with two, and four values that could be claimed."""
    cells = Counter(tuple(row["metadata"].values()) for row in rows)
    assert set(cells.values()) == {2}
    stands = {
        "assistant": ["substrate = language model"],
        "jfk": ["substrate = human brain", "name = Jack"],
        **{f"{f} = {v}": [f"{f} = {v}"] for f, v in [("substrate", "language model"), ("substrate", "human brain")]},
        **{f"name = {name}": [f"name = {name}"] for name in ("Claude", "Jack")},
    }
    items = [
        f"{m}, {f}, wording {w}" for m in ("in character", "truthful") for f in ("choices", "free") for w in (1, 2)
    ]
    made = {(claim, r, probe, item) for claim, its in stands.items() for r in ROUTES for probe in its for item in items}
    base = {("none", "base", probe, item) for probe in set().union(*stands.values()) for item in items}
    assert set(cells) == made | base


def test_choices_are_shuffled_and_the_target_is_what_was_claimed(rows):
    orders = Counter()
    for row in rows:
        value = row["metadata"]["probe"].split(" = ")[1]
        if "choices" in row:
            assert row["choices"][ord(row["target"]) - ord("A")] == value
            orders[tuple(row["choices"])] += 1
        else:
            assert row["target"] == value
    assert len(orders) == 4
    for one in orders:  # 4.4 standard errors of a fair coin
        n = orders[one] + orders[one[::-1]]
        assert abs(orders[one] / n - 0.5) < 2.2 / n**0.5


def test_the_context_says_the_claim_and_not_the_answer(rows):
    questions = {"substrate": "What is my substrate?", "name": "What is my name?"}
    for row in rows:
        *context, last = row["input"]
        persona, route, probe, _ = row["metadata"].values()
        facet, value = probe.split(" = ")
        assert questions[facet] in last["content"]
        assert last["role"] == "user"
        if route == "base":
            assert context == []
        elif route == "system":
            assert [message["role"] for message in context] == ["system"]
            assert {"jfk": "John F. Kennedy", "assistant": "an AI assistant"}.get(persona, value) in context[0][
                "content"
            ]
        else:
            assert [message["role"] for message in context] == ["user", "assistant"] * int(route[5:])
            if persona == "jfk":
                assert value not in [message["content"] for message in context]
                assert "John F. Kennedy" in [message["content"] for message in context]


def test_the_seed_decides(folder, tmp_path):
    def written(name, seed):
        told("questionnaire", folder.parent / "small.toml", "--out", tmp_path / name, *ASKED, "--seed", seed)
        return (tmp_path / name / "samples.jsonl").read_text()

    assert written("again", 0) == (folder / "samples.jsonl").read_text()
    assert written("other", 1) != (folder / "samples.jsonl").read_text()


def test_the_mapping_counts_every_answer(folder, rows):
    """As a log has them: the text of the choice, or free words; here always the value that was claimed, or else XXL."""
    for answer in ("{}", "  The {}. ", "XXL"):
        records = [
            {"model": "m", "answer": answer.format(row["metadata"]["probe"].split(" = ")[1]), **row} for row in rows
        ]
        given = Table(list(enumerate(records, 1)), source="log")
        mapping = load_mapping(folder / "mapping.toml")
        if answer == "XXL":
            with pytest.raises(ValueError, match="no answers"):
                mapped(given, mapping)
            continue
        found = mapped(given, mapping)
        assert len(found.cells) == len(rows) / 2
        for cell, counts in zip(found.cells, found.outcomes, strict=True):
            (outcome,) = counts
            assert mapping.meaning.of(cell.probe, outcome) == 1
        assert Cell("m", "none", "base", "name = Jack", "truthful, free, wording 1") in found.cells


def test_bad_requests_are_refused(tmp_path):
    assert "no file" in refused("questionnaire", "nowhere", "--out", tmp_path / "q")
    (tmp_path / "taken").write_text("")
    assert "there is a file of that name" in refused("questionnaire", "naming", "--out", tmp_path / "taken")
    assert not (tmp_path / "q").exists()
