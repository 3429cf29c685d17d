"""What does not change while a page pushes: names, colours and controls of a scenario, and what is on the shelf."""

from dataclasses import asdict
from typing import Any

from bayes_self.explorer.shelf import Offer, Shelf
from bayes_self.model.frames import FRAMES
from bayes_self.plots.drawing.palette import identity_colors, readable_on, stream_colors
from bayes_self.plots.drawing.palette_on_dark import on_dark
from bayes_self.scenario import Scenario
from bayes_self.scenario.stream_schema import ObservationStream
from bayes_self.scenario.wording import called
from bayes_self.words.glossary import WORDS


def sheet(offer: Offer) -> dict[str, Any]:
    """The names and controls of one scenario. Raises ScenarioError, EvidenceError."""
    scenario = offer.scenario
    return {
        "name": offer.name,
        "title": scenario.title or offer.name,
        "question": scenario.question,
        "identities": _identities(scenario),
        "streams": _streams(scenario),
        "facets": [
            {"name": name, "question": facet.question or name.replace("_", " "), "values": list(facet.values)}
            for name, facet in scenario.facets.items()
        ],
        "groups": [asdict(group) for group in offer.groups],
        "given": str(offer.evidence.name) if offer.evidence else "",
        "draws": offer.rows is None,
    }


def shelf_object(shelf: Shelf) -> dict[str, Any]:
    """What can be explored."""
    return {
        "first": shelf.first,
        "again": shelf.again,
        "scenarios": [{"name": name, "title": shelf.title(name)} for name in shelf.names],
        "frames": list(FRAMES),
        "words": [asdict(word) for word in WORDS],
    }


def _identities(scenario: Scenario) -> list[dict[str, Any]]:
    return [
        {"name": name, "label": called(scenario, name), "mask": name not in scenario.identities, **_both(color)}
        for name, color in identity_colors(scenario).items()
    ]


def _streams(scenario: Scenario) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "kind": scenario.streams[name].kind,
            "observes": isinstance(scenario.streams[name], ObservationStream),
            **_both(color),
        }
        for name, color in stream_colors(scenario).items()
    ]


def _both(color: str) -> dict[str, str]:
    """A colour on white, on dark, and what can be read on it."""
    dark = on_dark(color)
    return {"colour": color, "on_dark": dark, "text": readable_on(color), "text_on_dark": readable_on(dark)}
