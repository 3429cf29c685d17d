"""`questionnaire`: a scenario's questions as an Inspect task, to be asked of a real model."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import read_scenario
from bayes_self.commands.output import print_lines

Out = Annotated[Path, options.option("--out", metavar="DIR", help="The folder to write.")]
Examples = Annotated[
    list[int] | None,
    typer.Option("--examples", metavar="K", min=1, max=64, help="Examples in context; may be repeated. [2 and 8]"),
]
Wordings = Annotated[int, typer.Option("--wordings", metavar="N", min=1, max=3, help="Paraphrases of each question.")]
Answers = Annotated[int, typer.Option("--answers", metavar="N", min=1, help="Answers to each question.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Shuffle choices and samples with this seed.")]


def questionnaire(
    scenario: options.ScenarioName,
    out: Out,
    examples: Examples = None,
    wordings: Wordings = 2,
    answers: Answers = 4,
    seed: Seed = 0,
    settings: options.Settings = None,
) -> None:
    """Write an Inspect task that asks a model every facet's question, under each claim and under none."""
    from bayes_self.commands.folder import refuse_taken, write_all
    from bayes_self.fit.questionnaire.files import NAMES, texts
    from bayes_self.fit.questionnaire.samples import Plan

    asked = read_scenario(scenario, settings)
    refuse_taken(out, NAMES)
    found = texts(asked, Plan(tuple(sorted(set(examples or (2, 8)))), wordings, answers, seed))
    write_all(out, {name: _writer(text) for name, text in found.items()})
    number = found["samples.jsonl"].count("\n")
    print_lines(
        [
            f"{number:,} questions. Ask a model, and fit its answers:",
            "  inspect eval "
            + shlex.join([os.path.relpath(out / "task.py"), "--model", "NAME", "--log-dir", str(out / "logs")]),
            "  bayes-self fit "
            + shlex.join([str(out / "logs"), "--mapping", str(out / "mapping.toml"), "--out", str(out / "fitted")]),
        ]
    )


def _writer(text: str) -> Callable[[Path], object]:
    from bayes_self.files.writing import write_text

    return lambda path: write_text(path, text)
