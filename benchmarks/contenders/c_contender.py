"""A C kernel, compiled for this processor when it is needed: the practical limit of one core. See kernel.c."""

import ctypes
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem

FLAGS = ("-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", "-shared", "-fPIC", "-lm")
SOURCE = Path(__file__).with_name("kernel.c")


def compiled() -> ctypes.CDLL:
    """The kernel. Raises ModuleNotFoundError, as a missing package would, where there is no compiler."""
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise ModuleNotFoundError("no C compiler", name="a C compiler")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "kernel.so"
        subprocess.run([compiler, str(SOURCE), *FLAGS, "-o", str(library)], check=True)
        return ctypes.CDLL(str(library))


def _address(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


class Kernel:
    """From log potentials to beliefs, without a certificate: the practical limit of one core."""

    name = "C kernel"

    def __init__(self, problem: Problem):
        self.run, self.shape = compiled().posteriors, problem.profile.shape
        self.prior = np.exp(problem.log_prior)
        self.tables = np.ascontiguousarray(problem.profile.transpose(1, 0, 2))

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        u = np.ascontiguousarray(log_facets)
        n, (n_identities, n_facets, n_values) = len(u), self.shape
        found = np.empty(n), np.empty((n, n_identities)), np.empty((n, n_facets, n_values))
        sizes = (ctypes.c_long(n), n_identities, n_facets, n_values)
        arrays = map(_address, (self.prior, self.tables, u))
        if self.run(*sizes, *arrays, *map(_address, found)):
            raise MemoryError
        return Answer(*found)


class OneAtATime:
    """A kernel for one posterior, called through ctypes for each."""

    name = "C kernel"

    def __init__(self, problem: Problem):
        self.run, (n_identities, n_facets, n_values) = compiled().one, problem.sizes
        self.prior, self.tables = np.exp(problem.log_prior), np.ascontiguousarray(problem.profile.transpose(1, 2, 0))
        self.space = np.empty((n_facets + 1) * n_identities)
        self.sizes, self.shapes = (n_identities, n_facets, n_values), ((), (n_identities,), (n_facets, n_values))
        self.given = _address(self.prior), _address(self.tables)

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        return Answer(*map(np.array, zip(*map(self._solve, log_facets), strict=True)))

    def _solve(self, u: np.ndarray) -> list[np.ndarray]:
        found = [np.empty(shape) for shape in self.shapes]
        self.run(*self.sizes, *self.given, _address(u), _address(self.space), *map(_address, found))
        return found


OverWeights = over_weights(Kernel)
