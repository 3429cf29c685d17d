"""Exact inference, with names: what the self-model of a scenario believes after its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bayes_self.beliefs import landscape
from bayes_self.beliefs.case import Case, case_of
from bayes_self.beliefs.contradiction import refuse_impossible
from bayes_self.beliefs.labels import by_facet, by_identity, by_stream
from bayes_self.beliefs.names import NamedBeliefs, named
from bayes_self.beliefs.notebook import Subject, table_of
from bayes_self.evidence.evidence import Evidence
from bayes_self.model.beliefs import Beliefs, believe
from bayes_self.model.silence import without_streams
from bayes_self.scenario import Scenario
from bayes_self.scenario.stream_schema import KINDS

if TYPE_CHECKING:
    import xarray as xr

TRAINING_ORDER = KINDS


@dataclass(frozen=True, repr=False)
class Posterior:
    """Probabilities of identities, facet values and ownership, before and after the evidence."""

    case: Case
    """The scenario, its evidence and the frame that this is the posterior of."""
    evidence: Evidence

    @property
    def log_evidence(self) -> float:
        """log Z in nats: claims included, tempered by the weights, without multinomial coefficients."""
        return float(self.case.beliefs.log_evidence)

    @cached_property
    def after(self) -> NamedBeliefs:
        """p as plain dictionaries by name."""
        return named(self.case.beliefs, self.case.names)

    @cached_property
    def before(self) -> NamedBeliefs:
        """p0 as plain dictionaries by name: with bits and mentions, without claims and observations."""
        return named(self.case.prior, self.case.names)

    @cached_property
    def identities(self) -> "xr.DataArray":
        """P(identity), dim `identity`."""
        return by_identity(self.case.beliefs.identities, self.case.names)

    @cached_property
    def facets(self) -> "xr.DataArray":
        """P(value), dims `facet`, `value`; NaN where a facet has no such value."""
        return by_facet(self.case.beliefs.facets, self.case.names)

    @cached_property
    def ownership(self) -> "xr.DataArray":
        """P(stream is about me), dim `stream`: the observation streams."""
        return by_stream(self.case.beliefs.ownership, self.case.names)

    @cached_property
    def prior_identities(self) -> "xr.DataArray":
        """p0 of the identities: with bits and mentions, without claims and observations."""
        return by_identity(self.case.prior.identities, self.case.names).rename("prior_identities")

    @cached_property
    def prior_facets(self) -> "xr.DataArray":
        """p0 of the facets."""
        return by_facet(self.case.prior.facets, self.case.names).rename("prior_facets")

    @cached_property
    def concentration(self) -> dict[str, float]:
        """KL(p ‖ p0) in bits, of the identity ("identity") and of each facet."""
        return landscape.concentration(self.case)

    @cached_property
    def bits_to_flip(self) -> landscape.ByValue:
        """The bits of claim that would make a value the likeliest, per facet and value (and "identity")."""
        return landscape.bits_to_flip(self.case)

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """What has become of each facet: given, concentrated, contested, selected, unsettled, leaning or flat."""
        return landscape.verdicts(self.case)

    @property
    def scenario(self) -> Scenario:
        """The scenario that this is the posterior of."""
        return self.case.scenario

    def to_dataset(self) -> "xr.Dataset":
        """The probabilities as one xarray Dataset."""
        import xarray as xr

        return xr.Dataset(
            {
                "identities": self.identities,
                "facets": self.facets,
                "ownership": self.ownership,
                "prior_identities": self.prior_identities,
                "prior_facets": self.prior_facets,
            },
            attrs={"log_evidence": self.log_evidence, "log_evidence_units": "nats", "frame": self.case.frame},
        )

    def __repr__(self) -> str:
        p = self.after.identities
        likeliest = max(p, key=lambda identity: p[identity])
        sure = ", ".join(f"{facet}: {verdict}" for facet, verdict in self.verdicts.items())
        name = f"Posterior of {self.scenario.name or 'a scenario'} ({self.case.frame})"
        return f"<{name}: {likeliest} {p[likeliest]:.3f}; {sure}>"

    def _repr_html_(self) -> str:
        frame = "" if self.case.frame == "self-model" else f" ({self.case.frame})"
        return table_of((self.scenario.title or self.scenario.name or "Posterior") + frame, self._subjects())

    def _subjects(self) -> Iterator[Subject]:
        bits, after, before = self.concentration, self.after, self.before
        found = f"concentration {bits['identity']:.2f} bits"
        yield Subject("identity", found, after.identities, before.identities)
        for facet in self.scenario.facets:
            found = f"{self.verdicts[facet]}, concentration {bits[facet]:.2f} bits"
            yield Subject(facet, found, after.facets[facet], before.facets[facet])
        if after.ownership:
            yield Subject("ownership", "is the evidence about me?", after.ownership, {})


def posterior(scenario: Scenario, evidence: Evidence | None = None, frame: str = "self-model") -> Posterior:
    """What the self-model of a scenario believes after its evidence (None: no observations), in a frame.

    Raises:
        EvidenceError: no self-model allows the evidence; it names the probes and outcomes that contradict each other.
        ValueError: there is no such frame.

    """
    case = case_of(scenario, evidence, frame)
    evidence = Evidence() if evidence is None else evidence
    refuse_impossible(case, evidence.held)
    return Posterior(case, evidence)


def trajectory(scenario: Scenario, evidence: Evidence | None = None, frame: str = "self-model") -> "xr.Dataset":
    """Beliefs after each stream, in the order pretraining, spec, rl, introspection (within a kind: of the file).

    A Dataset with `identities` (step, identity), `facets` (step, facet, value) and `ownership` (step, stream). The
    first step, "before training", knows the priors and bits, and no mentions. Beliefs are static: a step adds its
    stream's evidence to what was there, and the order changes nothing at the end.

    Raises:
        EvidenceError: no self-model allows the evidence.

    """
    return trajectory_of(case_of(scenario, evidence, frame))


def trajectory_of(case: Case) -> "xr.Dataset":
    """The trajectory of a case, which need not be made again."""
    refuse_impossible(case)
    import xarray as xr

    steps, found = stages(case)
    return xr.Dataset(
        {
            "identities": by_identity(found.identities, case.names, step=list(steps)),
            "facets": by_facet(found.facets, case.names, step=list(steps)),
            "ownership": by_stream(found.ownership, case.names, step=list(steps)),
        },
        attrs={"frame": case.frame},
    )


def stages(case: Case) -> tuple[tuple[str, ...], Beliefs]:
    """The steps, and beliefs after each along a leading axis: a trajectory without names for its axes."""
    steps, still_to_come = zip(*_stages(case.scenario), strict=True)
    return steps, believe(*without_streams(case.believed, case.counts, case.names, still_to_come))


def _stages(scenario: Scenario) -> list[tuple[str, tuple[str, ...]]]:
    """Each step with the streams that have not spoken yet."""
    order = sorted(scenario.streams, key=lambda name: TRAINING_ORDER.index(scenario.streams[name].kind))
    return [(step, tuple(order[i:])) for i, step in enumerate(("before training", *order))]
