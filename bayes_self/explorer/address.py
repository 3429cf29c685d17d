"""Where the explorer is found: a free port and a token that nobody can guess, or those of the last time.

The token of a port is kept in a file that its user alone can read, so that after a restart with `--port` an open page
and every link to it go on working. The browser is sent there by a file as well: on its command line other users would
see the token.
"""

import contextlib
import html
import os
import secrets
import stat
import sys
from pathlib import Path


def token_for(port: int | None) -> str:
    """The token that was last used at the port; a new one where there was none, or where any port will do."""
    kept = _folder() / f"{port}.token"
    with contextlib.suppress(OSError):
        found = kept.read_text(encoding="ascii").strip()
        if port is not None and _is_private(kept) and len(found) >= _LENGTH:
            return found
    return secrets.token_urlsafe(_BYTES)


def keep(port: int, token: str) -> None:
    """Keep the token for a restart at the same port; where that cannot be, a restart has another address."""
    with contextlib.suppress(OSError):
        _write_private(f"{port}.token", token)


def doorway(port: int, address: str) -> Path | None:
    """A file that sends a browser to the address; None where it cannot be written."""
    there = html.escape(address)
    page = f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={there}">'
    with contextlib.suppress(OSError):
        return _write_private(f"{port}.html", f'{page}<title>bayes_self</title><a href="{there}">To the explorer</a>\n')
    return None


def cache_folder(platform: str = sys.platform) -> Path:
    """Where the platform keeps what can be made again: `$XDG_CACHE_HOME` wherever it is set, else by convention."""
    home = os.environ.get("XDG_CACHE_HOME")
    if not home and platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
    if not home:
        home = Path.home() / ("Library/Caches" if platform == "darwin" else ".cache")
    return Path(home) / "bayes_self"


_BYTES = 32
_LENGTH = 40


def _folder() -> Path:
    return cache_folder() / "explore"


def _write_private(name: str, text: str) -> Path:
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def _is_private(path: Path) -> bool:
    found = path.stat()
    own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return own and (os.name == "nt" or not stat.S_IMODE(found.st_mode) & 0o077)
