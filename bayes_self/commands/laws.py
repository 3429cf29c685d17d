"""`check --laws`: whether the laws hold of scenarios and their evidence."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from bayes_self.commands.output import note

if TYPE_CHECKING:
    from bayes_self.evidence.evidence import Evidence
    from bayes_self.laws.outcome import Held
    from bayes_self.scenario import Scenario


def laws_of(scenarios: "Mapping[str, tuple[Scenario, Evidence]]", seed: int | None) -> "dict[str, list[Held]]":
    """Every law, held against every scenario; `seed` chooses what laws change."""
    from bayes_self.laws import ALL
    from bayes_self.laws.outcome import held

    found: dict[str, list[Held]] = {}
    for name, (scenario, evidence) in scenarios.items():
        found[name] = []
        with typer.progressbar(ALL, label=f"{name}: {len(ALL)} laws", file=sys.stderr) as bar:
            for law in bar:
                found[name].append(held(law, scenario, evidence, seed or 0))
                if found[name][-1].broken is not None:
                    note(f"{name}: {law.name} is broken")
    return found


def laws_object(found: "Mapping[str, list[Held]]") -> dict[str, Any]:
    """{scenario: {law: {"holds": true, false or null, "why_not", "detail", "scenario", "evidence"}}}."""
    return {name: {held.law.name: _law(held) for held in each} for name, each in found.items()}


def _law(held: "Held") -> dict[str, Any]:
    if held.broken is None:
        return {"holds": True if held.why_not is None else None, "why_not": held.why_not}
    broken = held.broken
    return {
        "holds": False,
        "why_not": None,
        "detail": broken.detail,
        "scenario": broken.scenario.to_toml(),
        "evidence": broken.evidence.rows(broken.scenario),
    }
