"""`report`: scenarios as one page that a browser shows and a printer prints."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bayes_self.commands import options
from bayes_self.commands.group import hold
from bayes_self.commands.inputs import NOTHING_ASKED, read_edition
from bayes_self.commands.output import note
from bayes_self.files.claims import claimed_file

if TYPE_CHECKING:
    from bayes_self.beliefs.posterior import Posterior
    from bayes_self.measures.robustness import Robustness
    from bayes_self.page import Content
    from bayes_self.page.origin import Origin
    from bayes_self.page.sections import Section
    from bayes_self.world.edition import Edition

ScenarioNames = Annotated[
    list[str],
    options.argument(
        metavar="SCENARIO...",
        help="Names from the gallery or paths of TOML files.",
        autocompletion=options.gallery_names,
    ),
]
Page = Annotated[Path, options.option("--out", metavar="FILE", help="The page to write, e.g. report.html.")]
Robustly = Annotated[
    bool,
    typer.Option(
        "--robustness/--no-robustness",
        help="Whether to say in what share of the plausible numbers expectations hold: some seconds a scenario.",
    ),
]
Points = Annotated[
    int | None, options.option("--points", metavar="N", help="Robustness over so many points; default 1024.")
]


@options.grouped
def report(
    scenarios: ScenarioNames,
    out: Page,
    inputs: options.Inputs = NOTHING_ASKED,
    robustness: Robustly = True,
    points: Points = None,
) -> None:
    """Write scenarios and what came out as one HTML file, with pictures, numbers, evidence and where they come from."""
    asked = list(dict.fromkeys(scenarios))
    _refuse(asked, out, inputs.evidence, robustness, points)
    read = [(name, read_edition(name, inputs)) for name in asked]
    hold(claimed_file(out))
    from bayes_self.beliefs.posterior import posterior
    from bayes_self.files.writing import whole_file, write_text
    from bayes_self.page import render

    every = []
    for name, edition in read:
        scenario = edition.scenario
        result = posterior(scenario, edition.evidence, inputs.in_frame)
        found = _robustness(result, points, inputs.seed) if robustness and scenario.expectations else []
        every.append(_content(name, result, edition, inputs, found, points))
    said = {("set" if name == "settings" else name): value for name, value in vars(inputs).items()}
    command = _command(asked, out, **said, no_robustness=not robustness, points=points)
    page = render(every, command)
    with whole_file(out) as beside:
        write_text(beside, page)
    note(f"wrote {out}")


def _refuse(asked: list[str], out: Path, evidence: Path | None, robustness: bool, points: int | None) -> None:
    """Say before anything is computed what cannot be done."""
    if evidence is not None and len(asked) != 1:
        raise typer.BadParameter("--evidence is of one scenario: name that one")
    if out.is_dir():
        raise typer.BadParameter(f"--out {out}: there is a folder of that name, and a file was expected")
    read = [Path(name) for name in asked]
    for given in [*read, *(path.with_suffix(".csv") for path in read), *([evidence] if evidence else [])]:
        if out.exists() and given.exists() and out.samefile(given):
            raise typer.BadParameter(f"--out {out}: that is what the report is about, and would be lost")
    if out.exists() and not out.is_file():
        raise typer.BadParameter(f"--out {out}: that is no plain file, and one was expected")
    if not out.parent.is_dir():
        raise typer.BadParameter(f"--out {out}: there is no folder {out.parent}")
    if points is not None and not robustness:
        raise typer.BadParameter("--points is for robustness, and --no-robustness leaves it out")
    if points is not None and (points < 4 or points & (points - 1)):
        raise typer.BadParameter(f"--points: expected a power of two, at least 4, got {points}")


def _content(
    name: str,
    result: "Posterior",
    edition: "Edition",
    inputs: options.Inputs,
    found: "list[Robustness]",
    points: int | None,
) -> "Content":
    from bayes_self.page import content
    from bayes_self.report.difference import edited
    from bayes_self.scenario import load
    from bayes_self.scenario.difference import difference

    is_edited = bool(inputs.settings)
    said = edited(difference(load(name), result.scenario)) if is_edited else ""
    origin = _origin(name, result, is_edited, _whence(result, edition, inputs.evidence))
    return content(result, origin, said, found, _points(points) if found else 0, _turning_points(result, edition))


def _turning_points(result: "Posterior", edition: "Edition") -> "list[Section]":
    """What would change its mind; nothing, where evidence takes too long to draw again."""
    from bayes_self.page.turning_points import section
    from bayes_self.world.simulation import MOST_IMPROVISED, trials_in_the_void

    name = result.scenario.name
    if edition.rows is None and not edition.expected and trials_in_the_void(edition.answering) > MOST_IMPROVISED:
        note(f"{name}: more than {MOST_IMPROVISED} trials in the void: what would change its mind is left out")
        return []
    note(f"{name}: looking for what would change its mind")
    return [section(result, edition)]


def _origin(name: str, result: "Posterior", is_edited: bool, whence: str) -> "Origin":
    from bayes_self.files.formats import csv_from_rows
    from bayes_self.page.origin import Origin, downloads
    from bayes_self.results.contract import RunObject
    from bayes_self.results.objects import as_text
    from bayes_self.scenario.load import source_text

    scenario = result.scenario
    text = source_text(name)
    files = {
        "scenario.toml": scenario.to_toml() if is_edited else text,
        "evidence.csv": csv_from_rows([*result.evidence.rows(scenario)]).decode("utf-8"),
        "result.json": as_text(RunObject.of(result)) + "\n",
    }
    return Origin(name, text, scenario.to_toml() if is_edited else "", whence, downloads(files))


def _whence(result: "Posterior", edition: "Edition", evidence: Path | None) -> str:
    """Where the evidence came from."""
    from hashlib import sha256

    if evidence is not None:
        return f"read from {evidence} (SHA-256 {sha256(evidence.read_bytes()).hexdigest()})"
    world = result.scenario.world
    if world is not None:
        again = f" ({said})" if (said := edition.drawn_again(but=("world.seed",))) else ""
        if edition.expected:
            return f"what the scenario's world gives in expectation{again}"
        return f"drawn from the scenario's world, with the seed {world.seed}{again}"
    return "read from the CSV file beside the scenario" if result.evidence else "none"


def _robustness(result: "Posterior", points: int | None, seed: int | None) -> "list[Robustness]":
    from bayes_self.measures.robustness import robustness

    world = result.scenario.world
    scrambled = seed if seed is not None else world.seed if world else 0
    note(f"{result.scenario.name}: checking expectations at {_points(points)} points")
    return robustness(result, points=_points(points), seed=scrambled)


def _points(points: int | None) -> int:
    from bayes_self.measures.robustness import POINTS

    return points or POINTS


def _command(asked: list[str], out: Path, **options: Any) -> str:
    """The command line that makes the page again."""
    words = ["bayes-self", "report", *asked, "--out", str(out)]
    for name, value in options.items():
        for each in value if isinstance(value, list) else [value]:
            option = f"--{name.replace('_', '-')}"
            if each is True:
                words.append(option)
            elif each is not None and each is not False:
                words += [option, str(each)]
    return shlex.join(words)
