"""Where a sweep is kept: one labelled Zarr store, written a chunk at a time, and what says which chunks are whole.

    DIR/plan.json      what the result hangs on: the same command goes on from here, any other is refused
    DIR/sweep.zarr     the result; nan (and -1 for verdicts) where nothing was computed yet
    DIR/done/000012    an empty file for every chunk that is whole

A chunk's files are written under other names and then moved, and its mark is set when all are there. So a run can be
killed at any moment: what is marked is whole, and what is not marked is computed again, to the same bytes. What a
killed run left half-written stays where it is: nothing is deleted that this run did not make.
"""

import json
import os
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bayes_self.errors import BayesSelfError
from bayes_self.files.writing import whole_file
from bayes_self.scenario.parts import VERDICTS
from bayes_self.sweeps.evaluate import IMPOSSIBLE, Found
from bayes_self.sweeps.plan import Plan, Region, differences

if TYPE_CHECKING:
    import xarray as xr
    import zarr
    import zarr.storage

PLAN, STORE, DONE = "plan.json", "sweep.zarr", "done"

VARIABLES: dict[str, tuple[str | None, dict[str, Any]]] = {
    "log_evidence": (None, {"units": "nats", "long_name": "log evidence"}),
    "identities": ("identity", {"units": "probability", "long_name": "P(identity)"}),
    "facets": ("answer", {"units": "probability", "long_name": "P(value) of each facet"}),
    "ownership": ("stream", {"units": "probability", "long_name": "P(stream is about me)"}),
    "identity_bits_to_flip": ("identity", {"units": "bits", "long_name": "bits to flip the identity"}),
    "facet_bits_to_flip": ("answer", {"units": "bits", "long_name": "bits to flip a facet to a value"}),
    "verdicts": (
        "facet_name",
        {
            "units": "1",
            "long_name": "verdict on each facet",
            "flag_values": [IMPOSSIBLE, *range(len(VERDICTS))],
            "flag_meanings": " ".join(["impossible", *VERDICTS]),
        },
    ),
}
"""{name: (the dimension after those of the points, attributes)}."""


def dimension(key: str) -> str:
    """The name of a key's dimension: the key, but for a slash, which would make a folder of it."""
    return key.replace("/", "∕")


def prepare(folder: Path, plan: Plan) -> None:
    """Make the folder ready to begin the sweep, or to go on with it.

    Raises:
        BayesSelfError: the folder has another sweep, or something else by these names.

    """
    now = json.loads(json.dumps(plan.to_dict()))
    if (folder / PLAN).exists():
        _refuse_another(folder, now)
    elif (folder / STORE).exists():
        raise BayesSelfError(f"--out {folder}: it has a {STORE} that is not of a sweep; name another folder")
    elif (folder / DONE).is_dir() and any((folder / DONE).iterdir()):
        raise BayesSelfError(f"--out {folder}: it has a {DONE} that is not of this sweep; name another folder")
    (folder / DONE).mkdir(parents=True, exist_ok=True)
    if not (folder / PLAN).exists():
        with whole_file(folder / PLAN) as beside:
            beside.write_text(json.dumps(now, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not (folder / STORE).exists():
        draft = Path(tempfile.mkdtemp(prefix=".unfinished.", dir=folder))
        create(local(draft / STORE), plan)
        os.replace(draft / STORE, folder / STORE)
        draft.rmdir()


def read_plan(folder: Path) -> dict[str, Any]:
    """The plan of the sweep in a folder. Raises BayesSelfError where there is none that can be read."""
    try:
        return json.loads((folder / PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BayesSelfError(f"{folder / PLAN}: no plan of a sweep can be read there ({error})") from None


def _refuse_another(folder: Path, now: dict[str, Any]) -> None:
    before = read_plan(folder)
    if not (folder / STORE).exists() and any((folder / DONE).glob("*")):
        raise BayesSelfError(f"--out {folder}: its {STORE} is gone, though chunks were done; name another folder")
    if before != now:
        changed = "; ".join(differences(before, now)) or "the plan"
        raise BayesSelfError(
            f"--out {folder}: it has another sweep, and this one is not its continuation: {changed} changed in "
            "between; name another folder, or delete this one"
        )


def local(path: Path) -> "zarr.storage.LocalStore":
    """A folder as Zarr takes it: as text it would be read as a URL, in which "#" and "?" end the path."""
    from zarr.storage import LocalStore

    return LocalStore(path)


def create(store: Any, plan: Plan) -> "zarr.Group":
    """An empty store of the plan's shape: names, values and units of every axis, and nothing found yet."""
    import zarr

    coordinates(plan).to_zarr(store, mode="w", zarr_format=3, consolidated=False)
    group = zarr.open_group(store, mode="r+")
    if plan.points.sample is not None:
        for axis in plan.points.axes:
            dtype = "f8" if axis.is_number else f"<U{max(len(str(value)) for value in axis.values)}"
            told = _units(axis.key) | {"scale": "logarithmic" if axis.log else "linear"} if axis.is_number else {}
            _array(group, dimension(axis.key), plan, None, dtype, told)
    for name, (extra, attributes) in VARIABLES.items():
        _array(group, name, plan, extra, "i1" if name == "verdicts" else "f8", attributes)
    return group


def _array(
    group: "zarr.Group",
    name: str,
    plan: Plan,
    extra: str | None,
    dtype: str,
    attributes: dict[str, Any],
) -> None:
    """An array of the plan's dimensions, and one more if there is one, with nothing found yet."""
    sizes = () if extra is None else (_own_sizes(plan)[extra],)
    dims = [*map(dimension, plan.points.dims), *((extra,) if extra else ())]
    with warnings.catch_warnings():
        # fixed-width text, which xarray writes too, has no specification of its own yet
        warnings.filterwarnings("ignore", message=".*specification.*")
        group.create_array(
            name,
            shape=(*plan.points.shape, *sizes),
            chunks=(*plan.chunk, *(max(size, 1) for size in sizes)),
            dtype=dtype,
            fill_value={"i1": IMPOSSIBLE, "f8": np.nan}.get(dtype, ""),
            dimension_names=dims,
            attributes=attributes,
        )


def _own_sizes(plan: Plan) -> dict[str, int]:
    names = plan.evaluator.names
    return {
        "identity": len(names.identities),
        "answer": len(plan.evaluator.answers),
        "stream": len(names.streams),
        "facet_name": len(names.facets),
    }


def coordinates(plan: Plan) -> "xr.Dataset":
    """The labels of every dimension."""
    import xarray as xr

    names, answers = plan.evaluator.names, plan.evaluator.answers
    coords: dict[str, Any] = {
        "identity": list(names.identities),
        "facet": ("answer", [names.facets[d] for d, _ in answers]),
        "value": ("answer", [names.values[d][v] for d, v in answers]),
        "stream": ("stream", np.array(names.streams, dtype=str)),
        "facet_name": list(names.facets),
    }
    if plan.points.sample is None:
        for axis in plan.points.axes:
            coords[dimension(axis.key)] = (dimension(axis.key), list(axis.values), _units(axis.key))
    attrs = {"scenario": plan.scenario.name, "title": plan.scenario.title, "frame": plan.frame}
    return xr.Dataset(coords=coords, attrs={**attrs, "evidence": "expected" if plan.evidence is None else "given"})


def _units(key: str) -> dict[str, str]:
    last = key.rsplit(".", 1)[-1]
    units = {"bits": "bits", "reliability": "probability", "ownership": "probability", "weight": "power"}
    return {"units": "trials" if key.startswith("world.trials.") else units.get(last, "1")}


def write(group: "zarr.Group", plan: Plan, region: Region, found: Found) -> None:
    """Write what was found in a region."""
    shape = tuple(part.stop - part.start for part in region)
    if plan.points.sample is not None:
        for axis, x in zip(plan.points.axes, plan.points.coordinates(region), strict=True):
            values = x if axis.is_number else np.array([str(axis.values[int(i)]) for i in x])
            _set(group, dimension(axis.key), region, values)
    for name, rows in found.items():
        _set(group, name, region, rows.reshape(*shape, *rows.shape[1:]))


def _set(group: "zarr.Group", name: str, region: Region, values: np.ndarray) -> None:
    array: Any = group[name]
    array[region] = values


def is_done(folder: Path, index: int) -> bool:
    """Whether a chunk is whole."""
    return (folder / DONE / f"{index:06d}").exists()


def mark_done(folder: Path, index: int) -> None:
    """Say that a chunk is whole: an empty file is there or not, never in between."""
    (folder / DONE / f"{index:06d}").touch()


def open_sweep(store: Any) -> "xr.Dataset":
    """The labelled dataset of a sweep's store, read when it is used; `.sel(facet=..., value=...)` finds an answer."""
    import xarray as xr

    store = local(store) if isinstance(store, Path) else store
    found = xr.open_zarr(store, chunks=None, consolidated=False).set_index(answer=["facet", "value"])
    keys = [str(name) for name in found.data_vars if name not in VARIABLES]
    return found.set_coords(sorted(keys))[list(VARIABLES)]
