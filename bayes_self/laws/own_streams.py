"""Streams of a user's own, held against their contract and, written out as probes, against every law."""

from collections.abc import Mapping, Sequence

from bayes_self.evidence.evidence import Evidence, listen
from bayes_self.evidence.own_streams import EvidenceStream, LogPotentials
from bayes_self.laws import draft
from bayes_self.laws.agreement import agree, require
from bayes_self.laws.beliefs import probabilities, rounding
from bayes_self.laws.choice import choices
from bayes_self.laws.definition import Key, Law
from bayes_self.laws.renaming import shuffled
from bayes_self.laws.transcription import not_a_table, written_out
from bayes_self.scenario import Scenario


def check_streams(
    scenario: Scenario,
    streams: Mapping[str, EvidenceStream],
    evidence: Evidence | None = None,
    key: Key = 0,
    laws: Sequence[Law] | None = None,
) -> None:
    """Hold streams of one's own against their contract, and what they say against `laws` (None: all of them).

    A stream says the same when it is asked again; it goes by names, and not by the order of the file; it does not look
    at what is believed; it changes nothing. What it says leads where the same tables, written out as probes that were
    observed once, would lead; and there every law holds, with `evidence` beside it. Only the contract is checked of
    streams with a constant for the part, which are no table.

    Raises:
        EvidenceError: a stream speaks of what the scenario does not have.
        AssertionError: it breaks its contract; in words.
        LawBroken: a law does not hold; with the smallest counterexample found.

    """
    evidence = Evidence() if evidence is None else evidence
    for name, stream in streams.items():
        _keeps_its_contract(scenario, name, stream, key)
    both = evidence + listen(scenario, streams)
    if not_a_table(both) is not None:
        return
    plain, counted = written_out(scenario, both)
    found, expected = probabilities(scenario, both), probabilities(plain, counted)
    agree("P, of what was heard or written out as probes,", found, expected, rounding(plain, counted))
    from bayes_self.laws.catalogue import ALL, check

    check(plain, counted, key, ALL if laws is None else laws)


def _keeps_its_contract(scenario: Scenario, name: str, stream: EvidenceStream, key: Key) -> None:
    before = scenario.to_dict()
    said = listen(scenario, {name: stream}).potentials[name][0]
    require(scenario.to_dict() == before, f"the stream {name} changed the scenario")
    raw = draft.inferred_from(scenario)
    for where, other in (
        ("when it is asked again", raw),
        ("where facets, values and identities stand in another order", shuffled(raw, choices(key, name))),
        ("where other things are believed", _of_another_mind(raw)),
    ):
        again = listen(draft.scenario_of(other), {name: stream}).potentials[name][0]
        agree(f"what the stream {name} says {where}: log P", _numbers(again), _numbers(said))


def _numbers(said: LogPotentials) -> dict[str, float]:
    found = {f"{facet} = {value}": x for facet, row in said.values.items() for value, x in row.items()}
    return found | ({} if said.part is None else {"part": said.part})


def _of_another_mind(raw: draft.Raw) -> draft.Raw:
    """The same identities, facets and streams; without claims, and with other priors, weights and coherence."""
    changed = draft.without_claims(raw) | {"coherence": 0.5 * raw.get("coherence", 0.9)}
    changed["identities"] = {
        h: identity | {"prior": 1.0 + i, "bits": 0.0} for i, (h, identity) in enumerate(raw["identities"].items())
    }
    for name in draft.observed(changed):
        changed["streams"][name] |= {"weight": 0.5, "ownership": 0.5}
    return changed
