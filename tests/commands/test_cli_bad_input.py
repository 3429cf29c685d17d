"""Bad input through the command: exit status 2, one readable message, no traceback, and nothing written."""

import os
import shutil
import subprocess
import sys

import pytest
from commanded import SMALL, refused

ARGUMENTS = [
    "run",
    "run nope",
    "run {folder}",
    "run {small} {small}",
    "run {small} --unheard-of",
    "run {small} --frame simulation",
    "run {small} --seed x",
    "run {small} --seed -1",
    "run {small} --seed 99999999999999999999",
    "run {small} --expected --evidence {seen}",
    "run {small} --evidence {folder}/none.csv",
    "run {small} --evidence {folder}",
    "run {small} --evidence {small}",
    "run {small} --out {small}",
    "run {small} --set",
    "run {small} --set coherence",
    "run {small} --set =1",
    "run {small} --set coherence=2",
    "run {small} --set coherence=nan",
    "run {small} --set coherence=true",
    "run {small} --set coherence=[",
    "run {small} --set coherance=0.5",
    "run {small} --set streams.r.weight=1",
    "run {small} --set streams.rl.weight=-1",
    "run {small} --set streams.rl.probes.fone.weight=1",
    "run {small} --set streams.spec.claims.name=John",
    "run {small} --set streams.spec.identity=nobody",
    "run {small} --set world.trials.rl.phone=-3",
    "run {small} --set world.trials.rl.phone=1.5",
    "run {small} --set world.facts.substrate=silicon",
    "run {small} --set identities={{}}",
    "run {small} --set a..b=1",
    "show",
    "show nope",
    "show {small} --set coherence=2",
    "show {small} --expected --evidence {seen}",
    "validate",
    "validate nope",
    "validate {folder}",
    "new",
    "new {small}",
    "new {folder}/none/new.toml",
    "compare",
    "compare nope",
    "compare {small} --a jfk",
    "compare {small} --a jfk --b kennedy",
    "compare {small} --frame x",
    "compare {small} --expected --evidence {seen}",
    "list everything",
    "unheard-of",
    "--unheard-of",
]

FILES = {
    "empty": "",
    "no TOML": "facets = [",
    "bytes": b"\xff\xfe\x00",
    "JSON": '{"facets": {}}',
    "an unknown key": SMALL.replace("ownership", "owned"),
    "an unknown name": SMALL.replace('identity = "jfk"', 'identity = "kennedy"'),
    "a row that does not sum to one": SMALL.replace("[0.8, 0.2]", "[0.8, 0.3]"),
    "a missing combination": SMALL.replace('given."human brain" = [0.8, 0.2]\n', ""),
    "a weight below zero": SMALL.replace("ownership = 0.9", "weight = -1"),
    "what is not finite": SMALL.replace("ownership = 0.9", "ownership = inf"),
    "a name twice": SMALL + "\n[facets.name]\nvalues = ['a', 'b']\n",
    "an expectation of nothing": SMALL.replace('facet = "substrate"\nverdict', "verdict"),
}

EVIDENCE = {
    "empty": "",
    "other columns": "a,b\n1,2\n",
    "an unknown stream": "stream,probe,outcome,count\nr,phone,nothing happens,1\n",
    "an unknown probe": "stream,probe,outcome,count\nrl,fone,nothing happens,1\n",
    "an unknown outcome": "stream,probe,outcome,count\nrl,phone,nothing,1\n",
    "a count below zero": "stream,probe,outcome,count\nrl,phone,nothing happens,-1\n",
    "a count that is not finite": "stream,probe,outcome,count\nrl,phone,nothing happens,nan\n",
    "a count that is no number": "stream,probe,outcome,count\nrl,phone,nothing happens,many\n",
    "a claim": "stream,probe,outcome,count\nspec,name,Jack,1\n",
    "bytes": b"stream,probe,outcome,count\nrl,phone,\xff,1\n",
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL)
    (tmp_path / "seen.csv").write_text("stream,probe,outcome,count\nrl,phone,nothing happens,7\n")
    return tmp_path


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def put(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("arguments", ARGUMENTS)
def test_arguments(arguments, folder):
    before = contents(folder)
    asked = arguments.format(folder=folder, small=folder / "small.toml", seen=folder / "seen.csv")
    message = refused(*asked.split())
    assert len(message) < 2000
    assert contents(folder) == before


@pytest.mark.parametrize("command", ["run", "show", "validate", "compare"])
@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_scenario_files(command, content, folder):
    path = put(folder / "bad.toml", content)
    before = contents(folder)
    out = ["--out", folder / "out"] if command == "run" else []
    assert "bad.toml" in refused(command, path, *out)
    assert contents(folder) == before
    assert not (folder / "out").exists()


@pytest.mark.parametrize("content", EVIDENCE.values(), ids=EVIDENCE)
def test_evidence_files(content, folder):
    path = put(folder / "bad.csv", content)
    for command in ("run", "compare"):
        assert "bad.csv" in refused(command, folder / "small.toml", "--evidence", path)


def test_every_setting_at_fault_is_told(folder):
    message = refused("run", folder / "small.toml", "--set", "coherence", "--set", "salience", "--json")
    assert "coherence" in message
    assert "salience" in message
    assert "from --set" in message


def test_the_seed_at_fault_is_told_by_its_option(folder):
    assert "from --seed" in refused("run", folder / "small.toml", "--seed", "-1")


@pytest.mark.parametrize("options", [[], ["--json"], ["--out", "out"]])
def test_impossible_evidence_names_its_probe(folder, options, monkeypatch):
    monkeypatch.chdir(folder)
    put(folder / "seen.csv", "stream,probe,outcome,count\nrl,phone,she answers,1\n")
    certain = ["--set", "streams.rl.reliability=1"]
    certain += ["--set", 'streams.rl.probes.phone.given."human brain"=[0.0, 1.0]']
    before = contents(folder)
    assert "rl.phone" in refused("run", "small.toml", "--evidence", "seen.csv", *certain, *options)
    assert contents(folder) == before


# the superuser may write anywhere: without that right, like everybody else
WEAK = ["setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []


@pytest.mark.skipif(bool(WEAK) and shutil.which("setpriv") is None, reason="only setpriv takes the right away")
@pytest.mark.parametrize("place", ["locked", "locked/out"])
def test_a_folder_that_cannot_be_written(folder, place):
    (folder / "locked").mkdir(mode=0o500)
    command = [*WEAK, sys.executable, "-m", "bayes_self", "run", "small.toml", "--expected", "--out", place]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--out {place}: nothing can be written to " in done.stderr
    assert "locked (Permission denied)" in done.stderr
    assert not any((folder / "locked").iterdir())
