"""The scenario format as a JSON Schema, for editors: completion, descriptions, and faults while typing."""

from typing import Any

from bayes_self.scenario.schema import Scenario
from bayes_self.scenario.stream_schema import KINDS, OBSERVATION_KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """A JSON Schema of the file; it knows shapes and ranges, not which names exist."""
    schema = _as_toml_has_it(Scenario.model_json_schema(by_alias=True))
    definitions = schema["$defs"]
    for model in map(_model, KINDS):
        definitions[model]["required"] = []  # the stream's name may say its kind
    streams = schema["properties"]["streams"]
    streams["properties"] = {kind: {"$ref": f"#/$defs/{_model(kind)}"} for kind in KINDS}
    streams["additionalProperties"] = {"anyOf": [_with_kind(model) for model in dict.fromkeys(map(_model, KINDS))]}
    return {"$schema": DIALECT, "title": "A bayes_self scenario", **schema}


def _model(kind: str) -> str:
    if kind in OBSERVATION_KINDS:
        return "ObservationStream"
    return "PretrainingStream" if kind == "pretraining" else "SpecStream"


def _with_kind(model: str) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/$defs/{model}"}, {"required": ["kind"]}]}


def _as_toml_has_it(part: Any) -> Any:
    """Without null, which TOML has not, and without the titles that only repeat a name."""
    if isinstance(part, list):
        return [_as_toml_has_it(item) for item in part]
    if not isinstance(part, dict):
        return part
    left = {key: _as_toml_has_it(item) for key, item in part.items() if not _is_noise(key, item)}
    choices = [choice for choice in left.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return {**choices[0], **{key: item for key, item in left.items() if key != "anyOf"}}
    return {**left, "anyOf": choices} if choices else left


def _is_noise(key: str, item: Any) -> bool:
    return (key == "title" and isinstance(item, str)) or (key == "default" and item in (None, {}, []))
