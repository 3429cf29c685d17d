"""Arrays with names: positions become xarray coordinates at this door, and nowhere else.

A `facet` × `value` array has every label that is a value of some facet, and NaN where a facet has no such value, so
that `.sel(facet="name", value="Claude")` is all a user needs to know. xarray (with pandas) is imported when somebody
asks for such an array: it takes as long as JAX does, and a report needs neither.
"""

import math
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from bayes_self.model.arrays import AnyArray
from bayes_self.model.coordinates import Coordinates

if TYPE_CHECKING:
    import xarray as xr


def by_identity(array: Float[AnyArray, "*step H"], names: Coordinates, **leading: object) -> "xr.DataArray":
    """Probabilities of identities; `leading` names further axes in front, as dim=labels."""
    coords = {**leading, "identity": list(names.identities)}
    return _probabilities(array, coords, "identities")


def by_facet(array: Float[AnyArray, "*step D V"], names: Coordinates, **leading: object) -> "xr.DataArray":
    """Probabilities of facet values, NaN where a facet has no such value."""
    labels = names.value_labels
    wide = np.full((*array.shape[:-1], len(labels)), np.nan)
    position = {label: i for i, label in enumerate(labels)}
    for d, values in enumerate(names.values):
        wide[..., d, [position[value] for value in values]] = array[..., d, : len(values)]
    coords = {**leading, "facet": list(names.facets), "value": list(labels)}
    return _probabilities(wide, coords, "facets")


def by_stream(array: Float[AnyArray, "*step S"], names: Coordinates, **leading: object) -> "xr.DataArray":
    """Probabilities that an observation stream is about me."""
    coords = {**leading, "stream": list(names.streams)}
    return _probabilities(array, coords, "ownership")


def _probabilities(array: AnyArray, coords: dict[str, object], name: str) -> "xr.DataArray":
    import xarray as xr

    return xr.DataArray(array, coords, list(coords), name=name, attrs={"units": "probability"})


def values_of(facets: "xr.DataArray", facet: str) -> dict[str, float]:
    """{value: probability} of one facet, in the order of the labels, which all facets share."""
    row = (facets if facets.dims == ("facet", "value") else facets.transpose("facet", "value")).values[
        facets.get_index("facet").get_loc(facet)
    ]
    labels = facets["value"].values.tolist()
    return {value: p for value, p in zip(labels, row.tolist(), strict=True) if not math.isnan(p)}


def by_label(probabilities: "xr.DataArray") -> dict[str, float]:
    """{label: number} of an array with one dimension."""
    labels = probabilities[probabilities.dims[0]].values
    return {str(label): float(p) for label, p in zip(labels, probabilities.values, strict=True)}
