"""Rows of evidence against the scenario they are evidence for: every fault of every row, then the sums."""

import difflib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from bayes_self.errors import EvidenceError, Fault
from bayes_self.evidence_formats import COLUMNS, Numbered, said
from bayes_self.scenario import Scenario

A_COUNT = "a finite number of at least 0"

Cell = tuple[str, str]


def add_up(scenario: Scenario, numbered: Iterable[Numbered]) -> dict[Cell, np.ndarray]:
    """Counts over the outcomes of every probe of the scenario, each sum rounded once.

    Raises:
        EvidenceError: with all the faults of all rows.

    """
    names = _Names(scenario)
    faults: list[Fault] = []
    parts: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for line, row in numbered:
        found = [row] if isinstance(row, Fault) else list(_faults(names, line, row))
        faults += found
        if not found:
            parts[row["stream"], row["probe"], row["outcome"]].append(_number(row["count"]))  # type: ignore[index]
    sums = {cell: np.zeros(len(outcomes)) for cell, outcomes in names.outcomes.items()}
    for (stream, probe, outcome), counts in parts.items():
        try:
            sums[stream, probe][names.outcomes[stream, probe].index(outcome)] = math.fsum(counts)
        except OverflowError:
            faults.append(Fault("count", None, f"a sum beyond all floats for {said(outcome)}", A_COUNT))
    if faults:
        raise EvidenceError(faults)
    return sums


def _faults(names: "_Names", line: int, row: Mapping[str, Any]) -> Iterator[Fault]:
    for column in (name for name in row if name not in COLUMNS):
        yield Fault("row", line, f"the column {said(column)}", "stream, probe, outcome and count")
    named = True
    for column in COLUMNS[:3]:
        name = row.get(column)
        if not isinstance(name, str) or name == "":
            yield Fault(column, line, _got(name), f"the name of a{'n' * (column == 'outcome')} {column}")
            named = False
    if named and (fault := names.fault(row["stream"], row["probe"], row["outcome"])):
        yield replace(fault, line=line)
    if fault := _count_fault(row.get("count")):
        yield replace(fault, line=line)


def _got(cell: Any) -> str:
    return "nothing" if cell is None or cell == "" else said(cell)


def _count_fault(count: Any) -> Fault | None:
    try:
        number = _number(count)
    except OverflowError:
        return Fault("count", None, "a number beyond all floats", A_COUNT)
    except (TypeError, ValueError):
        hint = "a decimal point is a point" if isinstance(count, str) and "," in count else ""
        return Fault("count", None, _got(count), A_COUNT, hint)
    return None if math.isfinite(number) and number >= 0 else Fault("count", None, str(count), A_COUNT)


def _number(count: Any) -> float:
    if isinstance(count, bool) or not isinstance(count, int | float | np.integer | np.floating | Decimal):
        raise TypeError(count)
    return float(count)


class _Names:
    """What rows may name, and what to say where they name something else."""

    def __init__(self, scenario: Scenario) -> None:
        self.outcomes: dict[Cell, tuple[str, ...]] = {(p.stream, p.name): p.outcomes for p in scenario.probes()}
        self.facets = frozenset(scenario.facets)
        self.kinds = {name: stream.kind for name, stream in scenario.streams.items()}
        self.observed = [name for name, kind in self.kinds.items() if kind not in ("pretraining", "spec")]
        self._said: dict[tuple[str, str, str], Fault | None] = {}

    def fault(self, stream: str, probe: str, outcome: str) -> Fault | None:
        """The fault, without its line, of the first name that is wrong: the others hang on it."""
        names = stream, probe, outcome
        if names not in self._said:  # a long file repeats its mistakes, and looking for near names is slow
            self._said[names] = self._find(*names)
        return self._said[names]

    def _find(self, stream: str, probe: str, outcome: str) -> Fault | None:
        if stream not in self.observed:
            return Fault("stream", None, said(stream), "an observation stream", self._about_stream(stream))
        probes = [name for of, name in self.outcomes if of == stream]
        if probe not in probes:
            hint = _near(probe, probes)
            if not hint and probe in self.facets:
                hint = f"the facet is not among the readings of {said(stream)}"
            return Fault("probe", None, said(probe), f"a probe or reading of {said(stream)}", hint or _known(probes))
        outcomes = self.outcomes[stream, probe]
        if outcome not in outcomes:
            hint = _near(outcome, outcomes) or _known(outcomes)
            return Fault("outcome", None, said(outcome), f"an outcome of {stream}.{probe}", hint)
        return None

    def _about_stream(self, stream: str) -> str:
        kind = self.kinds.get(stream, stream)
        if kind in ("pretraining", "spec"):
            what = "mentions" if kind == "pretraining" else "claims"
            return f"a {kind} stream has no counts: its {what} are in the scenario"
        return _near(stream, self.observed) or _known(self.observed)


def _near(name: str, known: Iterable[str]) -> str:
    folded = {other.casefold().strip(): other for other in known}
    near = difflib.get_close_matches(name.casefold().strip(), list(folded), n=1)
    return f"did you mean {said(folded[near[0]])}?" if near else ""


def _known(names: Iterable[str]) -> str:
    listed = [said(name) for name in names]
    if not listed:
        return "there is none"
    return f"there {'is' if len(listed) == 1 else 'are'} {', '.join(listed)}"
