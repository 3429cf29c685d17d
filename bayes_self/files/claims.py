"""A place for one process at a time: of two that write the same place at once, one goes on and the other says so.

A claim is a lock that the system keeps, so that it ends with the process, however that ends. Where the system has no
such locks (Windows, some network disks) nothing is claimed.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from bayes_self.errors import BayesSelfError
from bayes_self.files.writing import DRAFT, name_place

_TRIES = 100
_CLAIMED: set[str] = set()
"""What this process has claimed."""


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """A folder for this process alone while it writes there; it is made where it is not there.

    A folder that was made, and those above it, are taken away again if nothing was written to them. Raises
    BayesSelfError where another process has the folder, and OSError where it cannot be made.
    """
    missing = [place for place in (folder, *folder.absolute().parents) if not place.exists()]
    with _alone(folder, lambda: _opened(folder), folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            yield
        finally:
            for place in missing:
                with contextlib.suppress(OSError):
                    place.rmdir()


@contextlib.contextmanager
def claimed_file(path: Path) -> Iterator[None]:
    """A file for this process alone until it is written: an empty file beside it is locked, and then taken away.

    Raises BayesSelfError where another process has the file, and OSError where the folder cannot be written to.
    """
    mark = path.with_name(DRAFT + path.name)
    try:
        with _alone(mark, lambda: os.open(mark, os.O_RDWR | os.O_CREAT, 0o666), path):
            try:
                yield
            finally:
                if mark.exists() and not mark.stat().st_size:
                    mark.unlink()
    except OSError as error:
        name_place(error, path)
        raise


@contextlib.contextmanager
def _alone(place: Path, opened: Callable[[], int], named: Path) -> Iterator[None]:
    if (real := os.path.realpath(place)) in _CLAIMED:
        yield  # this process has it already, and goes on
        return
    handle = _locked(place, opened, named)
    _CLAIMED.add(real)
    try:
        yield
    finally:
        _CLAIMED.discard(real)
        if handle is not None:
            os.close(handle)


def _locked(place: Path, opened: Callable[[], int], named: Path) -> int | None:
    """The handle that holds the lock of a place; None where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    for _ in range(_TRIES):
        handle = opened()
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            break
        except OSError:  # this disk knows no locks
            os.close(handle)
            return None
        if _is_at(handle, place):
            return handle
        os.close(handle)  # the process that had it has taken it away meanwhile
    raise BayesSelfError(f"--out {named}: another process is writing there; wait for its end, or name another place")


def _is_at(handle: int, place: Path) -> bool:
    """Whether the place still is what was opened."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(place))
    except FileNotFoundError:
        return False


def _opened(folder: Path) -> int:
    """A handle of a folder, made where it is not there; another process may take it away in between."""
    for left in reversed(range(_TRIES)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return os.open(folder, os.O_RDONLY)
        except (FileNotFoundError, FileExistsError):
            if not left:
                raise
    raise AssertionError
