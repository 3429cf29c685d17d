"""The table of a scenario's number keys: what each number is, where it is inherited from, and what may be done with it.

A new key is a row here, a field of the schema, and, if it is believed, a case in `model.keys`. Every number can be
set. Those that are believed can be swept and differentiated as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bayes_self.scenario.keys import Path
from bayes_self.scenario.names import Known, table


@dataclass(frozen=True)
class NumberKey:
    """One row of the table."""

    pattern: str
    """A dotted key with a placeholder in capitals for each name."""
    kind: str
    """probability (0 to 1), weight (>= 0), relative (> 0, only ratios count), bits, trials or seed (whole, >= 0)."""
    default: float | int | str
    """What holds where nothing is written: a number, or the pattern of the number that is inherited."""
    label: str
    """What the page calls it, with the placeholders of the pattern in braces."""

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts of the pattern."""
        return tuple(self.pattern.split("."))

    @property
    def name(self) -> str:
        """The field that the number is, or is in."""
        return [part for part in self.parts if not part.isupper()][-1]

    @property
    def is_believed(self) -> bool:
        """Whether it is believed, not true: it can be swept, and has derivatives."""
        return self.parts[0] != "world"

    @property
    def is_unknown(self) -> bool:
        """Whether `infer` may take it as unknown."""
        return self.is_believed and (self.kind == "probability" or self.parts[0] == "masks")

    @property
    def is_fine(self) -> bool:
        """Whether it is one of the many that most people leave alone."""
        return "PROBE" in self.parts or "covers" in self.parts or str(self.default).startswith("streams")

    def fits(self, path: Path) -> bool:
        """Whether a path has the form of the pattern, whatever the names in it."""
        return len(path) == len(self.parts) and all(
            part.isupper() or part == name for part, name in zip(self.parts, path, strict=True)
        )

    def names(self, path: Path) -> dict[str, str]:
        """{placeholder: name} of a path that fits."""
        return {part: str(name) for part, name in zip(self.parts, path, strict=True) if part.isupper()}

    def above(self, path: Path) -> Path:
        """The path of the number that this one inherits; () where it inherits nothing."""
        names = self.names(path)
        return tuple(names.get(part, part) for part in self.default.split(".")) if isinstance(self.default, str) else ()


_SPEC, _OBSERVED = "streams.SPEC.reliability", "streams.OBSERVATION.reliability"
_DOUBT = "streams.OBSERVATION.doubt"

ROWS = tuple(
    NumberKey(*row)
    for row in (
        ("coherence", "probability", 0.9, "coherence: how far a persona is taken whole"),
        ("salience", "probability", 1.0, "salience: how far what is known of identities counts for me"),
        ("salience.FACET", "probability", "salience", "salience of {FACET}"),
        ("masks.bits", "bits", 3.0, "bits to go by another name"),
        ("masks.covers.FACET", "probability", 0.0, "how surely a mask shows on {FACET}"),
        ("identities.IDENTITY.bits", "bits", 0.0, "{IDENTITY}: bits to describe"),
        ("identities.IDENTITY.prior", "relative", 1.0, "{IDENTITY}: prior"),
        ("streams.PRETRAINING.weight", "weight", 1.0, "weight: how much it counts"),
        ("streams.PRETRAINING.mentions.IDENTITY", "relative", 1.0, "{IDENTITY}: mentions"),
        (_SPEC, "probability", 0.95, "reliability: how far what it is told can be trusted"),
        ("streams.SPEC.weight", "weight", 1.0, "weight: how loudly it is said"),
        ("streams.SPEC.identity.reliability", "probability", _SPEC, "reliability of this claim alone: identity"),
        ("streams.SPEC.claims.CLAIM.reliability", "probability", _SPEC, "reliability of this claim alone: {CLAIM}"),
        ("streams.OBSERVATION.ownership", "probability", 1.0, "ownership: it is about me"),
        (_OBSERVED, "probability", 0.95, "reliability: how far it can be trusted"),
        (_DOUBT, "probability", 0.0, "doubt: its probes say nothing, however often they are tried"),
        ("streams.OBSERVATION.weight", "weight", 1.0, "weight: how much it counts"),
        ("streams.OBSERVATION.probes.PROBE.weight", "weight", 1.0, "weight of {PROBE}"),
        ("streams.OBSERVATION.probes.PROBE.reliability", "probability", _OBSERVED, "reliability of {PROBE}"),
        ("streams.OBSERVATION.probes.PROBE.doubt", "probability", _DOUBT, "doubt of {PROBE}"),
        ("world.trials.OBSERVATION.TRIED", "trials", 0, "{OBSERVATION}, {TRIED}: trials"),
        ("world.reliability.OBSERVATION", "probability", _OBSERVED, "in the world: true reliability of {OBSERVATION}"),
        ("world.seed", "seed", 0, "seed of the draw"),
    )
)


def row_of(path: Path) -> NumberKey | None:
    """The first row whose pattern has the form of a path; only kinds of streams can make it another than its own."""
    return next((row for row in ROWS if row.fits(path)), None)


def number_keys(known: Known) -> dict[Path, NumberKey]:
    """{path: row} of every number that a scenario with these names has; numbers of one table stand together."""
    tables: dict[Path, dict[Path, NumberKey]] = {}
    for row in ROWS:
        paths: list[Path] = [()]
        for part in row.parts:
            paths = [(*path, name) for path in paths for name in _names(part, path, known)]
        for path in paths:
            tables.setdefault(path[:-1], {})[path] = row
    return {path: row for rows in tables.values() for path, row in rows.items()}


def _names(part: str, path: Path, known: Known) -> Iterable[str]:
    """The names that a part of a pattern stands for, below a path; none where the scenario has no such thing."""
    match part:
        case "FACET":
            return known.facets
        case "IDENTITY":
            return known.identities
        case "PRETRAINING" | "SPEC":
            return known.of_kind(part.lower())
        case "OBSERVATION":
            return known.observations()
        case "TRIED":
            return known.probes(str(path[-1]))
        case "CLAIM" | "PROBE":
            return table(known.streams[str(path[1])].get(str(path[-1])))
        case "identity" if part not in known.streams[str(path[1])]:
            return ()
        case "world" if not known.has_world:
            return ()
        case "masks" if not known.has_masks:
            return ()
    return (part,)
