"""From a questionnaire to the self-model behind its answers: asked, answered by mock models, mapped, fitted.

The models answer from a known self-model, by the text of a choice or in free words; what holds them comes back.
"""

import json

import numpy as np
from commanded import SMALL, told
from known_self_model import assert_found_again, known

from bayes_self.fit.answers import Answers, Cell
from bayes_self.fit.design import Design, item_of
from bayes_self.fit.landscape import landscape
from bayes_self.fit.mapped import mapped
from bayes_self.fit.mapping import load_mapping
from bayes_self.fit.records import Records, flat
from bayes_self.fit.sampling import Effort, sample

MODELS = ("m1", "m2", "m3")


def cell_of(model, asked):
    return Cell(model, *(asked["metadata"][part] for part in ("persona", "route", "probe", "item")))


def other_than(value):
    pair = next(pair for pair in (("language model", "human brain"), ("Claude", "Jack")) if value in pair)
    return pair[1 - pair.index(value)]


def test_what_mock_models_believe_comes_back(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL)
    effort = ("--answers", 16, "--wordings", 1, "--examples", 4, "--examples", 32)
    told("questionnaire", tmp_path / "small.toml", "--out", tmp_path / "asked", *effort)
    asked = [json.loads(line) for line in (tmp_path / "asked" / "samples.jsonl").read_text().splitlines()]
    mapping = load_mapping(tmp_path / "asked" / "mapping.toml")

    def answered(says):
        rows = [dict(flat({"model": model, "answer": says(model, each), **each})) for model in MODELS for each in asked]
        return mapped(Records(tuple(enumerate(rows, 1)), tuple(rows[0]), "log"), mapping)

    turn = iter(range(10**6))
    both = answered(lambda model, each: _named(each, next(turn) % 2 == 0))
    design = Design.of(both, mapping.meaning)
    read_off, p = known(design, seed=7)
    place = {cell: i for i, cell in enumerate(design.cells)}
    random = np.random.default_rng(8)

    def from_belief(model, each):
        cell = cell_of(model, each)
        outcomes = design.outcomes[item_of(cell)]
        chances = p[place[cell], : len(outcomes)]
        return f"The {random.choice(outcomes, p=chances / chances.sum())}."

    answers = answered(from_belief)
    assert isinstance(answers, Answers)
    assert answers.n.sum() == len(asked) * len(MODELS)
    found = landscape(sample("self-model", answers, mapping.meaning, key=9, effort=Effort(2, 250, 150, 6)))
    assert_found_again(found, read_off)


def _named(asked, claimed):
    value = asked["metadata"]["probe"].split(" = ")[1]
    return value if claimed else other_than(value)
