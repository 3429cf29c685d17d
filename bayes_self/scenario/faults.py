"""Every fault of a scenario, found in one go and told in the user's words.

Pydantic finds the faults of shape (types, ranges, unknown and missing keys). Names that name nothing, tables
that are no probability tables, and expectations without sense are looked for in what was written, not in the
models, so that they are found even where a fault of shape stands in the way of a model.
"""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel

from bayes_self.errors import Fault
from bayes_self.scenario import expectations, names, structure, tables, unknowns
from bayes_self.scenario.report import FindLine, Report
from bayes_self.words.spelling import shown

SCHEMA = 1
"""The number of the file format. A file that does not say is of schema 1."""


def is_of_another_time(schema: Any) -> bool:
    """Whether a file says that it is of a format that does not exist yet."""
    return isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA


def find_faults(raw: Any, model: type[BaseModel], errors: Sequence[Any], lines: FindLine | None = None) -> list[Fault]:
    """Every fault of what a user wrote to be a `model`; `errors` are pydantic's."""
    report = Report(lines)
    if isinstance(raw, dict) and is_of_another_time(raw.get("schema")):
        # What else stands there is right or wrong by the rules of that schema, which are not known here.
        report.add(("schema",), shown(raw["schema"]), f"{SCHEMA}, the only schema there is", _another_time())
        return report.faults()
    structure.check(report, raw, model, errors)
    if isinstance(raw, dict):
        known = names.Known(raw)
        names.check(report, raw, known)
        tables.check(report, raw, known)
        expectations.check(report, raw, known)
        unknowns.check(report, raw, known)
    return report.faults()


def _another_time() -> str:
    return f"this is bayes-self {version('bayes-self')}: is there a newer one, that reads this file?"
