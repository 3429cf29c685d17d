"""The fields that a scenario is written in, numbers and names, each with the words for what was expected.

Booleans are not numbers here, text is not turned into numbers, and nothing is ever infinite.
"""

import math
from collections.abc import Callable, Sequence
from numbers import Integral, Real
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

PROBABILITY = "a number from 0 to 1"
TRIALS_LIMIT = 10**12
SEED_LIMIT = 2**63 - 1


def is_finite(value: Any) -> bool:
    try:
        return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(float(value))
    except OverflowError:  # a whole number beyond the largest float
        return False


def is_probability(value: Any) -> bool:
    return is_finite(value) and 0 <= float(value) <= 1


def is_name(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def is_whole(value: Any, limit: int) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool) and 0 <= int(value) <= limit


def is_pair(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(map(is_finite, value))


def expected(words: str, choices: Sequence[str] = ()) -> PydanticCustomError:
    """The one error that our own types raise; `choices` are what a misspelt word may have meant."""
    return PydanticCustomError("expected", "{words}", {"words": words, "choices": list(choices)})


def read_as(convert: Callable[[Any], Any], words: str, holds: Callable[[Any], bool]) -> PlainValidator:
    def validate(value: Any) -> Any:
        if not holds(value):
            raise expected(words)
        return convert(value)

    return PlainValidator(validate)


def one_of(*choices: str) -> PlainValidator:
    def validate(value: Any) -> str:
        if not isinstance(value, str) or value not in choices:
            raise expected("one of " + ", ".join(choices), choices)
        return value

    return PlainValidator(validate)


Probability = Annotated[
    float,
    read_as(float, PROBABILITY, is_probability),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
Weight = Annotated[
    float,
    read_as(float, "a finite number >= 0", lambda value: is_finite(value) and float(value) >= 0),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Positive = Annotated[
    float,
    read_as(float, "a finite number > 0", lambda value: is_finite(value) and float(value) > 0),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
Finite = Annotated[
    float,
    read_as(float, "a finite number", is_finite),
    WithJsonSchema({"type": "number"}),
]
Trials = Annotated[
    int,
    read_as(int, "a whole number from 0 to 10^12", lambda value: is_whole(value, TRIALS_LIMIT)),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": TRIALS_LIMIT}),
]
Seed = Annotated[
    int,
    read_as(int, "a whole number from 0 to 2^63 - 1", lambda value: is_whole(value, SEED_LIMIT)),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": SEED_LIMIT}),
]
Text = Annotated[
    str,
    read_as(str, "text in quotes", lambda value: isinstance(value, str)),
    WithJsonSchema({"type": "string"}),
]
Flag = Annotated[
    bool,
    read_as(bool, "true or false", lambda value: isinstance(value, bool)),
    WithJsonSchema({"type": "boolean"}),
]
Name = Annotated[
    str,
    read_as(str, "a name: text that is not empty", is_name),
    WithJsonSchema({"type": "string", "minLength": 1}),
]

_PAIR = WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2})


def _floats(pair: Any) -> tuple[float, float]:
    return float(pair[0]), float(pair[1])


BetaPair = Annotated[
    tuple[float, float],
    read_as(_floats, "two numbers > 0, such as [2, 2]", lambda pair: is_pair(pair) and min(pair) > 0),
    _PAIR,
]
UniformPair = Annotated[
    tuple[float, float],
    read_as(
        _floats,
        "two numbers >= 0, the smaller first",
        lambda pair: is_pair(pair) and 0 <= pair[0] < pair[1],
    ),
    _PAIR,
]
