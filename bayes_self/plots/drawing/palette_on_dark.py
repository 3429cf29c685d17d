"""The palette on a dark page: the same hues, as light as it takes to be seen."""

from matplotlib.colors import to_rgb

from bayes_self.plots.drawing.palette import tint

DARK_PAPER = "#16181B"
_SEEN = 4.5
"""The contrast that a colour has with the paper (WCAG: 3 for what is drawn, 4.5 for text)."""


def on_dark(color: str, paper: str = DARK_PAPER) -> str:
    """The colour with as much white in it as it takes to be seen."""
    shares = (share / 20 for share in range(21))
    return next(shade for share in shares if contrast(shade := tint(color, share), paper) >= _SEEN)


def contrast(one: str, other: str) -> float:
    """The ratio of the lighter to the darker, from 1 to 21 (WCAG)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
