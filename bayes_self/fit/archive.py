"""A fit in a folder: `posterior.nc` (an ArviZ DataTree), `answers.csv` (what was fitted), `fit.json` (results)."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from bayes_self.errors import BayesSelfError
from bayes_self.files.format_number import refuse_other, written_by
from bayes_self.fit.answers import Answers, read
from bayes_self.fit.design import Design
from bayes_self.fit.holdout import held
from bayes_self.fit.landscape import reported
from bayes_self.fit.meaning import Meaning
from bayes_self.fit.residuals import unexplained
from bayes_self.fit.routes import routes
from bayes_self.fit.sampling import Fit

POSTERIOR, ANSWERS, RESULT, PICTURE = "posterior.nc", "answers.csv", "fit.json", "landscape.png"


def tree_of(fit: Fit, read_off: xr.Dataset | None) -> xr.DataTree:
    """`/posterior`: every site, dims `chain`, `draw` and the site's own; effects are standard normals, their
    spreads apart. `/sample_stats`. `/landscape`, where the program has one: what is read off, with units.
    """
    levels = {dim: list(names) for dim, names in fit.design.levels.items()}
    dims = {name: ("chain", "draw", *fit.dims[name]) for name in fit.samples}
    used = {dim for each in dims.values() for dim in each} & set(levels)
    posterior = xr.Dataset(
        {name: (dims[name], values) for name, values in fit.samples.items()}, {dim: levels[dim] for dim in used}
    )
    meaning = fit.design.meaning
    reading = {"none": list(meaning.none), "persona": dict(meaning.persona), "self": dict(meaning.self)}
    tree = xr.DataTree(xr.Dataset(attrs={"program": fit.program, "meaning": json.dumps(reading), **written_by()}))
    tree["posterior"] = xr.DataTree(posterior)
    tree["sample_stats"] = xr.DataTree(xr.Dataset({n: (("chain", "draw"), each) for n, each in fit.stats.items()}))
    if read_off is not None:
        tree["landscape"] = xr.DataTree(read_off)
    return tree


def load(folder: Path) -> Fit:
    """The fit that a folder holds.

    Raises:
        BayesSelfError: the folder holds none, or a part of it is missing or damaged.

    """
    refuse_incomplete(folder)
    answers = read(folder / ANSWERS)
    try:
        # an open file, because xarray may take a path for a URL
        with (folder / POSTERIOR).open("rb") as file, xr.open_datatree(file, engine="h5netcdf") as tree:
            refuse_other(tree.attrs, str(folder / POSTERIOR))
            posterior = tree["posterior"].to_dataset().load()
            program, reading = tree.attrs["program"], json.loads(tree.attrs["meaning"])
    except BayesSelfError:
        raise
    except (OSError, KeyError, ValueError) as error:
        raise BayesSelfError(f"{folder / POSTERIOR}: no posterior of a fit: {error}") from None
    design = Design.of(answers, Meaning(reading["persona"], reading["self"], tuple(reading["none"])))
    samples = {str(name): each.values for name, each in posterior.items()}
    return Fit(
        program, design, samples, {str(name): tuple(map(str, each.dims[2:])) for name, each in posterior.items()}
    )


def refuse_incomplete(folder: Path) -> None:
    """Raise where a folder lacks what a prediction needs."""
    if missing := [name for name in (POSTERIOR, ANSWERS) if not (folder / name).is_file()]:
        raise BayesSelfError(f"{folder}: no {' and no '.join(missing)}; expected a folder that `fit --out` wrote")


def result_object(
    fit: Fit,
    read_off: xr.Dataset | None,
    found: dict[str, tuple[float, float]],
    failed: list[str],
    about: dict[str, Any],
    answers: Answers,
) -> dict[str, Any]:
    """What `--json` prints and `fit.json` holds: means and 90% intervals; bits."""
    chains, draws = next(iter(fit.samples.values())).shape[:2]
    population = {name: _summary(values) for name, values in fit.samples.items() if values.ndim == 2}
    return {
        "program": fit.program,
        "answers": about,
        "chains": chains,
        "draws": draws,
        "converged": not failed,
        "failures": failed,
        "diagnoses": {name: {"r_hat": r, "effective_draws": e} for name, (r, e) in found.items()},
        "population": population,
        "unexplained": [asdict(each) for each in unexplained(fit, answers, seed=0)],
    } | ({} if read_off is None else _read_off(fit.design, answers, read_off))


def _read_off(design: Design, answers: Answers, read_off: xr.Dataset) -> dict[str, Any]:
    return {
        "facets": {model: [asdict(row) for row in rows] for model, rows in held(answers, design, read_off).items()},
        "routes": [asdict(each) for each in routes(design, read_off)],
        "landscape": {name: _nested(each) for name, each in reported(design, read_off).items()},
    }


def _nested(each: xr.DataArray) -> dict[str, Any]:
    dim = str(each.dims[2])
    if each.ndim > 3:
        return {str(name): _nested(each.sel({dim: name})) for name in each[dim].values}
    return {str(name): _summary(each.sel({dim: name}).values) for name in each[dim].values}


def _summary(values: np.ndarray) -> dict[str, float]:
    low, high = np.quantile(values, (0.05, 0.95))
    return {"mean": float(values.mean()), "q05": float(low), "q95": float(high)}
