"""The programs by name, and the file that names one."""

from collections.abc import Callable

from bayes_self.fit import baselines
from bayes_self.fit import program as frames
from bayes_self.fit.design import Design

Says = Callable[[Design], frames.Spoken]

SAYS: dict[str, tuple[Says, Says]] = {
    "self-model": (frames.self_model, frames.worded_tables),
    "self-model-owned": (frames.owned, frames.worded_tables),
    "persona-selection": (frames.persona_selection, frames.worded_tables),
    "simulator": (frames.simulator, frames.worded_tables),
    "two-parameter-interactions": (baselines.interactions, frames.worded_tables),
    "two-parameter": (baselines.two_parameter, frames.tables),
    "rasch": (baselines.rasch, frames.tables),
    "configuration-mean": (baselines.configuration_mean, frames.shared_tables),
    "item-mean": (baselines.item_mean, frames.tables),
    "constant": (baselines.constant, frames.shared_tables),
}
"""{name: (who speaks, the answer tables)}."""


def program_of(name: str) -> Callable[..., None]:
    """The NumPyro program of that name, a function of a design and, unless it shall predict, of what was counted."""
    says, table = SAYS[name]

    def named(design: Design, counted: frames.Counted | None = None, kept: frames.Kept = 1.0) -> None:
        frames.program(design, says, table, counted, kept)

    return named
