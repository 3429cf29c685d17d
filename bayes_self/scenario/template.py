"""A scenario to start from, with every part explained in a comment."""

import os
import tempfile
from pathlib import Path

from bayes_self.errors import Fault, ScenarioError

TEMPLATE = Path(__file__).with_name("template.toml")


def new(path: str | Path) -> Path:
    """Write a commented scenario that runs as it is, and return its path.

    The file is whole or not there at all. Raises ScenarioError where it exists already or cannot be written.
    """
    path = Path(path)
    if path.exists() or path.is_symlink():
        raise _error(path, "a name that is taken", "a file that does not exist yet")
    try:
        _write_whole(path, TEMPLATE.read_bytes())
    except OSError as error:
        raise _error(path, f"a place that cannot be written ({error.strerror})", "a place for a file") from None
    return path


def _write_whole(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(content)
            file.close()
            os.chmod(file.name, 0o666 & ~_umask())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _error(path: Path, got: str, expected: str) -> ScenarioError:
    return ScenarioError([Fault("", None, got, expected)], str(path))
