"""Settings of all tests: quick compilation, Hypothesis without a clock, and compiled code let go in time."""

import os
from pathlib import Path

# Every random scenario has a shape of its own and is compiled anew: optimising the code would cost more than it saves.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "project", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("project")

# Linux gives a process some 65,000 memory maps; a scenario's shape that is compiled for all measures takes 150 of them.
_MANY_MAPS = 25_000


@pytest.fixture(autouse=True)
def _let_go_of_compiled_code():
    yield
    maps = Path("/proc/self/maps")
    if maps.exists() and maps.read_bytes().count(b"\n") > _MANY_MAPS:
        import jax

        jax.clear_caches()
