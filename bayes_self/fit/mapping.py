"""A mapping file: where the parts of an answer stand in somebody's data, and what the answers count as.

    title = "Our evaluation"                     # all keys are optional
    source = "where the data come from"
    none = ["none"]                              # names of "no persona"; default ["none"]
    closed = true                                # an answer in no list is off the list; default: one of its own
    loose = true                                 # compare without case, outer punctuation, a leading a, an or the
    rest = "otherwise"                           # names the answers, of n, that no row of the cell counts
    refusals = ["REFUSED"]                       # answers that refuse
    unparsed = ["?"]                             # answers that could not be read; the empty one always is
    wide = ["q1", "q2"]                          # a wide table: these columns are items, and their cells the outcomes
    keep = ["refusal"]                           # of "refusal", "unparsed", "off the list": kept as an outcome

    [columns]                                    # a part's column; default: the column of its own name
    model = "model"                              # model, persona, route, probe, item, outcome, count, n
    share = "rate"                               # in place of count: a share of n, and counts are rounded
                                                 # without count and share, every row is one answer
                                                 # nested data: "setup.prompt", "answers.0", "score.judge.value"
    [[rows]]                                     # in order, to the rows where columns are so (to all, without `where`)
    where = { system = "You are Curie." }
    set = { persona = "curie", route = "system" }    # says a part, whatever stands in its column
    [[rows]]
    where = { facet = "all" }
    skip = "its parts are listed by themselves"      # leaves rows out, with the reason

    [facets]                                     # which item asks about which facet: the facet is its probe
    substrate = ["q1", "q2"]
    [persona]                                    # {probe: answers that are the persona's value}; a list: of every probe
    substrate = ["human brain"]
    [self]                                       # the same of the self's value
    substrate = ["language model"]
    [neither]                                    # answers that are neither, and are values of the probe
    substrate = ["I cannot tell"]
    [spelling]                                   # other ways to say an answer
    "human brain" = ["brain", "my brain"]

Every key that is not named here is refused. `bayes-self fit --mapping` takes a file, or the name of a shipped one.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from bayes_self.errors import Fault, ScenarioError
from bayes_self.files.cells import text_of
from bayes_self.files.names import RepeatedKeyError, named
from bayes_self.files.reading import FileError, content_of, text_in
from bayes_self.fit.mapping_faults import ANY, MappingError, by_probe, faults_of
from bayes_self.fit.meaning import Meaning, as_cells, same
from bayes_self.scenario.toml_text import read as read_toml
from bayes_self.words.spelling import did_you_mean, listed


@dataclass(frozen=True)
class Rule:
    """What holds for some rows: parts that are said here, or that they are left out and why."""

    where: Mapping[str, str]
    set: Mapping[str, str]
    skip: str


@dataclass(frozen=True)
class DataMapping:
    """A mapping file as it was read."""

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    meaning: Meaning = field(default_factory=lambda: Meaning({}, {}))
    neither: Mapping[str, Sequence[str]] = field(default_factory=dict)
    spelling: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refusals: Sequence[str] = ()
    unparsed: Sequence[str] = ()
    keep: Sequence[str] = ()
    wide: Sequence[str] = ()
    rest: str = ""
    closed: bool = False
    loose: bool = False

    def same(self, answer: str) -> str:
        """What two spellings of an answer have in common."""
        return same(answer, self.loose)

    def kind(self, probe: str, answer: str) -> tuple[str, str]:
        """(kind, answer as it is listed): kind "" for a value, else one of `KINDS`."""
        same = self.same(answer)
        if not same or same in self._unparsed:
            return "unparsed", answer
        same = self._spelt.get(same, same)
        if same in self._refusals:
            return "refusal", answer
        values = self._values.get(probe, self._values.get(ANY, {}))
        if same in values:
            return "", values[same]
        return ("off the list" if self.closed else ""), answer

    @cached_property
    def facet_of(self) -> Mapping[str, str]:
        """{item: facet}."""
        return {item: facet for facet, items in self.facets.items() for item in items}

    @cached_property
    def _unparsed(self) -> frozenset[str]:
        return frozenset(map(self.same, self.unparsed))

    @cached_property
    def _refusals(self) -> frozenset[str]:
        return frozenset(map(self.same, self.refusals))

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        return {self.same(other): self.same(answer) for answer, others in self.spelling.items() for other in others}

    @cached_property
    def _values(self) -> Mapping[str, Mapping[str, str]]:
        tables = (self.meaning.persona, self.meaning.self, self.neither)
        probes = {probe for table in tables for probe in table}
        return {
            probe: {self.same(answer): answer for table in tables for answer in table.get(probe, table.get(ANY, ()))}
            for probe in (ANY, *sorted(probes))
        }


def shipped() -> list[str]:
    """The names of the mappings that come with the package."""
    return sorted(each.name.removesuffix(".toml") for each in files("bayes_self.fit").iterdir() if ".toml" in each.name)


def load_mapping(path_or_name: str | os.PathLike[str]) -> DataMapping:
    """The mapping in a file, or one that is shipped, by its name.

    Raises:
        MappingError: there is none, or it has faults: all of them, each with its dotted key and line.

    """
    asked = str(path_or_name)
    if asked in shipped():
        return parse_mapping((files("bayes_self.fit") / f"{asked}.toml").read_text(encoding="utf-8"), asked)
    path = Path(path_or_name)
    if not path.is_file():
        expected = "a file, or one of the mappings " + listed(shipped())
        raise MappingError([Fault("", None, "the name of no file", expected, did_you_mean(asked, shipped()))], asked)
    try:
        return parse_mapping(text_in(content_of(path, "a TOML file"), path), asked)
    except FileError as error:
        raise MappingError(error.faults, asked) from None


def parse_mapping(text: str, source: str = "") -> DataMapping:
    """The mapping that a TOML text means. Raises MappingError."""
    try:
        raw, lines = read_toml(text, source)
        raw = named(raw)
    except ScenarioError as error:
        raise MappingError(error.faults, source) from None
    except RepeatedKeyError as error:
        raise MappingError([Fault(str(error), None, "the name a second time", "names that differ")], source) from None
    if faults := faults_of(raw, lines):
        raise MappingError(faults, source)
    tables = {key: as_cells(by_probe(raw.get(key, {}))) for key in ("persona", "self", "neither")}
    raw |= {"facets": as_cells(raw.get("facets", {}))}
    said: dict[str, Any] = {key: raw[key] for key in _AS_THEY_ARE if key in raw}
    return DataMapping(
        name=source,
        rules=tuple(_rule(rule) for rule in raw.get("rows", [])),
        meaning=Meaning(tables["persona"], tables["self"], tuple(map(text_of, raw.get("none", ["none"])))),
        neither=tables["neither"],
        **said,
    )


_AS_THEY_ARE = ("columns", "facets", "spelling", "refusals", "unparsed", "keep", "wide", "rest", "closed", "loose")


def _rule(raw: Mapping[str, Any]) -> Rule:
    texts = {key: {name: text_of(value) for name, value in raw.get(key, {}).items()} for key in ("where", "set")}
    return Rule(texts["where"], texts["set"], raw.get("skip", ""))
