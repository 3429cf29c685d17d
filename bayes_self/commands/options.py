"""The options that commands share, each said once; and how a group of options is one parameter of a command."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from functools import partial, wraps
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

option, argument = partial(typer.Option, show_default=False), partial(typer.Argument, show_default=False)
"""Where there is no default that would be worth telling."""

Frame = Literal["simulator", "persona-selection", "self-model"]


def gallery_names(incomplete: str) -> list[str]:
    from bayes_self.scenario import gallery

    return [name for name in gallery.names() if name.startswith(incomplete)]


ScenarioName = Annotated[
    str,
    argument(
        metavar="SCENARIO",
        help="A name from the gallery (see `list`), or the path of a TOML file.",
        autocompletion=gallery_names,
    ),
]
Settings = Annotated[
    list[str] | None,
    option(
        "--set",
        metavar="KEY=VALUE",
        help="Set a dotted key of the file, e.g. streams.rl.weight=0.5. May be repeated. "
        "KEY= takes a claim or a fact out.",
    ),
]
EvidenceFile = Annotated[
    Path | None,
    option(
        "--evidence",
        metavar="FILE",
        help="Read the evidence from a CSV, Parquet or JSON Lines file; the world draws none.",
    ),
]
Expected = Annotated[bool, typer.Option("--expected", help="Use expected counts in place of a random draw.")]
Seed = Annotated[int | None, option("--seed", metavar="N", help="Draw with this seed, not world.seed.")]
Fresh = Annotated[
    bool,
    typer.Option(
        "--fresh",
        help="Draw the evidence again with every --set. Default: only edits of the world (facts, tables, trials, seed, "
        "claims) draw it again; other edits hold the evidence of the unedited scenario.",
    ),
]
FrameName = Annotated[
    Frame | None, typer.Option("--frame", help="As which picture of a character it reads the evidence.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Draws = Annotated[int, typer.Option("--draws", metavar="N", min=4, help="Draws of each chain.")]
Warmup = Annotated[int, typer.Option("--warmup", metavar="N", min=0, help="Steps of each chain before its draws.")]


@dataclass(frozen=True)
class Inputs:
    """What is asked of a scenario: on which evidence, in which frame, and with what changed in its file."""

    evidence: EvidenceFile = None
    expected: Expected = False
    frame: FrameName = None
    settings: Settings = None
    seed: Seed = None
    fresh: Fresh = False

    def __post_init__(self) -> None:
        """Refuse evidence that is asked for twice."""
        if self.evidence and self.expected:
            raise typer.BadParameter("give --evidence or --expected, not both: evidence is read or expected")

    @property
    def in_frame(self) -> Frame:
        """The frame; the self-model where none is named."""
        return self.frame or "self-model"


def grouped(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command, with the fields of each parameter that is a dataclass as options in its place."""
    own = inspect.signature(command).parameters.values()
    groups: dict[str, Any] = {each.name: each.annotation for each in own if is_dataclass(each.annotation)}
    fields = {name: list(inspect.signature(group).parameters.values()) for name, group in groups.items()}
    options = [each for parameter in own for each in fields.get(parameter.name, [parameter])]

    @wraps(command)
    def asked(**given: Any) -> Any:
        made = {
            name: group(**{each.name: given.pop(each.name) for each in fields[name]}) for name, group in groups.items()
        }
        return command(**given, **made)

    keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in options]
    asked.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    asked.__annotations__ = {each.name: each.annotation for each in options}
    return asked
