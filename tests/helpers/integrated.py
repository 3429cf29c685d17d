"""Posteriors of unknown numbers by brute-force integration of the oracle's log evidence over a grid."""

import itertools
import tomllib

import numpy as np
import oracle
from scipy.stats import beta


def posterior_on_grid(toml, rows, change, priors, nodes=60):
    """Mean and standard deviation of each number, by Gauss-Legendre quadrature on (0, 1).

    `change(raw, x)` writes the numbers x into the scenario as a dict; `priors` are the two parameters of each beta.
    """
    points, weights = np.polynomial.legendre.leggauss(nodes)
    points, weights = (points + 1) / 2, weights / 2
    x = np.array(list(itertools.product(points, repeat=len(priors))))
    w = np.prod(list(itertools.product(weights, repeat=len(priors))), -1)
    log_density = sum(beta.logpdf(x[:, k], *prior) for k, prior in enumerate(priors))
    log_z = []
    for each in x:
        raw = tomllib.loads(toml)
        change(raw, each)
        log_z.append(oracle.log_evidence(raw, rows))
    log_density = log_density + np.array(log_z)
    p = w * np.exp(log_density - log_density.max())
    p /= p.sum()
    mean = p @ x
    return mean, np.sqrt(p @ (x - mean) ** 2)
