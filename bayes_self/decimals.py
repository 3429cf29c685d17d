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
