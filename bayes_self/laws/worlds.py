"""The world: what it answers, and that neither frames nor needless claims change that."""

from bayes_self.evidence.evidence import Evidence
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.choice import choices
from bayes_self.laws.definition import Key, law
from bayes_self.laws.enumeration.world import expected_evidence, facts, trials
from bayes_self.scenario import Scenario
from bayes_self.world.simulation import expect, simulate


def _no_world(scenario: Scenario, evidence: Evidence) -> str | None:
    return None if scenario.world else "there is no world"


def _by_outcome(scenario: Scenario, rows: list) -> dict[str, float]:
    found = {f"{p.stream}.{p.name} = {outcome}": 0.0 for p in scenario.probes() for outcome in p.outcomes}
    return found | {f"{row['stream']}.{row['probe']} = {row['outcome']}": row["count"] for row in rows}


@law(
    statement="The world answers as its tables say: with the fact, else with what is claimed, else not at all; "
    "through the true table and reliability.",
    reason="The definition of the world, enumerated.",
    unless=_no_world,
    of_impossible=True,
)
def the_world_answers_as_its_tables_say(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    found = _by_outcome(scenario, expect(scenario).rows(scenario))
    agree("the expected count of", found, _by_outcome(scenario, expected_evidence(scenario.to_dict())))


@law(
    statement="Facts answer whatever the spec says.",
    reason="Where the world has a fact, reality makes it true; a claim is made true only where there is none.",
    conditions="errors do not follow the part, which the spec describes",
    unless=_no_world,
    of_impossible=True,
)
def facts_answer_whatever_is_said(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    known = set(scenario.world.facts) if scenario.world else set()
    sure = {
        (p.stream, p.name) for p in scenario.probes() if known.issuperset(p.about) and not _follows_the_part(p.errors)
    }
    told, untold = (draft.keeping(expect(s), sure).rows(s) for s in (scenario, scenario.without_claims()))
    agree("the expected count of", _by_outcome(scenario, told), _by_outcome(scenario, untold))


def _follows_the_part(errors: object) -> bool:
    return isinstance(errors, str) and errors == "part"


@law(
    statement="A draw has as many trials as the world makes, in the void too, and shows nothing that cannot be.",
    reason="A multinomial draw sums to its number of trials, and has none where the probability is 0.",
    unless=_no_world,
    of_impossible=True,
)
def draws_have_their_trials(scenario: Scenario, evidence: Evidence, key: Key) -> None:
    drawn, expected = simulate(scenario, key=_small(key)), expect(scenario)
    raw = scenario.to_dict()
    true = facts(raw)
    for probe in scenario.probes():
        seen, shown = drawn.of(probe.stream, probe.name), expected.of(probe.stream, probe.name)
        total = 0.0 if seen is None else float(seen.sum())
        agree(f"trials of {probe.stream}.{probe.name}", total, float(trials(raw, probe.stream, probe.name)))
        if seen is not None and all(true[facet] is not None for facet in probe.about):
            possible = shown is not None and not ((seen > 0) & (shown == 0)).any()
            require(possible, f"{probe.stream}.{probe.name} showed what cannot be: {seen.tolist()}")


def _small(key: Key) -> int:
    return int(choices(key, "draw").integers(2**31))
