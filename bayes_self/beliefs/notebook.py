"""Beliefs as a notebook shows them: a table with bars, which needs nothing from elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import NamedTuple

from bayes_self.words.numbers import probability_text

# Colours are shades of the page's own, so that the table is legible on light and dark pages.
_BAR = "position:relative;width:14em;height:.8em;background:rgba(128,128,128,.18)"
_FILL = "position:absolute;height:100%;background:#0072b2;width:"
_MARK = "position:absolute;height:100%;border-left:2px solid currentColor;left:"
_HEAD = "text-align:left;padding:.5em .6em .1em 0"
_CELL = "text-align:left;padding:0 .6em"
_NUMBER = "text-align:right;padding:0 .6em;font-variant-numeric:tabular-nums"


class Subject(NamedTuple):
    """A question and the probabilities of its answers."""

    name: str
    found: str
    """What is said of it, beside its name."""
    after: Mapping[str, float]
    before: Mapping[str, float]
    """The same before the evidence; empty where that is not shown."""


def table_of(title: str, subjects: Iterable[Subject]) -> str:
    """The probabilities after (bars) and before (marks) the evidence, as an HTML table."""
    return f'<table style="border-collapse:collapse">{"".join(_rows(title, subjects))}</table>'


def _rows(title: str, subjects: Iterable[Subject]) -> Iterator[str]:
    yield f'<caption style="text-align:left;font-weight:bold">{escape(title)}</caption>'
    yield f'<tr><th></th><th></th><th style="{_NUMBER}">posterior</th><th style="{_NUMBER}">prior</th></tr>'
    for subject in subjects:
        yield _heading(subject.name, subject.found)
        yield from _bars(subject.after, subject.before)


def _heading(subject: str, found: str) -> str:
    return f'<tr><th colspan="4" style="{_HEAD}">{escape(subject)} <small>{escape(found)}</small></th></tr>'


def _bars(after: Mapping[str, float], before: Mapping[str, float]) -> Iterator[str]:
    for label, p in after.items():
        was = before.get(label)
        mark = "" if was is None else f'<div style="{_MARK}{100 * was:.1f}%"></div>'
        bar = f'<div style="{_BAR}"><div style="{_FILL}{100 * p:.1f}%"></div>{mark}</div>'
        number = "" if was is None else escape(probability_text(was))
        yield (
            f'<tr><td style="{_CELL}">{escape(label)}</td><td style="{_CELL}">{bar}</td>'
            f'<td style="{_NUMBER}">{escape(probability_text(p))}</td><td style="{_NUMBER}">{number}</td></tr>'
        )
