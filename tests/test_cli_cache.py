"""Compiled code is kept between processes of the command, where the platform keeps such things, not by the library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commanded import SMALL

from bayes_self.commands.cache import cache_folder

RUN = """
import sys
from bayes_self.cli import main
try:
    main()
finally:
    heavy = ("xarray", "pandas", "scipy.stats", "matplotlib", "numpyro", "pyarrow")
    assert not [name for name in heavy if name in sys.modules]
"""


def run_small(folder, **environment):
    return process(folder, **environment).stdout


def process(folder, **environment):
    (folder / "small.toml").write_text(SMALL)
    command = [sys.executable, "-c", RUN, "run", "small.toml", "--json"]
    here = {name: value for name, value in os.environ.items() if not name.startswith("JAX_")}
    here |= {"XDG_CACHE_HOME": str(folder / "cache"), **environment}
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder, env=here)


def test_the_second_run_finds_what_the_first_compiled_traces_nothing_and_says_the_same(tmp_path):
    first = process(tmp_path, JAX_LOG_COMPILES="1")
    assert "Finished tracing" in first.stderr
    made = sorted((tmp_path / "cache" / "bayes_self").iterdir())
    assert {path.suffix for path in made} >= {".kept"}
    second = process(tmp_path, JAX_LOG_COMPILES="1")
    assert second.stdout == first.stdout
    assert second.stderr == ""
    assert sorted((tmp_path / "cache" / "bayes_self").iterdir()) == made


def test_it_can_be_switched_off(tmp_path):
    run_small(tmp_path, JAX_ENABLE_COMPILATION_CACHE="false")
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("platform", "variable", "folder"),
    [
        ("linux", None, "~/.cache"),
        ("darwin", None, "~/Library/Caches"),
        ("win32", "LOCALAPPDATA", "~/local"),
        ("win32", None, "~/.cache"),
        ("linux", "XDG_CACHE_HOME", "~/elsewhere"),
    ],
)
def test_it_is_kept_where_the_platform_keeps_such_things(platform, variable, folder, monkeypatch):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    expected = Path(folder).expanduser()
    if variable:
        monkeypatch.setenv(variable, str(expected))
    assert cache_folder(platform) == expected / "bayes_self"


def test_importing_the_library_changes_no_setting(tmp_path):
    script = (
        "import os; before = dict(os.environ); import bayes_self.exact; assert dict(os.environ) == before; "
        "import jax; assert jax.config.jax_compilation_cache_dir is None"
    )
    here = {name: value for name, value in os.environ.items() if not name.startswith("JAX_")}
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path, env=here)
