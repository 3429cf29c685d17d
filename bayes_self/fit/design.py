"""Names to numbers: the levels of a table of answers, and for every cell the places of its levels.

A **configuration** is a model, persona and route: what was specified to whom. A **setting** is a model, route and
item: who was asked what, and how the persona was specified, whichever it was. Claims differ by configuration;
grounding, ownership and answer tables differ by setting; a cell is a configuration and a setting. The **family** of
a route is its name without `_k` and a number (examples in context).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bayes_self.fit.answers import Answers, Cell
from bayes_self.fit.levels import OF, level_of, names_of
from bayes_self.fit.meaning import NEITHER, Meaning

__all__ = ["DIMS", "OF", "Design", "examples_of", "family_of", "item_of", "rows_of", "unread"]

DIMS = ("model", "persona", "route", "family", "probe", "item", "option", "configuration", "setting")


def family_of(route: str) -> str:
    """The kind of specification: `icl` of `icl_k32`."""
    return re.sub(r"_k\d+$", "", route)


def examples_of(route: str) -> float:
    """How many examples in context the name of a route says, k; 1 where it says none."""
    found = re.search(r"_k(\d+)$", route)
    return float(found[1]) if found else 1.0


def item_of(cell: Cell) -> str:
    return level_of(cell.probe, cell.item)


@dataclass(frozen=True)
class Design:
    """Levels, and their places in the cells."""

    cells: tuple[Cell, ...]
    levels: Mapping[str, tuple[str, ...]]
    """{dimension: names}, for all of `DIMS`."""
    meaning: Meaning

    @classmethod
    def of(cls, answers: Answers, meaning: Meaning) -> "Design":
        """The design of a table; levels in alphabetical order."""
        options = {
            level_of(cell.probe, cell.item, outcome)
            for cell, counts in zip(answers.cells, answers.outcomes, strict=True)
            for outcome in counts
        }
        return cls(answers.cells, {**_levels(answers.cells), "option": tuple(sorted(options))}, meaning)

    def asked(self, cells: Sequence[Cell]) -> "Design":
        """The same levels, and behind them those that only these cells have; the places are those of these cells.

        An item that was never seen has the outcomes of its probe.
        """
        found = _levels(cells)
        levels = {dim: _joined(self.levels[dim], found.get(dim, ())) for dim in DIMS}
        new = [item for item in found["item"] if item not in self.levels["item"]]
        added = [
            level_of(*names_of(item), outcome) for item in new for outcome in self.outcomes_of_probe(names_of(item)[0])
        ]
        return Design(tuple(cells), {**levels, "option": _joined(self.levels["option"], added)}, self.meaning)

    def size(self, dim: str) -> int:
        return len(self.levels[dim])

    def outcomes_of_probe(self, probe: str) -> list[str]:
        """Every outcome that an item of the probe was answered with."""
        names = [names_of(option) for option in self.levels["option"]]
        return sorted({outcome for its, _, outcome in names if its == probe})

    @cached_property
    def outcomes(self) -> dict[str, list[str]]:
        """{item: outcomes}, in the order of the columns of `option_of`."""
        found: dict[str, list[str]] = {item: [] for item in self.levels["item"]}
        for option in self.levels["option"]:
            probe, item, outcome = names_of(option)
            found[level_of(probe, item)].append(outcome)
        return found

    @cached_property
    def option_of(self) -> np.ndarray:
        """[item, outcome]: the place of each option, -1 where an item has fewer outcomes."""
        place = {option: i for i, option in enumerate(self.levels["option"])}
        found = np.full((self.size("item"), max(map(len, self.outcomes.values()))), -1)
        for i, (item, outcomes) in enumerate(self.outcomes.items()):
            found[i, : len(outcomes)] = [place[level_of(*names_of(item), outcome)] for outcome in outcomes]
        return found

    @cached_property
    def meanings(self) -> np.ndarray:
        """[option]: 1 for an answer that is the persona's, -1 for the self's, 0 for neither."""
        names = [names_of(option) for option in self.levels["option"]]
        return np.array([self.meaning.of(probe, outcome) for probe, _, outcome in names], float)

    @cached_property
    def configuration(self) -> np.ndarray:
        """[cell]: its configuration."""
        return self._places("configuration", [level_of(*cell[:3]) for cell in self.cells])

    @cached_property
    def setting(self) -> np.ndarray:
        """[cell]: its setting."""
        return self._places("setting", [_setting(cell) for cell in self.cells])

    @cached_property
    def of_configuration(self) -> dict[str, np.ndarray]:
        """{"model", "persona", "route", "family"}: [configuration]."""
        names = [names_of(level) for level in self.levels["configuration"]]
        found = {
            dim: self._places(dim, [name[i] for name in names]) for i, dim in enumerate(("model", "persona", "route"))
        }
        return found | {"family": self._places("family", [family_of(name[2]) for name in names])}

    @cached_property
    def of_setting(self) -> dict[str, np.ndarray]:
        """{"model", "route", "family", "item", "probe"}: [setting]."""
        names = [names_of(level) for level in self.levels["setting"]]
        items = [level_of(*name[2:]) for name in names]
        return {
            "model": self._places("model", [name[0] for name in names]),
            "family": self._places("family", [family_of(name[1]) for name in names]),
            "item": self._places("item", items),
            "probe": self._places("probe", [name[2] for name in names]),
        }

    @cached_property
    def probe_of_item(self) -> np.ndarray:
        return self._places("probe", [names_of(item)[0] for item in self.levels["item"]])

    @cached_property
    def claimed(self) -> np.ndarray:
        """[configuration]: whether a persona was specified at all."""
        return np.array([names_of(level)[1] not in self.meaning.none for level in self.levels["configuration"]])

    @cached_property
    def examples(self) -> np.ndarray:
        """[configuration]: k over the largest k of the family, so that a family's strength is that of its largest k."""
        k = np.array([examples_of(names_of(level)[2]) for level in self.levels["configuration"]])
        family = self.of_configuration["family"]
        return k / np.array([self.most_examples[self.levels["family"][i]] for i in family])

    @cached_property
    def most_examples(self) -> dict[str, float]:
        """{family: the largest k among its routes}."""
        found: dict[str, float] = {}
        for route in self.levels["route"]:
            found[family_of(route)] = max(found.get(family_of(route), 1.0), examples_of(route))
        return found

    @cached_property
    def worded(self) -> np.ndarray:
        """[option]: whether its item has more outcomes than two, so that wording is more than the belief."""
        many = (self.option_of >= 0).sum(1) > 2
        item = {name: i for i, name in enumerate(self.levels["item"])}
        return np.array([many[item[level_of(*names_of(option)[:2])]] for option in self.levels["option"]])

    def _places(self, dim: str, names: Iterable[str]) -> np.ndarray:
        place = {name: i for i, name in enumerate(self.levels[dim])}
        return np.array([place[name] for name in names], int)


def rows_of(design: Design, answers: Answers) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(cell, column of its outcome, count) of every outcome that was given."""
    place = {item: {o: i for i, o in enumerate(outcomes)} for item, outcomes in design.outcomes.items()}
    rows = [
        (c, place[item_of(cell)][outcome], count)
        for c, (cell, counts) in enumerate(zip(answers.cells, answers.outcomes, strict=True))
        for outcome, count in counts.items()
    ]
    cell, column, count = (np.array(each) for each in zip(*rows, strict=True))
    return cell, column, count


def unread(design: Design) -> list[str]:
    """The probes of which no answer counts as the persona's or the self's."""
    probes = {names_of(option)[0] for option in design.levels["option"]}
    read = {names_of(o)[0] for o, m in zip(design.levels["option"], design.meanings, strict=True) if m != NEITHER}
    return sorted(probes - read)


def _levels(cells: Sequence[Cell]) -> dict[str, tuple[str, ...]]:
    found = {
        "model": {cell.model for cell in cells},
        "persona": {cell.persona for cell in cells},
        "route": {cell.route for cell in cells},
        "family": {family_of(cell.route) for cell in cells},
        "probe": {cell.probe for cell in cells},
        "item": {item_of(cell) for cell in cells},
        "configuration": {level_of(*cell[:3]) for cell in cells},
        "setting": {_setting(cell) for cell in cells},
    }
    return {dim: tuple(sorted(names)) for dim, names in found.items()}


def _setting(cell: Cell) -> str:
    return level_of(cell.model, cell.route, cell.probe, cell.item)


def _joined(old: Sequence[str], new: Iterable[str]) -> tuple[str, ...]:
    return (*old, *(name for name in new if name not in old))
