"""Probabilities as people read them."""


def four_digits(probability: float) -> str:
    """A probability to four digits; as `rounded` where four digits would make it certain, or need an exponent."""
    text = f"{probability:.4g}"
    return rounded(probability) if text in ("0", "1") or "e" in text else text


def rounded(probability: float) -> str:
    """A probability to three decimals, without making certainty of what is not certain."""
    if 0 < probability < 0.0005:
        return "<0.001"
    if 0.9995 <= probability < 1:
        return ">0.999"
    return f"{probability:.3f}"


def probability_text(p: float) -> str:
    """Two digits; 0 is impossible, and what rounds to certainty is not said to be certain."""
    if p == 0:
        return "0"
    if p < 0.005:
        return "<0.01"
    return ">0.99" if p >= 0.995 else f"{p:.2f}"


def bits_text(bits: float) -> str:
    """One digit; ∞ where no claim would do, a dash where there is nothing to say."""
    if bits != bits:
        return "–"
    if abs(bits) == float("inf"):
        return "∞" if bits > 0 else "−∞"
    return f"{bits:.1f}".replace("-", "−").replace("−0.0", "0.0")
