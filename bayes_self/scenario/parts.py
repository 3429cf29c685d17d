"""What the user writes about everything but streams: facets, identities, expectations, the world, unknown numbers."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from bayes_self.scenario.fields import (
    BetaPair,
    Finite,
    Flag,
    Name,
    Positive,
    Probability,
    Seed,
    Text,
    Trials,
    UniformPair,
    expected,
    one_of,
)
from bayes_self.scenario.stream_schema import Given, Strict

VERDICTS = ("given", "concentrated", "contested", "selected", "unsettled", "leaning", "flat")


class Facet(Strict):
    """A question about oneself with finitely many answers."""

    question: Text = Field("", description="The question about oneself, for people.")
    values: tuple[Name, ...] = Field(min_length=2, description="The answers; two or more, distinct.")
    base: dict[str, Probability] | None = Field(
        None,
        description="P(value) where no stand is taken; every value, summing to one; default uniform.",
    )

    def base_probabilities(self) -> tuple[float, ...]:
        """P(value) in the order of `values` where no stand is taken; uniform unless given."""
        if self.base is None:
            return (1 / len(self.values),) * len(self.values)
        total = sum(self.base.values())
        return tuple(self.base[value] / total for value in self.values)


def _stand(raw: Any) -> Any:
    if isinstance(raw, str):
        return {raw: 1.0}
    if isinstance(raw, dict):
        return raw
    raise expected("a value in quotes, or a table { value = probability }")


Stand = Annotated[
    dict[str, Probability],
    BeforeValidator(_stand, json_schema_input_type=Name | dict[str, Probability]),
]


class Identity(Strict):
    """A candidate self-identity, and the stands it takes."""

    label: Text = Field("", description="A few words for people; default: the identity's name.")
    prior: Positive = Field(1.0, description="Relative prior weight, > 0; default 1.")
    bits: Finite = Field(0.0, description="Description length in bits: every bit halves the prior; default 0.")
    profile: dict[str, Stand] = Field(
        {}, description="Stands: per facet a value, or a table { value = probability } that sums to one."
    )


def _covered(raw: Any) -> Any:
    if isinstance(raw, list | tuple) and raw and all(isinstance(name, str) for name in raw):
        return dict.fromkeys(raw, 1.0)
    if isinstance(raw, dict) and raw:
        return raw
    raise expected("a list of facets, or a table { facet = probability }, with at least one facet")


Covers = Annotated[
    dict[str, Probability],
    BeforeValidator(_covered, json_schema_input_type=tuple[Name, ...] | dict[str, Probability]),
]


class Masks(Strict):
    """Identities that others go by: every "g as h" is a self-model that nobody has to write down."""

    bits: Finite = Field(3.0, description="The price of wearing any mask, in bits; default 3.")
    covers: Covers = Field(
        description="The facets that a mask covers, or a table { facet = how surely the mask shows }, from 0 to 1."
    )
    beneath: tuple[Name, ...] | None = Field(None, description="Who can wear a mask; default every identity.")
    worn: tuple[Name, ...] | None = Field(None, description="Who can be worn as a mask; default every identity.")

    def pairs(self, identities: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """(who is beneath, who is worn) of every mask, in the order of these lists."""
        every = tuple(identities)
        beneath, worn = self.beneath or every, self.worn or every
        return tuple((g, h) for g in beneath for h in worn if g != h)


def masked(beneath: str, worn: str) -> str:
    """The name of a self-model that goes by another identity: "g as h"."""
    return f"{beneath}{AS}{worn}"


AS = " as "
"""What joins two identities in the name of a mask; with masks, no identity's own name may contain it."""


class Expectation(Strict):
    """What should come out of a scenario, so that it can be checked."""

    says: Text = Field("", description="The expectation in words.")
    facet: Name | None = Field(None, description="The facet it is about; then give `value` or `verdict`.")
    identity: Name | None = Field(None, description="The identity whose probability it is about.")
    beneath: Name | None = Field(
        None, description="The identity of which it is about P(beneath), with or without mask."
    )
    worn: Name | None = Field(None, description="The identity of which it is about P(worn as a mask).")
    ownership: Name | None = Field(None, description="The observation stream whose ownership it is about.")
    value: Name | None = Field(None, description="The value whose posterior probability is meant.")
    above: Probability | None = Field(None, description="The probability is above this.")
    below: Probability | None = Field(None, description="The probability is below this.")
    verdict: Annotated[str | None, one_of(*VERDICTS), WithJsonSchema({"type": "string", "enum": list(VERDICTS)})] = (
        Field(None, description="The facet's verdict.")
    )
    afterwards: Flag = Field(
        False, description="It was written down after the scenario was first run: found, not foretold; default false."
    )
    failed: Flag = Field(
        False, description="It did not come out: kept on record, and checked that it still does not; default false."
    )


class WorldTable(Strict):
    """The true table of a probe, where belief is wrong."""

    given: Given = Field(description="The true P(outcome given values), all of it, in the form of the probe's.")


class World(Strict):
    """What makes synthetic evidence. Inference never sees it."""

    seed: Seed = Field(0, description="Seed of the random draw; default 0.")
    facts: dict[str, Name] = Field(
        {},
        description="The true value per facet; without one the claim is the fact, without a claim: the void.",
    )
    reliability: dict[str, Probability] = Field(
        {},
        description="The true ρ per stream, from 0 to 1, of all it delivers; default: as believed.",
    )
    tables: dict[str, dict[str, WorldTable]] = Field(
        {}, description="The true table per stream and probe; default: as believed."
    )
    trials: dict[str, dict[str, Trials]] = Field(
        {},
        description="How often each probe or reading is tried, per stream; a reading has its facet's name.",
    )


class UnknownPrior(Strict):
    """The prior of an unknown number for `infer`: beta or uniform. Bits, which have no upper end, are uniform."""

    beta: BetaPair | None = Field(
        None, description="The two parameters of a beta prior, > 0; default [2, 2], except of bits."
    )
    uniform: UniformPair | None = Field(
        None, description="The bounds of a uniform prior: from 0 to 1, of bits any that are >= 0."
    )
