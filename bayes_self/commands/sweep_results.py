"""What `sweep` says at its end: a report or an object, and a picture."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayes_self.commands.output import as_text, note, print_json, print_lines

if TYPE_CHECKING:
    from bayes_self.scenario import Scenario
    from bayes_self.sweeps.axes import Axis, Points
    from bayes_self.sweeps.summary import Summary

FILES = ("sweep.json", "phase.png")


def tell(scenario: "Scenario", points: "Points", out: Path, show: str, as_json: bool) -> None:
    """Sum the sweep up, draw it, and print."""
    from bayes_self.commands.folder import write_all
    from bayes_self.files.writing import write_text
    from bayes_self.sweeps.store import STORE, open_sweep
    from bayes_self.sweeps.summary import summary

    dataset = open_sweep(out / STORE)
    found = summary(dataset)
    told = _object(found, scenario, points)
    text = as_text(told, ascii_only=False) + "\n"
    writers: dict[str, Any] = {"sweep.json": lambda path: write_text(path, text)}
    from bayes_self import plots

    drawn = plots.plot_phase(dataset, scenario, show)
    if drawn is not None:
        writers["phase.png"] = lambda path: plots.save(drawn, path)
    else:
        note("no picture: it takes one or two numbers on axes, and these points have more")
    write_all(out, writers)
    if as_json:
        return print_json(told)
    from bayes_self.report.look import terminal
    from bayes_self.report.sweep import sweep_report

    over = [in_words(axis, points.sample) for axis in points.axes]
    expected = dataset.attrs.get("evidence") == "expected"
    return print_lines(sweep_report(found, scenario, over, expected=expected, look=terminal()))


def in_words(axis: "Axis", sample: int | None) -> str:
    """What an axis runs over."""
    if axis.is_number and len(axis.values) > 1:
        low, high = min(axis.values), max(axis.values)
        how = "" if sample is not None else f" in {len(axis.values):,} steps"
        return f"{axis.key} from {low:g} to {high:g}{how}"
    return f"{axis.key} = {', '.join(map(str, axis.values))}"


def _object(found: "Summary", scenario: "Scenario", points: "Points") -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "points": found.points,
        "impossible": found.impossible,
        "over": {
            axis.key: [min(axis.values), max(axis.values)] if axis.is_number else list(axis.values)
            for axis in points.axes
        },
        "likeliest": {"identity": found.identities, **found.facets},
        "verdicts": found.verdicts,
    }
