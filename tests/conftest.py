"""Settings of all tests: quick compilation where there is one, and Hypothesis without a clock."""

import os

# What the tests compile they use a few times: optimising the code would cost more than it saves.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

import often_checked
import pytest
from hypothesis import HealthCheck, settings

often_checked.install()

settings.register_profile(
    "project", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("project")


def pytest_runtest_setup():
    often_checked.calls.clear()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With several workers, a file stays with one of them, which compiles what its tests share once."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadFileScheduling

    return LoadFileScheduling(config, log)
