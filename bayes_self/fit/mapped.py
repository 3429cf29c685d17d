"""Somebody's rows and a mapping to a table of answers: rules, parts, what an answer counts as, and counts by cell.

Nothing is dropped in silence: refusals, answers that could not be read, answers off the list, and rows that a rule
leaves out are counted, each by what it was.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bayes_self.errors import Fault
from bayes_self.fit.answers import CELL, LARGEST_COUNT, Answers, AnswersError, Apart, Cell
from bayes_self.fit.design import OF
from bayes_self.fit.mapping import DataMapping
from bayes_self.fit.records import Records

_WHOLE = "a whole number of at least 0"
_NEEDED = (*CELL, "outcome")


@dataclass
class _Tally:
    """Counts as they grow."""

    counts: dict[Cell, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    asked: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    """{cell: (n, line)}."""
    said: Counter[Cell] = field(default_factory=Counter)
    """{cell: answers that a row counts, those kept apart among them}."""
    rounding: Counter[Cell] = field(default_factory=Counter)
    """{cell: how many of its counts are shares, rounded}."""
    decimals: int = 0
    """Of the share that was written most exactly: JSON and Parquet write no zeros at the end."""
    apart: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    skipped: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


def mapped(records: Records, mapping: DataMapping) -> Answers:
    """The table of answers that the rows are.

    Raises:
        AnswersError: a column that is not there, an item of no facet, counts that are no whole numbers, shares beyond
            0 to 1, a cell whose n differs between its rows or is exceeded, no answer at all.

    """
    _refuse_missing(records, mapping)
    tally = _Tally()
    used: set[int] = set()
    for line, row in records.rows:
        parts, why = _parts(mapping, row, used)
        if why:
            tally.skipped[why] += 1
        else:
            _add(tally, mapping, line, parts)
    _check_asked(tally)
    if not any(counts.total() for counts in tally.counts.values()) and not tally.faults:
        tally.faults.append(Fault("", None, "no answers", "at least one that counts as something"))
    if tally.faults:
        raise AnswersError(tally.faults, records.source)
    unlisted = _rest(tally, mapping)
    given = {cell: dict(+counts) for cell, counts in tally.counts.items() if counts.total()}
    unused = [f"rows.{i}" for i in range(len(mapping.rules)) if i not in used]
    apart = {kind: _apart(found, kind in mapping.keep) for kind, found in sorted(tally.apart.items())}
    return Answers(
        tuple(given),
        tuple({o: float(c) for o, c in each.items()} for each in given.values()),
        float(unlisted),
        apart,
        dict(tally.skipped),
        tuple(unused),
        rounded="share" in mapping.columns,
    )


def _apart(found: Counter[str], kept: bool) -> Apart:
    return Apart({answer: float(count) for answer, count in found.most_common()}, kept)


def _column(mapping: DataMapping, part: str) -> str:
    return mapping.columns.get(part, part)


def _refuse_missing(records: Records, mapping: DataMapping) -> None:
    """Raise where a column is named, or needed and nowhere said, that the data do not have."""
    said = {part for rule in mapping.rules for part in rule.set}
    named = {f"columns.{part}": column for part, column in mapping.columns.items()}
    named |= {f"rows.{i}.where": column for i, rule in enumerate(mapping.rules) for column in rule.where}
    needed = [part for part in _NEEDED if part not in said and not (part == "probe" and mapping.facets)]
    missing = {key: column for key, column in named.items() if column not in records.columns}
    missing |= {part: part for part in needed if part not in mapping.columns and part not in records.columns}
    if missing and records.rows:
        there = ", ".join(records.columns[:30])
        faults = [Fault(key, None, f'no column "{column}"', f"one of {there}") for key, column in missing.items()]
        raise AnswersError(faults, records.source)


def _parts(mapping: DataMapping, row: Mapping[str, str], used: set[int]) -> tuple[dict[str, str], str]:
    """The parts of a row, and why it is left out ("" where it is not)."""
    names = (*_NEEDED, "count", "n", "share")
    parts = {part: row[_column(mapping, part)] for part in names if _column(mapping, part) in row}
    for place, rule in enumerate(mapping.rules):
        if all(row[column] == value for column, value in rule.where.items()):
            used.add(place)
            if rule.skip:
                return parts, rule.skip
            parts |= rule.set
    # int and float leave some of what strip takes off
    parts |= {name: parts[name].strip() for name in ("count", "n", "share") if name in parts}
    if mapping.facets and parts.get("item", "") in mapping.facet_of:
        parts["probe"] = mapping.facet_of[parts["item"]]
    elif mapping.facets and _column(mapping, "probe") not in row:
        parts["probe"] = ""
    return parts, ""


def _add(tally: _Tally, mapping: DataMapping, line: int, parts: Mapping[str, str]) -> None:
    faults = [Fault(part, line, "nothing", _expected(mapping, part, parts)) for part in CELL if not parts.get(part)]
    faults += [Fault(part, line, f'"{text}"', f'a name without "{OF}"') for part, text in parts.items() if OF in text]
    faults += _number_faults(mapping, line, parts)
    cell = Cell(*(parts.get(part, "").strip() for part in CELL))
    n = int(parts["n"]) if not faults and parts.get("n", "") else None
    if not faults and n is not None and tally.asked.setdefault(cell, (n, line))[0] != n:
        before, there = tally.asked[cell]
        faults = [Fault("n", line, str(n), f"{before}, as on line {there} for the same cell")]
    if faults:
        tally.faults += faults
        return
    count = _count(parts, n)
    if n is not None and "share" in parts:
        tally.rounding[cell] += 1
        tally.decimals = max(tally.decimals, len(parts["share"].partition(".")[2]))
    tally.said[cell] += count
    kind, answer = mapping.kind(cell.probe, parts["outcome"])
    if kind and count:
        tally.apart[kind][answer] += count
    if not kind or kind in mapping.keep:
        tally.counts[cell][f"({kind})" if kind else answer] += count


def _expected(mapping: DataMapping, part: str, parts: Mapping[str, str]) -> str:
    return f'a facet for the item "{parts.get("item", "")}"' if part == "probe" and mapping.facets else "a name"


def _number_faults(mapping: DataMapping, line: int, parts: Mapping[str, str]) -> Iterator[Fault]:
    for part in ("count", "n"):
        if not _is_whole(parts.get(part, "0")) and not (part == "n" and not parts[part]):
            yield Fault(part, line, f'"{parts[part]}"', _WHOLE)
        elif parts.get(part) and float(parts[part]) > LARGEST_COUNT:
            yield Fault(part, line, "a very large number", f"at most {LARGEST_COUNT:g}")
    if "share" in parts:
        try:
            fine = 0 <= float(parts["share"]) <= 1
        except ValueError:
            fine = False
        if not fine:
            yield Fault("share", line, f'"{parts["share"]}"', "a number from 0 to 1")
        if not parts.get("n"):
            yield Fault("n", line, "nothing", "the number of answers that the share is of")


def _is_whole(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit()


def _count(parts: Mapping[str, str], n: int | None) -> int:
    if "share" in parts:
        return round(float(parts["share"]) * (n or 0))
    return int(parts.get("count", "1"))


def _check_asked(tally: _Tally) -> None:
    for cell, (n, line) in tally.asked.items():
        rounding = tally.rounding[cell] * (0.5 * 10.0**-tally.decimals * n + 0.5)
        if tally.said[cell] > n + rounding:
            tally.faults.append(Fault("count", line, f"{tally.said[cell]} answers in a cell", f"at most its n, {n}"))


def _rest(tally: _Tally, mapping: DataMapping) -> int:
    """Add the answers that no row counts, where they have a name; how many have none."""
    unlisted = 0
    for cell, (n, _) in tally.asked.items():
        more = max(n - tally.said[cell], 0)  # below 0 by rounding alone, which was checked
        if mapping.rest:
            tally.counts[cell][mapping.rest] += more
        else:
            unlisted += more
    return unlisted
