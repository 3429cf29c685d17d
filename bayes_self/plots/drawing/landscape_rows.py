"""The rows of the landscape's picture: the rivals of what is believed, identities first."""

import math
from dataclasses import dataclass

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.survey import Survey
from bayes_self.plots.drawing.lettering import POINTS, height_of, wrapped
from bayes_self.plots.drawing.palette import INK, SMALL, identity_colors
from bayes_self.plots.drawing.rows import facet_beliefs, likeliest_first
from bayes_self.plots.drawing.standing import ink_of, line_color_of
from bayes_self.results.self_models import shown
from bayes_self.results.standing import standings
from bayes_self.scenario.wording import called, plain

_NAME = 1.55 * POINTS
"""The widest that names may become before they are broken into lines."""
_LINE = 0.2
"""The height of a rival in inches."""


@dataclass(frozen=True)
class Row:
    """One rival of what is believed."""

    subject: str
    """The facet, or "" for identities; only on its first rival."""
    believed: str
    rival: str
    bits: float
    entrenched: float
    color: str
    ink: str
    verdict: str = ""
    steerability: float | None = None
    first: bool = False

    @property
    def height(self) -> float:
        """In inches."""
        texts = (self.subject, self.believed, self.rival)
        return max(_LINE, *(height_of(text, SMALL) / POINTS + 0.04 for text in texts))


def identity_rows(found: Survey, posterior: Posterior) -> list[Row]:
    """The rivals of the likeliest identity; where there is no other, a row that says so."""
    scenario, colors = posterior.scenario, identity_colors(posterior.scenario)
    listed = shown(scenario, posterior.after.identities)
    order = [name for name in likeliest_first(posterior.identities) if name in listed]
    if len(order) == 1:
        believed = wrapped(called(scenario, order[0]), _NAME, SMALL)
        return [Row("", believed, "nobody", math.nan, math.nan, colors[order[0]], INK, first=True)]
    bits, entrenched = found.bits_to_flip["identity"], found.entrenchment["identity"]
    return [
        Row(
            "",
            wrapped(called(scenario, order[0]), _NAME, SMALL) if i == 0 else "",
            wrapped(called(scenario, rival), _NAME, SMALL),
            bits[rival],
            entrenched[rival],
            colors[rival],
            INK,
            first=i == 0,
        )
        for i, rival in enumerate(order[1:])
    ]


def facet_rows(found: Survey, posterior: Posterior) -> list[Row]:
    """The rivals of each facet's likeliest value."""
    believed = facet_beliefs(posterior.facets, posterior.scenario)
    rows = []
    for facet, standing in standings(posterior.scenario).items():
        top = max(believed[facet], key=lambda value: believed[facet][value])
        rivals = [value for value in believed[facet] if value != top]
        for i, rival in enumerate(rivals):
            rows.append(
                Row(
                    wrapped(plain(facet), _NAME, SMALL, "bold") if i == 0 else "",
                    wrapped(plain(top), _NAME, SMALL) if i == 0 else "",
                    wrapped(plain(rival), _NAME, SMALL),
                    found.bits_to_flip[facet][rival],
                    found.entrenchment[facet][rival],
                    line_color_of(standing, rival),
                    ink_of(standing, rival),
                    found.verdicts[facet] if i == 0 else "",
                    found.steerability[facet] if i == 0 else None,
                    first=i == 0,
                )
            )
    return rows
