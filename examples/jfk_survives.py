"""JFK survives: the sceptic's two minutes. Which assumption leaves the model believing, and which leaves him the name?

python examples/jfk_survives.py [FOLDER]     saves jfk_survives.png, in "out" unless said
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bayes_self as bs
from bayes_self import plots

RHO, TAU = ("streams.rl.reliability", "streams.introspection.reliability"), "streams.{}.ownership"
ASSUMPTIONS: dict[str, dict[str, Any]] = {
    "as written": {},
    "coherence 0.5": {"coherence": 0.5},
    "coherence 0": {"coherence": 0.0},
    "salience 0.2": {"salience": 0.2},
    "spec reliability 0.999": {"streams.spec.reliability": 0.999},
    "JFK a hundred times more in pretraining": {"streams.pretraining.mentions.jfk": 90_000},
    "a doubt: ownership 0.05": {TAU.format("rl"): 0.05, TAU.format("introspection"): 0.05},
    "nothing observed is mine: ownership 0": {TAU.format("rl"): 0.0, TAU.format("introspection"): 0.0},
    "most is error: reliability 0.3 and 0.2": dict(zip(RHO, (0.3, 0.2), strict=True)),
    "nearly all is error: reliability 0.1": dict.fromkeys(RHO, 0.1),
    "a world in which his brain is emulated": {"world.facts.substrate": "emulated brain"},
}
"""What a sceptic may change about the JFK-coder, one at a time."""
LOOKS = (0, 1, 3, 5, 10, 20)
NAMED, BRAIN = "I am John F. Kennedy", "I have a human brain"
BELIEVES, NAME_ALONE = "believes it", "JFK, not his brain"
COLORS = {NAMED: "#D55E00", BRAIN: "#3B4A59"}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    coder, theatre = bs.load("jfk_coder"), bs.load("jfk_survives")
    changed = {change: believed(coder.with_settings(edit), key=1961) for change, edit in ASSUMPTIONS.items()}
    probes = theatre.to_dict()["world"]["trials"]["looks"]
    looked = {
        says(n): believed(theatre.with_settings({f"world.trials.looks.{probe}": n for probe in probes}), key=13)
        for n in LOOKS
    }
    print(f"{theatre.title}. {theatre.question}")
    for what, p in (changed | looked).items():
        print(f"  {what:<40} P(JFK) {p[NAMED]:.3f}   P(a human brain) {p[BRAIN]:.3f}   {verdict(p)}")

    found = [verdict(p) for what, p in changed.items() if ASSUMPTIONS[what]]
    kept = max((n for n in LOOKS if verdict(looked[says(n)]) == BELIEVES), default=None)
    theatre_does = (
        "a theatre does not leave both"
        if kept is None
        else f"in a theatre he keeps both, if each look behind the scenes is taken {times(kept)} at most"
    )
    finding = (
        f"Of {len(found)} changes, {found.count(BELIEVES)} leave him JFK with a human brain and "
        f"{found.count(NAME_ALONE)} JFK without it; {theatre_does}"
    )
    print(f"  {finding}")
    sections = [
        plots.Dots(heading, rows, COLORS, remarks={what: verdict(p) for what, p in rows.items()})
        for heading, rows in (
            ("The JFK-coder, one assumption changed", changed),
            ("A theatre that plays along, with an inference at full strength", looked),
        )
    ]
    note = "Believes it: both are likelier than not. The evidence is drawn anew under each assumption."
    plots.save(plots.plot_dots(sections, finding, theatre.title, note), folder / "jfk_survives.png")


def believed(scenario: bs.Scenario, key: int) -> dict[str, float]:
    """Whether it takes itself for JFK, and whether it takes itself to have his brain."""
    result = bs.posterior(scenario, bs.simulate(scenario, key=key))
    brain = result.facets.sel(facet="substrate", value="human brain")
    return {NAMED: float(result.identities.sel(identity="jfk")), BRAIN: float(brain)}


def times(n: int) -> str:
    """How often, in words."""
    return {0: "never", 1: "once"}.get(n, f"{n} times")


def says(looks: int) -> str:
    return f"{looks} of each of four looks behind the scenes" if looks else "no look behind the scenes"


def verdict(p: Mapping[str, float]) -> str:
    if p[NAMED] <= 0.5:
        return "is not JFK"
    return BELIEVES if p[BRAIN] > 0.5 else NAME_ALONE


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
