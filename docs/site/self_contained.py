"""The built site loads nothing from elsewhere: no script, style, font or picture. What would, fails the build."""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

_LOADED = re.compile(
    r"""<(?:script|img|source|iframe|video|audio|embed)\b[^>]*\bsrc=["'](?:https?:)?//[^"']*"""
    r"""|<link\b(?=[^>]*\brel=["'](?:stylesheet|preload|preconnect|icon))[^>]*\bhref=["'](?:https?:)?//[^"']*"""
    r"""|(?:url\(|@import )\s*["']?(?:https?:)?//[^"')\s]*"""
)


def loaded_from_elsewhere(text: str) -> list[str]:
    """What a page or a style sheet would load over the network as soon as it is shown; links do not count."""
    return _LOADED.findall(text)


def _check(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    site = Path(app.outdir)
    found = {
        path.relative_to(site): loaded
        for suffix in ("html", "css")
        for path in site.rglob(f"*.{suffix}")
        if (loaded := loaded_from_elsewhere(path.read_text(encoding="utf-8")))
    }
    if found:
        raise ExtensionError(f"the site would load from elsewhere: {found}")


def setup(app: Sphinx) -> dict[str, bool]:
    """Check when everything is written."""
    app.connect("build-finished", _check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
