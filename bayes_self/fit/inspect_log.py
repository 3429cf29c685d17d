"""Logs of Inspect evaluations: one row a sample and epoch.

    model, task, sample (its id), epoch, target
    answer                    of the first score that has one
    score.NAME.answer         of the scorer of that name; also score.NAME.value, .explanation and .metadata.KEY
    completion                what the model said at last
    metadata.KEY              of the sample; task_args.KEY of the task

Where the sample has choices, an answer is the text of the choice, because letters index the choices as they were
shuffled. An answer is "" where none could be read, where the sample failed, and where it has no score.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayes_self.errors import BayesSelfError, Fault
from bayes_self.files.names import RepeatedKeyError, named
from bayes_self.files.reading import FileError, content_of, refusal
from bayes_self.files.tables import Row, Table, document_of

if TYPE_CHECKING:
    from inspect_ai.log import EvalLog, EvalSample  # pyright: ignore[reportMissingImports]

LOGS = (".eval", ".json")
LARGEST = 2**30
"""Bytes."""
_LETTERS = re.compile(r"(?:[A-Z]|[1-9])(?:\s*,\s*(?:[A-Z]|[1-9]))*\Z")
_NAMED_AT_MOST = 5


def is_log(path: Path) -> bool:
    """Whether a file is a log by what is in it; one that ends in .eval is, or it is nothing. Raises FileError."""
    if path.suffix.lower() == ".eval":
        return True
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    found = document_of(content_of(path, "a log", LARGEST), path, dict)
    return isinstance(found, dict) and isinstance(found.get("eval"), dict) and "status" in found


def read_folder(folder: Path) -> Table:
    """The logs in a folder and below it; what else is there is left out and named. Raises FileError."""
    logs, others = [], []
    for path in _files(folder):
        (logs if is_log(path) else others).append(path)
    if not logs:
        raise refusal(folder, "a folder without logs", f"files that end in {' or '.join(LOGS)}")
    return read_logs(logs, folder, [f"{_listed(folder, others)}: left out, no Inspect log"] if others else [])


def _files(folder: Path) -> Iterator[Path]:
    """The files in a folder and below it, links followed, each once; those that are hidden are not looked at."""
    seen: set[str] = set()
    for place, below, names in os.walk(folder, followlinks=True):
        if (real := os.path.realpath(place)) in seen:
            below.clear()
            continue
        seen.add(real)
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and (real := os.path.realpath(path)) not in seen:
                seen.add(real)
                yield path


def _listed(folder: Path, paths: Sequence[Path]) -> str:
    names = [str(path.relative_to(folder)) for path in paths[:_NAMED_AT_MOST]]
    more = len(paths) - len(names)
    return ", ".join(names) + (f" and {more} others" if more else "")


def read_logs(paths: Sequence[Path], source: Path, notes: Sequence[str] = ()) -> Table:
    """The rows of logs, each sample once.

    Raises:
        FileError: what is no log, logs that did not end with success or were invalidated, with the reason, and two logs
            that have the same samples with other scores.
        BayesSelfError: Inspect is not installed.

    """
    logs = [(path, _read(path)) for path in paths]
    done = {log.eval.task_id for _, log in logs if log.status == "success"}
    told, rows = list(notes), []
    seen: dict[tuple[Any, ...], tuple[Row, Path]] = {}
    for path, log in logs:
        if log.status != "success" and log.eval.task_id in done:
            told.append(f'{path.name}: left out, status "{log.status}": the task was run again, to its end')
            continue
        _refuse_unfinished(path, log)
        again = 0
        for key, row in _rows_of(path, log):
            before, where = seen.setdefault(key, (row, path))
            if before is row:
                rows.append(row)
            elif before == row and where != path:
                again += 1
            else:
                got = f"a sample ({row['sample']}, epoch {row['epoch']}) that is in {where.name} too, otherwise scored"
                raise refusal(path, got, "each sample once", "leave one of the two logs out")
        if again:
            told.append(f"{path.name}: {again} samples are in another log too, and count once")
    scorers = list(dict.fromkeys(name for row in rows for name in row["score"]))
    hint = f"the columns score.NAME.answer and score.NAME.value are there for {', '.join(scorers)}" if scorers else ""
    return Table(list(enumerate(rows, 1)), hint=hint, source=str(source), notes=tuple(told))


def _refuse_unfinished(path: Path, log: "EvalLog") -> None:
    if log.status != "success":
        why = f": {log.error.message[:150]}" if log.error else ""
        raise FileError([Fault("status", None, f'"{log.status}"{why}', "success", "run it to its end")], str(path))
    if log.invalidated:
        raise FileError([Fault("invalidated", None, "a log that was declared invalid", "a valid one")], str(path))
    if not log.samples:
        raise refusal(path, "a log without samples", "a log that has them", "--no-log-samples leaves them out")


def _rows_of(path: Path, log: "EvalLog") -> Iterator[tuple[tuple[Any, ...], Row]]:
    """(what tells the sample from all others, its row)."""
    for sample in log.samples or []:
        about = {"model": log.eval.model, "task": log.eval.task, "task_args": log.eval.task_args}
        about |= {"sample": sample.id, "epoch": sample.epoch, "target": sample.target}
        scores = _scores(sample)
        answer = next((score["answer"] for score in scores.values() if score["answer"]), "")
        about |= {"answer": answer, "score": scores, "metadata": sample.metadata or {}}
        about["completion"] = sample.output.completion if sample.output else ""
        try:
            row = named(about)
        except RepeatedKeyError as error:
            raise refusal(path, f'"{error}" more than once in sample {sample.id}', "names that differ") from None
        yield (sample.uuid or (log.eval.eval_id, sample.id), sample.epoch), row


def _read(path: Path) -> "EvalLog":
    try:
        from inspect_ai.log import read_eval_log  # pyright: ignore[reportMissingImports]
    except ImportError:
        raise BayesSelfError(
            f'{path}: Inspect logs are read by inspect-ai: pip install "bayes-self[inspect]"'
        ) from None
    content_of(path, "a log", LARGEST)
    try:
        with path.open("rb") as file:  # an open file, because Inspect reads a path as a URL
            return read_eval_log(file, format="json" if path.suffix.lower() == ".json" else "eval")
    except Exception as error:  # whatever is wrong with the file: zip, JSON, and schema each have errors of their own
        lines = str(error).splitlines()
        got = f"no Inspect log ({lines[0][:100] if lines else type(error).__name__})"
        raise refusal(path, got, "a log") from None


def _scores(sample: "EvalSample") -> dict[str, dict[str, Any]]:
    if sample.error is not None:
        return {}
    return {
        name: {
            "answer": _chosen(score.answer or "", sample.choices or []),
            "value": score.value,
            "explanation": score.explanation,
            "metadata": score.metadata or {},
        }
        for name, score in (sample.scores or {}).items()
    }


def _chosen(answer: str, choices: Sequence[str]) -> str:
    """The text of the choices that an answer's letters stand for; of another answer, itself."""
    if not choices or not _LETTERS.match(answer):
        return answer
    places = [_place(letter.strip()) for letter in answer.split(",")]
    known = [choices[place] for place in places if place < len(choices)]
    return " and ".join(known) if len(known) == len(places) else ""


def _place(letter: str) -> int:
    """The choice that a letter stands for, from 0: A to Z, then 1 to 9."""
    return ord(letter) - ord("A") if letter.isalpha() else 25 + int(letter)
