"""What other people rely on: the public names, the README's two commands, and that importing costs nothing."""

import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import bayes_self as bs

ROOT = Path(__file__).parents[2]

PUBLIC = {
    *("BayesSelfError", "Calibration", "Evidence", "EvidenceError", "Inference", "Posterior"),
    *("EvidenceStream", "LogPotentials", "listen"),
    *("Scenario", "ScenarioError", "calibrate", "infer"),
    *("compare", "expect", "findings", "load", "posterior", "program", "read_evidence", "simulate", "sweep"),
    *("trajectory", "write_evidence"),
}


def test_the_public_names_are_these():
    assert set(bs.__all__) == PUBLIC
    assert all(getattr(bs, name) is not None for name in PUBLIC)


def test_no_public_name_is_a_module():
    """Importing a submodule binds its name in the package, and would take the place of a function called the same."""
    assert not PUBLIC & {module.name for module in pkgutil.iter_modules(bs.__path__)}


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(bs, "posterior_of_everything")


def test_importing_the_package_imports_no_numerical_library():
    heavy = {"jax", "xarray", "matplotlib", "numpyro", "hypothesis"}
    plugin = "import pytest_bayes_self, sys; assert 'bayes_self' not in sys.modules"
    code = f"{plugin}; import bayes_self, bayes_self.commands.app, bayes_self.laws; print(*{heavy} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not found.stdout.strip()


def test_the_first_two_shell_blocks_are_the_two_commands():
    """One line each; what runs before changes land takes the second from here, to the letter."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    run, test = (block.strip().splitlines() for block in blocks[:2])
    assert len(run) == len(test) == 1
    assert "bayes-self run jfk_coder" in run[0]
    assert "pytest" in test[0]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "block == 2" in script
    assert "README.md" in script
