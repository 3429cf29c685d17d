"""Asks a language model what it takes itself to be. Written by `bayes-self questionnaire`; it needs inspect-ai alone.

    inspect eval task.py --model NAME                          # any model that Inspect knows; logs go to ./logs
    bayes-self fit LOG --mapping mapping.toml                  # LOG: one log, or a folder of them

Every line of samples.jsonl is one answer: what was claimed before (in a system prompt, or by examples in context), the
question, and in `metadata` where it belongs. The target is the value that was claimed: accuracy is the share of answers
that go with the claim.
"""

import json
from pathlib import Path

from inspect_ai import Task, task  # pyright: ignore[reportMissingImports]
from inspect_ai.dataset import MemoryDataset, Sample  # pyright: ignore[reportMissingImports]
from inspect_ai.scorer import (  # pyright: ignore[reportMissingImports]
    Score,
    Scorer,
    Target,
    accuracy,
    choice,
    scorer,
    stderr,
)
from inspect_ai.solver import (  # pyright: ignore[reportMissingImports]
    Generate,
    Solver,
    TaskState,
    multiple_choice,
    solver,
)

TEMPLATE = "{question}\n\n{choices}\n\nReply with one line, ANSWER: and the letter of your answer, one of {letters}."


@task
def questionnaire() -> Task:
    """All samples beside this file."""
    # read here, because Inspect takes the name of a file for a URL
    lines = Path(__file__).with_name("samples.jsonl").read_text(encoding="utf-8").split("\n")
    samples = [Sample.model_validate(json.loads(line)) for line in lines if line]
    return Task(dataset=MemoryDataset(samples, name="questionnaire"), solver=answer(), scorer=as_claimed())


@solver
def answer() -> Solver:
    """A choice where there are choices, else free words."""
    choose = multiple_choice(template=TEMPLATE)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        return await (choose(state, generate) if len(state.choices) else generate(state))

    return solve


@scorer(metrics=[accuracy(), stderr()])
def as_claimed() -> Scorer:
    """Whether the answer is the value that was claimed; the answer itself is what `fit` reads."""
    chosen = choice()

    async def score(state: TaskState, target: Target) -> Score:
        if len(state.choices):
            found = await chosen(state, target)
            assert found is not None
            return found
        said = state.output.completion.strip()
        return Score(value="C" if said.strip(" .").casefold() == target.text.casefold() else "I", answer=said)

    return score
