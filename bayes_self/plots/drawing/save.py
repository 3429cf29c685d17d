"""Figures as files: whole or not at all, and the same bytes for the same figure."""

import os
from collections.abc import Iterable
from pathlib import Path

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from bayes_self.files.writing import whole_file
from bayes_self.plots.drawing.palette import style

# What would differ between runs, per format; None leaves it out
_UNDATED = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def save(drawn: Artist | Iterable[Artist], path: str | os.PathLike[str], dpi: int | float = 200) -> Path:
    """Write the figure, or the figure of the Axes, to `path`; the suffix says the format. Returns the path.

    It is written beside its place and then moved there, so that nobody finds half a file. The same figure always
    gives the same bytes.

    Raises:
        ValueError: the suffix names no format, or nothing was drawn.
        OSError: the folder is not there, or cannot be written.

    """
    path = Path(path)
    kind = path.suffix.removeprefix(".").lower() or "png"
    figure = _figure_of(drawn)
    with whole_file(path) as beside, style():
        figure.savefig(beside, format=kind, dpi=dpi, bbox_inches="tight", metadata=_UNDATED.get(kind))
    return path


def _figure_of(drawn: Artist | Iterable[Artist]) -> Figure:
    artist = drawn if isinstance(drawn, Artist) else next(iter(drawn), None)
    figure = artist.get_figure(root=True) if artist is not None else None
    if not isinstance(figure, Figure):
        raise ValueError("nothing to save: neither a figure nor Axes that belong to one")
    return figure
