"""The summary of draws that a statistician asks for, by ArviZ."""

from typing import cast

import numpy as np
import xarray as xr
from arviz_stats.sampling_diagnostics import ess, mcse, rhat


def summary(tree: xr.DataTree) -> xr.Dataset:
    """Per variable of the posterior, along dim `summary`: mean, sd, quantiles, diagnostics, Monte Carlo errors.

    R-hat and effective sample sizes are rank-normalised (Vehtari et al. 2021, arXiv 1903.08008).
    """
    draws = tree["posterior"].to_dataset()
    over = ("chain", "draw")
    quantiles = draws.quantile([0.05, 0.95], over)
    found = {
        "mean": draws.mean(over),
        "sd": draws.std(over, ddof=1),
        "q05": quantiles.sel(quantile=0.05, drop=True),
        "q95": quantiles.sel(quantile=0.95, drop=True),
        "r_hat": rhat(draws),
        "ess_bulk": ess(draws, method="bulk"),
        "ess_tail": ess(draws, method="tail"),
        "mcse_mean": mcse(draws, method="mean"),
        "mcse_sd": mcse(draws, method="sd"),
    }
    each = [column.reset_coords(drop=True) for column in found.values()]
    return cast(xr.Dataset, xr.concat(each, xr.Variable("summary", np.array(list(found)))))
