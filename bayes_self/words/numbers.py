"""Numbers as people read them: one rule for probabilities, and one for bits, wherever they are printed.

A probability has two decimals. Below 0.01 and above 0.99 it has three, because there the third is what tells. It is
`0` or `1` only where it is exactly that; what three decimals would make of it otherwise is `<0.001` or `>0.999`. Means
and shares of probabilities follow the same rule. Full precision is in the JSON objects.
"""

import math


def probability_text(p: float, *bounds: float) -> str:
    """A probability; with more decimals where it would look like one of the `bounds` that it is held against."""
    text = _probability(p)
    digits = 3
    while any(text == _probability(bound) and p != bound for bound in bounds) and digits < 17:
        digits += 1
        longer = f"{p:.{digits}f}"
        if all(longer != f"{bound:.{digits}f}" for bound in bounds) and 0 < float(longer) < 1:
            return longer
    return text


def _probability(p: float) -> str:
    if math.isnan(p):
        return "–"
    if p <= 0 or p >= 1:
        return "0" if p <= 0 else "1"
    three = f"{p:.3f}"
    if three in ("0.000", "1.000"):
        return "<0.001" if p < 0.5 else ">0.999"
    return f"{p:.2f}" if 0.01 <= float(three) <= 0.99 else three


def percent(share: float) -> str:
    """A share of runs or of points, as a whole percentage that makes neither none nor all of some."""
    if 0 < share < 0.005:
        return "less than 1%"
    return "more than 99%" if 0.995 <= share < 1 else f"{share:.0%}"


def bits_text(bits: float) -> str:
    """Bits to one digit; ∞ where no claim would do, a dash where there is nothing to say."""
    if math.isnan(bits):
        return "–"
    if math.isinf(bits):
        return "∞" if bits > 0 else "−∞"
    return f"{bits:.1f}".replace("-", "−").replace("−0.0", "0.0")


def signed(bits: float) -> str:
    """Bits to two digits, with their sign; "none" where they are not defined."""
    if math.isnan(bits):
        return "none"
    return f"{bits:+.2f}" if abs(bits) < 1e5 else f"{bits:+.3g}"


def cost(bits: float | None) -> str:
    """Bits to two digits; "-" where there is nothing to measure."""
    if bits is None or math.isnan(bits):
        return "-"
    return f"{bits:.2f}" if bits < 1000 or math.isinf(bits) else f"{bits:.3g}"


def per_trial(bits: float) -> str:
    """Bits a trial, in words."""
    if math.isinf(bits):
        return "infinitely many bits a trial"
    return f"{bits:.2f} bits a trial" if bits >= 0.01 else f"{bits:.1g} bits a trial"
