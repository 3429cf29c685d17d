"""The NumPyro programs: the self-model and its restrictions, over the same claims and the same answer tables."""

from collections.abc import Callable
from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
from jax import Array

from bayes_self.fit.design import Design
from bayes_self.fit.effects import Term, effect, number, standard, total
from bayes_self.fit.equation import of_me, reach, spoken, supplied
from bayes_self.fit.likelihood import log_likelihood

Spoken = tuple[Array, Array]
"""Two log probabilities, of the persona's and the self's: of what each cell answers, or of outcomes given either."""


Kept = Array | np.ndarray | float


@dataclass(frozen=True)
class Counted:
    """What was observed: (cell, column, count) of the outcomes given, and the number of answers of each cell."""

    cell: np.ndarray
    column: np.ndarray
    count: np.ndarray
    n: np.ndarray


def program(
    design: Design,
    says: Callable[[Design], Spoken],
    table: Callable[[Design], Spoken],
    counted: Counted | None = None,
    kept: Kept = 1.0,
) -> None:
    """The generative program: who speaks in each cell, the items' answer tables, clustered counts.

    `kept` [cell] is 1 for cells that count and 0 for cells that are left out; what they would tell is left out, not
    their levels. Without counts it has deterministic sites in place of a likelihood: `answer` [cell, outcome], log
    probabilities, and `concentration` [cell], a.
    """
    persona, self_ = says(design)
    hi, lo = table(design)
    log_a = number("clustering", 0.5, 1.0) + effect("clustering_item", ("item",), design, 1.0)
    of = design.setting
    per_cell = log_a[design.of_setting["item"]][of]
    if counted is None:
        numpyro.deterministic("answer", jnp.logaddexp(persona[:, None] + hi[of], self_[:, None] + lo[of]))
        numpyro.deterministic("concentration", jnp.exp(per_cell))
        return
    c, k = counted.cell, counted.column
    log_p = jnp.logaddexp(persona[c] + hi[of[c], k], self_[c] + lo[of[c], k])
    numpyro.factor("counts", jnp.sum(kept * log_likelihood(log_p, per_cell, c, counted.count, counted.n)))


def shared_tables(design: Design) -> Spoken:
    """Answer tables that know what outcomes count as, and nothing of the items."""
    loading = jnp.exp(number("loading", 0.0, 0.5)) * jnp.asarray(3.0 * design.meanings)
    return _softmax(design, jnp.zeros(design.size("option"))[design.option_of[design.of_setting["item"]]], loading)


def tables(design: Design, worded: bool = False) -> Spoken:
    """log A(outcome given persona), log A(outcome given self) by setting: [setting, outcome], −inf beyond an item's
    outcomes.

    softmax(base ± loading / 2); an outcome that counts as the persona's is expected to have a loading of 3 nats,
    one that counts as the self's −3, and each may turn out otherwise.
    """
    base = 1.5 * standard("base", ("option",), design)
    loading = jnp.asarray(3.0 * design.meanings) + 1.5 * standard("loading", ("option",), design)
    x = base[design.option_of[design.of_setting["item"]]]
    return _softmax(design, x + wording(design) if worded else x, loading)


def worded_tables(design: Design) -> Spoken:
    """The same, and wording differs by model and by family of route."""
    return tables(design, worded=True)


def wording(design: Design) -> Array:
    """[setting, outcome] in nats; 0 for items of two outcomes, where it could not be told from the belief."""
    s, place = design.of_setting, np.maximum(design.option_of[design.of_setting["item"]], 0)
    found = total(
        design,
        Term("wording_model", ("model", "option"), (s["model"][:, None], place), 1.0),
        Term("wording_family", ("family", "option"), (s["family"][:, None], place), 1.0),
    )
    return jnp.where(design.worded[place], found, 0.0)


def _softmax(design: Design, x: Array, loading: Array) -> Spoken:
    place = design.option_of[design.of_setting["item"]]
    absent, half = jnp.where(place < 0, -jnp.inf, 0.0), loading[place] / 2
    return jax.nn.log_softmax(x + half + absent, -1), jax.nn.log_softmax(x - half + absent, -1)


def strength(design: Design) -> Array:
    """What a family of routes claims at its largest k is softplus of this, [model, family]."""
    of_family = 3.0 + 2.0 * standard("strength", ("family",), design)
    return of_family + effect("strength_model", ("model", "family"), design, 2.0)


def exponent(design: Design) -> Array:
    """α, by model: examples in context supply b k^α."""
    return number("exponent", 0.5, 0.5) + effect("exponent_model", ("model",), design, 0.3)


def price(design: Design) -> Array:
    """Nats by which a persona is harder to claim than the mean one, by persona."""
    return effect("price", ("persona",), design, 1.0)


def claim(design: Design) -> Array:
    """Nats claimed in each configuration, less the price of the persona; 0 where none was specified."""
    c = design.of_configuration
    claimed = strength(design)[c["model"], c["family"]]
    told = supplied(claimed, jnp.asarray(design.examples), exponent(design)[c["model"]])
    paid = price(design)[c["persona"]] + total(
        design,
        Term("price_family", ("persona", "family"), (c["persona"], c["family"]), 0.5),
        Term("price_configuration", ("configuration",), (np.arange(design.size("configuration")),), 0.5),
    )
    return jnp.where(design.claimed, told - paid, 0.0)


def grip(design: Design) -> Array:
    """Nats that hold the identity, by model: log odds against being the persona where nothing was claimed."""
    return number("grip", 2.0, 1.5) + effect("grip_model", ("model",), design, 1.5)


def identity(design: Design) -> Array:
    """Log odds that I am the persona, by configuration."""
    return claim(design) - grip(design)[design.of_configuration["model"]]


def grounding(design: Design, model: np.ndarray, item: np.ndarray) -> Array:
    """Nats against the persona's value, for places of models and items that broadcast."""
    return number("grounding", 0.0, 1.5) + total(
        design,
        Term("grounding_probe", ("probe",), (design.probe_of_item[item],), 1.5),
        Term("grounding_item", ("item",), (item,), 1.5),
        Term("grounding_model", ("model", "item"), (model, item), 1.0),
    )


def coherence(design: Design) -> Array:
    """Log of S, by model, for a facet of typical salience: κσ = tanh(S / 2), so that log 3 is κσ = 0.905."""
    return jnp.log(3.0) + number("coherence", 0.0, 0.3) + effect("coherence_model", ("model",), design, 0.3)


def most(design: Design, model: np.ndarray, item: np.ndarray) -> Array:
    """S in nats, for places of models and items that broadcast: how much identity can tell a facet."""
    salience = total(
        design,
        Term("salience", ("probe",), (design.probe_of_item[item],), 0.3),
        Term("salience_item", ("item",), (item,), 0.3),
    )
    return jnp.exp(coherence(design)[model] + salience)


def ownership(design: Design) -> Array:
    """Log odds that an answer is about oneself, by setting."""
    s = design.of_setting
    return number("ownership", 1.0, 1.5) + total(
        design,
        Term("ownership_probe", ("probe",), (s["probe"],), 2.0),
        Term("ownership_item", ("item",), (s["item"],), 1.5),
        Term("ownership_family", ("family",), (s["family"],), 1.5),
        Term("ownership_model", ("model",), (s["model"],), 1.5),
        Term("ownership_family_item", ("family", "item"), (s["family"], s["item"]), 1.0),
        Term("ownership_model_family", ("model", "family"), (s["model"], s["family"]), 1.0),
    )


def belief(design: Design) -> Array:
    """Log odds that the facet has the persona's value, by cell."""
    item, model = (design.of_setting[dim][design.setting] for dim in ("item", "model"))
    told = reach(most(design, model, item), identity(design)[design.configuration])
    return told - grounding(design, model, item)


def self_model(design: Design) -> Spoken:
    """The full equation. Where no persona was specified there is no part, and every answer is about oneself."""
    believed = belief(design)
    part, me = spoken(believed, ownership(design)[design.setting]), of_me(believed)
    there = design.claimed[design.configuration]
    return jnp.where(there, part[0], me[0]), jnp.where(there, part[1], me[1])


def owned(design: Design) -> Spoken:
    """The self-model without a part: ownership 1."""
    return of_me(belief(design))


def persona_selection(design: Design) -> Spoken:
    """Ownership 1, coherence 1, salience 1: every facet is as the identity that was selected has it."""
    return of_me(identity(design)[design.configuration])


def simulator(design: Design) -> Spoken:
    """Ownership 0: where a persona was specified every answer is the part's, and elsewhere what the item is without
    one.
    """
    s = design.of_setting
    me = of_me(-(number("grounding", 0.0, 1.5) + effect("grounding_item", ("item",), design, 1.5))[s["item"]])
    there = design.claimed[design.configuration]
    of = design.setting
    never = jnp.full(len(of), -jnp.inf)
    return jnp.where(there, 0.0, me[0][of]), jnp.where(there, never, me[1][of])
