"""A scenario as the user writes it: identities, facets, streams, and a world.

The models hold names and numbers, and know no mathematics. `Scenario.from_dict` is the door: it checks types,
names and tables all at once, and what comes out of it is complete and consistent. A scenario never changes;
edits return another one.
"""

from collections.abc import Mapping
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import toml_rs
from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
    ValidationError,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from bayes_self.errors import Fault, ScenarioError
from bayes_self.files.names import RepeatedKeyError, named
from bayes_self.scenario import size
from bayes_self.scenario.claims import Claims
from bayes_self.scenario.edit import Edits
from bayes_self.scenario.faults import find_faults
from bayes_self.scenario.fields import Name, Probability, Text, read_as
from bayes_self.scenario.keys import Path
from bayes_self.scenario.names import Known
from bayes_self.scenario.number_keys import NumberKey, number_keys
from bayes_self.scenario.parts import Expectation, Facet, Identity, Masks, UnknownPrior, World, masked
from bayes_self.scenario.report import FindLine
from bayes_self.scenario.stream_schema import TAG, Stream, Strict, with_kind

if TYPE_CHECKING:
    import numpy as np

    from bayes_self.scenario.probes import ResolvedProbe

Salience = Annotated[
    Annotated[Probability, Tag(TAG + "number")] | Annotated[dict[str, Probability], Tag(TAG + "table")],
    Discriminator(lambda raw: TAG + ("table" if isinstance(raw, dict) else "number")),
]


class Scenario(Edits, Strict):
    """Identities, facets, streams, and a world: one file in `models/`."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="A bayes_self scenario")

    schema_number: Annotated[
        int,
        read_as(int, "1, the only schema there is", lambda value: value == 1 and not isinstance(value, bool)),
        WithJsonSchema({"const": 1}),
    ] = Field(1, alias="schema", description="The number of this file format: 1.")
    title: Text = Field("", description="A few words, for lists and figures.")
    question: Text = Field("", description="What the scenario asks.")
    coherence: Probability = Field(
        0.9, description="κ, how tightly facets hang together with the identity, from 0 to 1; default 0.9."
    )
    salience: Salience = Field(
        1.0,
        description="σ, how far pretraining is brought to bear, from 0 to 1, or a table { facet = σ }.",
    )
    expectations: tuple[Expectation, ...] = Field((), description="What should come out, checkable.")
    facets: dict[Name, Facet] = Field(min_length=1, description="Questions about oneself, by name.")
    identities: dict[Name, Identity] = Field(min_length=1, description="Candidate self-identities, by name.")
    masks: Masks | None = Field(None, description="Identities that others go by; default none.")
    streams: dict[Name, Stream] = Field({}, description="Sources of evidence, by name.")
    world: World | None = Field(None, description="What makes synthetic evidence; inference never sees it.")
    unknown: dict[str, UnknownPrior] = Field({}, description="Priors of unknown numbers, by dotted key, for `infer`.")
    _raw: dict[str, Any] = PrivateAttr(default_factory=dict)
    _name: str = PrivateAttr("")

    @classmethod
    def from_dict(cls, raw: Mapping[str, Any], name: str = "", lines: FindLine | None = None) -> "Scenario":
        """The scenario that a dictionary in the form of the file means.

        `name` is what to call it (a file's stem); `lines` finds a key's line for faults. Raises ScenarioError
        with every fault at once.
        """
        try:
            scenario = cls.model_validate(dict(raw), context=lines)
        except ValidationError as error:
            found = error.errors()[0]["ctx"]["error"]  # type: ignore[typeddict-item]
            raise ScenarioError(found.faults, name) from None
        scenario._name = name
        return scenario

    def to_dict(self) -> dict[str, Any]:
        """What was written, in the form of the file, with nothing filled in."""
        return deepcopy(self._raw)

    def to_toml(self) -> str:
        """`to_dict` as the text of a file, without comments."""
        return toml_rs.dumps(self._raw)

    @model_validator(mode="wrap")
    @classmethod
    def _every_fault_at_once(cls, raw: Any, handler: Any, info: Any) -> "Scenario":
        # `handler` and `info` are pydantic's protocols, which cannot be checked when they run
        if isinstance(raw, Scenario):
            return handler(raw)
        try:
            raw = named(raw)
        except RepeatedKeyError as error:
            raise ScenarioError([Fault(str(error), None, "the name a second time", "names that differ")]) from None
        if isinstance(raw, dict) and (too_large := size.faults(raw, info.context)):
            raise ScenarioError(too_large)
        scenario, errors = None, []
        try:
            scenario = handler(raw)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        faults = find_faults(raw, cls, errors, info.context)
        if faults or scenario is None:
            raise ScenarioError(faults)
        scenario._raw = deepcopy(raw)
        return scenario

    @field_validator("streams", mode="before")
    @classmethod
    def _kinds_from_names(cls, raw: Any) -> Any:
        return {name: with_kind(name, stream) for name, stream in raw.items()} if isinstance(raw, dict) else raw

    @field_validator("identities", mode="after")
    @classmethod
    def _complete_stands(cls, identities: dict[str, Identity], info: Any) -> dict[str, Identity]:
        """Unlisted values get probability 0, in the facet's order, and each stand sums to one exactly."""
        facets = info.data.get("facets", {})
        return {name: _completed(identity, facets) for name, identity in identities.items()}

    @property
    def name(self) -> str:
        """The stem of the file it came from, or ""; no part of the file."""
        return self._name

    def salience_of(self, facet: str) -> float:
        """σ of one facet: the number for all, or the facet's own, 1 where the table does not list it."""
        return self.salience.get(facet, 1.0) if isinstance(self.salience, dict) else self.salience

    @property
    def self_models(self) -> tuple[str, ...]:
        """Every self-model by name: the identities, then "g as h" for every mask."""
        pairs = self.masks.pairs(self.identities) if self.masks else ()
        return (*self.identities, *(masked(g, h) for g, h in pairs))

    def claims_in_force(self) -> Claims:
        """What the spec claims; a stream of weight 0 claims nothing, and the later claim in the file counts."""
        return Claims.of(self.streams)

    def number_keys(self) -> dict[Path, NumberKey]:
        """Every number of the scenario by its path, with its row of the table of number keys."""
        return self._number_keys

    @cached_property
    def _number_keys(self) -> dict[Path, NumberKey]:
        return number_keys(Known(self._raw))

    def number(self, *path: str | int) -> float | int | None:
        """The number that holds at a path of `number_keys`: written, inherited or by default; None for a table."""
        if above := self.inherited(*path):
            return self.number(*above)
        own, default = self._at(path), self._number_keys[path].default
        if own is None:  # a table of saliences need not have every facet
            return 1.0 if isinstance(default, str) else default
        return None if isinstance(own, dict) else own

    def inherited(self, *path: str | int) -> Path:
        """The path of the number that holds where none of its own is written; () where a number inherits nothing."""
        above = self._number_keys[path].above(path)
        return () if self._at(path) is not None or isinstance(self._at(above), dict) else above

    def _at(self, path: Path) -> Any:
        at: Any = self
        for part in path:
            at = at.get(part) if isinstance(at, dict) else getattr(at, str(part)) if isinstance(at, Strict) else None
        return at

    def probes(self) -> "tuple[ResolvedProbe, ...]":
        """Readings and probes of the observation streams, in file order; in a stream readings come first."""
        return self._resolved

    @cached_property
    def _resolved(self) -> "tuple[ResolvedProbe, ...]":
        from bayes_self.scenario.probes import resolve

        return resolve(self.streams, self.facets)

    def true_table(self, stream: str, probe: str) -> "np.ndarray":
        """The world's P(outcome given values), shaped as the probe's `table`; as believed unless given."""
        from bayes_self.scenario.probes import true_table

        return true_table(self._probe(stream, probe), self.world, self.facets)

    def true_reliability(self, stream: str, probe: str) -> float:
        """The world's ρ of a probe: the stream's true one where given, else the believed one of the probe."""
        from bayes_self.scenario.probes import true_reliability

        return true_reliability(self._probe(stream, probe), self.world)

    def _probe(self, stream: str, name: str) -> "ResolvedProbe":
        for probe in self.probes():
            if (probe.stream, probe.name) == (stream, name):
                return probe
        raise KeyError(f"stream {stream!r} has no probe or reading {name!r}")


def _completed(identity: Identity, facets: dict[str, Facet]) -> Identity:
    profile = {}
    for facet, stand in identity.profile.items():
        total = sum(stand.values())
        if facet in facets and total > 0:
            stand = {value: stand.get(value, 0.0) / total for value in facets[facet].values}
        profile[facet] = stand
    return identity.model_copy(update={"profile": profile})
