"""What the user writes about a stream: its kind, how far it is trusted, and what it says."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema

from bayes_self.scenario.fields import Name, Positive, Probability, Text, Weight, expected, one_of

OBSERVATION_KINDS = ("rl", "introspection")
KINDS = ("pretraining", "spec", *OBSERVATION_KINDS)
ERRORS = ("uniform", "part")
TAG = " "
"""Opens the tags of pydantic's unions, as it opens no name. They are no keys of the file, and faults leave them out."""


def _nested(levels: int) -> dict[str, Any]:
    """The JSON Schema of rows of probabilities, nested in at most so many levels of tables."""
    row = {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}}
    below = {"anyOf": [row, _nested(levels - 1)]} if levels > 1 else row
    return {"type": "object", "additionalProperties": below}


Given = Annotated[dict[str, Any], WithJsonSchema(_nested(3))]
"""P(outcome given values): tables nested one level per facet, with rows innermost; checked in `tables`."""


class Strict(BaseModel):
    """A table of the file: what is not named here is refused, and nothing changes once it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Claim(Strict):
    """What a spec stream says: a facet has this value, or "you are this identity"."""

    value: Name = Field(description="The value that the facet is said to have, or the identity named.")
    reliability: Probability | None = Field(
        None, description="ρ of this claim alone, from 0 to 1; default: the stream's."
    )


def _claim(raw: Any) -> Any:
    if isinstance(raw, str):
        return {"value": raw}
    if isinstance(raw, dict | Claim):
        return raw
    raise expected("a name in quotes, or a table { value = ..., reliability = ... }")


ClaimOrName = Annotated[Claim, BeforeValidator(_claim, json_schema_input_type=Name | Claim)]


StreamErrors = Annotated[str, one_of(*ERRORS), WithJsonSchema({"type": "string", "enum": list(ERRORS)})]
ProbeErrors = Annotated[
    Annotated[StreamErrors, Tag(TAG + "word")] | Annotated[dict[str, Probability], Tag(TAG + "table")],
    Discriminator(lambda raw: TAG + ("table" if isinstance(raw, dict) else "word")),
]


class Probe(Strict):
    """One kind of observation: a table P(outcome given the values of one to three facets)."""

    question: Text = Field("", description="What the probe asks, for people.")
    about: tuple[Name, ...] = Field(
        min_length=1, max_length=3, description="The one to three facets that the outcome depends on."
    )
    outcomes: tuple[Name, ...] = Field(min_length=2, description="What may be observed; two or more, distinct.")
    given: Given = Field(
        description="P(outcome given values), nested one level per facet in `about`, every combination; "
        "each row has one probability per outcome and sums to one."
    )
    reliability: Probability | None = Field(
        None, description="ρ of this probe alone, from 0 to 1; default: the stream's."
    )
    weight: Weight = Field(1.0, description="Power on this probe's likelihood, >= 0; default 1.")
    doubt: Probability | None = Field(
        None, description="δ: the probability that this probe says nothing of what it is about; default: the stream's."
    )
    errors: ProbeErrors | None = Field(
        None,
        description='How errors fall, for this probe alone: "uniform", "part", or a table '
        "{ outcome = probability }; default: the stream's.",
    )


class PretrainingStream(Strict):
    """How often each identity speaks in the pretraining text."""

    kind: Annotated[str, WithJsonSchema({"const": "pretraining"})] = "pretraining"
    weight: Weight = Field(1.0, description="Power on the mentions, >= 0; default 1.")
    mentions: dict[str, Positive] = Field(
        {}, description="How often each identity speaks, > 0; an identity not listed counts 1."
    )


class SpecStream(Strict):
    """Claims about oneself."""

    kind: Annotated[str, WithJsonSchema({"const": "spec"})] = "spec"
    weight: Weight = Field(1.0, description="Power on the claims' likelihood, >= 0; 0 claims nothing; default 1.")
    reliability: Probability = Field(0.95, description="ρ of the claims, from 0 to 1; default 0.95.")
    identity: ClaimOrName | None = Field(None, description='"You are ...": an identity.')
    claims: dict[str, ClaimOrName] = Field({}, description="What is said of each facet: one of its values.")


class ObservationStream(Strict):
    """What is observed, and whether it is about me or about the part I play."""

    kind: Annotated[str, WithJsonSchema({"type": "string", "enum": list(OBSERVATION_KINDS)})]
    weight: Weight = Field(1.0, description="Power on every likelihood of this stream, >= 0; default 1.")
    reliability: Probability = Field(0.95, description="ρ of the tables, from 0 to 1; default 0.95.")
    ownership: Probability = Field(
        1.0, description="τ, the prior probability that this stream is about me, from 0 to 1; default 1."
    )
    doubt: Probability = Field(
        0.0,
        description="δ: the probability, for each probe by itself, that it says nothing of what it is about, "
        "from 0 to 1; default 0.",
    )
    errors: StreamErrors = Field(
        "uniform", description='How errors fall: "uniform" over the outcomes, or as the "part" would show.'
    )
    readings: tuple[Name, ...] = Field((), description="Facets that this stream reads directly; default none.")
    probes: dict[Name, Probe] = Field({}, description="Probes, by name; not named like a reading of this stream.")


def _tag(raw: Any) -> str | None:
    kind = raw.get("kind") if isinstance(raw, dict) else getattr(raw, "kind", "rl")
    if not isinstance(kind, str) or kind not in KINDS:
        return None
    return TAG + ("observation" if kind in OBSERVATION_KINDS else kind)


Stream = Annotated[
    Annotated[PretrainingStream, Tag(TAG + "pretraining")]
    | Annotated[SpecStream, Tag(TAG + "spec")]
    | Annotated[ObservationStream, Tag(TAG + "observation")],
    Discriminator(_tag),
]


def with_kind(name: str, raw: Any) -> Any:
    """The stream with its kind, which is its name where none is given."""
    return {"kind": name, **raw} if isinstance(raw, dict) else raw
