"""Inference of unknown numbers: NUTS over them, the discrete part summed out; beliefs averaged over what was drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import jax
import numpy as np
import xarray as xr
from jaxtyping import PRNGKeyArray

from bayes_self.evidence.evidence import Evidence
from bayes_self.inference.diagnosis import Diagnosis, diagnosed
from bayes_self.inference.groups import group
from bayes_self.inference.model import marginal
from bayes_self.inference.question import Question, question_of
from bayes_self.inference.sampling import TARGET, sample
from bayes_self.inference.tree import tree_of
from bayes_self.model.jax_arrays import in_float64
from bayes_self.scenario import Scenario

if TYPE_CHECKING:
    from arviz_stats.utils import ELPDData


@dataclass(frozen=True, repr=False)
class Inference:
    """What the evidence says of the unknown numbers, and what is believed when they are averaged over."""

    question: Question
    tree: xr.DataTree
    """Draws and all that goes with them, in ArviZ's groups; see `tree_of`."""
    asked: int
    """The draws of each chain that were asked for."""

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """Whether the sampler has converged, and what in the question is ill posed."""
        return diagnosed(self.question, self.tree)

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped it before all draws were there."""
        return group(self.tree, "posterior").sizes["draw"] < self.asked

    @property
    def converged(self) -> bool:
        """Whether the draws may be read as a posterior."""
        return not self.diagnosis.failures

    @cached_property
    def summary(self) -> xr.Dataset:
        """Mean, sd, 5% and 95% quantiles, R-hat, effective sample sizes and Monte Carlo errors of each unknown number.

        Variables are the numbers; dim `summary`.
        """
        from bayes_self.inference.summary import summary

        return summary(self.tree)

    @property
    def identities(self) -> xr.DataArray:
        """P(identity), averaged over the unknown numbers; of several bodies of evidence, for each (dim `evidence`)."""
        return group(self.tree, "beliefs")["identities"].mean(("chain", "draw"), keep_attrs=True)

    @property
    def facets(self) -> xr.DataArray:
        """P(value) of each facet, averaged over the unknown numbers; NaN where a facet has no such value."""
        return group(self.tree, "beliefs")["facets"].mean(("chain", "draw"), keep_attrs=True)

    @property
    def ownership(self) -> xr.DataArray:
        """P(stream is about me), averaged over the unknown numbers."""
        return group(self.tree, "beliefs")["ownership"].mean(("chain", "draw"), keep_attrs=True)

    def loo(self) -> "ELPDData":
        """Leave one probe out: the expected log predictive density of its counts given all the others, in nats.

        By Pareto-smoothed importance sampling, without multinomial coefficients. Probes depend on each other given the
        unknown numbers, which the weights 1 / p(counts of the probe given the others) allow for (Bürkner, Gabry and
        Vehtari 2021, arXiv 1810.10559). Probes on which the unknown numbers do not bear are not among them.
        """
        from arviz_stats.loo import loo

        of_probes = group(self.tree, "log_likelihood_of_probes").of_each_probe
        outcomes = [dim for dim in of_probes.dims if dim not in ("chain", "draw")]
        # A probe on which the unknown numbers do not bear has one density at every draw, and no tail to smooth.
        of_probes = of_probes.where(of_probes.max(("chain", "draw")) - of_probes.min(("chain", "draw")) > 1e-9)
        flat = of_probes.stack(left_out=outcomes).dropna("left_out").reset_index("left_out").drop_vars(outcomes)
        posterior = group(self.tree, "posterior")
        tree = xr.DataTree.from_dict({"posterior": posterior, "log_likelihood": xr.Dataset({"probe": flat})})
        return cast("ELPDData", loo(tree))

    @property
    def scenario(self) -> Scenario:
        """The scenario that was asked about."""
        return self.question.scenario

    def __repr__(self) -> str:
        draws = group(self.tree, "posterior").sizes
        state = "" if self.converged else ", NOT CONVERGED"
        keys = ", ".join(self.question.keys)
        where = self.scenario.name or "a scenario"
        return f"<Inference of {keys} in {where}: {draws['chain']} x {draws['draw']} draws{state}>"


@in_float64
def infer(  # noqa: PLR0913 (options by name)
    scenario: Scenario,
    evidence: Evidence | Mapping[str, Evidence] | None = None,
    unknown: Sequence[str] = (),
    *,
    key: PRNGKeyArray | int,
    frame: str = "self-model",
    draws: int = 1000,
    warmup: int = 1000,
    chains: int = 4,
    tick: Callable[[int], object] = lambda done: None,
) -> Inference:
    """The posterior of unknown numbers, p(x given evidence) ∝ p(x) Z(x), by NUTS.

    `unknown` are dotted keys of reliabilities, doubts, ownerships, saliences, the coherence, and how surely masks show,
    or of the price of a mask in bits. Their priors are the scenario's (`[unknown."KEY"]`); where it states none,
    uniform(0, 20) for bits and beta(2, 2) for every other number. `evidence` may be several bodies of evidence by
    name: each is then a self-model of its own, with numbers of its own that are partially pooled (see `marginal`).
    `draws` and `warmup` are per chain; `tick` is told of every step of them that is done.

    Raises:
        ScenarioError: what is asked has no generative meaning or is not identified; every reason is listed.
        EvidenceError: no self-model allows the evidence.

    """
    question = question_of(scenario, evidence, unknown, frame)
    drawn = sample(marginal(question), question.counts, key=key, chains=chains, warmup=warmup, draws=draws, tick=tick)
    tree = tree_of(question, drawn, key=key)
    tree.attrs |= {"warmup": warmup, "target_acceptance": TARGET, "seed": _as_text(key)}
    return Inference(question, tree, asked=draws)


def _as_text(key: PRNGKeyArray | int) -> str:
    return str(key) if isinstance(key, int) else str(np.asarray(jax.random.key_data(key)).tolist())
