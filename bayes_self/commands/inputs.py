"""What a command is about: a scenario as it was asked for, and the evidence that goes with it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayes_self.commands.options import Inputs
from bayes_self.commands.output import note
from bayes_self.errors import Fault, ScenarioError

if TYPE_CHECKING:
    from bayes_self.evidence.evidence import Evidence
    from bayes_self.scenario import Scenario
    from bayes_self.world.edition import Edition


NOTHING_ASKED = Inputs()


def read_scenario(name: str, settings: Sequence[str] | None = None, seed: int | None = None) -> "Scenario":
    """The scenario of that name or path, with what `--set` and `--seed` change."""
    from bayes_self.scenario import load
    from bayes_self.scenario.assign import WHERE

    scenario = load(name)
    if settings:
        scenario = scenario.with_settings(_parsed(settings), WHERE)
    if seed is not None and scenario.world is not None:
        scenario = scenario.with_set("world.seed", seed, "from --seed")
    return scenario


def read_inputs(name: str, inputs: Inputs = NOTHING_ASKED) -> "tuple[Scenario, Evidence]":
    """The scenario, and its evidence: from the file given, else from its world, else from a CSV file beside it."""
    edition = read_edition(name, inputs)
    return edition.scenario, edition.evidence


def read_edition(name: str, inputs: Inputs = NOTHING_ASKED) -> "Edition":
    """The scenario with its edits, and its evidence; a note says where edits let the world answer again."""
    from bayes_self.evidence.files import read_evidence
    from bayes_self.scenario import load
    from bayes_self.scenario.assign import WHERE
    from bayes_self.world.edition import Edition

    edition = Edition(
        load(name), _parsed(inputs.settings or ()), expected=inputs.expected, fresh=inputs.fresh, where=WHERE
    )
    scenario, seed = edition.scenario, inputs.seed
    if inputs.evidence is not None:
        return replace(edition, rows=read_evidence(inputs.evidence, scenario).rows(scenario))
    if scenario.world is None:
        return replace(edition, rows=_given_beside(name, scenario, inputs).rows(scenario))
    if seed is not None:
        edition = replace(edition, settings={**edition.settings, "world.seed": seed}, where="from --seed")
    if said := edition.drawn_again(but=() if seed is None else ("world.seed",)):
        note(said)
    return edition


def _given_beside(name: str, scenario: "Scenario", inputs: Inputs) -> "Evidence":
    """The evidence in a CSV file that lies beside the scenario's own and has its stem; none where there is none."""
    from bayes_self.evidence.evidence import Evidence
    from bayes_self.evidence.files import read_evidence
    from bayes_self.scenario import gallery

    asked = " and ".join(["--expected"] * inputs.expected + ["--seed"] * (inputs.seed is not None))
    if asked:
        note(f"the scenario has no world to draw from: nothing for {asked} to change")
    beside = (gallery.path(name) if name in gallery.names() else Path(name)).with_suffix(".csv")
    if not beside.is_file():
        return Evidence.empty()
    note(f"evidence from {beside}")
    return read_evidence(beside, scenario)


def _parsed(settings: Sequence[str]) -> dict[str, Any]:
    from bayes_self.scenario.assign import parse_assignment

    parsed: dict[str, Any] = {}
    faults: list[Fault] = []
    for setting in settings:
        try:
            key, value = parse_assignment(setting)
            parsed[key] = value
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return parsed
