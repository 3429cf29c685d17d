"""Comparing what came out with what should: failures that say in words what was found and what was expected."""

from collections.abc import Mapping

import numpy as np

PRECISION = 1e-9
"""How far two numbers that are computed in different ways may differ, where the evidence is moderate."""

Found = Mapping[str, float | int] | float | int


def require(holds: object, detail: str) -> None:
    """Raise AssertionError with the detail unless it holds."""
    if not holds:
        raise AssertionError(detail)


def agree(what: str, found: Found, expected: Found, tolerance: float = PRECISION) -> None:
    """Raise AssertionError unless numbers, or numbers by name, agree to within `tolerance`, absolute and relative."""
    if not isinstance(found, Mapping) and not isinstance(expected, Mapping):
        return _near(what, float(found), float(expected), tolerance)
    if not isinstance(found, Mapping) or not isinstance(expected, Mapping) or found.keys() != expected.keys():
        raise AssertionError(f"{what}: found {found}, and should be {expected}")
    for name, number in found.items():
        _near(f"{what}({name})", float(number), float(expected[name]), tolerance)
    return None


def _near(what: str, found: float, expected: float, tolerance: float) -> None:
    same = found == expected or (np.isnan(found) and np.isnan(expected))
    near = abs(found - expected) <= tolerance * max(1.0, abs(expected)) if np.isfinite(found - expected) else False
    require(same or near, f"{what} is {found:.12g}, and should be {expected:.12g}")
