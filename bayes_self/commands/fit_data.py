"""What `fit` reads: a table of answers, or anybody's data by way of a mapping; and what of it was left out."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayes_self.commands.output import note
from bayes_self.errors import BayesSelfError

if TYPE_CHECKING:
    from bayes_self.fit.answers import Answers
    from bayes_self.fit.meaning import Meaning

_SHOWN = 5
"""Answers of a kind that a note quotes."""


def read_data(data: Path, model: str, mapping: str | None) -> "tuple[Answers, str, Meaning]":
    """The answers, the program, and what answers mean; what was left out goes to standard error."""
    from bayes_self.fit.answers import read
    from bayes_self.fit.mapping import load_mapping
    from bayes_self.fit.model_file import PROGRAMS, model_of
    from bayes_self.fit.sufficiency import refuse_insufficient

    name, meaning = model_of(model)
    known = load_mapping(mapping) if mapping is not None else None
    if known is not None:
        if model not in PROGRAMS:
            raise BayesSelfError(
                f"--model {model}: with --mapping, which says what answers mean, give a program's name"
            )
        meaning = known.meaning
    elif data.suffix.lower() not in ("", ".csv", ".txt"):
        raise BayesSelfError(f"{data}: only a table in CSV is read without --mapping, which says what stands where")
    answers = read(data, known)
    for line in _notes(answers):
        note(line)
    refuse_insufficient(answers, meaning, str(data))
    return answers, name, meaning


def about(answers: "Answers") -> dict[str, Any]:
    """What `--json` says of the data."""
    return {
        "cells": len(answers.cells),
        "answers": float(answers.n.sum()),
        "unlisted": answers.unlisted,
        "configurations": len(set(answers.configurations)),
        "apart": {kind: {"kept": each.kept, "given": dict(each.given)} for kind, each in answers.apart.items()},
        "skipped": dict(answers.skipped),
        "rounded": answers.rounded,
    }


def _notes(answers: "Answers") -> Iterator[str]:
    left_out = sum(sum(each.given.values()) for each in answers.apart.values() if not each.kept)
    every = answers.n.sum() + answers.unlisted + left_out
    yield from answers.notes
    for why, rows in answers.skipped.items():
        yield f"{rows} rows are left out: {why}"
    for rule in answers.unused:
        yield f"the mapping's {rule} fits no row"
    if answers.rounded:
        yield "counts are shares times n, rounded"
    for kind, each in answers.apart.items():
        given = [f'"{answer}" {count:g}' for answer, count in each.given.items()]
        more = f" and {len(given) - _SHOWN} others" if len(given) > _SHOWN else ""
        fate = "kept as an outcome of their own" if each.kept else "left out"
        told = f"{sum(each.given.values()):g} answers of {every:g} are {_WHAT[kind]}, and {fate}"
        yield told + ("" if kind == "unparsed" else f": {', '.join(given[:_SHOWN])}{more}")
    if answers.unlisted:
        yield f"{answers.unlisted:g} answers of {every:g} have no outcome; they are left out"


_WHAT = {"refusal": "refusals", "unparsed": "unparsed", "off the list": "off the list"}
