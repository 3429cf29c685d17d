"""Files that a user names, read with a bound: no device, no pipe, and no more than a reader of ours can hold.

What is wrong with a file as a file is told here for every reader: it is missing, a folder, too large, or no text in
UTF-8, and what it seems to be instead.
"""

import errno
import os
import stat
from pathlib import Path

from bayes_self.errors import Fault, FaultsError

LARGEST = 64 * 2**20
"""Bytes. Evidence adds up and a scenario is written by hand: what is larger was named by mistake."""

_MISTAKEN_FOR = {
    b"PAR1": "it looks like Parquet: name it .parquet",
    b"\x1f\x8b": "it is compressed: unpack it first",
    b"\x28\xb5\x2f\xfd": "it is compressed: unpack it first",
    b"BZh": "it is compressed: unpack it first",
    b"\xfd7zXZ": "it is compressed: unpack it first",
    b"PK\x03\x04": "it looks like a zip archive or a spreadsheet: save it as CSV",
    b"\xd0\xcf\x11\xe0": "it looks like a spreadsheet: save it as CSV",
    b"\xff\xfe": "it looks like UTF-16: save it as UTF-8",
    b"\xfe\xff": "it looks like UTF-16: save it as UTF-8",
}


class FileError(FaultsError):
    """A file that cannot be read. Of many faults, the first are listed."""

    noun = "file"
    listed = 20


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


def content_of(path: str | os.PathLike[str], expected: str, largest: int = LARGEST) -> bytes:
    """The content of a file that somebody expects to be something. Raises FileError."""
    try:
        if os.path.isdir(path):
            raise refusal(path, "a folder", expected)
        return read_file(path, largest)
    except FileNotFoundError:
        raise refusal(path, "no such file", expected) from None
    except OSError as error:
        raise refusal(path, error.strerror or str(error), f"{expected} that can be read") from None


def text_in(content: bytes, path: str | os.PathLike[str]) -> str:
    """The text that a file's bytes are in UTF-8, without a byte-order mark. Raises FileError."""
    if hint := seems_to_be(content):
        raise refusal(path, "a file that is not text", "UTF-8 text", hint, 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        got = f"the byte 0x{content[error.start]:02x}"
        raise refusal(path, got, "UTF-8 text", "save it as UTF-8", line) from None


def seems_to_be(content: bytes) -> str:
    """What a file that is no text seems to be, and what to do; "" where nothing is known of it."""
    return next((hint for magic, hint in _MISTAKEN_FOR.items() if content.startswith(magic)), "")


def refusal(
    path: str | os.PathLike[str], got: str, expected: str, hint: str = "", line: int | None = None
) -> FileError:
    """The error of a file with one fault."""
    return FileError([Fault("", line, got, expected, hint)], str(path))
