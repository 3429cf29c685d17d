"""What a fitted self-model says of real models: bits to flip, bits of each route, ownership, with their uncertainty."""

from collections.abc import Callable, Collection

import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from numpyro import handlers

from bayes_self.errors import BayesSelfError
from bayes_self.fit import program
from bayes_self.fit.answers import Answers
from bayes_self.fit.design import Design, family_of
from bayes_self.fit.equation import reach
from bayes_self.fit.levels import level_of, names_of
from bayes_self.fit.meaning import PERSONA, SELF
from bayes_self.fit.sampling import Fit
from bayes_self.model.jax_arrays import in_float64

READABLE = ("self-model", "self-model-owned")
"""The programs that have a landscape."""
BITS = {"units": "bits"}


def _read_off(design: Design, owned: bool) -> dict[str, jax.Array]:
    grip = program.grip(design)
    models, items = np.ix_(range(design.size("model")), range(design.size("item")))
    held = program.grounding(design, models, items) - reach(program.most(design, models, items), -grip[:, None])
    found = {
        "bits_to_flip": held / jnp.log(2),
        "identity_bits_to_flip": grip / jnp.log(2),
        "route_bits": jax.nn.softplus(program.strength(design)) / jnp.log(2),
        "exponent": program.exponent(design),
        "price": program.price(design) / jnp.log(2),
        "coherence": jnp.tanh(jnp.exp(program.coherence(design)) / 2),
    }
    return found if owned else found | {"ownership": jax.nn.sigmoid(program.ownership(design))}


_DIMS = {
    "bits_to_flip": ("model", "item"),
    "identity_bits_to_flip": ("model",),
    "route_bits": ("model", "family"),
    "exponent": ("model",),
    "price": ("persona",),
    "coherence": ("model",),
    "ownership": ("setting",),
}


@in_float64
def landscape(fit: Fit) -> xr.Dataset:
    """Draws of what is read off a self-model, dims `chain`, `draw` first.

    `bits_to_flip` [model, item]: log2 odds against the persona's value where nothing is claimed,

        (grounding − reach(S, −grip)) / log 2

    which is the bits of claim about that facet itself that would make the persona's value the likelier (design, section
    4). `identity_bits_to_flip` [model]: the same of "I am the persona". `route_bits` [model, family]: what a family of
    routes claims at its largest k. `exponent` [model]: α of examples in context. `price` [persona], bits. `coherence`
    [model]: κσ of a facet of typical salience. `ownership` [setting]: probability that an answer is about oneself. A
    model and route, or model and item, that were never asked have the population's values.

    Raises:
        BayesSelfError: the program has no landscape.

    """
    if fit.program not in READABLE:
        raise BayesSelfError(
            f"{fit.program} holds no facet by any bits: only {' and '.join(READABLE)} have a landscape"
        )
    of: Callable[[], dict[str, jax.Array]] = lambda: _read_off(fit.design, fit.program != READABLE[0])  # noqa: E731
    at = jax.jit(lambda draws: jax.lax.map(lambda draw: handlers.substitute(of, data=draw)(), draws))
    found = jax.tree.map(np.asarray, at(fit.flat))
    shape = next(iter(fit.samples.values())).shape[:2]
    variables = {
        name: (("chain", "draw", *_DIMS[name]), each.reshape(*shape, *each.shape[1:]), _units(name))
        for name, each in found.items()
    }
    return xr.Dataset(variables, {dim: list(fit.design.levels[dim]) for dim in {d for n in found for d in _DIMS[n]}})


def _units(name: str) -> dict[str, str]:
    return BITS if "bits" in name or name == "price" else {}


def by_probe(found: xr.DataArray) -> xr.DataArray:
    """The mean over the items of each probe."""
    probe = [names_of(str(item))[0] for item in found["item"].values]
    return found.assign_coords(probe=("item", probe)).groupby("probe").mean()


def ownership_of(found: xr.Dataset, none: Collection[str]) -> xr.DataArray:
    """Ownership by family of route and probe: the mean over the settings that were asked, each as one.

    `none` names the families in which no persona is ever specified: where there is no part, nothing is about it.
    """
    parts = [names_of(str(setting)) for setting in found["setting"].values]
    there = np.array([family_of(part[1]) not in none for part in parts])
    name = [level_of(family_of(part[1]), part[2]) for part, kept in zip(parts, there, strict=True) if kept]
    return found["ownership"][..., there].assign_coords(where=("setting", name)).groupby("where").mean()


def reported(design: Design, found: xr.Dataset) -> dict[str, xr.DataArray]:
    """{name: draws} as they are reported: ownership by family of route and probe ("where"), all else as it is."""
    each = {str(name): array for name, array in found.items()}
    return each | ({"ownership": ownership_of(found, without_part(design))} if "ownership" in each else {})


def without_part(design: Design) -> set[str]:
    """The families of routes in which no persona is specified."""
    family = design.of_configuration["family"]
    claimed = {design.levels["family"][i] for i in family[design.claimed]}
    return set(design.levels["family"]) - claimed


def one_sided(answers: Answers, design: Design, by: Callable[[tuple[str, ...]], str]) -> dict[str, str]:
    """{what `by` names: "at least" or "at most"}, where all answers that can be read have the one value.

    All the self's: nothing shows how far the facet is from flipping, and only a lower bound is known. All the
    persona's: only an upper one.
    """
    seen: dict[str, set[int]] = {}
    for cell, counts in zip(answers.cells, answers.outcomes, strict=True):
        values = {design.meaning.of(cell.probe, outcome) for outcome in counts}
        seen.setdefault(by(cell), set()).update(values & {PERSONA, SELF})
    bound = {frozenset({SELF}): "at least", frozenset({PERSONA}): "at most"}
    return {name: bound[frozenset(values)] for name, values in seen.items() if frozenset(values) in bound}
