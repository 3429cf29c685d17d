"""Hypothesis strategies: scenarios, evidence, worlds and edits that a person can read, and that reach the corners.

Zeros and ones in every table, coherence and salience 0 and 1, ownership 0 and 1, claims that contradict each other,
equal identities, masks, probes that are doubted, counts that are absent, fractional or huge. What fails shrinks to few
names and to numbers of few digits, and is printed as a scenario file. Needs Hypothesis (`pip install
"bayes-self[laws]"`).
"""

from typing import Any

from hypothesis import note
from hypothesis import strategies as st

from bayes_self.evidence.evidence import Evidence
from bayes_self.laws.draft import scenario_of
from bayes_self.laws.numbers import distribution, filled, probability, table, weight
from bayes_self.laws.structures import Draw, Structure, structure_of, structures
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import dotted
from bayes_self.scenario.stream_schema import OBSERVATION_KINDS

__all__ = ["edits", "evidence", "scenarios", "scenarios_like", "structure_of", "structures", "worlds"]


@st.composite
def scenarios(  # noqa: PLR0913 (options by name)
    draw: Draw,
    *,
    min_identities: int = 1,
    max_identities: int = 3,
    max_facets: int = 3,
    max_values: int = 3,
    min_spec: int = 0,
    max_spec: int = 2,
    min_observed: int = 0,
    max_observed: int = 2,
    probes_about: int = 3,
    positive: bool = False,
    weights_one: bool = False,
    world: bool | None = False,
) -> Scenario:
    """Scenarios with so many identities, facets, values, spec streams and observation streams at most.

    `probes_about`: how many facets a probe is about at most (one to three). `positive`: no probability that is drawn
    reaches 0 or 1 (but ownership), so that hardly any evidence is impossible. `weights_one`: nothing is tempered.
    `world`: whether there is a world; None for either.
    """
    structure = draw(
        structures(
            identities=(min_identities, max_identities),
            facets=(1, max_facets),
            values=(2, max_values),
            spec=(min_spec, max_spec),
            observed=(min_observed, max_observed),
            probes_about=probes_about,
        )
    )
    has_world = draw(st.booleans()) if world is None else world
    return draw(scenarios_like(structure, positive=positive, weights_one=weights_one, world=has_world))


@st.composite
def scenarios_like(
    draw: Draw, like: Scenario | Structure, *, positive: bool = False, weights_one: bool = False, world: bool = False
) -> Scenario:
    """Scenarios of one structure, or like one scenario, which differ in their numbers and in what is claimed."""
    structure = structure_of(like) if isinstance(like, Scenario) else like
    scenario = scenario_of(draw(filled(structure, positive, weights_one)))
    if world:
        return draw(worlds(scenario))
    note(f"a scenario file:\n{scenario.to_toml()}")
    return scenario


COUNTS = (0.0, 1.0, 3.0, 30.0, 0.5, 2.25, 1000.0, 1e9)
"""Fractional and huge ones too."""


@st.composite
def evidence(draw: Draw, scenario: Scenario, max_count: float = 1e9, *, some: bool = False) -> Evidence:
    """Evidence of a scenario's probes: absent, 0, small, fractional or huge, up to `max_count`.

    With `some` there is some, if the scenario has a probe.
    """
    allowed = [n for n in COUNTS if n <= max_count]
    rows: list[dict[str, Any]] = []
    for probe in scenario.probes():
        for outcome in probe.outcomes:
            count = draw(st.sampled_from(allowed))
            if count > 0:
                rows.append({"stream": probe.stream, "probe": probe.name, "outcome": outcome, "count": count})
    if some and not rows and scenario.probes():
        probe = draw(st.sampled_from(scenario.probes()))
        seen, count = draw(st.sampled_from(probe.outcomes)), draw(st.sampled_from([n for n in allowed if n > 0]))
        rows.append({"stream": probe.stream, "probe": probe.name, "outcome": seen, "count": count})
    return Evidence.from_rows(scenario, rows)


@st.composite
def worlds(draw: Draw, scenario: Scenario, max_trials: int = 30) -> Scenario:
    """The scenario with a world: facts for some facets (the rest: claims, or the void), trials, other tables."""
    raw = scenario.to_dict()
    facts = {d: draw(st.sampled_from(f.values)) for d, f in scenario.facets.items() if draw(st.booleans())}
    world: dict[str, Any] = {"seed": draw(st.integers(0, 9)), "facts": facts, "trials": {}}
    for probe in scenario.probes():
        world["trials"].setdefault(probe.stream, {})[probe.name] = draw(st.integers(0, max_trials))
    for stream in world["trials"]:
        if draw(st.sampled_from([False, False, True])):
            world.setdefault("reliability", {})[stream] = draw(probability())
        for name, probe in raw["streams"][stream].get("probes", {}).items():
            if draw(st.sampled_from([False, False, True])):
                values = [list(scenario.facets[d].values) for d in probe["about"]]
                true = {"given": draw(table(values, len(probe["outcomes"])))}
                world.setdefault("tables", {}).setdefault(stream, {})[name] = true
    found = scenario_of(raw | {"world": world})
    note(f"a scenario file:\n{found.to_toml()}")
    return found


@st.composite
def edits(draw: Draw, scenario: Scenario) -> dict[str, Any]:
    """One thing set otherwise, by its dotted key: `scenario.with_settings(edit)` is another scenario."""
    numbers: dict[str, st.SearchStrategy[Any]] = {"coherence": probability()}
    for h in scenario.identities:
        numbers[dotted(("identities", h, "bits"))] = st.sampled_from([0.0, 1.0, 5.0])
        numbers[dotted(("identities", h, "prior"))] = st.sampled_from([1.0, 0.1, 2.0])
    if scenario.masks:
        numbers["masks.bits"] = st.sampled_from([0.0, 1.0, 5.0])
        for d in scenario.masks.covers:
            numbers[dotted(("masks", "covers", d))] = probability()
    for d, facet in scenario.facets.items():
        base = distribution(len(facet.values)).map(lambda p, values=facet.values: dict(zip(values, p, strict=True)))
        numbers[dotted(("facets", d, "base"))] = base
    for name, stream in scenario.streams.items():
        numbers[dotted(("streams", name, "weight"))] = weight()
        if stream.kind != "pretraining":
            numbers[dotted(("streams", name, "reliability"))] = probability()
        if stream.kind in OBSERVATION_KINDS:
            numbers[dotted(("streams", name, "ownership"))] = probability()
            numbers[dotted(("streams", name, "doubt"))] = probability()
        if stream.kind == "spec":
            for d, facet in scenario.facets.items():
                numbers[dotted(("streams", name, "claims", d))] = st.sampled_from(facet.values)
    key = draw(st.sampled_from(list(numbers)))
    return {key: draw(numbers[key])}
