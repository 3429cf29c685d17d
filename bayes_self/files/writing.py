"""Files that are whole or not at all: written beside their place under another name, and then moved there."""

import contextlib
import errno
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A temporary file to write to; when the block ends well it takes the place of `path`, else nothing has changed.

    It has the same suffix, and the permissions of what it replaces or of a file opened plainly. Raises OSError where
    the folder is not there or cannot be written to, and where `path` is a device.
    """
    path = Path(path)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise FileExistsError(errno.EEXIST, "that is no plain file", str(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException as error:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        name_place(error, path)
        raise


def write_text(path: Path, text: str) -> None:
    """Write text in UTF-8; what UTF-8 cannot hold, as in a file's name that is no text, becomes a question mark."""
    path.write_bytes(text.encode("utf-8", "replace"))


def name_place(error: BaseException, path: Path) -> None:
    """Let an error of the disk say where: a write that fails does not know the name of its file."""
    if isinstance(error, OSError) and error.errno is not None and (not error.filename or _is_draft(error.filename)):
        error.filename = str(path)


def _is_draft(name: object) -> bool:
    return any(part.startswith(DRAFT) for part in Path(str(name)).parts)


DRAFT = ".unfinished."
"""What the names of folders begin with in which files are made ready."""


def write_netcdf(path: Path, data: Any) -> None:
    """Write an xarray Dataset or DataTree as NetCDF: made in memory, because HDF5 ends the process on a full disk."""
    content = io.BytesIO()
    data.to_netcdf(content, engine="h5netcdf")
    path.write_bytes(content.getvalue())


def _mode(path: Path) -> int:
    """The permissions the file has, or would get if opened plainly: a temporary file's are private."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
