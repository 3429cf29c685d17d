"""memo: P(identity) alone; it has no log evidence to ask for, and values of facets would be another program each."""

import importlib.util
import sys
import tempfile
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from memo import memo  # pyright: ignore[reportMissingImports]

from benchmarks.contenders import over_weights
from benchmarks.problem import Answer, Problem


def factored(problem: Problem):
    """The facets summed out by hand, before memo sees them."""
    global H, joint  # memo looks up names where a module has them
    log_prior, profile = problem.log_prior, problem.profile
    H = jnp.arange(len(log_prior))

    @jax.jit
    def joint(h, u):
        said = jnp.exp(u - u.max(-1, keepdims=True))
        evidence = jnp.einsum("hdv,dv->hd", jnp.asarray(profile), said)
        return jnp.exp(jnp.asarray(log_prior) + jnp.log(evidence).sum(-1))[h]

    @memo
    def identity[h: H](u: ...):  # pyright: ignore
        me: knows(h)  # pyright: ignore
        me: thinks[it : chooses(k in H, wpp=joint(k, u))]  # pyright: ignore
        return me[Pr[it.k == h]]  # pyright: ignore

    return identity


class FactoredByHand:
    """P(identity) only, facets summed out by hand, mapped over settings."""

    name = "memo by hand"

    def __init__(self, problem: Problem):
        identity = factored(problem)
        self.run = jax.jit(lambda us: jax.lax.map(identity, us, batch_size=64))

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            return Answer(None, np.asarray(self.run(jnp.asarray(log_facets))), None)


OverWeights = over_weights(FactoredByHand)


class OneAtATime:
    """P(identity) only, facets summed out by hand, a compiled call for each posterior."""

    name = "memo by hand"

    def __init__(self, problem: Problem):
        self.run = jax.jit(factored(problem))

    def solve(self, log_facets: np.ndarray, /) -> Answer:
        with jax.enable_x64(True):
            return Answer(None, np.array([self.run(jnp.asarray(u)) for u in log_facets]), None)


class Natural(OneAtATime):
    """P(identity) only, every facet a choice of its own: memo enumerates all their combinations."""

    name = "memo, a choice for each facet"

    def __init__(self, problem: Problem):
        self.run = jax.jit(_natural(problem))


def _natural(problem: Problem):
    """A program for so many facets, written out and loaded as a module, as memo reads its programs' source."""
    _, n_facets, _ = problem.sizes
    each = range(n_facets)
    source = [
        "from memo import memo",
        "import jax",
        "import jax.numpy as jnp",
        "def of(problem):",
        "    global H, V, prior, profile",
        "    H, V = (jnp.arange(n) for n in (problem.profile.shape[0], problem.profile.shape[2]))",
        "    prior, profile = jnp.exp(jnp.asarray(problem.log_prior)), jnp.asarray(problem.profile)",
        "@jax.jit",
        "def a_priori(h): return prior[h]",
        *(f"@jax.jit\ndef table{d}(h, z): return profile[h, {d}, z]" for d in each),
        *(f"@jax.jit\ndef said{d}(z, u): return jnp.exp(u[{d}] - u[{d}].max())[z]" for d in each),
        "def program():",
        "    @memo",
        "    def identity[k: H](u: ...):",
        "        me: knows(k)",
        "        me: thinks[",
        "            it: chooses(h in H, wpp=a_priori(h)),",
        *(f"            it: chooses(z{d} in V, wpp=table{d}(h, z{d}))," for d in each),
        "        ]",
        *(f"        me: observes_event(wpp=said{d}(it.z{d}, u))" for d in each),
        "        return me[Pr[it.h == k]]",
        "    return identity",
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "natural_program.py"
        path.write_text("\n".join(source) + "\n", encoding="utf-8")
        spec = importlib.util.spec_from_file_location("natural_program", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules["natural_program"] = module
        spec.loader.exec_module(module)
        with jax.enable_x64(True):
            module.of(problem)
        return module.program()
