"""A posterior as a notebook shows it: a table with bars, which needs nothing from elsewhere."""

from collections.abc import Iterator, Mapping
from html import escape

from bayes_self.as_json import by_label
from bayes_self.exact import Posterior
from bayes_self.labelled import values_of
from bayes_self.report.bars import rounded

# Colours are shades of the page's own, so that the table is legible on light and dark pages.
_BAR = "position:relative;width:14em;height:.8em;background:rgba(128,128,128,.18)"
_FILL = "position:absolute;height:100%;background:#0072b2;width:"
_MARK = "position:absolute;height:100%;border-left:2px solid currentColor;left:"
_HEAD = "text-align:left;padding:.5em .6em .1em 0"
_CELL = "text-align:left;padding:0 .6em"
_NUMBER = "text-align:right;padding:0 .6em;font-variant-numeric:tabular-nums"


def posterior_as_html(result: Posterior) -> str:
    """The probabilities after (bars) and before (marks) the evidence, and the verdicts, as an HTML table."""
    return f'<table style="border-collapse:collapse">{"".join(_rows(result))}</table>'


def _rows(result: Posterior) -> Iterator[str]:
    title = result.scenario.title or result.scenario.name or "Posterior"
    frame = "" if result.case.frame == "self-model" else f" ({result.case.frame})"
    yield f'<caption style="text-align:left;font-weight:bold">{escape(title + frame)}</caption>'
    yield f'<tr><th></th><th></th><th style="{_NUMBER}">posterior</th><th style="{_NUMBER}">prior</th></tr>'
    yield _heading("identity", f"concentration {result.concentration['identity']:.2f} bits")
    yield from _bars(by_label(result.identities), by_label(result.prior_identities))
    for facet in result.scenario.facets:
        yield _heading(facet, f"{result.verdicts[facet]}, concentration {result.concentration[facet]:.2f} bits")
        yield from _bars(values_of(result.facets, facet), values_of(result.prior_facets, facet))
    if result.ownership.size:
        yield _heading("ownership", "is the evidence about me?")
        yield from _bars(by_label(result.ownership), {})


def _heading(subject: str, found: str) -> str:
    return f'<tr><th colspan="4" style="{_HEAD}">{escape(subject)} <small>{escape(found)}</small></th></tr>'


def _bars(after: Mapping[str, float], before: Mapping[str, float]) -> Iterator[str]:
    for label, p in after.items():
        was = before.get(label)
        mark = "" if was is None else f'<div style="{_MARK}{100 * was:.1f}%"></div>'
        bar = f'<div style="{_BAR}"><div style="{_FILL}{100 * p:.1f}%"></div>{mark}</div>'
        number = "" if was is None else escape(rounded(was))
        yield (
            f'<tr><td style="{_CELL}">{escape(label)}</td><td style="{_CELL}">{bar}</td>'
            f'<td style="{_NUMBER}">{escape(rounded(p))}</td><td style="{_NUMBER}">{number}</td></tr>'
        )
