"""What a probe is expected to show: misfit, probe value, and the frames as hypotheses. In bits."""

import numpy as np

from bayes_self.laws.enumeration import draft
from bayes_self.laws.enumeration.joint import log_sum, next_outcome
from bayes_self.laws.enumeration.model import FRAMES, ImpossibleEvidence, believe, framed, log_evidence


def outcome_joint(belief, stream, name, about=None):
    """P(x, next outcome), an array (values of x, outcomes), untempered.

    x is the identity, a facet, or the referent of a stream. Given the referents m, me and the part are
    independent: where the stream is about the part, its outcome says nothing more of me.
    """
    p = next_outcome(belief.scenario, belief.rows, stream, name)
    facets = list(belief.scenario["facets"])
    total = np.zeros(p.shape[-1])
    for m, me, part in zip(belief.referents, belief.me, belief.part, strict=True):
        me, part = np.exp(me - belief.log_evidence), np.exp(part - belief.log_evidence)
        if m[stream]:
            joint = me[..., None] * p
        else:
            shown = (part[..., None] * p).reshape(-1, p.shape[-1]).sum(0)
            joint = me[..., None] * (shown / part.sum() if part.sum() > 0 else shown)
        if about in (None, "identity") or about in facets:
            axis = 0 if about in (None, "identity") else 1 + facets.index(about)
            total = total + np.moveaxis(joint, axis, 0).reshape(joint.shape[axis], -1, joint.shape[-1]).sum(1)
        else:
            by_referent = np.array([[float(m[about])], [float(not m[about])]])
            total = total + by_referent * joint.reshape(-1, joint.shape[-1]).sum(0)
    return total


def predictive(belief, stream, name):
    """P(next outcome), an array."""
    return outcome_joint(belief, stream, name).sum(0)


def misfit(scenario, rows, frame="self-model"):
    """{stream: {probe: n · KL(observed frequencies ‖ posterior predictive)}} of probes with evidence."""
    belief = believe(framed(scenario, frame), rows)
    found = {}
    for stream in draft.observation_streams(scenario):
        for name, probe in draft.probes(scenario, stream).items():
            n = np.array([draft.counts(rows, stream, name, o) for o in probe.outcomes], dtype=float)
            if n.sum() > 0:
                with np.errstate(divide="ignore", invalid="ignore"):
                    terms = n * np.log2(n / n.sum() / predictive(belief, stream, name))
                found.setdefault(stream, {})[name] = float(terms[n > 0].sum())
    return found


def mutual_information(joint):
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = joint * np.log2(joint / joint.sum(1, keepdims=True) / joint.sum(0))
    return float(terms[joint > 0].sum())


def probe_value(scenario, rows, about="identity", frame="self-model", weights=None):
    """{stream: {probe: bits a trial}} about the identity, a facet, the referent of a stream, or the frame."""
    frames = FRAMES if about == "frame" else (frame,)
    beliefs = [believe(framed(scenario, f), rows) for f in frames]
    weights = np.array([1.0 if weights is None else weights[f] for f in frames])
    found = {}
    for stream in draft.observation_streams(scenario):
        for name in draft.probes(scenario, stream):
            if about == "frame":
                joint = (weights / weights.sum())[:, None] * [predictive(b, stream, name) for b in beliefs]
            else:
                joint = outcome_joint(beliefs[0], stream, name, about)
            found.setdefault(stream, {})[name] = mutual_information(joint)
    return found


def tempered(scenario, rows):
    """Whether an observation stream or probe with evidence has a weight other than 1."""
    for stream, said in draft.observation_streams(scenario).items():
        heard = [x for row in draft.said(rows, stream) for of in row["values"].values() for x in of.values()]
        heard += [row["part"] or 0 for row in draft.said(rows, stream)]
        if any(heard) and said.get("weight", 1.0) != 1:
            return True
        for name, probe in draft.probes(scenario, stream).items():
            seen = any(draft.counts(rows, stream, name, o) > 0 for o in probe.outcomes)
            if seen and (said.get("weight", 1.0) != 1 or probe.weight != 1):
                return True
    return False


def frame_posterior(scenario, rows, weights=None):
    """{frame: probability}, ∝ weight · Z(claims, observations) / Z(claims); None where tempered."""
    if tempered(scenario, rows):
        return dict.fromkeys(FRAMES)
    scores = []
    for frame in FRAMES:
        claimed = log_evidence(framed(scenario, frame), [])
        if claimed == -np.inf:
            raise ImpossibleEvidence
        weight = 1.0 if weights is None else weights[frame]
        scores.append(np.log(weight) + log_evidence(framed(scenario, frame), rows) - claimed)
    scores = np.array(scores)
    if log_sum(scores) == -np.inf:
        raise ImpossibleEvidence
    return dict(zip(FRAMES, np.exp(scores - log_sum(scores)).tolist(), strict=True))
