"""Dotted keys, as the file and `--set` write them: parts joined by dots, quoted where TOML wants quotes."""

import re

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_PART = re.compile(
    r"""\s*(?: "((?:[^"\\]|\\.)*)" | '([^']*)' | ([^."'=\s][^."'=]*?) )\s*(?:\.|\Z)""", re.VERBOSE
)


def dotted(path: Path) -> str:
    """The key of a path: `streams.rl.probes."phone home"`; elements of a list by their index from 0."""
    return ".".join(_quoted(str(part)) for part in path)


def _quoted(part: str) -> str:
    if _BARE.match(part):
        return part
    return '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'


def split(key: str) -> tuple[str, ...]:
    """The parts of a dotted key. Raises ValueError where it is not one."""
    parts, at = [], 0
    while True:
        found = _PART.match(key, at)
        if not found:
            raise ValueError(f"not a dotted key: {key}")
        double, single, bare = found.groups()
        parts.append(re.sub(r"\\(.)", r"\1", double) if double is not None else single or bare or "")
        at = found.end()
        if at == len(key) and key[at - 1] != ".":
            return tuple(parts)
