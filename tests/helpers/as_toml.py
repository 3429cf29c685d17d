"""Writing a scenario dict as the TOML file that parses to it."""

import json


def inline(thing):
    """One TOML value on one line."""
    if isinstance(thing, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {inline(v)}" for k, v in thing.items()) + " }"
    if isinstance(thing, list):
        return "[" + ", ".join(map(inline, thing)) + "]"
    return json.dumps(thing, ensure_ascii=False)


def to_toml(scenario):
    """The scenario as a file that parses to the same dict."""
    lines = [
        f"{key} = {inline(v)}" for key, v in scenario.items() if not isinstance(v, dict) or key in ("salience", "masks")
    ]
    for section in ("facets", "identities", "streams"):
        lines.append(f"\n[{section}]")
        for name, fields in scenario.get(section, {}).items():
            lines.append(f"\n[{section}.{json.dumps(name)}]")
            lines += [f"{json.dumps(key)} = {inline(v)}" for key, v in fields.items()]
    if "world" in scenario:
        lines += ["\n[world]", *(f"{json.dumps(key)} = {inline(v)}" for key, v in scenario["world"].items())]
    return "\n".join(lines) + "\n"
