"""Bits as bars of characters to either side of zero, cut off with an arrow where they are too many."""

import math

from bayes_self.report.look import Look


def signed_bar(bits: float, reach: float, width: int, look: Look) -> str:
    """A bar of `width` characters (an odd number) with zero in the middle; `reach` is where either side ends."""
    half = width // 2
    cells = [" "] * width
    cells[half] = look.signs("│")
    if math.isnan(bits):
        return "".join(cells)
    length = half if math.isinf(bits) else min(round(abs(bits) / reach * half), half)
    side = 1 if bits > 0 else -1
    for cell in range(1, length + 1):
        cells[half + side * cell] = "█" if look.unicode else "#"
    if abs(bits) > reach:
        cells[half + side * half] = ("▶" if side > 0 else "◀") if look.unicode else (">" if side > 0 else "<")
    return "".join(cells)


def floating_bar(start: float, end: float, low: float, high: float, width: int, look: Look) -> str:
    """A bar from `start` to `end` on a scale from `low` to `high`, with a mark at zero."""

    def cell(bits: float) -> int:
        return min(max(int((bits - low) / (high - low) * width), 0), width - 1)

    cells = [" "] * width
    if low < 0 < high:
        cells[cell(0.0)] = look.signs("│")
    if math.isfinite(start) and math.isfinite(end):
        for i in range(cell(min(start, end)), cell(max(start, end)) + 1):
            cells[i] = "█" if look.unicode else "#"
    return "".join(cells)
