"""`fit --compete`: frames and baselines against each other on what was left out."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayes_self.commands.output import as_text, note, print_json, print_lines

if TYPE_CHECKING:
    from bayes_self.fit.answers import Answers
    from bayes_self.fit.competition import Competition
    from bayes_self.fit.meaning import Meaning

FILES = ("competition.json", "competition.png")


def run_competition(
    answers: "Answers", meaning: "Meaning", folds: int, seed: int, out: Path | None, as_json: bool
) -> None:
    """Fit every program without each fold; print, and write where a folder is given."""
    from bayes_self.commands.folder import refuse_taken
    from bayes_self.fit.competition import compete
    from bayes_self.fit.model_file import PROGRAMS

    if out is not None:
        refuse_taken(out, FILES)
    found = compete(answers, meaning, PROGRAMS, k=folds, seed=seed, tick=note)
    if out is not None:
        _save(found, answers, out)
    if as_json:
        print_json(_object(found))
    else:
        print_lines(_lines(found))


def _object(found: "Competition") -> dict[str, Any]:
    return asdict(found)


def _lines(found: "Competition") -> list[str]:
    head = f"{'left out':<14} {'program':<27} {'bits/answer':<15} {'more than best':<16} persona's value or not"
    rows = [
        f"{s.scheme:<14} {s.program:<27} {s.bits:.3f} ± {s.se:.3f}   {s.more:.3f} ± {s.more_se:.3f}    "
        f"{s.two_valued:.3f} ± {s.two_valued_se:.3f}{'' if s.differs or s.more == 0 else '   not told from the best'}"
        for s in found.standings
    ]
    return [head, *rows, "±: standard error over configurations"]


def _save(found: "Competition", answers: "Answers", out: Path) -> None:
    from bayes_self.commands.folder import write_all
    from bayes_self.files.writing import write_text
    from bayes_self.plots.competition import plot_competition
    from bayes_self.plots.save import save

    text = as_text(_object(found), ascii_only=False) + "\n"
    source = f"{answers.n.sum():,.0f} answers of {len(set(answers.configurations))} configurations"
    write_all(
        out,
        {
            FILES[0]: lambda path: write_text(path, text),
            FILES[1]: lambda path: save(plot_competition(found.standings, source), path),
        },
    )
