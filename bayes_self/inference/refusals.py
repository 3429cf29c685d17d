"""What cannot be inferred, and why: numbers without a generative meaning, or not identified together."""

from collections.abc import Iterator, Sequence

from bayes_self.errors import Fault, ScenarioError
from bayes_self.model.frames import fixes
from bayes_self.scenario import Scenario
from bayes_self.scenario.keys import dotted, split
from bayes_self.scenario.stream_schema import ObservationStream, PretrainingStream
from bayes_self.scenario.unknowns import UNKNOWN, unknown_keys
from bayes_self.words.spelling import did_you_mean, listed, shown


def accepted(scenario: Scenario, unknown: Sequence[str], frame: str = "self-model") -> tuple[str, ...]:
    """The keys in the file's form, the general before the particular: a probe's own number overrides its stream's.

    Raises:
        ScenarioError: a key names no number that can be inferred, or the keys together are not identified; every
            reason is listed.

    """
    faults = [*_tempered(scenario), *_strangers(scenario, unknown)]
    if not unknown:
        keys = listed(unknown_keys(scenario.number_keys()))
        faults.append(Fault("--unknown", None, "nothing", f"at least one of {keys}"))
    if faults:
        raise ScenarioError(faults, scenario.name)
    keys = sorted(dict.fromkeys(dotted(split(key)) for key in unknown), key=lambda key: len(split(key)))
    if faults := [*_fixed(keys, frame), *_not_together(scenario, keys)]:
        raise ScenarioError(faults, scenario.name)
    return tuple(keys)


def refuse_tempered(scenario: Scenario) -> None:
    """Raise ScenarioError where a weight other than 0 and 1 leaves no generative model."""
    if faults := [*_tempered(scenario)]:
        raise ScenarioError(faults, scenario.name)


def _tempered(scenario: Scenario) -> Iterator[Fault]:
    """A likelihood to a power is no likelihood. (Pretraining's weight is a number of the prior: it may be anything.)"""
    for name, stream in scenario.streams.items():
        if isinstance(stream, PretrainingStream):
            continue
        probes = stream.probes if isinstance(stream, ObservationStream) else {}
        weights = {("streams", name, "weight"): stream.weight}
        weights |= {("streams", name, "probes", probe, "weight"): each.weight for probe, each in probes.items()}
        for path, weight in weights.items():
            if weight not in (0, 1):
                reason = "1 (or 0): a tempered likelihood is no generative model's, and nothing can be inferred from it"
                yield Fault(dotted(path), None, f"{weight:g}", reason, f"try --set {dotted(path)}=1")


def _strangers(scenario: Scenario, unknown: Sequence[str]) -> Iterator[Fault]:
    known = unknown_keys(scenario.number_keys())
    for key in unknown:
        try:
            path = split(key)
        except ValueError:
            path = ()
        if dotted(path) not in known:
            expected = _expected(path, known)
            hint = did_you_mean(key, known) if expected.startswith(UNKNOWN) else ""
            yield Fault("--unknown", None, shown(key), expected, hint)
        elif path == ("salience",) and isinstance(scenario.salience, dict):
            reason = "salience.FACET: the file gives each facet its own"
            yield Fault("--unknown", None, shown(key), reason)


def _expected(path: tuple[str, ...], known: list[str]) -> str:
    match path:
        case (*_, "weight"):
            return "no weight: a weight is no number of a generative model; vary it with `sweep --over` instead"
        case ("identities", _, ("prior" | "bits")) | ("streams", _, "mentions", _):
            return (
                "no prior, bits or mentions: the three are one number of the prior over identities, which evidence of "
                "one self-model cannot tell apart; change it with --set and compare the log evidence"
            )
    if path[:1] == ("masks",):
        return "a number of a scenario with [masks], which this one does not have"
    return UNKNOWN + listed(known)


def _fixed(keys: Sequence[str], frame: str) -> Iterator[Fault]:
    for key in keys:
        if fixes(frame, split(key)):
            yield Fault(key, None, f"unknown in the frame {frame}", "a number that the frame does not fix")


def _not_together(scenario: Scenario, keys: Sequence[str]) -> Iterator[Fault]:
    """Only the product of coherence and a salience enters the model."""
    stands = [facet for facet in scenario.facets if any(facet in each.profile for each in scenario.identities.values())]
    unknown = {split(key) for key in keys}
    all_saliences = ("salience",) in unknown or all(("salience", facet) in unknown for facet in stands)
    if ("coherence",) in unknown and all_saliences:
        which = "salience" if ("salience",) in unknown else "the salience of every facet"
        yield Fault(
            f"coherence with {which}",
            None,
            "both unknown",
            "one of them: only their product is in the model, and no evidence can tell them apart",
            "leave one out, or leave one facet's salience known",
        )
