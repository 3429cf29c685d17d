"""From a questionnaire to the self-model behind its answers: asked, answered by mock models, mapped, fitted.

The models answer from a known self-model, by the text of a choice or in free words; what holds them comes back.
"""

import json
from collections import Counter, defaultdict

import numpy as np
import pytest
from commanded import SMALL, told
from known_self_model import assert_found_again, known

from bayes_self.files.tables import Table
from bayes_self.fit.answers import Cell, read
from bayes_self.fit.design import Design, item_of
from bayes_self.fit.landscape import landscape
from bayes_self.fit.mapping import load_mapping
from bayes_self.fit.sampling import Effort, sample
from bayes_self.fit.translation import mapped

MODELS = ("m1", "m2", "m3")


def cell_of(model, asked):
    return Cell(model, *(asked["metadata"][part] for part in ("persona", "route", "probe", "item")))


def other_than(value):
    pair = next(pair for pair in (("language model", "human brain"), ("Claude", "Jack")) if value in pair)
    return pair[1 - pair.index(value)]


def questionnaire(at, answers):
    """(folder of the questionnaire, its samples)."""
    (at / "small.toml").write_text(SMALL)
    effort = ("--answers", answers, "--wordings", 1, "--examples", 4, "--examples", 32)
    told("questionnaire", at / "small.toml", "--out", at / "asked", *effort)
    return at / "asked", [json.loads(line) for line in (at / "asked" / "samples.jsonl").read_text().splitlines()]


def beliefs(folder, samples):
    """(what is read off the self-models, what each says to each sample in turn): drawn from what they believe."""
    mapping = load_mapping(folder / "mapping.toml")
    turn = iter(range(10**6))
    both = mapped(recorded(samples, lambda model, each: _named(each, next(turn) % 2 == 0)), mapping)
    design = Design.of(both, mapping.meaning)
    read_off, p = known(design, seed=7)
    place = {cell: i for i, cell in enumerate(design.cells)}
    random = np.random.default_rng(8)

    def says(model, each):
        cell = cell_of(model, each)
        outcomes = design.outcomes[item_of(cell)]
        chances = p[place[cell], : len(outcomes)]
        return str(random.choice(outcomes, p=chances / chances.sum()))

    return read_off, says


def recorded(samples, says):
    rows = [{"model": model, "answer": says(model, each), **each} for model in MODELS for each in samples]
    return Table(list(enumerate(rows, 1)), source="log")


def _named(each, claimed):
    value = each["metadata"]["probe"].split(" = ")[1]
    return value if claimed else other_than(value)


def test_what_mock_models_believe_comes_back(tmp_path):
    folder, samples = questionnaire(tmp_path, answers=16)
    believed, says = beliefs(folder, samples)
    mapping = load_mapping(folder / "mapping.toml")
    answers = mapped(recorded(samples, lambda model, each: f"The {says(model, each)}."), mapping)
    assert answers.n.sum() == len(samples) * len(MODELS)
    found = landscape(sample("self-model", answers, mapping.meaning, key=9, effort=Effort(2, 200, 120, 5)))
    assert_found_again(found, believed)


def test_and_by_way_of_inspect(tmp_path, monkeypatch):
    """The task as it was written, run by Inspect on mock models that see the messages only: what they say is counted.

    Without a claim the contrasts of a facet are one question, which a model cannot tell apart: counted by facet.
    """
    ai, ai_model = pytest.importorskip("inspect_ai"), pytest.importorskip("inspect_ai.model")
    folder, samples = questionnaire(tmp_path, answers=4)  # every question; numbers of answers are compared, not fitted
    _, says_of = beliefs(folder, samples)
    by_context, said = defaultdict(list), Counter()
    for each in samples:
        by_context[tuple(m["content"] for m in each["input"][:-1])].append(each)

    def answering(model):
        def says(messages, tools, tool_choice, config):
            *context, last = (message.text for message in messages)
            fitting = [s for s in by_context[tuple(context)] if s["input"][-1]["content"] in last]
            each = max(fitting, key=lambda s: len(s["input"][-1]["content"]))  # one question may begin another
            answer = says_of(model, each)
            said[by_facet(cell_of(f"mockllm/{model}", each), answer)] += 1
            letters = {line[3:].strip(): line[0] for line in last.splitlines() if line[1:3] == ") "}
            output = ai_model.ModelOutput.from_content(
                model, f"ANSWER: {letters[answer]}" if "choices" in each else answer
            )
            output.usage = ai_model.ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
            return output

        return ai_model.get_model(f"mockllm/{model}", custom_outputs=says)

    monkeypatch.chdir(folder)  # Inspect looks for tasks below the working directory
    for model in MODELS:
        ai.eval("task.py", model=answering(model), log_dir=str(folder / "logs"), log_realtime=False, display="none")
    answers, found = read(folder / "logs", load_mapping(folder / "mapping.toml")), Counter()
    for cell, counts in zip(answers.cells, answers.outcomes, strict=True):
        found.update({by_facet(cell, outcome): count for outcome, count in counts.items()})
    assert found == said
    assert said.total() == len(samples) * len(MODELS)


def by_facet(cell, outcome):
    return *cell._replace(probe=cell.probe.split(" = ")[0]), outcome
