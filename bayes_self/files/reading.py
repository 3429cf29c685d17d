"""Files that a user names, read with a bound: no device, no pipe, and no more than a reader of ours can hold."""

import errno
import os
import stat
from pathlib import Path

LARGEST = 64 * 2**20
"""Bytes. Evidence adds up and a scenario is written by hand: what is larger was named by mistake."""


def read_file(path: str | os.PathLike[str], largest: int = LARGEST) -> bytes:
    """The content of an ordinary file; nothing waits for a pipe, and a file without end is not read.

    Raises:
        OSError: there is no such file, or it cannot be read; is a pipe or a device, or has more than `largest` bytes.

    """
    # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "a pipe or a device, and no file", str(Path(path)))
        content = b"" if found.st_size > largest else file.read(largest + 1)
        if found.st_size > largest or len(content) > largest:
            raise OSError(errno.EFBIG, f"larger than {largest / 2**20:g} MB", str(Path(path)))
    return content
