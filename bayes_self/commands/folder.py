"""The folder that `--out` writes; of `run`, the evidence used, the results, the beliefs, and figures of them."""

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bayes_self.commands.group import hold
from bayes_self.commands.output import note
from bayes_self.errors import BayesSelfError
from bayes_self.files.claims import claimed
from bayes_self.files.writing import DRAFT, name_place, write_netcdf, write_text
from bayes_self.results.objects import as_text

if TYPE_CHECKING:
    import xarray as xr

    from bayes_self.beliefs.posterior import Posterior
    from bayes_self.measures.comparison import FrameResult

FILES = ("evidence.csv", "result.json", "beliefs.nc", "posterior.png", "trajectory.png", "frames.png")


def refuse_taken(folder: Path, files: Sequence[str] = FILES) -> None:
    """Raise where the folder cannot be one, before anything is computed; it is the command's own until it ends."""
    if folder.exists() and not folder.is_dir():
        raise BayesSelfError(f"--out {folder}: there is a file of that name, and a folder was expected")
    for name in files:
        if (folder / name).is_dir():
            raise BayesSelfError(f"--out {folder}: {name} is a folder, and a file was expected")
    above = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    try:
        hold(claimed(folder))  # where another process is writing there, the work would be for nothing
        # Permissions alone do not tell of a read-only disk, nor of a user who may do everything.
        with tempfile.TemporaryDirectory(prefix=DRAFT, dir=folder):
            pass
    except OSError as error:
        raise BayesSelfError(f"--out {folder}: nothing can be written to {above} ({error.strerror})") from None


def save(folder: Path, result: "Posterior", found: Any) -> None:
    """Write what `run` found."""
    write_all(folder, _writers(result, found))


def object_writer(found: Any) -> Callable[[Path], object]:
    """What writes a result as one object of JSON."""
    text = as_text(found) + "\n"
    return lambda path: write_text(path, text)


def write_all(folder: Path, writers: Mapping[str, Callable[[Path], object]]) -> None:
    """Write every file under a temporary name, and put them in place when all are complete."""
    try:
        with claimed(folder), tempfile.TemporaryDirectory(prefix=DRAFT, dir=folder) as draft:
            for name, write in writers.items():
                write(Path(draft) / name)
            for name in writers:
                os.replace(Path(draft) / name, folder / name)
    except OSError as error:
        name_place(error, folder)
        raise
    note(f"wrote {', '.join(writers)} to {folder}")


def _writers(result: "Posterior", found: Any) -> dict[str, Callable[[Path], object]]:
    from bayes_self.beliefs.posterior import trajectory
    from bayes_self.evidence.files import write_evidence
    from bayes_self.measures.comparison import compare
    from bayes_self.results.tree import to_datatree

    scenario, evidence = result.scenario, result.evidence
    steps = trajectory(scenario, evidence, result.case.frame)
    frames = compare(scenario, evidence)
    tree = to_datatree(result, steps, frames)
    return {
        "evidence.csv": lambda path: write_evidence(path, evidence, scenario),
        "result.json": object_writer(found),
        "beliefs.nc": lambda path: write_netcdf(path, tree),
        **_figures(result, steps, frames),
    }


def _figures(
    result: "Posterior", steps: "xr.Dataset", frames: "dict[str, FrameResult]"
) -> dict[str, Callable[[Path], object]]:
    from bayes_self import plots

    return {
        "posterior.png": lambda path: plots.save(plots.plot_posterior(result), path),
        "trajectory.png": lambda path: plots.save(plots.plot_trajectory(steps, result.scenario), path),
        "frames.png": lambda path: plots.save(plots.plot_frames(frames), path),
    }
