"""What one process made and another can find: files in a cache folder, whole and checked, the oldest forgotten.

Nothing is kept until a process says where; the command does, the library does not. A file that is damaged is as good as
none, and a folder that cannot be written to keeps nothing.
"""

import contextlib
import hashlib
import os
from pathlib import Path

from bayes_self.whole_files import whole_file

MOST = 200
"""How many files are kept; those that were not used for longest make room."""
_SUFFIX = ".kept"
_folder: Path | None = None


def keep_in(folder: Path | None) -> None:
    """From now on, in this process, keep files in a folder (None: nowhere)."""
    global _folder
    _folder = folder


def is_keeping() -> bool:
    """Whether anything is kept."""
    return _folder is not None


def find(name: str) -> bytes | None:
    """What was kept under a name; None where there is nothing, or nothing whole."""
    if _folder is None:
        return None
    path = _folder / (name + _SUFFIX)
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, kept = content[:32], content[32:]
    if digest != hashlib.sha256(kept).digest():
        return None
    with contextlib.suppress(OSError):
        os.utime(path)
    return kept


def keep(name: str, content: bytes) -> None:
    """Keep something under a name, where that can be done."""
    if _folder is None:
        return
    with contextlib.suppress(OSError):
        _folder.mkdir(parents=True, exist_ok=True)
        with whole_file(_folder / (name + _SUFFIX)) as draft:
            draft.write_bytes(hashlib.sha256(content).digest() + content)
        by_use = sorted(_folder.glob("*" + _SUFFIX), key=lambda path: path.stat().st_mtime)
        for path in by_use[:-MOST]:
            path.unlink(missing_ok=True)
