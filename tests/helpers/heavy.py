"""Libraries that take long to import, and that a short command does without."""

HEAVY = ("jax", "xarray", "matplotlib", "pandas", "numpyro", "arviz", "pyarrow", "scipy")
