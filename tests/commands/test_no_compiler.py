"""Nothing that answers one question about one scenario imports JAX, or compiles anything."""

import subprocess
import sys

import pytest
from commanded import SMALL

COMMANDS = {
    "list": ["list"],
    "show": ["show", "jfk_coder"],
    "run": ["run", "jfk_coder"],
    "run --out": ["run", "naming", "--out", "OUT"],
    "run --runs": ["run", "the_void", "--runs", "3", "--steps", "4"],
    "run own file": ["run", "MINE"],
    **{
        f"measure {name}": ["measure", name, "jfk_coder"]
        for name in ("landscape", "viability", "realization", "misfit")
    },
    "measure probe-value": ["measure", "probe-value", "jfk_coder", "--about", "rl"],
    "measure attribution": ["measure", "attribution", "jfk_coder", "--identity", "jfk"],
    "compare": ["compare", "jfk_coder", "--a", "assistant", "--b", "jfk"],
    "check": ["check", "jfk_coder"],
    "check --robustness": ["check", "MINE", "--robustness", "--points", "16"],
    "check --laws": ["check", "naming", "--laws"],
    "report": ["report", "MINE", "--out", "OUT"],
    "sweep": ["sweep", "naming", "--over", "coherence=0:1:5", "--out", "OUT"],
    "validate": ["validate", "MINE"],
}
CODE = """
import sys
sys.argv = ["bayes-self", *sys.argv[1:]]
from bayes_self.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
slow = {"jax", "jaxlib", "numpyro", "tomlkit"}
slow |= {"xarray", "pandas", "scipy"} if sys.argv[1:] == ["run", "jfk_coder"] else set()
loaded = sorted({name.partition(".")[0] for name in sys.modules} & slow)
print("\\nloaded:", *loaded)
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_of_a_person_loads_jax(command, tmp_path):
    (tmp_path / "mine.toml").write_text(SMALL)
    places = {"MINE": "mine.toml", "OUT": "out"}
    words = [places.get(word, word) for word in COMMANDS[command]]
    ran = subprocess.run([sys.executable, "-c", CODE, *words], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "loaded:"


PYTHON = """
import sys
import bayes_self as bs
scenario = bs.load("jfk_coder")
evidence = bs.simulate(scenario, key=0)
result = bs.posterior(scenario, evidence)
result.identities, result.facets, result.ownership, result.concentration, result.bits_to_flip, result.verdicts
result.to_dataset(), repr(result), result._repr_html_(), bs.findings(result)
bs.trajectory(scenario, evidence)
bs.compare(scenario, bs.expect(scenario), "assistant", "jfk")
from bayes_self.measures.survey import survey
from bayes_self.measures.attribution import attribution
from bayes_self.measures.probe_value import probe_value
from bayes_self.measures.sensitivity import sensitivity
survey(result.case), attribution(result.case, identity="jfk")
probe_value(result.case), sensitivity(result.case, "coherence")
assert not {"jax", "jaxlib", "numpyro"} & set(sys.modules), sorted(sys.modules)
"""


def test_no_answer_in_python_loads_jax():
    ran = subprocess.run([sys.executable, "-c", PYTHON], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
