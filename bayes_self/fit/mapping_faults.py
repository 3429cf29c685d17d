"""Every fault of a mapping file at once, each with its dotted key and its line."""

from collections.abc import Mapping
from typing import Any

from bayes_self.errors import Fault, FaultsError
from bayes_self.fit.meaning import same
from bayes_self.scenario.keys import Path
from bayes_self.scenario.report import FindLine, Report
from bayes_self.words.spelling import did_you_mean, listed, shown

PARTS = ("model", "persona", "route", "probe", "item", "outcome", "count", "n")
KINDS = ("refusal", "unparsed", "off the list")
"""Answers that are no value: what is kept apart, counted and reported."""
_NAMES, _FLAG, _TEXT = "a list of names in quotes", "true or false", "text in quotes"
_KEYS = (
    *("title", "source", "none", "columns", "rows", "facets", "persona", "self", "neither", "refusals", "unparsed"),
    *("rest", "closed", "keep", "wide", "loose", "spelling"),
)
_RULE = ("where", "set", "skip")
ANY = "*"
"""Stands for every probe."""


class MappingError(FaultsError):
    """A mapping file that cannot be used."""

    noun = "mapping"


def faults_of(raw: Mapping[str, Any], lines: FindLine) -> list[Fault]:
    """Unknown keys, values of the wrong shape, an answer that counts as two things, an item of two facets."""
    report = Report(lines)
    _known(report, (), raw, _KEYS)
    for key in ("title", "source", "rest"):
        _shape(report, raw, key, lambda found: isinstance(found, str) and found != "", _TEXT)
    for key in ("closed", "loose"):
        _shape(report, raw, key, lambda found: isinstance(found, bool), _FLAG)
    for key in ("none", "refusals", "unparsed", "keep", "wide"):
        _shape(report, raw, key, _are_names, _NAMES)
    for key in ("facets", "spelling"):
        _table_of_names(report, (key,), raw.get(key, {}))
    for key in ("persona", "self", "neither"):
        if not _are_names(raw.get(key, {})):
            _table_of_names(report, (key,), raw.get(key, {}), or_list=True)
    for index, kind in enumerate(raw["keep"] if _are_names(raw.get("keep")) else ()):
        report.name(("keep", index), kind, KINDS, "one of the kinds of answers")
    _check_columns(report, raw.get("columns", {}))
    _check_wide(report, raw)
    _check_rules(report, raw.get("rows", []))
    found = report.faults()
    if not found:
        _check_twice(report, raw)
        found = report.faults()
    return found


def by_probe(found: Any) -> dict[str, list[str]]:
    """{probe: answers}, where a list is of every probe."""
    return {ANY: found} if isinstance(found, list) else dict(found)


def _known(report: Report, path: Path, found: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in found:
        if key not in keys:
            report.add((*path, key), "an unknown key", "one of " + listed(keys), did_you_mean(key, keys))


def _shape(report: Report, raw: Mapping[str, Any], key: str, holds: Any, expected: str) -> None:
    if key in raw and not holds(raw[key]):
        report.add((key,), shown(raw[key]), expected)


def _table_of_names(report: Report, path: Path, found: Any, or_list: bool = False) -> None:
    if not isinstance(found, dict):
        report.add(path, shown(found), "a table of lists" + (", or a list for every probe" if or_list else ""))
        return
    for key, names in found.items():
        if not _are_names(names):
            report.add((*path, key), shown(names), _NAMES)


def _check_columns(report: Report, found: Any) -> None:
    if not isinstance(found, dict):
        report.add(("columns",), shown(found), "a table { model = ..., persona = ... }")
        return
    _known(report, ("columns",), found, (*PARTS, "share"))
    for part, column in found.items():
        if not (isinstance(column, str) and column):
            report.add(("columns", part), shown(column), "the name of a column of the data, in quotes")
    if "share" in found and "count" in found:
        report.add(("columns", "share"), shown(found["share"]), "no count beside it: a row has a share or a count")


def _check_wide(report: Report, raw: Mapping[str, Any]) -> None:
    """A wide table's columns are its items and their cells its outcomes: no other column says the same."""
    columns = raw.get("columns", {})
    for part in ("item", "outcome"):
        if raw.get("wide") and isinstance(columns, dict) and part in columns:
            report.add(("columns", part), shown(columns[part]), f"no {part} beside wide, which says it")


def _check_rules(report: Report, found: Any) -> None:
    if not isinstance(found, list) or not all(isinstance(rule, dict) for rule in found):
        report.add(("rows",), shown(found), "tables: [[rows]]")
        return
    for index, rule in enumerate(found):
        path = ("rows", index)
        _known(report, path, rule, _RULE)
        for key in ("where", "set"):
            if not isinstance(rule.get(key, {}), dict):
                report.add((*path, key), shown(rule[key]), "a table { column = value }")
            elif wrong := [name for name, value in rule.get(key, {}).items() if not _is_cell(value)]:
                report.add((*path, key, wrong[0]), shown(rule[key][wrong[0]]), "a name in quotes, or a whole number")
        if isinstance(rule.get("set"), dict):
            _known(report, (*path, "set"), rule["set"], PARTS)
        if "skip" in rule and not (isinstance(rule["skip"], str) and rule["skip"]):
            report.add((*path, "skip"), shown(rule["skip"]), "the reason, in quotes")
        if ("skip" in rule) == ("set" in rule):
            report.add(path, "both" if "skip" in rule else "neither", "either set, or skip with a reason")


def _check_twice(report: Report, raw: Mapping[str, Any]) -> None:
    """An answer that counts as two things, and an item that is of two facets."""
    loose = raw.get("loose", False)
    tables = {key: by_probe(raw.get(key, {})) for key in ("persona", "self", "neither")}
    for probe in dict.fromkeys(probe for table in tables.values() for probe in table):
        seen = {same(answer, loose): "refusals" for answer in raw.get("refusals", [])}
        for key, table in tables.items():
            for answer in dict.fromkeys(table.get(probe, table.get(ANY, []))):
                if seen.setdefault(same(answer, loose), key) != key:
                    path = (key,) if isinstance(raw[key], list) else (key, probe)
                    report.add(path, shown(answer), f"each answer once: it is in {seen[same(answer, loose)]} too")
    for key, what in (("facets", "an item"), ("spelling", "a spelling")):
        first: dict[str, str] = {}
        for name, members in raw.get(key, {}).items():
            for member in members:
                if first.setdefault(same(member, loose and key == "spelling"), name) != name:
                    other = first[same(member, loose and key == "spelling")]
                    report.add((key, name), shown(member), f"{what} once: it is in {other} too")


def _are_names(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(name, str) for name in found)


def _is_cell(found: Any) -> bool:
    return isinstance(found, str) or (isinstance(found, int) and not isinstance(found, bool))
