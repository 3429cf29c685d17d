"""Somebody's rows and a mapping to a table of answers: rules, parts, what an answer counts as, and counts by cell.

Nothing is dropped in silence: refusals, answers that could not be read, answers off the list, and rows that a rule
leaves out are counted, each by what it was.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bayes_self.errors import Fault
from bayes_self.files.cells import Unwritable, cells_at, text_of, whole
from bayes_self.files.tables import Table, quoted
from bayes_self.fit.answers import CELL, Answers, AnswersError, Apart, Cell, number_faults
from bayes_self.fit.mapping import DataMapping

_NEEDED = (*CELL, "outcome")
_IF_WIDE = "if each item has a column of its own, name these columns in wide"

Texts = dict[str, str | Fault]
"""{column or part: its text, or what is wrong with it}."""


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
    used: set[str] = field(default_factory=set)
    """Rules, items of facets, probes and personas that a row fits, as `unused` names them."""
    faults: list[Fault] = field(default_factory=list)


def mapped(table: Table, mapping: DataMapping) -> Answers:
    """The table of answers that the rows are.

    Raises:
        AnswersError: a column that is not there, a cell that is no text, an item of no facet, counts that are no whole
            numbers, shares beyond 0 to 1, a cell whose n differs between its rows or is exceeded, no answer at all.

    """
    _refuse_missing(table, mapping)
    columns = [column for column in _columns(mapping) if table.has(column)]
    tally = _Tally(faults=list(table.faults))
    for line, row in table.rows:
        cells = {column: _text(row, column, line, exact=column == mapping.columns.get("share")) for column in columns}
        said, why = _said(mapping, cells, tally)
        if why:
            tally.skipped[why] += 1
            continue
        for parts in _answers(mapping, cells):
            _add(tally, mapping, line, _with_facet(mapping, parts | said, tally))
    _check_asked(tally)
    if not any(counts.total() for counts in tally.counts.values()) and not tally.faults:
        tally.faults.append(Fault("", None, "no answers", "at least one that counts as something", table.hint))
    if tally.faults:
        raise AnswersError(tally.faults, table.source)
    unlisted = _rest(tally, mapping)
    given = {cell: dict(+counts) for cell, counts in tally.counts.items() if counts.total()}
    tally.used |= {f'probe "{cell.probe}"' for cell in given} | {f'persona "{cell.persona}"' for cell in given}
    return Answers(
        tuple(given),
        tuple({o: float(c) for o, c in each.items()} for each in given.values()),
        float(unlisted),
        {kind: _apart(found, kind in mapping.keep) for kind, found in sorted(tally.apart.items())},
        dict(tally.skipped),
        tuple(name for what, name in _expected_names(mapping) if what not in tally.used),
        "share" in mapping.columns,
        (*table.notes, *_by_name_alone(mapping, columns)),
    )


def _apart(found: Counter[str], kept: bool) -> Apart:
    return Apart({answer: float(count) for answer, count in found.most_common()}, kept)


def _expected_names(mapping: DataMapping) -> Iterator[tuple[str, str]]:
    """(what a row would have used, the place in the mapping) of everything that some row should fit."""
    yield from ((f"rows.{i}", f"rows.{i}") for i in range(len(mapping.rules)))
    yield from ((f'item "{item}"', f'facets.{facet}, "{item}",') for item, facet in mapping.facet_of.items())
    for key in ("persona", "self", "neither"):
        table = mapping.neither if key == "neither" else getattr(mapping.meaning, key)
        yield from ((f'probe "{probe}"', f"{key}.{probe}") for probe in table if probe != "*")


def _by_name_alone(mapping: DataMapping, columns: list[str]) -> Iterator[str]:
    """Columns that say how many answers a row is, though the mapping does not name them."""
    for part in ("count", "n") if "share" not in mapping.columns else ():
        if mapping.columns and part not in mapping.columns and part in columns:
            yield f'the column "{part}" is taken for the number of answers by its name; the mapping does not name it'


def _column(mapping: DataMapping, part: str) -> str:
    return mapping.columns.get(part, part)


def _parts(mapping: DataMapping) -> tuple[str, ...]:
    """The parts that columns may hold; a share acts where it is asked for, and then in place of a count."""
    names = (*_NEEDED, "share", "n") if "share" in mapping.columns else (*_NEEDED, "count", "n")
    return tuple(part for part in names if not (mapping.wide and part in ("item", "outcome")))


def _columns(mapping: DataMapping) -> list[str]:
    named = [_column(mapping, part) for part in _parts(mapping)]
    return list(dict.fromkeys([*named, *mapping.wide, *(c for rule in mapping.rules for c in rule.where)]))


def _refuse_missing(table: Table, mapping: DataMapping) -> None:
    """Raise where a column is named, or needed and nowhere said, that the data do not have."""
    said = {part for rule in mapping.rules for part in rule.set}
    named = {f"columns.{part}": column for part, column in mapping.columns.items()}
    named |= {f"rows.{i}.where": column for i, rule in enumerate(mapping.rules) for column in rule.where}
    named |= {f"wide.{i}": column for i, column in enumerate(mapping.wide)}
    needed = [part for part in _NEEDED if part in _parts(mapping) and part not in said]
    named |= {p: p for p in needed if p not in mapping.columns and not (p == "probe" and mapping.facets)}
    missing = {key: column for key, column in named.items() if not table.has(column)}
    if missing and table.rows:
        there = ", ".join(table.columns[:30])
        hint = table.hint or (_IF_WIDE if missing.keys() >= {"item", "outcome"} else "")
        faults = [Fault(key, None, f'no column "{column}"', f"one of {there}", hint) for key, column in missing.items()]
        raise AnswersError(faults, table.source)


def _text(row: Mapping[str, Any], column: str, line: int, exact: bool) -> str | Fault:
    """The text in a column of a row, "" where it has none; exact: a text with all of its digits."""
    found = list(cells_at(row, column))
    if len(found) > 1:
        return Fault("columns", line, f'"{column}" more than once, with a dot and nested', "names that differ")
    try:
        if exact and found and isinstance(found[0], str):
            return found[0].strip()
        return text_of(found[0], column) if found else ""
    except Unwritable as error:
        return Fault(column, line, error.got, "a text or a number", error.hint)


def _said(mapping: DataMapping, cells: Texts, tally: _Tally) -> tuple[Texts, str]:
    """The parts that rules say of a row, and why it is left out ("" where it is not)."""
    said: Texts = {}
    for place, rule in enumerate(mapping.rules):
        if all(cells[column] == value for column, value in rule.where.items()):
            tally.used.add(f"rows.{place}")
            if rule.skip:
                return said, rule.skip
            said |= rule.set
    return said, ""


def _answers(mapping: DataMapping, cells: Texts) -> Iterator[Texts]:
    """The parts of each answer in a row: one, or of a wide table one for each of its items."""
    parts = {part: cells[_column(mapping, part)] for part in _parts(mapping) if _column(mapping, part) in cells}
    if not mapping.wide:
        yield parts
    for item in mapping.wide:
        yield parts | {"item": item, "outcome": cells[item]}


def _with_facet(mapping: DataMapping, parts: Texts, tally: _Tally) -> Texts:
    """The parts with the facet of the item as their probe, where the mapping has facets."""
    item = str(parts.get("item", ""))
    if mapping.facets and item in mapping.facet_of:
        tally.used.add(f'item "{item}"')
        return parts | {"probe": mapping.facet_of[item]}
    return parts | {"probe": parts.get("probe", "")} if mapping.facets else parts


def _add(tally: _Tally, mapping: DataMapping, line: int, found: Texts) -> None:
    parts = {part: text for part, text in found.items() if isinstance(text, str)}
    faults = [text for text in found.values() if isinstance(text, Fault)]
    if not faults:
        faults = [Fault(part, line, "nothing", _expected(mapping, part, parts)) for part in CELL if not parts.get(part)]
        faults += _number_faults(line, parts)
    cell = Cell(*(parts.get(part, "") for part in CELL))
    n = whole(parts["n"]) if not faults and parts.get("n", "") else None
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


def _number_faults(line: int, parts: Mapping[str, str]) -> Iterator[Fault]:
    given = ("count",) * ("count" in parts) + ("n",) * bool(parts.get("n"))
    yield from number_faults(line, parts, given)
    if "share" in parts:
        try:
            fine = 0 <= float(parts["share"]) <= 1
        except ValueError:
            fine = False
        if not fine:
            yield Fault("share", line, quoted(parts["share"]), "a number from 0 to 1")
        if not parts.get("n"):
            yield Fault("n", line, "nothing", "the number of answers that the share is of")


def _count(parts: Mapping[str, str], n: int | None) -> int:
    if "share" in parts:
        return round(float(parts["share"]) * (n or 0))
    return whole(parts.get("count", "1")) or 0


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
