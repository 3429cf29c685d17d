"""Quasi-random points over one or two numbers as the cells of a grid, which a phase diagram can be drawn of."""

import numpy as np
import xarray as xr
from jaxtyping import Float

_FEWEST, _MOST = 50, 400
"""Cells along an axis."""


def on_a_grid(found: xr.Dataset, p: xr.DataArray) -> xr.DataArray | None:
    """Probabilities (point, answer) over the numbers that were drawn; None where there are not one or two of them.

    Between points they are interpolated, linearly over the triangles that the points make (Delaunay); outside of all
    triangles, and next to a gap, a cell is as the point nearest to it. Numbers that were drawn evenly on a logarithmic
    scale lie evenly on one.
    """
    keys = [str(name) for name in found.coords if found[name].dims == ("point",) and found[name].dtype.kind in "iuf"]
    p = p.transpose("point", "answer")
    if len(keys) == 1:
        (key,) = keys
        order = np.argsort(found[key].values)
        drawn = (key, found[key].values[order], found[key].attrs)
        return p.isel(point=order).rename(point=key).assign_coords({key: drawn})
    if len(keys) != 2 or any(np.ptp(found[key].values) == 0 for key in keys):
        return None
    n = int(np.clip(2 * np.sqrt(p.sizes["point"]), _FEWEST, _MOST))
    scaled, unit = [_Scale(found[key]) for key in keys], np.linspace(0, 1, n)
    at = np.meshgrid(unit, unit, indexing="ij")
    values = _interpolated(np.stack([scale.points for scale in scaled], 1), p.values, *at)
    coords = {key: (key, scale.back(unit), found[key].attrs) for key, scale in zip(keys, scaled, strict=True)}
    return xr.DataArray(values, {**coords, "answer": p["answer"].values}, [*keys, "answer"])


def _interpolated(
    points: Float[np.ndarray, "N 2"], values: Float[np.ndarray, "N A"], *at: Float[np.ndarray, "Y X"]
) -> Float[np.ndarray, "Y X A"]:
    from scipy.interpolate import LinearNDInterpolator, NearestNDInterpolator

    nearest = NearestNDInterpolator(points, values)(*at)
    if len(points) < 4:
        return nearest
    between = LinearNDInterpolator(points, values)(*at)
    return np.where(np.isfinite(between), between, nearest)


def with_units(swept: xr.DataArray) -> str:
    """What an axis is called: the key, and its units where it has any."""
    units = swept.attrs.get("units", "1")
    return str(swept.name) if units == "1" else f"{swept.name} ({units})"


def is_logarithmic(swept: xr.DataArray) -> bool:
    """Whether a swept number belongs on a logarithmic axis: it was drawn so, or its values lie evenly on one."""
    if "scale" in swept.attrs:
        return swept.attrs["scale"] == "logarithmic"
    if swept.size < 3 or swept.values.min() <= 0:
        return False
    steps = np.diff(np.log(swept.values))
    return bool(np.ptp(steps) < 1e-6 * np.abs(steps).max())


class _Scale:
    """A number's axis, from 0 (the smallest that was drawn) to 1 (the largest)."""

    def __init__(self, drawn: xr.DataArray) -> None:
        self.is_log = is_logarithmic(drawn)
        x = np.log(drawn.values) if self.is_log else drawn.values.astype(float)
        self.low, self.high = float(x.min()), float(x.max())
        self.points = (x - self.low) / (self.high - self.low)

    def back(self, unit: Float[np.ndarray, " n"]) -> Float[np.ndarray, " n"]:
        x = self.low + unit * (self.high - self.low)
        return np.exp(x) if self.is_log else x
