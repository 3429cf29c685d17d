"""A probability as a bar of characters, with a mark where it was before the evidence."""

from bayes_self.report.look import Look

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_ROUNDING = 1e-9


def bar(probability: float, before: float | None, width: int, look: Look) -> str:
    """A bar of `width` characters for a probability, and a mark at the prior's place."""
    cells = _blocks(probability, width) if look.unicode else _hashes(probability, width)
    if before is not None:
        # a probability of 0.8 is in the same cell however it was rounded
        cells[min(int(before * width + _ROUNDING), width - 1)] = look.signs("│")
    return "".join(cells)


def _blocks(probability: float, width: int) -> list[str]:
    eighths = round(probability * width * 8)
    return [_EIGHTHS[min(max(eighths - 8 * cell, 0), 8)] for cell in range(width)]


def _hashes(probability: float, width: int) -> list[str]:
    full = round(probability * width)
    return ["#" if cell < full else "." for cell in range(width)]
