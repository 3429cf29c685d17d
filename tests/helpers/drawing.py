"""Very different scenarios to draw, and what can be read in a picture of them."""

import itertools
from pathlib import Path

from matplotlib.text import Text

import bayes_self as bs
from bayes_self.scenario import Scenario

ROOT = Path(__file__).parents[2]
WORDS = ["brain", "model", "childhood in Brookline", "any programming language", "no", "many conversations", "at once"]


def bare() -> Scenario:
    """Nothing but a facet and two identities that are equally likely."""
    facets = {"q": {"values": ["a", "b"]}}
    identities = {"x": {"profile": {"q": "a"}}, "y": {"profile": {"q": {"a": 0.3, "b": 0.7}}}}
    return Scenario.from_dict({"schema": 1, "facets": facets, "identities": identities})


def silent() -> Scenario:
    """A world, and no spec; one identity; no title."""
    facets = {"substrate": {"values": ["language model", "human brain"]}, "tone": {"values": ["plain", "grand"]}}
    return Scenario.from_dict(
        {
            "schema": 1,
            "facets": facets,
            "identities": {"somebody": {}},
            "streams": {"rl": {"readings": ["substrate", "tone"], "ownership": 0.4}},
            "world": {"facts": {"substrate": "human brain"}, "trials": {"rl": {"substrate": 9, "tone": 3}}},
        }
    )


def long() -> Scenario:
    """Fourteen facets of two to five values, fourteen identities, seven streams, and names as long as they come."""
    facets = {
        f"facet_{i}" + "_of_a_rather_long_name" * (i % 3): {
            "values": [f"{' '.join(WORDS[(i + k) % 7 : (i + k) % 7 + 1 + (i * k) % 3])} {k}" for k in range(2 + i % 4)]
        }
        for i in range(14)
    }
    stands = {f: v["values"] for f, v in facets.items()}
    identities = {
        f"identity_{j}": {
            "label": f"{' '.join(WORDS[j % 5 : j % 5 + 1 + j])}, number {j}",
            "bits": j / 2,
            "profile": {f: values[j % len(values)] for i, (f, values) in enumerate(stands.items()) if (i + j) % 5},
        }
        for j in range(14)
    }
    told = {f: values[-1] for f, values in itertools.islice(stands.items(), 9)}
    contradicted = {f: values[0] for f, values in itertools.islice(stands.items(), 2)}
    observed = {"kind": "introspection", "reliability": 0.6, "ownership": 0.5, "readings": list(facets)[4:]}
    return Scenario.from_dict(
        {
            "schema": 1,
            "title": "Names that go on, and on, and $on$",
            "facets": facets,
            "identities": identities,
            "streams": {
                "pretraining": {"mentions": {"identity_2": 50, "identity_3": 20}},
                "spec": {"identity": "identity_13", "claims": told},
                "a_system_prompt_that_is_long": {"kind": "spec", "claims": contradicted},
                "rl": {"ownership": 0.9, "readings": list(facets)[:4]},
                "Donaudampfschifffahrtsgesellschaftsprüfung": {**observed, "kind": "rl"},
                "introspection": observed,
                "more_introspection": observed,
            },
            "world": {
                "facts": {f: values[0] for f, values in itertools.islice(stands.items(), 1, 7)},
                "trials": {"rl": dict.fromkeys(list(facets)[:4], 2), "introspection": {list(facets)[6]: 5}},
            },
        }
    )


SCENARIOS = {
    "bare": bare,
    "silent": silent,
    "long": long,
    "template": lambda: bs.load(ROOT / "bayes_self/scenario/template.toml"),
    **{path.stem: lambda path=path: bs.load(path) for path in sorted((ROOT / "models").glob("*.toml"))},
}


def texts_of(figure):
    """{text: its box in pixels} of all that can be read."""
    renderer = figure.canvas.get_renderer()
    figure.draw(renderer)
    seen = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    in_use = {
        t
        for ax in figure.axes
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        for t in (tick.label1,)
    }
    drawn_ticks = {t for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for t in axis.get_ticklabels()}
    seen = [t for t in seen if t not in in_use or t in drawn_ticks]
    # of an annotation with an arrow the arrow is part of the window extent
    return {t: Text.get_window_extent(t, renderer) for t in seen}
