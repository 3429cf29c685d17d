"""From words and numbers to HTML. The template escapes whatever it is given: a scenario is somebody else's file."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from bayes_self.page.content import Content
from bayes_self.page.origin import today, versions
from bayes_self.words.glossary import WORDS

_HERE = files("bayes_self.page")


def render(every: Sequence[Content], command: str) -> str:
    """The page of scenarios, in their order; `command` makes it again."""
    style = Markup(_HERE.joinpath("page.css").read_text(encoding="utf-8"))
    return _template().render(every=every, command=command, style=style, words=WORDS, versions=versions(), day=today())


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_visible
    )
    environment.filters |= {"minus": _minus, "emphasised": _emphasised, "breakable": _breakable}
    return environment.from_string(_HERE.joinpath("page.html.jinja").read_text(encoding="utf-8"))


def _visible(said: Any) -> Any:
    """Control characters, which HTML forbids, by their numbers."""
    if isinstance(said, Markup) or not isinstance(said, str):
        return said
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", said)


def _minus(said: str) -> str:
    """The sign of a negative number as printers set it."""
    return _NEGATIVE.sub("−", said)


def _emphasised(said: str) -> Markup:
    """What an author's comments put between asterisks or backticks, as emphasis or code; all else escaped."""
    escaped = str(escape(_visible(said)))
    return Markup(_CODE.sub(r"<code>\1</code>", _STRESSED.sub(r"<em>\1</em>", escaped)))


def _breakable(said: str) -> Markup:
    """Dotted keys that may be broken after a dot."""
    return Markup(_DOT.sub(".<wbr>", str(escape(_visible(said)))))


_DOT = re.compile(r"\.(?=[a-z])")
_NEGATIVE = re.compile(r"(?<![\w.-])-(?=\d)")
_STRESSED = re.compile(r"(?<![\w*])\*(\w(?:[^*\n]*\w)?)\*(?![\w*])")
_CODE = re.compile(r"`([^`\n]+)`")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
