"""Every sample of the questionnaire: a claim by a route, a facet's question, and the value that the claim implies.

A sample is one answer. Its probe is a contrast, `facet = value`: whether the facet has the value that was claimed, or
another. Under a claim every facet is asked of which the claim implies something; without a claim every contrast
is, with answers of its own, so that no answer counts twice. Choices are shuffled anew for every answer.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bayes_self.fit.questionnaire.claims import NONE, Claim, claims_of, contrast, question_of
from bayes_self.fit.questionnaire.wording import FORMS, MODES, WHO, asked, shown
from bayes_self.scenario import Scenario

Message = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """How much is asked."""

    examples: Sequence[int] = (2, 8)
    """How many examples in context; each is a route."""
    wordings: int = 2
    """Paraphrases of every question."""
    answers: int = 4
    """Answers to every question."""
    seed: int = 0


def samples(scenario: Scenario, plan: Plan) -> list[dict[str, Any]]:
    """Inspect samples as JSON has them, in an order that is shuffled too, so that a run cut short is no biased one."""
    draw = random.Random(plan.seed)
    found = [
        _sample(scenario, draw, (claim, route, facet, value), (mode, form, wording), nth)
        for claim, route, facet, value in _cells(scenario, plan)
        for mode in MODES
        for form in FORMS
        for wording in range(plan.wordings)
        for nth in range(plan.answers)
    ]
    draw.shuffle(found)
    return found


def contrasts(scenario: Scenario) -> list[tuple[str, str]]:
    """(facet, value) of every contrast: all of them, because the spec could claim any value."""
    return [(facet, value) for facet, its in scenario.facets.items() for value in its.values]


def _cells(scenario: Scenario, plan: Plan) -> Iterator[tuple[Claim, str, str, str]]:
    yield from ((NONE, "base", facet, value) for facet, value in contrasts(scenario))
    for claim in claims_of(scenario):
        for route in ("system", *(f"icl_k{k}" for k in plan.examples)):
            yield from ((claim, route, facet, value) for facet, value in claim.stands.items())


def _sample(
    scenario: Scenario,
    draw: random.Random,
    cell: tuple[Claim, str, str, str],
    asks: tuple[str, str, int],
    nth: int,
) -> dict[str, Any]:
    claim, route, facet, value = cell
    mode, form, wording = asks
    item = f"{mode}, {form}, wording {wording + 1}"
    question = asked(question_of(scenario, facet), mode, form, wording)
    choices = list(scenario.facets[facet].values)
    draw.shuffle(choices)
    target = chr(ord("A") + choices.index(value)) if form == "choices" else value
    about = {"persona": claim.name, "route": route, "probe": contrast(facet, value), "item": item}
    return {
        "id": " | ".join((*about.values(), str(nth + 1))),
        "input": [*_context(scenario, claim, route, facet), {"role": "user", "content": question}],
        **({"choices": choices} if form == "choices" else {}),
        "target": target,
        "metadata": about,
    }


def _context(scenario: Scenario, claim: Claim, route: str, facet: str) -> list[Message]:
    if route == "base":
        return []
    if route == "system":
        return [{"role": "system", "content": claim.says}]
    return list(_examples(scenario, claim, int(route.removeprefix("icl_k")), facet))


def _examples(scenario: Scenario, claim: Claim, k: int, facet: str) -> Iterator[Message]:
    """k questions, answered as claimed: who I am and all other facets implied; of a claim of one facet, that one."""
    pairs = [(WHO, claim.who)] if claim.who else []
    others = {other: value for other, value in claim.stands.items() if other != facet or not claim.who}
    pairs += [(question_of(scenario, other), value) for other, value in others.items()]
    for nth in range(k):
        question, answer = pairs[nth % len(pairs)]
        yield {"role": "user", "content": shown(question, nth % len(pairs) + nth // len(pairs))}
        yield {"role": "assistant", "content": answer}
