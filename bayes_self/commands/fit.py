"""`fit`: from counts of what real models say of themselves to what holds their self-models; and predictions from it."""

import csv
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bayes_self.commands import options
from bayes_self.commands.fit_data import about, read_data
from bayes_self.commands.output import note, print_json, print_lines, visible
from bayes_self.errors import BayesSelfError

if TYPE_CHECKING:
    from bayes_self.fit.answers import Answers, Cell
    from bayes_self.fit.meaning import Meaning
    from bayes_self.fit.sampling import Fit

NOT_CONVERGED = 3
PREDICTED = ("model", "persona", "route", "probe", "item", "outcome", "probability", "unseen")

Data = Annotated[
    Path,
    options.argument(
        metavar="DATA|DIR",
        help="A table (model,persona,route,probe,item,outcome,count,n), with --mapping any data, or an earlier fit.",
    ),
]
Model = Annotated[
    str,
    typer.Option("--model", metavar="NAME|FILE", help="A program, or a TOML file that also says what answers mean."),
]
Mapping = Annotated[
    str | None,
    options.option(
        "--mapping",
        metavar="NAME|FILE",
        help="What stands where in DATA (CSV, Parquet, JSON Lines, Inspect logs), and what it means.",
    ),
]
Out = Annotated[Path | None, options.option("--out", metavar="DIR", help="Write the fit there.")]
Predict = Annotated[
    Path | None,
    options.option(
        "--predict",
        metavar="CELLS",
        help="A CSV of cells (model,persona,route,probe,item): print the probability of each outcome.",
    ),
]
Chains = Annotated[int, typer.Option("--chains", metavar="N", min=1, help="Independent chains.")]
Depth = Annotated[
    int, typer.Option("--depth", metavar="N", min=1, max=12, help="A trajectory has at most 2^N - 1 steps.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="Draw with this seed.")]

Compete = Annotated[
    bool,
    typer.Option("--compete", help="Leave configurations, items and personas out in turn, and score every program."),
]
Folds = Annotated[int, typer.Option("--folds", metavar="K", min=2, help="With --compete: parts to leave out in turn.")]


@dataclass(frozen=True)
class Effort:
    """How much is drawn."""

    draws: options.Draws = 1000
    warmup: options.Warmup = 700
    chains: Chains = 4
    depth: Depth = 7


EFFORT = Effort()


@options.grouped
def fit(
    data: Data,
    model: Model = "self-model",
    mapping: Mapping = None,
    out: Out = None,
    predict: Predict = None,
    seed: Seed = 0,
    effort: Effort = EFFORT,
    compete: Compete = False,
    folds: Folds = 5,
    as_json: options.AsJson = False,
) -> None:
    """Fit a model to counts of what real models say of themselves, by NUTS; or predict cells from a fit."""
    if data.is_dir() and mapping is None:
        return _predict_from(data, predict, seed)
    answers, name, meaning, cells = _read(data, model, mapping, out, predict)
    if compete:
        from bayes_self.commands.fit_competition import run_competition

        return run_competition(answers, meaning, folds, seed, out, as_json)
    found = _sampled(name, answers, meaning, seed, effort)
    failed = _tell(found, answers, out, as_json, printed=cells is None)
    if cells is not None:
        _print_predictions(found, cells, seed)
    if failed:
        _say_failed(failed)
        raise typer.Exit(NOT_CONVERGED)
    return None


def _read(
    data: Path, model: str, mapping: str | None, out: Path | None, predict: Path | None
) -> "tuple[Answers, str, Meaning, list[tuple[int, Cell]] | None]":
    """Everything that can be refused, before anything slow is loaded."""
    from bayes_self.commands.folder import refuse_taken

    answers, name, meaning = read_data(data, model, mapping)
    if out is not None:
        from bayes_self.fit.archive import ANSWERS, PICTURE, POSTERIOR, RESULT

        refuse_taken(out, (POSTERIOR, ANSWERS, RESULT, PICTURE))
    return answers, name, meaning, _cells(predict, answers) if predict is not None else None


def _cells(path: Path, answers: "Answers") -> "list[tuple[int, Cell]]":
    from bayes_self.errors import Fault
    from bayes_self.fit.answers import AnswersError, read_cells

    probes = sorted({cell.probe for cell in answers.cells})
    cells = read_cells(path)
    faults = [
        Fault(
            "probe",
            line,
            f'"{cell.probe}"',
            f"one of {', '.join(probes)}",
            "of no other is it known what can be answered",
        )
        for line, cell in cells
        if cell.probe not in probes
    ]
    if faults:
        raise AnswersError(faults, str(path))
    return cells


def _predict_from(folder: Path, predict: Path | None, seed: int) -> None:
    if predict is None:
        raise BayesSelfError(
            f"{folder} is a folder; with --predict CELLS it is a fit to predict from, with --mapping logs to read"
        )
    from bayes_self.fit.answers import read
    from bayes_self.fit.archive import ANSWERS, load, refuse_incomplete

    refuse_incomplete(folder)
    cells = _cells(predict, read(folder / ANSWERS))
    _print_predictions(load(folder), cells, seed)


def _sampled(name: str, answers: "Answers", meaning: "Meaning", seed: int, effort: Effort) -> "Fit":
    from bayes_self.fit import sampling
    from bayes_self.fit.design import Design, unread

    if probes := unread(Design.of(answers, meaning)):
        note(f"no answer of {', '.join(probes)} counts as the persona's or the self's; what they tell is learnt")
    with typer.progressbar(length=effort.warmup + effort.draws, label="NUTS", file=sys.stderr) as bar:
        as_asked = sampling.Effort(**vars(effort))
        return sampling.sample(name, answers, meaning, key=seed, effort=as_asked, tick=bar.update)


def _tell(found: "Fit", answers: "Answers", out: Path | None, as_json: bool, printed: bool) -> list[str]:
    """Write and print what came out; why the draws are no posterior."""
    from bayes_self.fit.archive import result_object
    from bayes_self.fit.convergence import checked, diagnosed, failures
    from bayes_self.fit.landscape import READABLE, landscape

    read_off = landscape(found) if found.program in READABLE else None
    diagnoses = diagnosed(checked(found, read_off))
    failed = list(failures(found, diagnoses))
    result = result_object(found, read_off, diagnoses, failed, about(answers), answers)
    if out is not None:
        _save(found, answers, read_off, result, out)
    if printed and as_json:
        print_json(result)
    elif printed:
        from bayes_self.report.fit import fit_report

        print_lines(fit_report(found, answers, read_off))
    return failed


def _save(found: "Fit", answers: "Answers", read_off: Any, result: dict[str, Any], out: Path) -> None:
    from bayes_self.commands.folder import object_writer, write_all
    from bayes_self.files.writing import write_netcdf, write_text
    from bayes_self.fit.answers import to_csv
    from bayes_self.fit.archive import ANSWERS, PICTURE, POSTERIOR, RESULT, tree_of

    tree = tree_of(found, read_off)
    writers: dict[str, Any] = {
        ANSWERS: lambda path: write_text(path, to_csv(answers)),
        RESULT: object_writer(result),
        POSTERIOR: lambda path: write_netcdf(path, tree),
    }
    if read_off is not None:
        from bayes_self.fit.holdout import held
        from bayes_self.plots.drawing.save import save
        from bayes_self.plots.fit.real_landscape import plot_real_landscape

        rows = held(answers, found.design, read_off)
        writers[PICTURE] = lambda path: save(plot_real_landscape(rows, _source(answers)), path)
    write_all(out, writers)


def _source(answers: "Answers") -> str:
    return f"{answers.n.sum():,.0f} answers in {len(answers.cells):,} cells"


def _print_predictions(found: "Fit", cells: "list[tuple[int, Cell]]", seed: int) -> None:
    from bayes_self.fit.predict import predict, unseen

    asked = [cell for _, cell in cells]
    lines = StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(PREDICTED)
    for cell, outcome, p in predict(found, asked, key=seed).rows():
        table.writerow([*cell, outcome, repr(p), " ".join(unseen(found.design, cell))])
    print_lines(lines.getvalue().splitlines())


def _say_failed(failed: list[str]) -> None:
    lines = ["the sampler has not converged; what was written and printed is not to be relied on:", *failed]
    lines.append("more --warmup and --draws may help")
    typer.echo(visible("bayes-self: " + "\n  ".join(lines)), err=True)
