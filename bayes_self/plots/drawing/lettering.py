"""Text that fits: widths in points, lines that break between words, labels that keep out of each other's way."""

from collections.abc import Sequence
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

POINTS = 72.0
"""Points in an inch."""
LEADING = 1.25
"""Height of a line, in sizes of the text."""


_HINTED = 1.025
"""How much wider than its outlines text can become where glyphs are moved to whole pixels."""
NO_BREAK = "\u00a0"


@lru_cache(maxsize=2**14)
def width_of(text: str, size: float, weight: str = "normal") -> float:
    """The width in points that the widest line needs, whatever it will be drawn on."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    outlines = (text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] for line in text.split("\n"))
    return _HINTED * max(outlines)


def height_of(text: str, size: float) -> float:
    """The height in points of all its lines."""
    return (text.count("\n") + 1) * size * LEADING


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> str:
    """The text with line breaks at spaces, so that no line is wider than `width` points; longer words are cut.

    A no-break space (NO_BREAK) keeps what it joins on one line.
    """
    lines: list[str] = []
    for word in filter(None, text.replace("\n", " ").split(" ")):
        if lines and width_of(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, width, size, weight)
    return "\n".join(lines)


def balanced(text: str, width: float, size: float, weight: str = "normal") -> str:
    """`wrapped`, with lines about as long as each other."""
    best = wrapped(text, width, size, weight)
    for share in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55):
        narrower = wrapped(text, share * width, size, weight)
        if narrower.count("\n") > best.count("\n"):
            break
        best = narrower
    return best


def _pieces(word: str, width: float, size: float, weight: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, weight) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def fitting(candidates: Sequence[str], width: float, lines: int, size: float) -> str:
    """The first of the texts that fits into so many points and lines without cutting a word, or none ("")."""
    for text in candidates:
        whole = all(width_of(word, size) <= width for word in text.split())
        if whole and text and (broken := wrapped(text, width, size)).count("\n") < lines:
            return broken
    return ""


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres near the wanted ones, and in their order, whose extents do not overlap.

    All within `low` and `high` if there is room; otherwise they run over at the top.
    """
    # of equal ones the first is the highest, as one reads
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], -i))
    blocks: list[tuple[list[int], float, float]] = []  # members, bottom, height
    for i in order:
        block = ([i], wanted[i] - heights[i] / 2, heights[i])
        while True:
            members, bottom, height = block
            bottom = max(min(bottom, high - height), low)
            block = (members, bottom, height)
            if not blocks or blocks[-1][1] + blocks[-1][2] <= bottom:
                break
            block = _joined(blocks.pop(), block)
        blocks.append(block)
    centres = [0.0] * len(wanted)
    for members, edge, _ in blocks:
        for i in members:
            centres[i] = edge + heights[i] / 2
            edge += heights[i]
    return centres


def _joined(lower: tuple[list[int], float, float], upper: tuple[list[int], float, float]) -> tuple:
    """Two blocks as one, around the mean of where their members would have been."""
    members, height = lower[0] + upper[0], lower[2] + upper[2]
    middle_of_lower, middle_of_upper = lower[1] + lower[2] / 2, upper[1] + upper[2] / 2
    share = len(lower[0]) / len(members)
    # where each half would put the middle of the whole
    middle = share * (middle_of_lower + upper[2] / 2) + (1 - share) * (middle_of_upper - lower[2] / 2)
    return members, middle - height / 2, height
