"""Pictures inside the page: SVG as data, so that it prints sharply and nothing is fetched."""

import tempfile
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from bayes_self.beliefs.posterior import Posterior
from bayes_self.plots.drawing.canvas import FINDING, finding_on
from bayes_self.plots.drawing.save import save
from bayes_self.plots.posterior import plot_posterior


@dataclass(frozen=True)
class Picture:
    """An image that cannot run or fetch anything, and what it shows in words."""

    source: str
    """A data URI."""
    finding: str
    """What the plot states, computed; the page says it as a heading, so the picture does not."""

    @classmethod
    def of(cls, drawn: Axes | Iterable[Axes]) -> "Picture":
        """The picture of what a plot function returned."""
        axes = [drawn] if isinstance(drawn, Axes) else list(drawn)
        found = finding_on(axes[0])
        for text in axes[0].texts:
            text.set_visible(text.get_gid() != FINDING)
        return cls(data_uri("image/svg+xml", _svg(axes)), found)

    @classmethod
    def of_posterior(cls, result: Posterior) -> "Picture":
        """Who it is and what it is, after and before the evidence."""
        return cls.of(plot_posterior(result))


def data_uri(kind: str, content: bytes) -> str:
    """The content itself in place of an address."""
    return f"data:{kind};base64,{b64encode(content).decode('ascii')}"


def _svg(drawn: Iterable[Artist]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return save(drawn, Path(folder) / "picture.svg").read_bytes()
