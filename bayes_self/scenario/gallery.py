"""The scenarios that come with the package: `models/` of a checkout, or their copy in an installed wheel."""

import tomllib
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_PLACES = (_PACKAGE / "models", _PACKAGE.parent / "models")


def folder() -> Path:
    """Where the gallery's files are."""
    return next((place for place in _PLACES if place.is_dir()), _PLACES[-1])


def names() -> list[str]:
    """The names of all scenarios of the gallery, sorted."""
    return sorted(path.stem for path in folder().glob("*.toml"))


def path(name: str) -> Path:
    """The file of a scenario of the gallery."""
    return folder() / f"{name}.toml"


def title(name: str) -> str:
    """The title in the file, "" where there is none; nothing else of the file is checked."""
    try:
        found = tomllib.loads(path(name).read_text(encoding="utf-8")).get("title")
    except (OSError, ValueError):
        return ""
    return found if isinstance(found, str) else ""
