"""What a self-model must beat: means, and item-response models with partial pooling, on the same tables and likelihood.

    logit P(persona) = m + exp(d_item) · ability_configuration + easiness_item (+ model × item + family × item +
    setting)

Rasch: d = 0. Birnbaum's two-parameter model: d learnt. The ability of a configuration is a sum of partially pooled
effects of its model, persona, family, route, their pairs, and a rest of its own.
"""

import jax.numpy as jnp
from jax import Array

from bayes_self.fit.design import Design
from bayes_self.fit.effects import effect, number, standard
from bayes_self.fit.equation import of_me
from bayes_self.fit.program import Spoken


def ability(design: Design) -> Array:
    """Log odds by configuration."""
    c = design.of_configuration
    sum_ = 2.0 * standard("ability_family", ("family",), design)[c["family"]]
    sum_ = sum_ + effect("ability_route", ("route",), design, 1.0)[c["route"]]
    sum_ = sum_ + effect("ability_model", ("model",), design, 1.5)[c["model"]]
    sum_ = sum_ + effect("ability_model_family", ("model", "family"), design, 2.0)[c["model"], c["family"]]
    sum_ = sum_ + effect("ability_persona", ("persona",), design, 1.0)[c["persona"]]
    sum_ = sum_ + effect("ability_persona_family", ("persona", "family"), design, 0.5)[c["persona"], c["family"]]
    return sum_ + effect("ability_configuration", ("configuration",), design, 0.5)


def _mean() -> Array:
    return number("mean", -0.5, 1.5)


def _easiness(design: Design) -> Array:
    of_item = effect("easiness_probe", ("probe",), design, 1.5)[design.probe_of_item]
    return (of_item + effect("easiness_item", ("item",), design, 1.5))[_item(design)]


def _item(design: Design) -> Array:
    return jnp.asarray(design.of_setting["item"][design.setting])


def constant(design: Design) -> Spoken:
    """One probability of the persona's value for everything."""
    return of_me(jnp.full(len(design.cells), _mean()))


def item_mean(design: Design) -> Spoken:
    """One for each item."""
    return of_me(_mean() + _easiness(design))


def configuration_mean(design: Design) -> Spoken:
    """One for each configuration."""
    return of_me(_mean() + ability(design)[design.configuration])


def rasch(design: Design) -> Spoken:
    """Ability of the configuration plus easiness of the item."""
    return of_me(_mean() + ability(design)[design.configuration] + _easiness(design))


def two_parameter(design: Design) -> Spoken:
    """Items differ in how much ability tells, too."""
    return of_me(_two_parameter(design))


def interactions(design: Design) -> Spoken:
    """And models and families of routes each have their own easiness of each item, and of each in each."""
    s, of = design.of_setting, design.setting
    own = effect("model_item", ("model", "item"), design, 1.5)[s["model"], s["item"]]
    own = own + effect("family_item", ("family", "item"), design, 1.5)[s["family"], s["item"]]
    own = own + effect("own_setting", ("setting",), design, 1.0)
    return of_me(_two_parameter(design) + own[of])


def _two_parameter(design: Design) -> Array:
    slope = jnp.exp(effect("discrimination", ("item",), design, 0.7))[_item(design)]
    return _mean() + slope * ability(design)[design.configuration] + _easiness(design)
