"""What the spec claims. A stream of weight 0 claims nothing; of contradicting claims the later in the file counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bayes_self.scenario.stream_schema import SpecStream, Stream


@dataclass(frozen=True)
class Claims:
    """The claims in force, of all spec streams together."""

    by_stream: Mapping[str, SpecStream]
    """The spec streams that claim anything, in the order of the file."""

    @classmethod
    def of(cls, streams: Mapping[str, Stream]) -> "Claims":
        """The claims that these streams make."""
        speaking = {name: stream for name, stream in streams.items() if isinstance(stream, SpecStream)}
        return cls({name: s for name, s in speaking.items() if s.weight > 0 and (s.identity or s.claims)})

    @property
    def identities(self) -> tuple[str, ...]:
        """The identities of "you are this", in the order of their last claim: the last one is in force."""
        return _latest(stream.identity.value for stream in self.by_stream.values() if stream.identity)

    def values_of(self, facet: str) -> tuple[str, ...]:
        """The values claimed of a facet, in the order of their last claim: the last one is in force."""
        return _latest(stream.claims[facet].value for stream in self.by_stream.values() if facet in stream.claims)

    @property
    def identity(self) -> str | None:
        """The identity in force; None where none is claimed."""
        return self.identities[-1] if self.identities else None

    @property
    def values(self) -> dict[str, str]:
        """{facet: the value in force}, of the facets that something is claimed of, in the order of the file."""
        return {facet: claim.value for stream in self.by_stream.values() for facet, claim in stream.claims.items()}


def _latest(claimed: Iterable[str]) -> tuple[str, ...]:
    """Each name once, where it was claimed last."""
    return tuple(dict.fromkeys(reversed(list(claimed))))[::-1]
