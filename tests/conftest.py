"""Settings of all tests: quick compilation, and Hypothesis without a clock."""

import os

# Every random scenario has a shape of its own and is compiled anew: optimising the code would cost more than it saves.
os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

from hypothesis import HealthCheck, settings

settings.register_profile(
    "project", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("project")
