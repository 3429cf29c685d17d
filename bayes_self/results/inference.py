"""What an inference of unknown numbers found, in a sentence."""

from typing import TYPE_CHECKING

from bayes_self.unknown.groups import group, variable
from bayes_self.words.numbers import probability_text

if TYPE_CHECKING:
    from bayes_self.unknown.inference import Inference


def inference_finding(found: "Inference") -> str:
    """The number that the evidence says most about, against its prior."""
    question, summary = found.question, found.summary
    learnt = {}
    for key, prior in question.named:
        sd = prior.sd
        learnt[key] = 1 - float(summary[variable(key)].sel(summary="sd")) / sd
    key = max(learnt, key=lambda each: learnt[each])
    mean, low, high = (float(summary[variable(key)].sel(summary=which)) for which in ("mean", "q05", "q95"))
    if learnt[key] < 0.1:
        return "The evidence hardly narrows any of the unknown numbers down"
    before = dict(question.named)[key].mean
    moved = "no other than" if abs(mean - before) < 0.02 else "up from" if mean > before else "down from"
    return f"The evidence puts {key} at {mean:.2f} ({low:.2f} to {high:.2f}), {moved} the prior's {before:.2f}"


def spread_finding(found: "Inference") -> str:
    """The belief that hangs most on the unknown numbers: of an identity, or of a facet's value."""
    believed = group(found.tree, "beliefs")
    identities = believed.identities.stack(belief=["identity"])
    facets = believed.facets.stack(belief=["facet", "value"])
    widest = [
        (each.std(("chain", "draw")).max("evidence") if "evidence" in each.dims else each.std(("chain", "draw")))
        for each in (identities, facets)
    ]
    which = 0 if float(widest[0].max()) > float(widest[1].max()) else 1
    at = widest[which].fillna(-1.0).argmax("belief")
    chosen = (identities, facets)[which].isel(belief=at)
    low, high = (float(x) for x in chosen.quantile([0.05, 0.95], ("chain", "draw")).values)
    name = ": ".join(str(part) for part in chosen.belief.item())
    if high - low < 0.1:
        return "What it believes hardly hangs on the unknown numbers"
    return f"“{name}” hangs most on the unknown numbers: {probability_text(low)} to {probability_text(high)}"
