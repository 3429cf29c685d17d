"""Compiled code is kept between runs of the command, so that only the first run of a shape of scenario waits for it."""

import os
from pathlib import Path


def keep_compiled_code() -> None:
    """Tell JAX, before anything imports it, to keep what it compiles in the user's cache folder.

    Settings that the user has made stand. This is for the command's own process; the library leaves JAX alone.
    """
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(Path(home) / "bayes_self"))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
