"""The names behind the axes: which identity, facet, value, stream and probe an index means.

Users never see an index. Arrays inside the package are addressed by position; here, and only here, positions get
their names, in the order of the scenario file.
"""

from dataclasses import dataclass

from bayes_self.scenario import Scenario
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS, SpecStream

PROBE = tuple[str, str]
"""A probe is named by its stream and its own name."""


@dataclass(frozen=True)
class Coordinates:
    """The names of a scenario's axes, in file order."""

    identities: tuple[str, ...]
    """Every self-model: the identities written down, then "g as h" for every mask."""
    masks: tuple[tuple[int, int], ...]
    """(who is beneath, who is worn) of every mask, as positions among the identities."""
    facets: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    """The values of every facet."""
    streams: tuple[str, ...]
    """The observation streams."""
    single: tuple[PROBE, ...]
    """The probes about one facet."""
    joint: tuple[PROBE, ...]
    """The probes about several facets."""
    outcomes: dict[PROBE, tuple[str, ...]]
    pretraining: str | None
    """The pretraining stream, if there is one."""
    facet_claims: tuple[tuple[str, str], ...]
    """(stream, facet) of every claim about a facet, in file order."""
    identity_claims: tuple[str, ...]
    """The stream of every claim "you are h", in file order."""

    @property
    def written(self) -> tuple[str, ...]:
        """The identities written down, without masks."""
        return self.identities[: len(self.identities) - len(self.masks)]

    @property
    def value_labels(self) -> tuple[str, ...]:
        """Every value that some facet has, once, in order of first appearance."""
        return tuple(dict.fromkeys(value for values in self.values for value in values))


def coordinates_of(scenario: Scenario) -> Coordinates:
    """The names of a scenario's axes."""
    probes, every = scenario.probes(), list(scenario.identities)
    pairs = scenario.masks.pairs(every) if scenario.masks else ()
    spec = {name: stream for name, stream in scenario.streams.items() if isinstance(stream, SpecStream)}
    return Coordinates(
        identities=scenario.self_models,
        masks=tuple((every.index(g), every.index(h)) for g, h in pairs),
        facets=tuple(scenario.facets),
        values=tuple(facet.values for facet in scenario.facets.values()),
        streams=tuple(name for name, stream in scenario.streams.items() if stream.kind in OBSERVATION_KINDS),
        single=tuple((probe.stream, probe.name) for probe in probes if len(probe.about) == 1),
        joint=tuple((probe.stream, probe.name) for probe in probes if len(probe.about) > 1),
        outcomes={(probe.stream, probe.name): probe.outcomes for probe in probes},
        pretraining=next((name for name, stream in scenario.streams.items() if stream.kind == "pretraining"), None),
        facet_claims=tuple((name, facet) for name, stream in spec.items() for facet in stream.claims),
        identity_claims=tuple(name for name, stream in spec.items() if stream.identity),
    )
