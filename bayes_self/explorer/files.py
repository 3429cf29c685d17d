"""The files of the page: those that are in the package, by name, read once. No path comes from a request."""

from functools import cache
from importlib.resources import files

_KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""What every answer says to the browser: nothing from elsewhere, nothing to elsewhere, and keep nothing."""


@cache
def page_files() -> dict[str, tuple[str, bytes]]:
    """{name below the token: (type, content)}; the page itself has no name."""
    found = {}
    for file in files("bayes_self.explorer").joinpath("web").iterdir():
        suffix = file.name[file.name.rfind(".") :]
        if suffix in _KINDS:
            name = "" if file.name == "index.html" else file.name
            found[name] = (f"{_KINDS[suffix]}; charset=utf-8", file.read_bytes())
    return found
