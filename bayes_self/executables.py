"""Functions of arrays as executables that outlive the process: a second one traces, lowers and compiles nothing.

JAX's own cache finds what was compiled by the text of the program, which has to be traced and lowered first; that takes
longer than importing JAX. Here it is found by what the program is made of: this package's source, the versions of what
it is built with, JAX's settings, the machine, and the shapes of the arguments. Where nothing is kept (see `kept`), on
another device than a CPU, and where this JAX cannot say what machine it compiles for, this is `jax.jit`.

An executable is machine code, here as in JAX's own cache: whoever can write to the user's cache folder can run programs
as that user.
"""

import contextlib
import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from functools import cache, update_wrapper
from pathlib import Path
from typing import Any

import jax
import numpy as np
import opt_einsum
from jax.core import Tracer
from jaxlib.version import __version__ as jaxlib_version

from bayes_self import kept


class Executable[**P, R]:
    """A function of arrays, compiled once for each shape of its arguments, and kept for other processes.

    The function is one of a module, and reads nothing but its arguments.
    """

    def __init__(self, function: Callable[P, R]) -> None:
        update_wrapper(self, function)
        self.jitted = jax.jit(function)
        self._name = function.__module__, function.__qualname__

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if not _is_keeping():
            return self.jitted(*args, **kwargs)
        leaves, tree = jax.tree.flatten((args, kwargs))
        if any(isinstance(leaf, Tracer) for leaf in leaves):
            return self.jitted(*args, **kwargs)
        asked = (*self._name, jax.config.jax_enable_x64, tree, *map(_shape, leaves))
        if asked in _LOADED:
            return _LOADED[asked](*args, **kwargs)
        digest = hashlib.sha256(repr((asked, _surroundings())).encode()).hexdigest()
        key = f"{self._name[1].rpartition('.')[2]}-{digest}"
        if content := kept.find(key):
            with contextlib.suppress(Exception):  # whatever is wrong with it, it can be made again
                loaded = _loaded(content, tree)
                result = loaded(*args, **kwargs)
                _LOADED[asked] = loaded
                return result
        with _without_the_cache_of_jax():
            made = self.jitted.lower(*args, **kwargs).compile()
        with contextlib.suppress(Exception):  # it need not be kept: what fails when it is loaded is not
            content = _serialized(made)
            _loaded(content, tree)(*args, **kwargs)
            kept.keep(key, content)
        _LOADED[asked] = made
        return made(*args, **kwargs)


def _is_keeping() -> bool:
    if not kept.is_keeping() or jax.config.jax_disable_jit or not jax.config.jax_enable_compilation_cache:
        return False
    return jax.default_backend() == "cpu" and _surroundings() is not None


_LOADED: dict[tuple[Any, ...], jax.stages.Compiled] = {}
"""What this process has found or made, by function and shape."""


def let_go() -> None:
    """Drop the executables that this process holds; those that are kept can be found again."""
    _LOADED.clear()


def _serialized(made: jax.stages.Compiled) -> bytes:
    from jax.experimental.serialize_executable import serialize

    if "custom-call" in (made.as_text() or ""):
        raise ValueError("it calls a library that JAX only loads when it lowers: a process that does not would crash")
    executable, _, results = serialize(made)
    return pickle.dumps((executable, results))


def _loaded(content: bytes, arguments: Any) -> jax.stages.Compiled:
    from jax.experimental.serialize_executable import deserialize_and_load

    executable, results = pickle.loads(content)
    return deserialize_and_load(executable, arguments, results, execution_devices=jax.devices()[:1])


@contextlib.contextmanager
def _without_the_cache_of_jax() -> Iterator[None]:
    """Compile in earnest: an executable that comes from JAX's cache lacks its code when it is serialized again."""
    look_again = _look_again()
    jax.config.update("jax_enable_compilation_cache", False)
    look_again()
    try:
        yield
    finally:
        jax.config.update("jax_enable_compilation_cache", True)
        look_again()


def _look_again() -> Callable[[], object]:
    """What makes JAX look at its settings of the cache again, which it does once. Raises ImportError: not this JAX."""
    from jax.experimental.compilation_cache.compilation_cache import reset_cache

    return reset_cache


def _shape(leaf: Any) -> tuple[Any, ...]:
    if isinstance(leaf, np.ndarray):
        return leaf.shape, leaf.dtype
    kind = jax.typeof(leaf)
    return kind.shape, kind.dtype, kind.weak_type


@cache
def _surroundings() -> tuple[Any, ...] | None:
    """Everything besides its arguments that an executable depends on; None where that cannot be told or made anew."""
    try:
        _look_again()
    except ImportError:
        return None
    machine = _machine()
    settings = sorted(item for item in os.environ.items() if item[0].startswith(("JAX_", "XLA_")))
    versions = jax.__version__, jaxlib_version, np.__version__, opt_einsum.__version__
    return (_source(), versions, machine, settings) if machine else None


def _machine() -> bytes:
    """What code is compiled for: the processor and its instruction sets, as JAX's own cache tells machines apart."""
    with contextlib.suppress(Exception):  # no public part of JAX tells it
        from jaxlib.xla_client import get_topology_for_devices

        return get_topology_for_devices(jax.devices()[:1]).serialize()
    return b""


def _source() -> str:
    """A digest of the source of this package."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    return digest.hexdigest()
