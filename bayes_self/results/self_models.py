"""Self-models that people are shown: with masks there may be dozens, and most of them are hardly likely."""

from collections.abc import Iterable, Mapping

from bayes_self.beliefs.landscape import SHARP
from bayes_self.beliefs.posterior import Posterior
from bayes_self.results.beliefs import who
from bayes_self.scenario import Scenario
from bayes_self.scenario.wording import called, named, plain
from bayes_self.words.numbers import probability_text
from bayes_self.words.sentences import plural, series

LEAST = 0.01
"""With masks, a self-model is shown where it is at least so probable."""
NOBODY = "no mask"


def shown(scenario: Scenario, *beliefs: Mapping[str, float], least: float = LEAST) -> list[str]:
    """The self-models to show, in the scenario's order: with masks those that some belief gives at least so much."""
    if scenario.masks is None:
        return list(scenario.identities)
    return [name for name in scenario.self_models if any(p[name] >= least for p in beliefs)]


def others(every: Mapping[str, float], listed: Iterable[str]) -> str:
    """What is not listed, in a line; "" where all is."""
    left = [p for name, p in every.items() if name not in set(listed)]
    return f"{len(left)} other self-models, together {probability_text(sum(left))}" if left else ""


def worn_or_none(worn: Mapping[str, float]) -> dict[str, float]:
    """P(worn) of each identity that is worn at all, and P(no mask)."""
    return {**{name: p for name, p in worn.items() if p > 0}, NOBODY: max(0.0, 1 - sum(worn.values()))}


def masks_in_words(result: Posterior) -> str:
    """Who is beneath and who is worn, likeliest first; "" without masks."""
    if not result.after.beneath:
        return ""
    beneath, p = _likeliest(result.after.beneath)
    worn, q = _likeliest(worn_or_none(result.after.worn))
    scenario = result.scenario
    goes_by = "no mask is worn" if worn == NOBODY else f"{named(scenario, worn)} is worn"
    return f"{named(scenario, beneath)} is beneath ({probability_text(p)}) and {goes_by} ({probability_text(q)})"


def who_and_mask(result: Posterior) -> str:
    """Who it takes itself to be; where a mask is likely worn, what it knows, then who is beneath and who is worn."""
    scenario = result.scenario
    if sum(result.after.worn.values()) <= 0.5:
        return who(result.identities, scenario)
    facts = scenario.world.facts if scenario.world else {}
    known = [plain(d) for d, v in facts.items() if result.after.facets[d][v] >= SHARP]
    told = scenario.claims_in_force().identity
    opening = f"Told it is {named(scenario, told)}, it" if told else "It"
    knows = f"{opening} knows its {series(known)}" if known else f"{opening} knows nothing of what it is"
    return f"{knows}; {masks_in_words(result)}"


def doubt_in_words(result: Posterior) -> str:
    """Which probes are more likely broken than not; "" where none is."""
    broken = [
        f"{plain(probe)} of {plain(stream)} ({probability_text(p)})"
        for stream, probes in result.after.broken.items()
        for probe, p in probes.items()
        if p > 0.5
    ]
    return f"it believes that {series(broken)} {plural(broken, 'is', 'are')} broken" if broken else ""


def label(scenario: Scenario, name: str) -> str:
    """What people call an identity, or the lack of a mask."""
    return NOBODY if name == NOBODY else called(scenario, name)


def _likeliest(p: Mapping[str, float]) -> tuple[str, float]:
    name = max(p, key=lambda each: p[each])
    return name, p[name]
