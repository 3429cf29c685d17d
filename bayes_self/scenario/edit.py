"""Edits: each returns another scenario, checked like a file, and leaves the first as it was."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Self

from bayes_self.errors import Fault, ScenarioError
from bayes_self.scenario.assign import assign
from bayes_self.scenario.keys import Path, dotted
from bayes_self.scenario.stream_schema import Claim, SpecStream, Stream


class Edits:
    """What a Scenario does to make another of itself. What would be no scenario raises ScenarioError."""

    if TYPE_CHECKING:
        streams: dict[str, Stream]

        @property
        def name(self) -> str: ...
        @classmethod
        def from_dict(cls, raw: Mapping[str, Any], name: str = "", lines: Any = None) -> Self: ...
        def to_dict(self) -> dict[str, Any]: ...

    def with_set(self, key: str, value: Any, where: str | None = None) -> Self:
        """With one dotted key of the file set, as in `with_set("streams.rl.weight", 0.5)`.

        `where` is told in faults where a file's faults have their line.
        """
        return self.with_settings({key: value}, where)

    def with_settings(self, settings: Mapping[str, Any], where: str | None = None) -> Self:
        """With several dotted keys set, in their order, and checked together."""
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

    def with_weight(self, stream: str, weight: float) -> Self:
        """With another weight of a stream."""
        return self.with_set(dotted(("streams", stream, "weight")), weight)

    def with_claim(
        self, facet: str, value: str, stream: str | None = None, reliability: float | None = None
    ) -> Self:
        """With a claim that the facet has the value.

        In the last spec stream that claims the facet, else the first, unless a stream is named; where there is
        none, in a new one, `spec`. A claim that is replaced leaves its reliability, unless another is given.
        """
        return self._with_claim(("claims", facet), value, stream, reliability)

    def with_identity_claim(
        self, identity: str, stream: str | None = None, reliability: float | None = None
    ) -> Self:
        """With the claim "you are" the identity; where and how reliable as in `with_claim`."""
        return self._with_claim(("identity",), identity, stream, reliability)

    def without_claim(self, facet: str) -> Self:
        """With no claim about the facet in any stream."""
        return self._without_claims(lambda key: key == ("claims", facet))

    def without_identity_claim(self) -> Self:
        """With no claim "you are ..." in any stream."""
        return self._without_claims(lambda key: key == ("identity",))

    def without_claims(self) -> Self:
        """With nothing said in any spec stream, neither of a facet nor of the identity."""
        return self._without_claims(lambda key: True)

    def _with_claim(self, key: Path, value: str, stream: str | None, reliability: float | None) -> Self:
        stream = stream or self._stream_that_claims(key)
        if reliability is None and stream in self.streams and key in claims_of(self.streams[stream]):
            reliability = claims_of(self.streams[stream])[key].reliability
        claim = value if reliability is None else {"value": value, "reliability": reliability}
        return self.with_set(dotted(("streams", stream, *key)), claim)

    def _stream_that_claims(self, key: Path) -> str:
        spec = [name for name, stream in self.streams.items() if isinstance(stream, SpecStream)]
        claiming = [name for name in spec if key in claims_of(self.streams[name])]
        return (claiming[-1:] or spec[:1] or ["spec"])[0]

    def _without_claims(self, leave_out: Callable[[Path], bool]) -> Self:
        raw = self.to_dict()
        for name, stream in self.streams.items():
            for key in filter(leave_out, claims_of(stream)):
                written = raw["streams"][name]
                del (written if len(key) == 1 else written["claims"])[key[-1]]
                # its reliability, if it was an unknown number, is none any more
                raw.get("unknown", {}).pop(dotted(("streams", name, *key, "reliability")), None)
        return self.from_dict(raw, self.name)


def claims_of(stream: Stream) -> dict[Path, Claim]:
    """The claims of a stream by their key in it, ("identity",) or ("claims", facet); none unless a spec stream."""
    if not isinstance(stream, SpecStream):
        return {}
    identity = {("identity",): stream.identity} if stream.identity else {}
    return {**identity, **{("claims", facet): claim for facet, claim in stream.claims.items()}}
