"""What a measure found, in one sentence: reports end with it, and pictures have it as their title."""

import math
from collections.abc import Iterable, Mapping

from bayes_self.beliefs.landscape import ByValue
from bayes_self.beliefs.posterior import TRAINING_ORDER, Posterior
from bayes_self.beliefs.runs import Runs, spread, wins
from bayes_self.measures.attribution import Attribution
from bayes_self.measures.misfit import Misfit
from bayes_self.measures.probe_value import FRAME
from bayes_self.measures.realization import Character
from bayes_self.model.coordinates import PROBE
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import answered, named, plain
from bayes_self.words.numbers import per_trial, percent, probability_text, signed
from bayes_self.words.sentences import capital, series

ANYTHING_GOES = 1.0
"""Bits to flip below which a facet is said to be flat: less than the weakest claim worth making (an argument)."""
TELLS = 0.001
"""Bits per trial below which a probe is said to tell nothing."""
SIGNIFICANT = 0.05
"""The tail probability, of all probes together, below which a misfit is said to be one."""

AGREE = 0.9
"""The share of runs with the same likeliest value that counts as agreement (an argument)."""

ByProbe = Mapping[PROBE, Mapping[str, float]]


def landscape_finding(bits: ByValue, facets: Iterable[str]) -> str:
    """Where anything goes, and which facet takes most bits to flip."""
    every = list(facets)
    held = {facet: hold(bits, facet) for facet in every}
    flat = anything_goes(bits, every)
    others = {facet: needed for facet, needed in held.items() if facet not in flat}
    if not others:
        return "Unless told, anything goes: less than a bit makes any value of any facet the likeliest"
    stiffest, loosest = (end(others, key=lambda facet: others[facet]) for end in (max, min))
    if flat:
        return f"Unless told, anything goes in {_few(map(plain, flat))}; {_takes(stiffest, held)}"
    if loosest == stiffest:
        return f"Not anything goes: {_takes(stiffest, held)}"
    if math.isinf(held[loosest]):
        return "Nowhere does anything go: no claim flips any facet"
    even = f"even to flip {plain(loosest)} it takes {held[loosest]:.1f}"
    return f"Nowhere does anything go: {_takes(stiffest, held)}, and {even}"


def _takes(facet: str, held: Mapping[str, float]) -> str:
    if math.isinf(held[facet]):
        return f"no claim flips {plain(facet)}"
    return f"it takes {held[facet]:.1f} bits to flip {plain(facet)}"


def hold(bits: ByValue, subject: str) -> float:
    """The bits by which the likeliest answer leads without claims on the subject; never negative."""
    return max((-against for against in bits[subject].values() if not math.isnan(against)), default=math.nan)


def anything_goes(bits: ByValue, facets: Iterable[str]) -> list[str]:
    """The facets on which every value is about as near as every other."""
    return [facet for facet in facets if all(abs(against) < ANYTHING_GOES for against in bits[facet].values())]


def attribution_finding(belief: Mapping[str, str], found: Attribution, scenario: Scenario) -> str:
    """Which stream did most for a belief, and which most against it."""
    what = belief_in_words(belief, scenario)
    ranked = sorted(found.shares, key=lambda stream: _or_zero(found.shares[stream]))
    against, favours = ranked[:1], ranked[-1:]
    said = []
    if favours and _or_zero(found.shares[favours[0]]) > 0.005:
        said.append(f"{plain(favours[0])} speaks most for it ({signed(found.shares[favours[0]])} bits)")
    if against and _or_zero(found.shares[against[0]]) < -0.005:
        said.append(f"{plain(against[0])} most against it ({signed(found.shares[against[0]])})")
        if len(said) == 1:
            said = [f"{plain(against[0])} speaks most against it ({signed(found.shares[against[0]])} bits)"]
    return f"{what}: {', '.join(said) or 'no stream says anything about it'}"


def belief_in_words(belief: Mapping[str, str], scenario: Scenario) -> str:
    """The belief that odds are for or against."""
    if "identity" in belief:
        return f"That it is {named(scenario, belief['identity'])}"
    return f"That {answered(belief['facet'], belief['value'])}"


def waterfall(found: Attribution, scenario: Scenario) -> list[tuple[str, float, float]]:
    """(label, from, to) in bits: before training, each stream in the order of training, and the posterior."""
    steps, level = [("before training", 0.0, found.before_training)], found.before_training
    for stream in in_training_order(found.shares, scenario):
        steps.append((stream, level, level + found.shares[stream]))
        level += found.shares[stream]
    return [*steps, ("posterior", 0.0, found.posterior)]


def in_training_order(streams: Mapping[str, float], scenario: Scenario) -> list[str]:
    """The streams: pretraining, spec, rl, introspection."""
    return sorted(streams, key=lambda name: TRAINING_ORDER.index(scenario.streams[name].kind))


def probability_of(log_odds: float) -> float:
    """1 / (1 + 2^(-log odds)), of log odds in bits."""
    if log_odds < -1000:
        return 0.0 if math.isinf(log_odds) else 2.0**-1000
    return 1 / (1 + 2**-log_odds) if not math.isinf(log_odds) else 1.0


def viability_finding(identities: Mapping[str, float | None], by_probe: ByProbe, scenario: Scenario) -> str:
    """Who is least surprised by what happens, and who most, by what."""
    known = {name: bits for name, bits in identities.items() if bits is not None}
    if not known:
        return "Nothing was tried that the world answers"
    best, worst = min(known, key=lambda h: known[h]), max(known, key=lambda h: known[h])
    if known[worst] - known[best] < TELLS:
        return "Every identity is as viable as every other"
    least = f"{named(scenario, best)} is most viable ({per_trial(known[best])})"
    (_, probe), bits = costliest(by_probe, worst)
    most = f"{named(scenario, worst)} is surprised most by {plain(probe)} ({per_trial(bits)})"
    return f"{capital(least)}; {most}"


def most_viable_first(identities: Mapping[str, float | None]) -> list[str]:
    """The identities by rising cost."""
    return sorted(identities, key=lambda name: math.inf if identities[name] is None else identities[name] or 0.0)


def costliest(by_probe: ByProbe, identity: str) -> tuple[PROBE, float]:
    """The probe that surprises an identity most, and by how many bits a trial."""
    probe = max(by_probe, key=lambda probe: by_probe[probe][identity])
    return probe, by_probe[probe][identity]


def realization_finding(characters: Mapping[str, Character], result: Posterior) -> str:
    """How far the character that is played is believed, and how far it is real."""
    played, was_told = character_played(result)
    found = characters[played]
    who = f"{'Told it is' if was_told else 'Likeliest as'} {named(result.scenario, played)}"
    if found.conviction is None:
        return f"{who}, who takes no stand: there is nothing to be convinced of"
    convinced = f"{who}, it is convinced of the part to {probability_text(found.conviction)}"
    if found.realization is None:
        return f"{convinced}; there is no world to realize it in"
    return f"{convinced}, and realizes {probability_text(found.realization)} of it"


def character_played(result: Posterior) -> tuple[str, bool]:
    """The identity that the spec names last, else the likeliest; and whether the spec named it."""
    scenario, every = result.scenario, result.after.identities
    named, p = scenario.claims_in_force().identity, {name: every[name] for name in scenario.identities}
    return (named, True) if named else (max(p, key=lambda name: p[name]), False)


def probe_value_finding(about: str, bits: Mapping[PROBE, float], scenario: Scenario) -> str:
    """Which probe would tell most."""
    if not bits:
        return "There is no probe to try"
    best = max(bits, key=lambda probe: bits[probe])
    subject = about_in_words(about, scenario)
    if bits[best] < TELLS:
        return f"No probe would tell anything about {subject} (below {TELLS} bits a trial)"
    return f"About {subject}, {plain(best[1])} would tell most: {per_trial(bits[best])}"


def about_in_words(about: str, scenario: Scenario) -> str:
    """What a probe may tell about."""
    if about in scenario.facets:
        return f"the {plain(about)}"
    if about in scenario.streams:
        return f"whose evidence {plain(about)} is"
    return "which frame is right" if about == FRAME else "who it is"


def runs_finding(found: Runs) -> str:
    """Whether runs agree where something settles what they are, and whether they part in the void."""
    n = found.identities.sizes["run"]
    settled = [facet for facet in found.scenario.facets if facet not in found.void]
    apart = [facet for facet in settled if max(wins(found.of(facet)).values()) < AGREE * n]
    among = series([*map(plain, apart[:3]), *([f"{len(apart) - 3} more facets"] if len(apart) > 3 else [])])
    if not found.void:
        return f"Runs differ on {among}" if apart else "All runs agree, and there is no void to improvise in"
    widest = max(found.void, key=lambda facet: spread(found.of(facet)))
    won = max(wins(found.of(widest)).values()) / n
    parted = f"In the void each run goes its own way: at most {percent(won)} of {n:,} agree on {plain(widest)}"
    if won >= AGREE:
        parted = f"Even in the void {percent(won)} of {n:,} runs agree on {plain(widest)}"
    return f"{parted}; elsewhere they differ on {among}" if apart else f"{parted}; elsewhere they agree"


def misfit_finding(found: Mapping[PROBE, Misfit]) -> str:
    """Whether the evidence looks like what the self-model predicts."""
    if not found:
        return "There is no evidence to fit"
    odd = misfits(found)
    if not odd:
        return f"Nothing looks out of place: no tail probability below {significance(found):.2g}"
    worst = min(odd, key=lambda probe: (found[probe].tail, -found[probe].bits))
    told = f"{plain(worst[1])} ({found[worst].bits:.1f} bits, tail {probability_text(found[worst].tail)})"
    some = "1 probe does" if len(odd) == 1 else f"{len(odd)} of {len(found)} probes do"
    return f"{some} not look like what it predicts{', above all' if len(odd) > 1 else ':'} {told}"


def misfits(found: Mapping[PROBE, Misfit]) -> list[PROBE]:
    """The probes whose tail is too small to be one of so many by chance (Bonferroni)."""
    return [probe for probe, misfit in found.items() if misfit.tail < significance(found)]


def significance(found: Mapping[PROBE, Misfit]) -> float:
    """The tail below which one of so many probes is out of place."""
    return SIGNIFICANT / max(len(found), 1)


def _or_zero(bits: float) -> float:
    return 0.0 if math.isnan(bits) else bits


def _few(names: Iterable[str], most: int = 3) -> str:
    every = list(names)
    if len(every) <= most + 1:
        return series(every)
    return series([*every[:most], f"{len(every) - most} more facets"])
