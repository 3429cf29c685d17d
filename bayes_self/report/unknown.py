"""The report of `infer`: the unknown numbers, what is believed when they are averaged over, and how far to trust it."""

from collections.abc import Iterator, Mapping

from bayes_self.inference.inference import Inference
from bayes_self.report.bars import bar
from bayes_self.report.heading import OWNERSHIP, title
from bayes_self.report.look import Look, columns_of, padded
from bayes_self.results.inference import InferenceObject, inference_finding
from bayes_self.words.layout import paragraph
from bayes_self.words.numbers import probability_text

_LABEL, _BAR = 34, 30
_SHOWN = ("mean", "sd", "q05", "q95", "r_hat", "ess_bulk", "ess_tail", "mcse_mean")


def inference_report(found: Inference, look: Look | None = None) -> list[str]:
    """The lines of a report of at most 100 columns."""
    return list(_lines(found, look or Look()))


def _lines(found: Inference, look: Look) -> Iterator[str]:
    result, scenario, question = InferenceObject.of(found), found.scenario, found.question
    yield from title(scenario, look)
    if question.cases[0].frame != "self-model":
        yield f"In the frame {question.cases[0].frame}."
    draws, sampler = result.draws, result.sampler
    yield from paragraph(
        f"NUTS, {draws['chains']} chains of {draws['draws']:,} draws; identities, values and whose evidence it is are "
        f"summed out exactly. Warm-up {sampler['warmup']:,} steps, acceptance {sampler['target_acceptance']}, seed "
        f"{sampler['seed']}. q05 to q95 holds 90% of the posterior; mcse: Monte Carlo error of the mean."
    )
    yield ""
    yield from _table(_rows(result, question.pooled), look)
    learnt = ", ".join(f"{key} {numbers['contraction']:.2f}" for key, numbers in result.unknown.items())
    yield from paragraph(
        f"Contraction (1 less posterior variance over prior variance; 0: nothing was learnt): {learnt}."
    )
    yield ""
    if question.pooled:
        yield from paragraph(f"Beliefs: the mean over {len(question.cases)} bodies of evidence, each a self-model.")
    yield look.styled(f"{'':{_LABEL + _BAR + 4}}  mean  sd over draws", "dim")
    for subject, p in {"identity": result.identities, **result.facets}.items():
        yield look.styled(subject, "bold")
        spread = result.spread["identities"] if subject == "identity" else result.spread["facets"][subject]
        yield from _bars(p, spread, look)
    if result.ownership:
        yield look.styled("ownership", "bold") + OWNERSHIP
        yield from _bars(result.ownership, result.spread["ownership"], look)
    yield ""
    yield from paragraph(_reliable(result))
    for warning in found.diagnosis.warnings:
        yield from paragraph(f"! {warning}.", hanging=2)
    yield ""
    yield from paragraph(look.signs(f"{inference_finding(found)}."))


def _rows(result: InferenceObject, pooled: bool) -> list[list[str]]:
    rows = [["unknown", "prior", *_SHOWN]]
    for key, numbers in result.unknown.items():
        rows.append([key, numbers["prior"], *_cells(numbers)])
        if pooled:
            rows.append(["  spread, log odds", "half-normal", *_cells(numbers["spread"])])
            rows += [[f"  {name}", "", *_cells(each["unknown"][key])] for name, each in result.by_evidence.items()]
    return rows


def _cells(numbers: Mapping[str, float]) -> list[str]:
    digits = {"r_hat": ".3f", "ess_bulk": ".0f", "ess_tail": ".0f", "mcse_mean": ".4f"}
    return [format(numbers[which], digits.get(which, ".3f")) for which in _SHOWN]


def _table(rows: list[list[str]], look: Look) -> Iterator[str]:
    """Columns that line up: names to the left, numbers to the right; a long name has a line of its own."""
    widths = [max(columns_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    room = 100 - sum(widths[1:]) - len(widths)
    first = min(widths[0], max(room, 12))
    for i, (name, prior, *numbers) in enumerate(rows):
        if columns_of(name) > first:
            yield name
            name = ""
        cells = " ".join(number.rjust(width) for number, width in zip(numbers, widths[2:], strict=True))
        line = f"{padded(name, first, look)} {prior.ljust(widths[1])} {cells}"
        yield look.styled(line, "dim") if i == 0 else line


def _bars(p: Mapping[str, float], spread: Mapping[str, float], look: Look) -> Iterator[str]:
    for label, mean in p.items():
        drawn = bar(mean, None, _BAR, look)
        yield f"  {padded(label, _LABEL, look)}  {drawn}  {probability_text(mean):>7}  {spread[label]:.3f}"


def _reliable(result: InferenceObject) -> str:
    unknown = result.unknown.values()
    r_hat = max(numbers["r_hat"] for numbers in unknown)
    fewest = min(min(numbers["ess_bulk"], numbers["ess_tail"]) for numbers in unknown)
    diverged = result.divergences
    return (
        f"Converged: R-hat at most {r_hat:.3f}, at least {fewest:,.0f} effective draws, "
        f"{diverged or 'no'} divergence{'s' * (diverged != 1)}."
    )
