"""What a self-model must beat: means, and item-response models with partial pooling, on the same tables and likelihood.

    logit P(persona) = m + exp(d_item) · ability_configuration + easiness_item (+ model × item + family × item +
    setting)

Rasch: d = 0. Birnbaum's two-parameter model: d learnt. The ability of a configuration is a sum of partially pooled
effects of its model, persona, family, route, their pairs, and a rest of its own.
"""

import jax.numpy as jnp
import numpy as np
from jax import Array

from bayes_self.fit.design import Design
from bayes_self.fit.effects import Term, effect, number, standard, total
from bayes_self.fit.equation import of_me
from bayes_self.fit.program import Spoken


def ability(design: Design) -> Array:
    """Log odds by configuration."""
    c = design.of_configuration
    return 2.0 * standard("ability_family", ("family",), design)[c["family"]] + total(
        design,
        Term("ability_route", ("route",), (c["route"],), 1.0),
        Term("ability_model", ("model",), (c["model"],), 1.5),
        Term("ability_model_family", ("model", "family"), (c["model"], c["family"]), 2.0),
        Term("ability_persona", ("persona",), (c["persona"],), 1.0),
        Term("ability_persona_family", ("persona", "family"), (c["persona"], c["family"]), 0.5),
        Term("ability_configuration", ("configuration",), (np.arange(design.size("configuration")),), 0.5),
    )


def _mean() -> Array:
    return number("mean", -0.5, 1.5)


def _easiness(design: Design) -> Array:
    s = design.of_setting
    return total(
        design,
        Term("easiness_probe", ("probe",), (s["probe"][design.setting],), 1.5),
        Term("easiness_item", ("item",), (s["item"][design.setting],), 1.5),
    )


def _item(design: Design) -> np.ndarray:
    return design.of_setting["item"][design.setting]


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
    s = design.of_setting
    own = total(
        design,
        Term("model_item", ("model", "item"), (s["model"], s["item"]), 1.5),
        Term("family_item", ("family", "item"), (s["family"], s["item"]), 1.5),
        Term("own_setting", ("setting",), (np.arange(design.size("setting")),), 1.0),
    )
    return of_me(_two_parameter(design) + own[design.setting])


def _two_parameter(design: Design) -> Array:
    slope = jnp.exp(effect("discrimination", ("item",), design, 0.7))[_item(design)]
    return _mean() + slope * ability(design)[design.configuration] + _easiness(design)
