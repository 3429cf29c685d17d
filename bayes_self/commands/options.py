"""The options that commands share, each said once."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Frame = Literal["simulator", "persona-selection", "self-model"]


def gallery_names(incomplete: str) -> list[str]:
    from bayes_self.scenario import gallery

    return [name for name in gallery.names() if name.startswith(incomplete)]


ScenarioName = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help="A name from the gallery (see `list`), or the path of a TOML file.",
        autocompletion=gallery_names,
        show_default=False,
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Set a dotted key of the file, e.g. streams.rl.weight=0.5. May be repeated. "
        "KEY= takes a claim or a fact out.",
        show_default=False,
    ),
]
EvidenceFile = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar="FILE",
        help="Read the evidence from a CSV, Parquet or JSON Lines file; the world draws none.",
        show_default=False,
    ),
]
Expected = Annotated[bool, typer.Option("--expected", help="Use expected counts in place of a random draw.")]
Seed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", help="Draw with this seed, not world.seed.", show_default=False),
]
FrameName = Annotated[
    Frame | None, typer.Option("--frame", help="As which picture of a character it reads the evidence.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
