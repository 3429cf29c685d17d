"""What there is: the scenarios of the gallery, and a scenario told back in words."""

from typing import Annotated, Any

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import NOTHING_ASKED, read_inputs, read_scenario
from bayes_self.commands.output import print_json, print_lines

Published = Annotated[
    bool, typer.Option("--data", help="List published measurements in place of scenarios, with source and caution.")
]


def list_scenarios(data: Published = False, as_json: options.AsJson = False) -> None:
    """List the scenarios of the gallery, with their titles."""
    from bayes_self.scenario import gallery

    if data:
        from bayes_self.commands.data import list_published

        return list_published(as_json)
    titles = {name: gallery.title(name) for name in gallery.names()}
    if as_json:
        return print_json({"scenarios": [{"name": name, "title": title} for name, title in titles.items()]})
    width = max(map(len, titles), default=0)
    return print_lines(f"{name:{width}}  {title}".rstrip() for name, title in titles.items())


@options.grouped
def show(
    scenario: options.ScenarioName,
    inputs: options.Inputs = NOTHING_ASKED,
    as_json: options.AsJson = False,
) -> None:
    """Tell a scenario back in words."""
    rows = None
    if inputs.evidence is None and not inputs.expected and inputs.seed is None:
        told = read_scenario(scenario, inputs.settings)
    else:
        told, observed = read_inputs(scenario, inputs)
        rows = observed.rows(told)
    if as_json:
        return print_json({"scenario": told.name, "frame": inputs.frame, "file": told.to_dict(), "evidence": rows})
    from bayes_self.scenario.tell import tell

    return print_lines([*tell(told).splitlines(), *_frame(inputs.frame), *_evidence(rows)])


_FRAMES = {
    None: "",
    "simulator": "ownership 0, so that nothing observed is about me",
    "persona-selection": "ownership, coherence and salience 1, so that a persona is taken whole",
    "self-model": "as the scenario says",
}


def _frame(frame: options.Frame | None) -> list[str]:
    return ["", f"In the frame {frame}: {_FRAMES[frame]}."] if frame else []


def _evidence(rows: list[dict[str, Any]] | None) -> list[str]:
    from bayes_self.words.layout import columns

    if rows is None:
        return []
    table = [[f"{row['stream']}.{row['probe']}", row["outcome"], f"{row['count']:.6g}"] for row in rows]
    return ["", "The evidence", "", *(columns(table, indent=2) if table else ["  None."])]
