"""Compiled code is kept between runs of the command, so that only the first run of a shape of scenario waits for it."""

import os
import sys
from pathlib import Path

from bayes_self.kept import keep_in


def keep_compiled_code() -> None:
    """Tell JAX, before anything imports it, to keep what it compiles in the user's cache folder.

    Settings that the user has made stand: JAX_ENABLE_COMPILATION_CACHE=false switches it off, and
    JAX_COMPILATION_CACHE_DIR puts it elsewhere. This is for the command's own process; the library leaves JAX alone.
    """
    os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(cache_folder()))
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
    os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
    folder = os.environ["JAX_COMPILATION_CACHE_DIR"]
    keep_in(None if not folder or "://" in folder else Path(folder))


def cache_folder(platform: str = sys.platform) -> Path:
    """Where the platform keeps what can be made again: `$XDG_CACHE_HOME` wherever it is set, else by convention."""
    home = os.environ.get("XDG_CACHE_HOME")
    if not home and platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
    if not home:
        home = Path.home() / ("Library/Caches" if platform == "darwin" else ".cache")
    return Path(home) / "bayes_self"
