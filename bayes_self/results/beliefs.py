"""What is believed, in words: who it takes itself to be, what it is sure of, what moved, and what would flip it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from bayes_self.beliefs.labels import values_of
from bayes_self.beliefs.landscape import SHARP
from bayes_self.beliefs.posterior import Posterior
from bayes_self.model.beliefs import believe
from bayes_self.model.silence import no_counts
from bayes_self.results.standing import standings
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import named, plain
from bayes_self.words.numbers import probability_text

if TYPE_CHECKING:
    import xarray as xr


def who(identities: "xr.DataArray", scenario: Scenario) -> str:
    """The identity that is the likeliest, or those between which it is undecided; and the one that the spec claims."""
    order = np.argsort(-identities.values, kind="stable")
    first, *others = [str(identities["identity"].values[i]) for i in order]
    told = scenario.claims_in_force().identity
    opening = f"Told it is {named(scenario, told)}, it" if told else "It"
    if float(identities.sel(identity=first)) <= 0.5 and others:
        return f"{opening} is undecided between {_with_p(identities, scenario, first)} and " + _with_p(
            identities, scenario, others[0]
        )
    if told == first:
        p = float(identities.sel(identity=first))
        return f"{opening} {'believes it' if p >= SHARP else 'leans towards believing it'} ({probability_text(p)})"
    return f"{opening} takes itself to be {_with_p(identities, scenario, first)}"


def facets_settled(facets: "xr.DataArray", scenario: Scenario) -> str:
    """Of how many facets it is sure, and how many of these are so in fact, were told, or neither."""
    in_fact = told = neither = 0
    for facet, standing in standings(scenario).items():
        value, p = max(values_of(facets, facet).items(), key=lambda item: item[1])
        if p >= SHARP:
            in_fact += value == standing.fact
            told += value != standing.fact and value in standing.told
            neither += value != standing.fact and value not in standing.told
    kinds = [(in_fact, "as it is in fact"), (told, "as it was told"), (neither, "neither")]
    parts = ", ".join(f"{n} {kind}" for n, kind in kinds if n)
    sure = f"Sure (≥ {SHARP}) of {in_fact + told + neither or 'none'} of {_counted(len(scenario.facets), 'facet')}"
    return f"{sure}: {parts}" if parts else sure


def who_wins(identities: "xr.DataArray", scenario: Scenario) -> str:
    """The identity that leads at the end, the step that brought it there, and the one that led before."""
    steps = [str(step) for step in identities["step"].values]
    names = [str(name) for name in identities["identity"].values]
    leaders = [names[int(i)] for i in identities.values.argmax(axis=1)]
    winner, p = leaders[-1], probability_text(float(identities.values[-1].max()))
    since = len(leaders)
    while since > 0 and leaders[since - 1] == winner:
        since -= 1
    if since == 0:
        return f"From start to end {named(scenario, winner)} leads ({p})"
    before = named(scenario, leaders[since - 1])
    return f"With {plain(steps[since])}, {named(scenario, winner)} overtakes {before} and ends at {p}"


def pointer_moves(ownership: "xr.DataArray") -> str:
    """The stream whose ownership has changed most, from what to what; or that none has."""
    change = ownership.values[-1] - ownership.values[0]
    i = int(np.abs(change).argmax())
    first, last = (probability_text(float(ownership.values[step, i])) for step in (0, -1))
    if abs(change[i]) < 0.05:
        return "The Self pointer stays where it was"
    stream = plain(str(ownership["stream"].values[i]))
    towards = "me" if change[i] > 0 else "the part"
    return f"The Self pointer of {stream} moves towards {towards} ({first} → {last})"


def ownership_before(result: Posterior) -> dict[str, float]:
    """P(stream is about me) after the claims and before any observation: τ, or 1 where no identity allows the part."""
    case = result.case
    before = believe(case.believed, no_counts(case.believed)).ownership
    return dict(zip(case.names.streams, before.tolist(), strict=True))


def flip_in_words(after: Mapping[str, float], bits: Mapping[str, float], labels: Mapping[str, str] = {}) -> str:
    """What it would take to make another answer the likeliest: the one that is nearest to it."""
    likeliest = max(after, key=lambda answer: after[answer])
    rivals = {answer: against for answer, against in bits.items() if answer != likeliest and not np.isnan(against)}
    if not rivals:
        return "there is no other answer"
    nearest = min(rivals, key=lambda answer: rivals[answer])
    needed, rival = rivals[nearest], labels.get(nearest, nearest)
    if np.isposinf(needed):
        return "no claim would flip it"
    if np.isneginf(needed):
        return f"without the claim nothing but {rival} would be possible"
    if needed < 0:
        return f"without the claim {rival} would be likeliest ({needed:.2f} bits to flip)"
    return f"{needed:.2f} bits to flip to {rival}"


def _with_p(identities: "xr.DataArray", scenario: Scenario, identity: str) -> str:
    return f"{named(scenario, identity)} ({probability_text(float(identities.sel(identity=identity)))})"


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
