"""Dotted keys, as the file and `--set` write them: parts joined by dots, quoted where TOML wants quotes."""

import re

from bayes_self.files.names import name_of

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_PART = re.compile(r"""\s*(?: "((?:[^"\\]|\\.)*)" | '([^']*)' | ([^."'=]*[^."'=\s]) )\s*""", re.VERBOSE)


def dotted(path: Path) -> str:
    """The key of a path: `streams.rl.probes."phone home"`; elements of a list by their index from 0."""
    return ".".join(_quoted(str(part)) for part in path)


def _quoted(part: str) -> str:
    if _BARE.match(part):
        return part
    return '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'


def split(key: str) -> tuple[str, ...]:
    """The parts of a dotted key. Raises ValueError where it is not one."""
    parts, rest = _split(key)
    if rest:
        raise ValueError(f"not a dotted key: {key}")
    return parts


def split_assignment(text: str) -> tuple[str, str]:
    """The key and the value's text of `KEY=VALUE`. Raises ValueError where the text is not of that form."""
    _, rest = _split(text)
    if not rest.startswith("="):
        raise ValueError(f"not of the form KEY=VALUE: {text}")
    return text[: len(text) - len(rest)].strip(), rest[1:].strip()


def _split(text: str) -> tuple[tuple[str, ...], str]:
    """The parts of the dotted key that a text opens with, and what follows it."""
    parts, at = [], 0
    while found := _PART.match(text, at):
        double, single, bare = found.groups()
        if double is not None:
            parts.append(name_of(re.sub(r"\\(.)", r"\1", double)))
        else:
            parts.append(name_of(bare if single is None else single))
        at = found.end()
        if text[at : at + 1] != ".":
            return tuple(parts), text[at:]
        at += 1
    raise ValueError(f"not a dotted key: {text}")
