"""What is around the command and must not matter: a notebook's Matplotlib, no home folder, warnings of libraries.

This is for the command's own process; the library leaves its surroundings alone.
"""

import atexit
import contextlib
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from bayes_self.commands.output import note

_MISSING: dict[str, None] = {}
"""Characters that the font of the pictures lacks, in their order."""


def settle() -> None:
    """Make the process independent of what is around it; call it before anything heavy is imported."""
    os.environ["MPLBACKEND"] = "agg"  # pictures are saved and never shown
    try:
        Path.home()
    except RuntimeError:  # neither HOME nor a line in passwd, as in a container with a bare user id
        home = tempfile.mkdtemp(prefix="bayes_self.")
        os.environ["HOME"] = home
        atexit.register(shutil.rmtree, home, ignore_errors=True)
    warnings.showwarning = _show
    sys.meta_path.insert(0, _Unconfigured())


def _show(message: Any, category: type[Warning], *place: object, **options: object) -> None:
    """A warning as a note of one line; characters that cannot be drawn are gathered."""
    text = str(message).splitlines()[0] if str(message) else category.__name__
    if found := re.match(r"Glyph (\d+) ", text):
        _MISSING[chr(int(found[1]))] = None
    else:
        note(text)


def tell_missing_characters() -> None:
    """One note of all characters that pictures show as boxes."""
    if _MISSING:
        note(f"pictures show boxes for {' '.join(_MISSING)}, which their font lacks; texts and tables have them")


class _Unconfigured(MetaPathFinder):
    """Has Matplotlib and ArviZ imported, wherever that happens, without the files in which a user configures them."""

    def __init__(self) -> None:
        self.awaited = {"matplotlib", "arviz_base"}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in self.awaited:
            return None
        self.awaited.remove(fullname)
        spec = find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module = _without_settings_files()(spec.loader.exec_module)
        return spec


@contextlib.contextmanager
def _without_settings_files() -> Iterator[None]:
    """Let no `matplotlibrc` and no `arvizrc` be found, in the working folder or elsewhere."""
    configured = {name: os.environ.pop(name, None) for name in ("ARVIZ_DATA", "XDG_CONFIG_HOME")}
    with tempfile.TemporaryDirectory(prefix="bayes_self.") as empty, contextlib.chdir(empty):
        Path("matplotlibrc").touch()  # the first that Matplotlib looks for
        os.environ["XDG_CONFIG_HOME"] = empty
        try:
            yield
        finally:
            for name, value in configured.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
