"""Executables outlive the process, are found by all they depend on, and are made again where they are no good."""

import os

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax.experimental.compilation_cache.compilation_cache import reset_cache

from bayes_self import executables, kept
from bayes_self.compiled import let_go_when_much
from bayes_self.executables import Executable
from bayes_self.precision import in_float64

TRACED = []


def process():
    """A function as a process of its own would have it, which has traced, compiled and loaded nothing."""

    def tripled(at):
        TRACED.append(at["x"].shape)
        return 3 * at["x"], jnp.sum(at["x"])

    executables.let_go()
    executables._surroundings.cache_clear()
    return Executable(tripled)


@pytest.fixture(autouse=True)
def keeping(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "_folder", tmp_path)
    TRACED.clear()
    yield
    executables.let_go()
    executables._surroundings.cache_clear()


X = {"x": np.arange(3.0)}


def the_file(folder):
    (path,) = folder.glob("*.kept")
    return path


def same(found):
    np.testing.assert_array_equal(found[0], [0.0, 3.0, 6.0])
    assert found[0].dtype == np.float64
    assert float(found[1]) == 3.0


def test_another_process_traces_nothing_and_finds_the_same():
    for _ in range(2):
        same(in_float64(process())(X))
    assert TRACED == [(3,)]


def test_another_shape_or_precision_is_another_executable(tmp_path):
    triple = process()
    found = [in_float64(triple)(X), in_float64(triple)({"x": np.arange(4.0)}), triple(X)]
    assert [(triples.shape, triples.dtype) for triples, _ in found] == [((3,), "f8"), ((4,), "f8"), ((3,), "f4")]
    assert TRACED == [(3,), (4,), (3,)]
    assert len(list(tmp_path.glob("*.kept"))) == 3


@pytest.mark.parametrize("changed", ["_source", "_machine", "settings"])
def test_what_else_it_depends_on_is_in_its_name(changed, monkeypatch):
    in_float64(process())(X)
    if changed == "settings":
        monkeypatch.setenv("XLA_FLAGS", "--xla_cpu_enable_fast_math=false")
    else:
        monkeypatch.setattr(executables, changed, lambda: b"another")
    same(in_float64(process())(X))
    assert TRACED == [(3,)] * 2


@pytest.mark.parametrize("damaged", [lambda b: b[:-9], lambda b: b[:90] + bytes([255 - b[90]]) + b[91:], lambda _: b""])
def test_a_damaged_file_is_made_again(tmp_path, damaged):
    in_float64(process())(X)
    path = the_file(tmp_path)
    path.write_bytes(damaged(path.read_bytes()))
    for _ in range(2):
        same(in_float64(process())(X))
    assert TRACED == [(3,)] * 2


def test_what_is_whole_and_no_executable_is_made_again(tmp_path):
    in_float64(process())(X)
    kept.keep(the_file(tmp_path).stem, b"something else")
    for _ in range(2):
        same(in_float64(process())(X))
    assert TRACED == [(3,)] * 2


@pytest.fixture
def cache_of_jax(tmp_path):
    """A cache of JAX's own, as the command has one beside."""
    settings = ("jax_compilation_cache_dir", str(tmp_path / "jax")), ("jax_persistent_cache_min_compile_time_secs", 0)
    before = [(name, getattr(jax.config, name)) for name, _ in settings]
    for name, value in settings:
        jax.config.update(name, value)
    reset_cache()
    yield tmp_path / "jax"
    for name, value in before:
        jax.config.update(name, value)
    reset_cache()


def test_they_are_compiled_beside_the_cache_of_jax_which_is_used_again_after(cache_of_jax):
    same(in_float64(process())(X))
    assert not list(cache_of_jax.glob("*-cache"))
    same(in_float64(jax.jit(process()))(X))
    assert list(cache_of_jax.glob("*-cache"))
    assert jax.config.jax_enable_compilation_cache


def test_what_cannot_be_run_when_it_is_loaded_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(executables, "_serialized", lambda _: b"not so")
    same(in_float64(process())(X))
    assert not list(tmp_path.iterdir())


def test_what_calls_a_library_is_not_kept(tmp_path):
    matrix = 2 * np.eye(3)
    np.testing.assert_array_equal(in_float64(Executable(jnp.linalg.inv))(matrix), np.eye(3) / 2)
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(kept, "_folder", tmp_path / "file" / "folder")
    same(in_float64(process())(X))


def test_where_the_machine_cannot_be_told_nothing_is_kept(tmp_path, monkeypatch):
    assert executables._machine()
    monkeypatch.setattr(executables, "_machine", lambda: b"")
    same(in_float64(process())(X))
    assert not list(tmp_path.iterdir())


def test_where_this_jax_has_another_inside_nothing_is_kept(tmp_path, monkeypatch):
    def missing():
        raise ImportError

    monkeypatch.setattr(executables, "_look_again", missing)
    same(in_float64(process())(X))
    assert not list(tmp_path.iterdir())


def test_it_is_batched_and_differentiated_like_any_function(tmp_path):
    triple = process()
    with jax.enable_x64(True):
        slopes = jax.vmap(jax.grad(lambda x: triple({"x": x})[1]))(np.ones((2, 3)))
    np.testing.assert_array_equal(slopes, np.ones((2, 3)))
    assert not list(tmp_path.iterdir())


def test_the_library_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "_folder", None)
    same(in_float64(process())(X))
    assert not list(tmp_path.iterdir())


def test_those_that_were_not_used_for_longest_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    for name in "ab":
        kept.keep(name, name.encode())
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    assert kept.find("a") == b"a"
    kept.keep("c", b"c")
    assert [kept.find(name) for name in "abc"] == [b"a", None, b"c"]


def test_executables_are_let_go_of_with_other_compiled_code(monkeypatch):
    in_float64(process())(X)
    assert executables._LOADED
    monkeypatch.setattr("bayes_self.compiled._MANY", 0)
    let_go_when_much()
    assert not executables._LOADED
