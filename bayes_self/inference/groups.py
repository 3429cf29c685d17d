"""The groups of an inference's tree, and what the variables of unknown numbers are called in them."""

import xarray as xr

SPREAD, OF_EACH = " spread", " of each"
"""After a key: the spread of the population in log odds, and the number of each body of evidence."""


def group(tree: xr.DataTree, name: str) -> xr.Dataset:
    """One group of a tree."""
    return tree[name].to_dataset()


def variable(key: str) -> str:
    """What the variable of a key is called: a dataset's variables must not have slashes."""
    return key.replace("/", "∕")
