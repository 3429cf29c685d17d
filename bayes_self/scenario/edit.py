"""Edits: each returns another scenario, checked like a file, and leaves the first as it was."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from bayes_self.errors import Fault, ScenarioError
from bayes_self.scenario.assign import assign
from bayes_self.scenario.keys import Path, dotted
from bayes_self.scenario.numbers import with_numbers
from bayes_self.scenario.stream_schema import Claim, SpecStream, Stream


class Edits:
    """What a Scenario does to make another of itself. What would be no scenario raises ScenarioError."""

    if TYPE_CHECKING:
        streams: dict[str, Stream]

        @property
        def name(self) -> str: ...
        @classmethod
        def from_dict(cls, raw: Mapping[str, Any], name: str = "", lines: Any = None) -> Any: ...
        def to_dict(self) -> dict[str, Any]: ...

    def with_set[S: "Edits"](self: S, key: str, value: Any, where: str | None = None) -> S:
        """With one dotted key of the file set, as in `with_set("streams.rl.weight", 0.5)`.

        `where` is told in faults where a file's faults have their line.
        """
        return self.with_settings({key: value}, where)

    def with_settings[S: "Edits"](self: S, settings: Mapping[str, Any], where: str | None = None) -> S:
        """With several dotted keys set, in their order, and checked together."""
        if settings and (same := with_numbers(self, settings, where)) is not None:
            return same
        raw = self.to_dict()
        faults: list[Fault] = []
        for key, value in settings.items():
            try:
                assign(raw, key, deepcopy(value), where)
            except ScenarioError as error:
                faults += error.faults
        if faults:
            raise ScenarioError(faults, self.name)
        return self.from_dict(raw, self.name, lambda path: where)

    def with_weight[S: "Edits"](self: S, stream: str, weight: float | int) -> S:
        """With another weight of a stream."""
        return self.with_set(dotted(("streams", stream, "weight")), weight)

    def with_claim[S: "Edits"](
        self: S, facet: str, value: str, stream: str | None = None, reliability: float | int | None = None
    ) -> S:
        """With a claim that the facet has the value.

        In the named stream, else the last spec stream that claims the facet, else the first spec stream, else
        a new one, `spec`. A claim that is replaced leaves its reliability, unless another is given.
        """
        return self._with_claim(("claims", facet), value, stream, reliability)

    def with_identity_claim[S: "Edits"](
        self: S, identity: str, stream: str | None = None, reliability: float | int | None = None
    ) -> S:
        """With the claim "you are" the identity; where and how reliable as in `with_claim`."""
        return self._with_claim(("identity",), identity, stream, reliability)

    def without_claim[S: "Edits"](self: S, facet: str) -> S:
        """With no claim about the facet in any stream."""
        return self._without_claims(lambda key: key == ("claims", facet))

    def without_identity_claim[S: "Edits"](self: S) -> S:
        """With no claim "you are ..." in any stream."""
        return self._without_claims(lambda key: key == ("identity",))

    def without_claims[S: "Edits"](self: S) -> S:
        """With nothing said in any spec stream, neither of a facet nor of the identity."""
        return self._without_claims(lambda key: True)

    def _with_claim[S: "Edits"](
        self: S, key: Path, value: str, stream: str | None, reliability: float | int | None
    ) -> S:
        stream = stream or self._stream_that_claims(key)
        if reliability is None and stream in self.streams and key in claims_of(self.streams[stream]):
            reliability = claims_of(self.streams[stream])[key].reliability
        claim = value if reliability is None else {"value": value, "reliability": reliability}
        return self.with_set(dotted(("streams", stream, *key)), claim)

    def _stream_that_claims(self, key: Path) -> str:
        spec = [name for name, stream in self.streams.items() if isinstance(stream, SpecStream)]
        claiming = [name for name in spec if key in claims_of(self.streams[name])]
        return (claiming[-1:] or spec[:1] or ["spec"])[0]

    def _without_claims[S: "Edits"](self: S, leave_out: Callable[[Path], bool]) -> S:
        raw = self.to_dict()
        for name, stream in self.streams.items():
            for key in filter(leave_out, claims_of(stream)):
                written = raw["streams"][name]
                del (written if len(key) == 1 else written["claims"])[key[-1]]
                # its reliability, if it was an unknown number, is none any more
                raw.get("unknown", {}).pop(dotted(("streams", name, *key, "reliability")), None)
        return self.from_dict(raw, self.name)


def claims_of(stream: Stream) -> dict[Path, Claim]:
    """The claims of a stream by their key in it: ("identity",) or ("claims", facet)."""
    if not isinstance(stream, SpecStream):
        return {}
    identity = {("identity",): stream.identity} if stream.identity else {}
    return {**identity, **{("claims", facet): claim for facet, claim in stream.claims.items()}}
