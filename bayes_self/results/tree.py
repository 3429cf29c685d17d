"""Exact beliefs as an xarray DataTree, which ArviZ opens and NetCDF keeps.

Probabilities are not dressed as draws: they are in groups of their own, with named dimensions and with units as
attributes. Draws of unknown numbers have ArviZ's own groups, beside these.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from bayes_self.beliefs.labels import by_facet
from bayes_self.beliefs.names import NamedBeliefs
from bayes_self.beliefs.posterior import Posterior
from bayes_self.files.format_number import written_by
from bayes_self.measures.comparison import FrameResult
from bayes_self.model.silence import IDENTITY

_NATS = {"units": "nats"}
_BITS = {"units": "bits"}
_PROBABILITY = {"units": "probability"}


def to_datatree(
    result: Posterior,
    trajectory: xr.Dataset | None = None,
    frames: Mapping[str, FrameResult] | None = None,
) -> xr.DataTree:
    """The beliefs of a posterior, and of its trajectory and the three frames where they are given.

    Groups: `/posterior_exact` and `/prior_exact` (p and p0: probabilities; with masks also `beneath` and `worn`, by
    dim `written`, and of what is doubted `broken`, by dim `doubted`, "stream/probe"), `/landscape` (concentration and
    bits to flip in bits, verdicts), `/evidence` (counts by probe and outcome), `/log_potentials` (what streams of one's
    own said, in nats), `/trajectory` (by step), `/frames` (by frame) and `/scenario` (the file as text).
    """
    tree = xr.DataTree(xr.Dataset(attrs=_about(result)))
    groups = {
        "posterior_exact": _posterior(result),
        "prior_exact": _prior(result),
        "landscape": _landscape(result),
        "evidence": _evidence(result),
        "log_potentials": _log_potentials(result),
        "trajectory": trajectory,
        "frames": None if frames is None else _frames(frames),
        "scenario": xr.Dataset({"toml": ((), result.scenario.to_toml())}),
    }
    for name, dataset in groups.items():
        if dataset is not None:
            tree[name] = xr.DataTree(dataset)
    return tree


def _about(result: Posterior) -> dict[str, Any]:
    return {
        "scenario": result.scenario.name,
        "title": result.scenario.title,
        "question": result.scenario.question,
        "frame": result.case.frame,
        **written_by(),
    }


def _posterior(result: Posterior) -> xr.Dataset:
    after, broken = result.after, {}
    for stream, probes in after.broken.items():
        broken |= {f"{stream}/{probe}": p for probe, p in probes.items()}
    doubted = {"broken": _along("doubted", broken)} if broken else {}
    return xr.Dataset(
        {
            "identities": result.identities,
            "facets": result.facets,
            "ownership": result.ownership,
            **_masks(after),
            **doubted,
            "log_evidence": ((), result.log_evidence, _NATS),
        }
    )


def _prior(result: Posterior) -> xr.Dataset:
    return xr.Dataset({"identities": result.prior_identities, "facets": result.prior_facets, **_masks(result.before)})


def _masks(believed: NamedBeliefs) -> dict[str, xr.DataArray]:
    """P(beneath) and P(worn) of the identities that are written down; nothing without masks."""
    sides = {"beneath": believed.beneath, "worn": believed.worn}
    return {side: _along("written", p) for side, p in sides.items() if p}


def _along(dim: str, p: Mapping[str, float]) -> xr.DataArray:
    return xr.DataArray(list(p.values()), {dim: list(p)}, dim, attrs=_PROBABILITY)


def _landscape(result: Posterior) -> xr.Dataset:
    facets = result.facets
    names = [str(facet) for facet in facets["facet"].values]
    flips = xr.full_like(facets, np.nan)
    for facet in names:
        for value, bits in result.bits_to_flip[facet].items():
            flips.loc[{"facet": facet, "value": value}] = bits
    identity_flips = result.bits_to_flip[IDENTITY]
    found = {
        "concentration": ("facet", [result.concentration[facet] for facet in names], _BITS),
        "verdict": ("facet", [result.verdicts[facet] for facet in names]),
        "bits_to_flip": (("facet", "value"), flips.values, _BITS),
        "identity_concentration": ((), result.concentration[IDENTITY], _BITS),
        "identity_bits_to_flip": ("identity", list(identity_flips.values()), _BITS),
    }
    return xr.Dataset(found, {**facets.coords, "identity": list(identity_flips)})


def _evidence(result: Posterior) -> xr.Dataset | None:
    """Counts by probe and outcome, NaN where a probe has no such outcome; None where nothing was observed."""
    observed = [probe for probe in result.scenario.probes() if result.evidence.of(probe.stream, probe.name) is not None]
    if not observed:
        return None
    outcomes = list(dict.fromkeys(outcome for probe in observed for outcome in probe.outcomes))
    counts = np.full((len(observed), len(outcomes)), np.nan)
    for i, probe in enumerate(observed):
        counts[i, [outcomes.index(outcome) for outcome in probe.outcomes]] = result.evidence.of(
            probe.stream, probe.name
        )
    return xr.Dataset(
        {"counts": (("probe", "outcome"), counts, {"units": "trials"})},
        {
            "probe": [f"{probe.stream}.{probe.name}" for probe in observed],
            "stream": ("probe", [probe.stream for probe in observed]),
            "outcome": outcomes,
        },
    )


def _log_potentials(result: Posterior) -> xr.Dataset | None:
    """What streams of one's own said, of me and of the part; None where there are none."""
    heard, names = result.case.counts.heard, result.case.names
    if heard is None:
        return None
    streams = {"stream": list(names.streams)}
    found = {
        "of_me": by_facet(heard.of_me, names, **streams),
        "of_part": by_facet(heard.of_part, names, **streams),
        "constant_of_part": xr.DataArray(heard.constant, streams, ["stream"]),
    }
    return xr.Dataset({name: array.rename(name).assign_attrs(_NATS) for name, array in found.items()})


def _frames(frames: Mapping[str, FrameResult]) -> xr.Dataset:
    """What each frame believes that finds the evidence possible, and how probable each frame is."""
    found = {frame: result.posterior for frame, result in frames.items() if result.posterior is not None}
    along = xr.Variable("frame", list(found))
    beliefs = {
        name: xr.concat([getattr(posterior, name) for posterior in found.values()], along)
        for name in ("identities", "facets", "ownership")
    }
    probabilities = [frames[frame].probability for frame in found]
    log_evidence = [posterior.log_evidence for posterior in found.values()]
    return xr.Dataset(beliefs).assign(
        probability=("frame", np.array(probabilities, dtype=float), _PROBABILITY),
        log_evidence=("frame", log_evidence, _NATS),
    )
