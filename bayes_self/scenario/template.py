"""A scenario to start from, with every part explained in a comment."""

from pathlib import Path

from bayes_self.errors import Fault, ScenarioError
from bayes_self.files.writing import whole_file

TEMPLATE = Path(__file__).with_name("template.toml")


def new(path: str | Path) -> Path:
    """Write a commented scenario that runs as it is, and return its path.

    The file is whole or not there at all. Raises ScenarioError where it exists already or cannot be written.
    """
    path = Path(path)
    if path.exists() or path.is_symlink():
        raise _error(path, "a name that is taken", "a file that does not exist yet")
    try:
        with whole_file(path) as beside:
            beside.write_bytes(TEMPLATE.read_bytes())
    except OSError as error:
        raise _error(path, f"a place that cannot be written ({error.strerror})", "a place for a file") from None
    return path


def _error(path: Path, got: str, expected: str) -> ScenarioError:
    return ScenarioError([Fault("", None, got, expected)], str(path))
