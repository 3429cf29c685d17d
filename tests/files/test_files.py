"""The room of files: what it imports, and the one place of names."""

import ast
import subprocess
import sys
from pathlib import Path

import bayes_self

PACKAGE = Path(bayes_self.__file__).parent
HEAVY = {"jax", "xarray", "matplotlib", "numpyro", "arviz", "arviz_stats", "pyarrow", "zarr", "h5netcdf", "numpy"}


def test_reading_and_writing_files_import_nothing_heavy():
    modules = [f"bayes_self.files.{path.stem}" for path in (PACKAGE / "files").glob("*.py") if path.stem != "__init__"]
    assert len(modules) > 5
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def calls(path):
    """Names of functions and methods that a module calls."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_only_the_room_of_files_reads_tables():
    """A second reader of CSV, JSON Lines or Parquet would have rules of its own."""
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name != "files":
            assert not {"reader", "DictReader", "ParquetFile"} & set(calls(path)), path


def test_only_one_function_composes_accents():
    where = {path.name for path in PACKAGE.rglob("*.py") if "unicodedata.normalize" in path.read_text(encoding="utf-8")}
    assert where == {"names.py", "toml_text.py"}


def test_no_zarr_store_is_opened_by_its_text():
    """Zarr and xarray take a text for a URL."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                opened = node.func.attr in ("open_group", "open_zarr", "to_zarr", "open_datatree", "open_dataset")
                text = opened and any(
                    isinstance(each, ast.JoinedStr | ast.Constant) or ast.unparse(each).startswith("str(")
                    for each in node.args
                )
                assert not text, f"{path}: {ast.unparse(node)}"
