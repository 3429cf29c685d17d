"""Logs of Inspect evaluations: one row a sample and epoch.

Columns: `model`, `task`, `sample` (its id), `epoch`, `answer`, and `metadata.NAME` for whatever the sample's metadata
hold. The answer is the score's; where the sample has choices it is the text of the choice, because letters index the
choices as they were shuffled. It is "" where none could be read, where the sample failed, and where it has no score.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayes_self.errors import BayesSelfError, Fault
from bayes_self.fit.records import LOGS, RecordsError, flat

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog, EvalSample  # pyright: ignore[reportMissingImports]

_LETTERS = re.compile(r"(?:[A-Z]|[1-9])(?:\s*,\s*(?:[A-Z]|[1-9]))*\Z")


def read_logs(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a log, or of all logs in a folder.

    Raises:
        RecordsError: what is no log, and logs that did not end with success or were invalidated, with the reason.
        BayesSelfError: Inspect is not installed.

    """
    paths = sorted(each for each in path.iterdir() if each.suffix in LOGS) if path.is_dir() else [path]
    if not paths:
        raise RecordsError(
            [Fault("", None, "a folder without logs", f"files that end in {' or '.join(LOGS)}")], str(path)
        )
    rows = (row for each in paths for row in _rows_of(each))
    return list(enumerate(rows, 1))


def _rows_of(path: Path) -> Iterator[dict[str, str]]:
    log = _read(path)
    if log.status != "success":
        why = f": {log.error.message[:150]}" if log.error else ""
        raise RecordsError([Fault("status", None, f'"{log.status}"{why}', "success", "run it to its end")], str(path))
    if log.invalidated:
        raise RecordsError([Fault("invalidated", None, "a log that was declared invalid", "a valid one")], str(path))
    for sample in log.samples or []:
        about = {"model": log.eval.model, "task": log.eval.task, "sample": sample.id, "epoch": sample.epoch}
        yield dict(flat(about | {"answer": _answer(sample), "metadata": sample.metadata}))


def _read(path: Path) -> "EvalLog":
    try:
        from inspect_ai.log import read_eval_log  # pyright: ignore[reportMissingImports]
    except ImportError:
        raise BayesSelfError(
            f'{path}: Inspect logs are read by inspect-ai: pip install "bayes-self[inspect]"'
        ) from None
    try:
        return read_eval_log(str(path))
    except Exception as error:  # whatever is wrong with the file: zip, JSON, and schema each have errors of their own
        said = str(error).splitlines()
        fault = Fault("", None, f"no Inspect log ({said[0][:100] if said else type(error).__name__})", "a log")
        raise RecordsError([fault], str(path)) from None


def _answer(sample: "EvalSample") -> str:
    scores: dict[str, Any] = sample.scores or {}
    if sample.error is not None or not scores:
        return ""
    answer = next(iter(scores.values())).answer or ""
    if not sample.choices or not _LETTERS.match(answer):
        return answer
    places = [_place(letter.strip()) for letter in answer.split(",")]
    known = [sample.choices[place] for place in places if place < len(sample.choices)]
    return " and ".join(known) if len(known) == len(places) else ""


def _place(letter: str) -> int:
    """The choice that a letter stands for, from 0: A to Z, then 1 to 9."""
    return ord(letter) - ord("A") if letter.isalpha() else 25 + int(letter)
