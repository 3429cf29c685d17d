"""Whether draws are a posterior: R-hat and effective draws of what is reported.

Checked are the numbers of the population, the spreads, and what is read off a self-model as it is reported, ownership
by family of routes and probe; not every effect of every level, of which there are thousands, so that some would look
bad by chance.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import xarray as xr
from numpyro.diagnostics import effective_sample_size, split_gelman_rubin

from bayes_self.fit.landscape import reported
from bayes_self.fit.sampling import Fit

LARGEST_R_HAT, FEWEST_PER_CHAIN, MOST_DIVERGING = 1.05, 25, 0.01
"""R-hat: as loose as for a summary with two digits; Vehtari et al. 2021 (arXiv 1903.08008) would have 1.01 and 100."""


def checked(fit: Fit, read_off: xr.Dataset | None) -> dict[str, np.ndarray]:
    """{name: (chain, draw, ...)} of what is checked."""
    numbers = {name: values for name, values in fit.samples.items() if values.ndim == 2}
    told = {} if read_off is None else reported(fit.design, read_off)
    return numbers | {name: each.values for name, each in told.items()}


def diagnosed(values: Mapping[str, np.ndarray]) -> dict[str, tuple[float, float]]:
    """{name: (largest R-hat, fewest effective draws)}."""
    return {name: _worst(each) for name, each in values.items()}


def _worst(values: np.ndarray) -> tuple[float, float]:
    flat = values.reshape(*values.shape[:2], -1)
    moving = flat[..., np.ptp(flat, (0, 1)) > 0]
    if not moving.size:
        return 1.0, float(values.shape[0] * values.shape[1])
    return float(np.max(split_gelman_rubin(moving))), float(np.min(effective_sample_size(moving)))


def failures(fit: Fit, found: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """Why the draws are no posterior, in plain sentences; none if they are one."""
    chains, draws = next(iter(fit.samples.values())).shape[:2]
    enough = FEWEST_PER_CHAIN * chains
    for name, (r_hat, effective) in found.items():
        if not r_hat <= LARGEST_R_HAT:
            yield f"the chains disagree about {name}: R-hat {r_hat:.3f}, and at most {LARGEST_R_HAT} was expected"
        elif not effective >= enough:
            yield f"{name} has {effective:.0f} effective draws of {chains * draws}, and {enough} were expected"
    if fit.stats and (share := float(np.mean(fit.stats["diverging"]))) > MOST_DIVERGING:
        yield f"{share:.1%} of the draws diverged: some corner of the posterior was not explored"
