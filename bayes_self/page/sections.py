"""How it got there: the trajectory, the streams' shares, the landscape and the frames; findings with their numbers."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bayes_self.beliefs.labels import by_label
from bayes_self.beliefs.posterior import Posterior, trajectory
from bayes_self.measures.attribution import attribution
from bayes_self.measures.comparison import compare
from bayes_self.measures.survey import survey
from bayes_self.page.pictures import Picture
from bayes_self.plots.attribution import plot_attribution
from bayes_self.plots.frames import plot_frames
from bayes_self.plots.landscape import plot_landscape
from bayes_self.plots.trajectory import plot_trajectory
from bayes_self.results.frames import facets_finding
from bayes_self.results.measures import hold, waterfall
from bayes_self.results.self_models import shown
from bayes_self.scenario.wording import called, plain
from bayes_self.words.numbers import bits_text, probability_text


@dataclass(frozen=True)
class Table:
    """Numbers under a picture; the first cell of a row is its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A question, what was found, a picture of it, and the numbers."""

    question: str
    finding: str
    note: str
    picture: Picture | None
    table: Table


def sections(result: Posterior) -> Iterator[Section]:
    """What there is to say: without a stream nothing happened on the way, and nothing has a share."""
    if result.scenario.streams:
        yield _trajectory(result)
        yield _attribution(result)
    yield _landscape(result)
    yield frames(result)


def _trajectory(result: Posterior) -> Section:
    steps = trajectory(result.scenario, result.evidence, result.case.frame)
    picture = Picture.of(plot_trajectory(steps, result.scenario))
    every = {str(p["step"].values): by_label(p.drop_vars("step")) for p in steps["identities"]}
    listed = shown(result.scenario, *every.values())
    rows = tuple((plain(str(step)), *(probability_text(p[name]) for name in listed)) for step, p in every.items())
    columns = ("after", *(called(result.scenario, name) for name in listed))
    table = Table("The probability of each identity after each stream", columns, rows)
    note = (
        "Beliefs are static: each stream adds its evidence to what was there, and the order changes nothing at the end."
    )
    return Section("How did it get there?", picture.finding, note, picture, table)


def _attribution(result: Posterior) -> Section:
    p = result.after.identities
    belief = {"identity": max(p, key=lambda name: p[name])}
    found = attribution(result.case, **belief)
    picture = Picture.of(plot_attribution(found, belief, result.scenario))
    steps = waterfall(found, result.scenario)
    rows = tuple(
        (plain(label), bits_text(found.shares[label] if 0 < i < len(steps) - 1 else level))
        for i, (label, _, level) in enumerate(steps)
    )
    table = Table("Log odds in bits before and after, and each stream's share of the change", ("", "bits"), rows)
    note = (
        "Shares are Shapley values: what a stream changes, averaged over all orders in which streams could come, so "
        "that they add up to what training changed. Where the bars stand in between is no belief at any time."
    )
    return Section("Which evidence did it?", picture.finding, note, picture, table)


def _landscape(result: Posterior) -> Section:
    found = survey(result.case)
    picture = Picture.of(plot_landscape(found, result))
    rows = tuple(
        (
            plain(facet),
            verdict,
            _untold(found.bits_to_flip[facet]),
            bits_text(hold(found.bits_to_flip, facet)),
            bits_text(hold(found.entrenchment, facet)),
            _steered(found.steerability[facet]),
        )
        for facet, verdict in found.verdicts.items()
    )
    columns = (
        "facet",
        "verdict",
        "untold, the likeliest",
        "bits to flip it",
        "entrenchment (bits)",
        "steerability (0 to 1)",
    )
    note = (
        "Untold: had nothing been claimed about this facet. Bits to flip it, entrenchment and steerability are "
        "explained at the end."
    )
    table = Table("What holds each facet", columns, rows)
    return Section("How strong would a claim have to be?", picture.finding, note, picture, table)


def _steered(by: float | None) -> str:
    return "–" if by is None else f"{by:.2f}"


def frames(result: Posterior) -> Section:
    """What each frame believes, and how the evidence judges it."""
    scenario = result.scenario
    results = compare(scenario, result.evidence)
    picture = Picture.of(plot_frames(results))
    rows = []
    for frame, each in results.items():
        if each.posterior is None:
            rows.append((frame, "–", "finds the evidence impossible", ""))
            continue
        p = each.posterior.after.identities
        best = max(p, key=lambda name: p[name])
        judged = "–" if each.probability is None else probability_text(each.probability)
        rows.append(
            (frame, judged, f"{called(scenario, best)} ({probability_text(p[best])})", _by_verdict(each.posterior))
        )
    columns = ("frame", "probability", "takes itself to be", "verdicts")
    table = Table("The three frames on the same evidence, equally likely beforehand", columns, tuple(rows))
    note = f"{facets_finding(results, scenario)}."
    return Section("Would another picture of what a character is explain it?", picture.finding, note, picture, table)


def _by_verdict(result: Posterior) -> str:
    """The facets under each verdict."""
    under: dict[str, list[str]] = {}
    for facet, verdict in result.verdicts.items():
        under.setdefault(verdict, []).append(plain(facet))
    return "; ".join(f"{verdict}: {', '.join(facets)}" for verdict, facets in under.items())


def _untold(bits: Mapping[str, float]) -> str:
    """What would be the likeliest without claims: the answer with the fewest bits against it."""
    known = {value: against for value, against in bits.items() if not math.isnan(against)}
    return min(known, key=lambda value: known[value]) if known else "–"
