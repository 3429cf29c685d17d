"""A fit in words: what holds each model's facets, what each route claims, and who answers."""

from collections.abc import Iterator

import numpy as np
import xarray as xr

from bayes_self.fit.answers import Answers
from bayes_self.fit.design import OF, examples_of, family_of
from bayes_self.fit.holdout import Held, held
from bayes_self.fit.landscape import ownership_of, without_part
from bayes_self.fit.sampling import Fit


def fit_report(fit: Fit, answers: Answers, read_off: xr.Dataset | None) -> list[str]:
    """Lines; intervals hold 90% of the posterior."""
    head = f"{fit.program}, fitted to {answers.n.sum():,.0f} answers in {len(answers.cells):,} cells"
    if read_off is None:
        return [head, "It has no landscape; --predict says what it expects."]
    return [
        head,
        *_landscapes(fit, answers, read_off),
        *_routes(fit, read_off),
        *_exponents(answers, read_off),
        *_coherence_and_price(fit, answers, read_off),
        *_owners(fit, read_off),
    ]


def _landscapes(fit: Fit, answers: Answers, read_off: xr.Dataset) -> Iterator[str]:
    for model, rows in held(answers, fit.design, read_off).items():
        yield ""
        yield f"{model}: bits of claim to flip a facet, the firmest first"
        yield from (f"  {row.probe:<34} {_held(row)}" for row in rows)


def _held(row: Held) -> str:
    told = f"{row.bound} {row.low if row.bound == 'at least' else row.high:.1f}" if row.bound else ""
    told = told or f"{row.mean:6.1f}  ({row.low:.1f} to {row.high:.1f})"
    return told + ("" if row.anchored else "  never asked without a persona")


def _routes(fit: Fit, read_off: xr.Dataset) -> Iterator[str]:
    yield from ("", "bits that each route claims, examples in context at their largest number")
    none = without_part(fit.design)
    for model, family in sorted({(cell.model, family_of(cell.route)) for cell in fit.design.cells}):
        if family in none:
            continue
        yield f"  {model:<22} {family:<14} {_told(read_off['route_bits'].sel(model=model, family=family).values)}"


def _exponents(answers: Answers, read_off: xr.Dataset) -> Iterator[str]:
    told = {(cell.model, examples_of(cell.route)) for cell in answers.cells}
    models = [model for model in sorted({m for m, _ in told}) if sum(m == model and k > 1 for m, k in told) > 1]
    if models:
        yield from ("", "exponent of the number of examples in context (1: each counts as much as the first)")
    for model in models:
        yield f"  {model:<37} {_told(read_off['exponent'].sel(model=model).values, 2)}"


def _coherence_and_price(fit: Fit, answers: Answers, read_off: xr.Dataset) -> Iterator[str]:
    yield from ("", "coherence: how tightly a facet of typical salience hangs together with the identity")
    for model in sorted({cell.model for cell in answers.cells}):
        yield f"  {model:<37} {_told(read_off['coherence'].sel(model=model).values, 2)}"
    personas = sorted({cell.persona for cell in answers.cells} - set(fit.design.meaning.none))
    if len(personas) > 1:
        yield from ("", "price: bits by which a persona is harder to claim than the mean one")
        yield from (f"  {p:<37} {_told(read_off['price'].sel(persona=p).values)}" for p in personas)


def _owners(fit: Fit, read_off: xr.Dataset) -> Iterator[str]:
    if "ownership" not in read_off:
        return
    yield from ("", "ownership: probability that an answer is about oneself, by route and probe")
    found = ownership_of(read_off, without_part(fit.design))
    for where in found["where"].values:
        family, probe = str(where).split(OF)
        yield f"  {family:<14} {probe:<34} {_told(found.sel(where=where).values, 2)}"


def _told(draws: np.ndarray, digits: int = 1) -> str:
    low, high = np.quantile(draws, (0.05, 0.95))
    return f"{draws.mean():6.{digits}f}  ({low:.{digits}f} to {high:.{digits}f})"
