"""What an inference of unknown numbers found, in a sentence."""

from typing import TYPE_CHECKING

from bayes_self.unknown.groups import variable

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
