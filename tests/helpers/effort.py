"""How many random scenarios a test looks at: few by default, because each is compiled anew."""

import os

from hypothesis import settings


def examples(n: int) -> settings:
    """Settings for a test of n examples; EFFORT=10 in the environment makes it ten times as many."""
    return settings(max_examples=max(1, round(n * float(os.environ.get("EFFORT", "1")))))
