"""What was measured on, and with which versions."""

import platform
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

PACKAGES = ("jax", "numpy", "numba", "numpyro", "memo-lang", "pyagrum", "pgmpy", "blackjax", "nutpie")


def machine() -> dict[str, Any]:
    """The day, the processor, and versions."""
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return {
        "date": date.today().isoformat(),
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": versions,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        said = dict(line.split(":", 1) for line in info.read_text().splitlines() if ":" in line)
        named = {key.strip(): value.strip() for key, value in said.items()}
        if "model name" in named:
            return named["model name"] + (", AVX-512" if "avx512f" in named.get("flags", "") else "")
    return platform.processor() or platform.machine()
