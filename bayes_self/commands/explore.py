"""`explore`: a page on this machine on which the numbers of a scenario can be pushed by hand."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.inputs import NOTHING_ASKED, read_scenario
from bayes_self.commands.output import note, print_lines

if TYPE_CHECKING:
    from bayes_self.explorer.server import Explorer

MaybeScenario = Annotated[
    str | None,
    options.argument(
        metavar="SCENARIO",
        help="A name from the gallery, or the path of a TOML file; default: choose on the page.",
        autocompletion=options.gallery_names,
    ),
]
Port = Annotated[
    int | None,
    options.option(
        "--port",
        metavar="N",
        min=1,
        max=65535,
        help="Listen at this port, with the token it last had: an open page finds it again. Default: any free one.",
    ),
]
Open = Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")]


@options.grouped
def explore(
    scenario: MaybeScenario = None,
    inputs: options.Inputs = NOTHING_ASKED,
    port: Port = None,
    open_page: Open = True,
) -> None:
    """Open a page on which every number of a scenario can be pushed, and beliefs follow. It ends with Ctrl-C.

    It listens on this machine alone, and to nobody who does not know the token in its address.
    """
    if scenario is None and (inputs.evidence is not None or inputs.settings or inputs.seed is not None):
        raise typer.BadParameter("--evidence, --set and --seed are of a scenario: name one")
    if scenario is not None:
        read_scenario(scenario, inputs.settings, inputs.seed)  # faults are told here, before there is a page
    server = _server(scenario, inputs.evidence, port)
    texts = [*(inputs.settings or []), *([] if inputs.seed is None else [f"world.seed={inputs.seed}"])]
    drawn = "expected" if inputs.expected else "fresh" if inputs.fresh else None
    address = server.address + _query(server.shelf.first if scenario else None, texts, inputs.frame, drawn)
    _answer_once(server, texts, inputs.frame, drawn)
    _announce(server, address, open_page)
    with server:
        server.serve_forever()


def _server(scenario: str | None, evidence: Path | None, port: int | None) -> "Explorer":
    from bayes_self.explorer.address import keep, token_for
    from bayes_self.explorer.server import Explorer
    from bayes_self.explorer.shelf import Shelf

    shelf, token = Shelf(scenario, evidence), token_for(port)
    if scenario is not None:
        _ = shelf.offer(shelf.first).rows  # faults of the evidence, too
    try:
        server = Explorer(shelf, port or 0, token)
    except OSError as error:
        raise typer.BadParameter(f"--port {port}: {error.strerror}") from None
    keep(server.guard.port, token)
    return server


def _query(name: str | None, texts: list[str], frame: str | None, evidence: str | None) -> str:
    from urllib.parse import urlencode

    from bayes_self.scenario.keys import split_assignment

    told = {"scenario": name, "frame": frame, "evidence": evidence}
    pairs = {key: value for key, value in told.items() if value} | dict(map(split_assignment, texts))
    return f"?{urlencode(pairs)}" if pairs else ""


def _announce(server: "Explorer", address: str, open_page: bool) -> None:
    from bayes_self.explorer.address import doorway

    print_lines([address])
    note("the page is at this address, on this machine only; Ctrl-C ends it")
    door = doorway(server.guard.port, address) if open_page else None
    if door is not None:
        import webbrowser

        webbrowser.open(door.as_uri())


def _answer_once(server: "Explorer", texts: list[str], frame: str | None, evidence: str | None) -> None:
    """Answer what the page will ask first, so that all that is needed is loaded before there is a page."""
    import contextlib

    from bayes_self.errors import BayesSelfError
    from bayes_self.scenario.keys import split_assignment

    asked = {"scenario": server.shelf.first, "set": dict(map(split_assignment, texts)), "frame": frame or "self-model"}
    with contextlib.suppress(BayesSelfError):
        server.answered("shelf", {})
        server.answered("sheet", asked)
        server.answered("believed", {**asked, "evidence": evidence or "drawn"})
