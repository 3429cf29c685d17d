"""Scenarios that would fill the memory, refused before anything of their size is made.

A file of a few lines may ask for a table of a billion cells: values times outcomes, identities times facets times
values, or two to the number of observation streams.
"""

import math
from collections.abc import Iterator
from typing import Any

from bayes_self.errors import Fault
from bayes_self.scenario.keys import Path
from bayes_self.scenario.names import Known, texts
from bayes_self.scenario.report import FindLine, Report

MOST_CELLS = 2**26
"""Half a gigabyte of float64; inference holds several arrays of the largest size."""


def faults(raw: dict[str, Any], lines: FindLine | None = None) -> list[Fault]:
    """The first thing that is too large to be computed with, if any; names and types are checked elsewhere."""
    report = Report(lines)
    for path, cells, what in _arrays(Known(raw)):
        if cells > MOST_CELLS:
            size = f"{cells:,}" if cells < 10**15 else f"more than {10**15:,}"
            report.add(path, f"{size} cells ({what})", f"at most {MOST_CELLS:,}")
            break
    return report.faults()


def _arrays(known: Known) -> Iterator[tuple[Path, int, str]]:
    """(key, cells, what it is) of every large array."""
    values = {facet: max(1, len(found)) for facet, found in known.facets.items()}
    most_values = max(values.values(), default=1)
    cells = max(1, len(known.self_models)) * len(values) * most_values
    what = f"{len(known.self_models):,} identities of {len(values):,} facets of up to {most_values:,} values"
    yield ("facets",), cells, what
    single: list[int] = []
    for stream in known.observations():
        for name, probe in known.probes(stream).items():
            about, outcomes = texts(probe.get("about")), max(1, len(texts(probe.get("outcomes"))))
            path = ("streams", stream, *(("readings",) if name in known.facets else ("probes", name)))
            yield path, math.prod(values.get(d, 1) for d in about) * outcomes, f'the table of "{name}"'
            single += [outcomes] if len(about) == 1 else []
    # Tables about one facet are stacked, each filled up to the largest.
    stacked = len(single) * most_values * max(single, default=1)
    yield ("streams",), stacked, f"{len(single):,} tables, each filled up to the largest"
    n = len(known.observations())
    yield ("streams",), 2**n * cells, f"{n} observation streams, each about me or the part, times {what}"
