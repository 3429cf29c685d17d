"""Faults of reference: names of facets, values, identities, streams and probes that name nothing."""

from typing import Any

from bayes_self.scenario.fields import is_name
from bayes_self.scenario.keys import Path
from bayes_self.scenario.parts import AS, masked
from bayes_self.scenario.report import Report
from bayes_self.scenario.stream_schema import KINDS, OBSERVATION_KINDS, with_kind
from bayes_self.words.spelling import did_you_mean, listed, shown

RESERVED = "identity"


def table(value: Any) -> dict[str, Any]:
    """The table, or an empty one where something else was written (which is told elsewhere)."""
    return {key: item for key, item in value.items() if isinstance(key, str)} if isinstance(value, dict) else {}


def texts(value: Any) -> list[str]:
    """The names in a list, or none where something else was written (which is told elsewhere)."""
    return [item for item in value if is_name(item)] if isinstance(value, list | tuple) else []


class Known:
    """The names that a scenario declares, as far as they can be made out."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.facets = {name: texts(table(facet).get("values")) for name, facet in table(raw.get("facets")).items()}
        self.identities = list(table(raw.get("identities")))
        self.has_world, self.has_masks = "world" in raw, isinstance(raw.get("masks"), dict)
        self.self_models = [*self.identities, *_pairs(raw.get("masks"), self.identities)]
        self.streams = {
            name: with_kind(name, stream)
            for name, stream in table(raw.get("streams")).items()
            if isinstance(stream, dict)
        }

    def kind(self, stream: str) -> str:
        """The stream's kind, "" where it is none that is known."""
        kind = self.streams[stream]["kind"]
        return kind if isinstance(kind, str) and kind in KINDS else ""

    def of_kind(self, *kinds: str) -> list[str]:
        return [name for name in self.streams if self.kind(name) in kinds]

    def observations(self) -> list[str]:
        return self.of_kind(*OBSERVATION_KINDS)

    def probes(self, stream: str) -> dict[str, dict[str, Any]]:
        """The stream's readings and probes; a reading as the probe that it is."""
        content = self.streams[stream]
        readings = {
            facet: {"about": [facet], "outcomes": self.facets.get(facet, [])}
            for facet in texts(content.get("readings"))
        }
        return {**readings, **{name: table(probe) for name, probe in table(content.get("probes")).items()}}


def _pairs(masks: Any, identities: list[str]) -> list[str]:
    """The names of all masks, as far as they can be made out."""
    if not isinstance(masks, dict):
        return []
    beneath, worn = (texts(masks.get(side, identities)) for side in ("beneath", "worn"))
    return [masked(g, h) for g in beneath for h in worn if g != h and {g, h} <= set(identities)]


def check(report: Report, raw: dict[str, Any], known: Known) -> None:
    _check_facets(report, known)
    for name in table(raw.get("salience")):
        report.name(("salience", name), name, list(known.facets), "one of the facets")
    for name, identity in table(raw.get("identities")).items():
        for facet in table(table(identity).get("profile")):
            path = ("identities", name, "profile", facet)
            _facet_and_value(report, path, facet, table(identity)["profile"][facet], known)
    if "masks" in raw:
        _check_masks(report, table(raw["masks"]), known)
    for name in known.streams:
        _check_stream(report, name, known)
    _check_pretraining(report, known)
    _check_world(report, table(raw.get("world")), known)


def distinct(report: Report, path: Path, names: Any) -> None:
    """A fault for each name of a list that stood in it before."""
    seen: set[str] = set()
    for index, name in enumerate(names if isinstance(names, list | tuple) else ()):
        if is_name(name) and name in seen:
            report.add((*path, index), f"{shown(name)} a second time", "names that differ")
        elif is_name(name):
            seen.add(name)


def _check_facets(report: Report, known: Known) -> None:
    for facet in known.facets:
        if facet == RESERVED:
            report.add(("facets", facet), shown(facet), f'any other name: "{RESERVED}" is the identity itself')


def _check_masks(report: Report, masks: dict[str, Any], known: Known) -> None:
    for name in known.identities:
        if AS in name:
            report.add(("identities", name), shown(name), f'with masks, a name without "{AS}", which names a mask')
    covers = masks.get("covers")
    distinct(report, ("masks", "covers"), covers)
    facets = [((name,), name) for name in table(covers)]
    facets += [((i,), name) for i, name in enumerate(covers if isinstance(covers, list | tuple) else ())]
    for at, name in facets:
        report.name(("masks", "covers", *at), name, list(known.facets), "one of the facets")
    named = set(texts(masks.get("beneath"))) | set(texts(masks.get("worn")))
    for side in ("beneath", "worn"):
        distinct(report, ("masks", side), masks.get(side))
        for i, name in enumerate(texts(masks.get(side))):
            report.name(("masks", side, i), name, known.identities, "one of the identities")
    if len(known.self_models) == len(known.identities) and named <= set(known.identities):
        report.add(("masks",), "nobody who can wear another's name", "one who is beneath and another who is worn")


def _facet_and_value(report: Report, path: Path, facet: str, value: Any, known: Known) -> None:
    """One facet, and one of its values or a table over them."""
    if not report.name(path, facet, list(known.facets), "one of the facets"):
        return
    values = known.facets[facet]
    if not values:
        return
    if isinstance(value, dict):
        for name in value:
            report.name((*path, name), name, values, f"one of the values of {facet}")
    else:
        report.name(path, value, values, f"one of the values of {facet}")


def _check_pretraining(report: Report, known: Known) -> None:
    for extra in known.of_kind("pretraining")[1:]:
        report.add(("streams", extra), "a second stream of the kind pretraining", "at most one")


def _check_stream(report: Report, name: str, known: Known) -> None:
    stream, path = known.streams[name], ("streams", name)
    kind = known.kind(name)
    if kind == "pretraining":
        for identity in table(stream.get("mentions")):
            report.name((*path, "mentions", identity), identity, known.identities, "one of the identities")
    elif kind == "spec":
        _check_claims(report, path, stream, known)
    elif kind in OBSERVATION_KINDS:
        _check_observations(report, path, stream, known)


def _check_claims(report: Report, path: Path, stream: dict[str, Any], known: Known) -> None:
    value, at = _claimed(stream.get("identity"), (*path, "identity"))
    report.name(at, value, known.identities, "one of the identities")
    for facet, claim in table(stream.get("claims")).items():
        value, at = _claimed(claim, (*path, "claims", facet))
        if report.name((*path, "claims", facet), facet, list(known.facets), "one of the facets"):
            _facet_and_value(report, at, facet, value, known)


def _claimed(claim: Any, path: Path) -> tuple[Any, Path]:
    """What a claim says, and where it says so, in either of its two forms."""
    if not isinstance(claim, dict):
        return claim, path
    value = claim.get("value")
    return (value if isinstance(value, str) else None), (*path, "value")


def _check_observations(report: Report, path: Path, stream: dict[str, Any], known: Known) -> None:
    readings = stream.get("readings")
    distinct(report, (*path, "readings"), readings)
    for index, facet in enumerate(readings if isinstance(readings, list | tuple) else []):
        report.name((*path, "readings", index), facet, list(known.facets), "one of the facets")
    for name, probe in table(stream.get("probes")).items():
        at = (*path, "probes", name)
        if name in texts(readings):
            report.add(at, shown(name), "another name: a reading of this stream has it")
        distinct(report, (*at, "outcomes"), table(probe).get("outcomes"))
        about = table(probe).get("about")
        distinct(report, (*at, "about"), about)
        for index, facet in enumerate(about if isinstance(about, list | tuple) else []):
            report.name((*at, "about", index), facet, list(known.facets), "one of the facets")


def _check_world(report: Report, world: dict[str, Any], known: Known) -> None:
    for facet, value in table(world.get("facts")).items():
        _facet_and_value(report, ("world", "facts", facet), facet, value if isinstance(value, str) else None, known)
    for stream in table(world.get("reliability")):
        _observation_stream(report, ("world", "reliability", stream), stream, known)
    for part in ("trials", "tables"):
        for stream, probes in table(world.get(part)).items():
            path = ("world", part, stream)
            if _observation_stream(report, path, stream, known):
                for probe in table(probes):
                    _probe(report, (*path, probe), stream, probe, known)


def _observation_stream(report: Report, path: Path, name: str, known: Known) -> bool:
    if name in known.streams and not known.kind(name):
        return False  # its unknown kind is told already
    return report.name(path, name, known.observations(), "one of the observation streams")


def _probe(report: Report, path: Path, stream: str, name: str, known: Known) -> None:
    probes = known.probes(stream)
    hint = did_you_mean(name, list(probes))
    elsewhere = [other for other in known.observations() if name in known.probes(other)]
    if elsewhere and not hint:
        hint = f"it is a probe of {elsewhere[0]}"
    if name not in probes:
        report.add(path, shown(name), f"one of the probes and readings of {stream}: " + listed(list(probes)), hint)
