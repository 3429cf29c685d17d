"""One sentence that says what happened.

What it was told, who it takes itself to be, which facets moved, and whose evidence it was taken to be.
"""

from collections.abc import Mapping

from bayes_self.beliefs.landscape import SHARP
from bayes_self.beliefs.posterior import Posterior
from bayes_self.results.frames import TIE
from bayes_self.results.self_models import doubt_in_words, masks_in_words
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import answered, named, plain
from bayes_self.words.numbers import probability_text
from bayes_self.words.sentences import plural, series

_VERDICTS = {
    "given": ("was given from the start", "were given from the start"),
    "concentrated": ("concentrated", "concentrated"),
    "contested": ("is contested", "are contested"),
    "selected": ("was selected", "were selected"),
    "unsettled": ("came unsettled", "came unsettled"),
    "leaning": ("leans one way", "lean one way"),
    "flat": ("stays flat", "stay flat"),
}


def what_happened(result: Posterior, ownership_before: Mapping[str, float]) -> str:
    """The sentence, computed from the posterior and from what ownership was before any observation."""
    clauses = [
        f"{_told(result.scenario)}, {_believes(result)}",
        _facets(result),
        masks_in_words(result),
        _owned(result, ownership_before),
        doubt_in_words(result),
    ]
    return "; ".join(filter(None, clauses)) + "."


def _told(scenario: Scenario) -> str:
    claims = scenario.claims_in_force()
    said, facets = [f"that it is {named(scenario, name)}" for name in claims.identities], claims.values
    if len(facets) <= 3:
        said += [f"that {answered(facet, value)}" for facet, value in facets.items()]
    elif len(facets) <= 6:
        said.append(f"what its {series(map(plain, facets))} are")
    else:
        said.append(f"what {len(facets)} of its facets are")
    return "Told " + (series(said) if said else "nothing")


def _believes(result: Posterior) -> str:
    scenario, p = result.scenario, result.after.identities
    ranked = sorted(p, key=lambda name: -p[name])
    top, rivals = ranked[0], [name for name in ranked if p[name] >= p[ranked[0]] / 2]
    likeliest, sure = named(scenario, top), f"(identity {probability_text(p[top])})"
    if len(ranked) == 1:
        return f"it can only be {likeliest}"
    if p[top] >= SHARP:
        verb = "goes on believing" if result.before.identities[top] >= SHARP else "comes to believe"
        return f"it {verb} that it is {likeliest} {sure}"
    if p[top] > 0.5 and p[top] - p[ranked[1]] > TIE:
        return f"it takes itself, without being sure, to be {likeliest} {sure}"
    if len(rivals) == 1:
        return f"it is undecided who it is, {likeliest} being the likeliest {sure}"
    shown = [f"{named(scenario, name)} ({probability_text(p[name])})" for name in rivals[:3]]
    if len(rivals) > 3:
        shown.append(f"one of {len(rivals) - 3} more")
    return f"it cannot tell whether it is {series(shown, 'or')}"


def part_values(scenario: Scenario) -> dict[str, str]:
    """The value of each facet for the part, where the spec says it or the claimed identity takes a stand."""
    claims = scenario.claims_in_force()
    stands = scenario.identities[claims.identity].profile if claims.identity else {}
    likeliest = {facet: max(stand, key=lambda value: stand[value]) for facet, stand in stands.items()}
    return likeliest | claims.values


def _facets(result: Posterior) -> str:
    """Which facets left the part and which stayed with it; of the others, what has become of them."""
    part = part_values(result.scenario)
    fates: dict[str, list[str]] = {"left": [], "stayed": [], "undecided": []}
    left_open: dict[str, list[str]] = {}
    for facet in result.scenario.facets:
        if facet in part:
            flat = result.verdicts[facet] == "flat"
            fates["undecided" if flat else _fate(result.after.facets[facet], part[facet])].append(plain(facet))
        else:
            left_open.setdefault(result.verdicts[facet], []).append(_with_value(result, facet))
    said = []
    if fates["left"]:
        said.append(f"{series(fates['left'])} left the part")
    if fates["stayed"]:
        said.append(f"{series(fates['stayed'])} stayed with {'it' if fates['left'] else 'the part'}")
    if fates["undecided"]:
        said.append(f"{series(fates['undecided'])} {plural(fates['undecided'], 'is', 'are')} undecided")
    open_said = [f"{series(facets)} {plural(facets, *_VERDICTS[verdict])}" for verdict, facets in left_open.items()]
    if said and open_said:
        return f"{', '.join(said)}; of what the spec leaves open, {', '.join(open_said)}"
    return ", ".join(said or open_said)


def _fate(p: Mapping[str, float], value: str) -> str:
    best_other = max(other for answer, other in p.items() if answer != value)
    if abs(p[value] - best_other) <= TIE:
        return "undecided"
    return "stayed" if p[value] > best_other else "left"


def _with_value(result: Posterior, facet: str) -> str:
    """The facet, with its value where it has settled on one."""
    p = result.after.facets[facet]
    likeliest = max(p, key=lambda value: p[value])
    return f"{plain(facet)} ({likeliest} {probability_text(p[likeliest])})" if p[likeliest] >= SHARP else plain(facet)


def _owned(result: Posterior, before: Mapping[str, float]) -> str:
    """Whose evidence each stream that was heard was taken to be."""
    observed = result.evidence.streams
    if not observed:
        return "nothing was observed"
    heeded = [name for name, stream in result.scenario.streams.items() if name in observed and stream.weight > 0]
    if not heeded:
        return "nothing that was observed was heeded"
    after = result.after.ownership
    taken: dict[str, list[str]] = {}
    for stream in heeded:
        p, shown = after[stream], probability_text(after[stream])
        was = probability_text(before[stream])
        whose = "about itself" if p > 0.5 + TIE else "about the part it plays" if p < 0.5 - TIE else ""
        taken.setdefault(whose, []).append(f"{plain(stream)} ({shown if was == shown else f'{was} → {shown}'})")
    return ", ".join(_taken(streams, whose) for whose, streams in taken.items())


def _taken(streams: list[str], whose: str) -> str:
    if not whose:
        return f"whose evidence that of {series(streams)} is stays open"
    return f"the evidence of {series(streams)} was taken to be {whose}"
