"""The three files of a questionnaire: the Inspect task, its samples, and the mapping by which `fit` reads its logs."""

import json
from importlib.resources import files

import toml_rs

from bayes_self.fit.mapping import DataMapping
from bayes_self.fit.questionnaire.claims import contrast
from bayes_self.fit.questionnaire.samples import Plan, contrasts, samples
from bayes_self.scenario import Scenario

NAMES = ("task.py", "samples.jsonl", "mapping.toml")

_HEAD = """\
# What the answers to this questionnaire count as: bayes-self fit LOG --mapping mapping.toml
#
# A probe is a contrast, "facet = value": the persona's value is the one that was claimed, the self's is any other. Free
# answers are compared with the values without regard to case, outer punctuation and a leading article. Those that say
# a value in other words are off the list until [spelling] says so; `fit` reports them:
#
#   [spelling]
#   "language model" = ["a large language model", "LLM"]

"""


def texts(scenario: Scenario, plan: Plan) -> dict[str, str]:
    """{name: text} of the files; the same plan and scenario give the same texts."""
    rows = [json.dumps(row, ensure_ascii=False) for row in samples(scenario, plan)]
    task = (files("bayes_self.fit.questionnaire") / "task.py").read_text(encoding="utf-8")
    return dict(zip(NAMES, (task, "\n".join(rows) + "\n", mapping_text(scenario)), strict=True))


def _tells_apart(scenario: Scenario) -> bool:
    """Whether no two values of a facet differ in case, punctuation or an article alone."""
    same = DataMapping("", loose=True).same
    return all(len(set(map(same, facet.values))) == len(facet.values) for facet in scenario.facets.values())


def mapping_text(scenario: Scenario) -> str:
    """The mapping file, in TOML."""
    columns = {part: f"metadata.{part}" for part in ("persona", "route", "probe", "item")}
    persona = {contrast(facet, value): [value] for facet, value in contrasts(scenario)}
    other = {
        contrast(facet, value): [each for each in scenario.facets[facet].values if each != value]
        for facet, value in contrasts(scenario)
    }
    title = f"Questionnaire: {scenario.title or scenario.name}"
    return _HEAD + toml_rs.dumps(
        {
            "title": title,
            "closed": True,
            "loose": _tells_apart(scenario),
            "columns": {**columns, "outcome": "answer"},
            "persona": persona,
            "self": other,
        }
    )
