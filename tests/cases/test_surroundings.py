"""What is around a command: other people's files beside and below its outputs, and a process's surroundings."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commanded import SMALL, ask, refused, told
from writers import FEW, WRITERS

PLACES = ["run#1", "what?", "a::b", "C#/map", "memory:/x"]


def foreign(folder):
    """Somebody's files, by path: below the folder and in whatever a URL would make of its name."""
    for name in (
        "thesis.txt",
        "sweep.zarr/zarr.json",
        "done/mine",
        ".unfinished.mine/draft",
        "plan.json",
        "x/y.partial",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"a year of work: {name}")


def content(folder):
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", WRITERS)
def test_no_output_touches_what_lies_beside_it_or_in_its_folder(small, name):
    places = PLACES if name == "sweep" else ["C#/a::b?"]
    for place in places:
        for beside in ("run", "what", "a", "b", "C", "A", "memory", "s3"):
            foreign(small / beside)
        out = Path(place)
        if name != "sweep":  # which refuses a folder that has other files of its names
            foreign(out)
        before = content(small)
        result = ask(*(str(part).replace("OUT", place) for part in WRITERS[name]))
        assert result.exit_code in (0, 3), result.stderr
        after = content(small)
        assert {path: after.get(path) for path in before} == before
        assert after.keys() > before.keys()
        assert all(path.startswith(str(small / place)) for path in after.keys() - before.keys())
        shutil.rmtree(out.parts[0])


@pytest.mark.parametrize("kept", ["plan.json", "sweep.zarr", "done", "thesis.txt"])
def test_a_sweep_refuses_a_folder_with_something_else_of_its_names_and_leaves_the_rest(small, kept):
    foreign(small / "out")
    for name in {"plan.json", "sweep.zarr", "done"} - {kept}:
        path = small / "out" / name
        path.unlink() if path.is_file() else shutil.rmtree(path)
    before = content(small)
    if kept == "thesis.txt":
        told(*(str(part).replace("OUT", "out") for part in WRITERS["sweep"]))
    else:
        assert (
            "--out out" in refused(*(str(part).replace("OUT", "out") for part in WRITERS["sweep"]))
            or kept == "plan.json"
        )
    assert {path: content(small).get(path) for path in before} == before


def test_a_sweep_whose_store_was_deleted_is_not_taken_for_done(small):
    command = [str(part).replace("OUT", "out") for part in WRITERS["sweep"]]
    told(*command)
    shutil.rmtree("out/sweep.zarr")
    assert "sweep.zarr is gone" in refused(*command)


def run_in(folder, *arguments, **environment):
    """(exit status, standard error) of the command in a process of its own, None taking a variable away."""
    variables = {name: value for name, value in (os.environ | environment).items() if value is not None}
    command = [sys.executable, "-m", "bayes_self", *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=False)
    return done.returncode, done.stderr.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What `run` writes when nothing is odd."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "small.toml").write_text(SMALL)
    assert run_in(folder, "run", "small.toml", "--out", "out")[0] == 0
    return folder / "out"


RC = "stats.ci_prob : 0.5\nplot.backend_of_another_version : nobody\n"


@pytest.mark.parametrize(
    "variables",
    [
        {"MPLBACKEND": "module://matplotlib_inline.backend_inline"},
        {"HOME": "/nowhere", "XDG_CONFIG_HOME": None, "XDG_CACHE_HOME": None},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=lambda variables: " ".join(variables) + " " + str(next(iter(variables.values()))),
)
def test_no_surroundings_change_a_byte(small, plain, variables):
    status, said = run_in(small, "run", "small.toml", "--out", "changed", **variables)
    assert status == 0, said
    assert "Traceback" not in said
    names = sorted(os.listdir(plain))
    assert sorted(os.listdir("changed")) == names
    for name in names:
        if name != "beliefs.nc":
            assert Path("changed", name).read_bytes() == (plain / name).read_bytes(), name


MATPLOTLIBRC = """\
backend: pdf
font.size: 30
figure.autolayout: True
savefig.facecolor: black
savefig.pad_inches: 2
text.usetex: True
text.antialiased: False
"""


@pytest.mark.parametrize("content", [MATPLOTLIBRC, "a.key.of.another.version: x\nfont.size: huge", b"\xff\xfe"])
@pytest.mark.parametrize("place", ["matplotlibrc", "elsewhere"])
def test_a_matplotlibrc_changes_no_picture(small, plain, place, content):
    Path(place).write_bytes(content if isinstance(content, bytes) else content.encode())
    status, said = run_in(small, "run", "small.toml", "--out", "changed", MATPLOTLIBRC=place)
    assert (status, len(said.splitlines())) == (0, 1), said
    for name in ("posterior.png", "trajectory.png", "frames.png"):
        assert Path("changed", name).read_bytes() == (plain / name).read_bytes(), name


def test_an_arvizrc_of_another_version_changes_nothing(small):
    command = (*WRITERS["infer"][:4], *FEW, "--out")
    without = ask(*command, "without")
    Path("arvizrc").write_text(RC)
    assert run_in(small, *command, "changed") == (without.exit_code, without.stderr.replace("without", "changed"))
    assert sorted(os.listdir("changed")) == sorted(os.listdir("without"))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody without a name"
)
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv")
@pytest.mark.parametrize(
    "arguments", [("list",), ("run", "small.toml", "--out", "out"), WRITERS["infer"]], ids=lambda a: a[0]
)
def test_a_user_without_home_and_name(small, arguments):
    free = "+dac_override,+dac_read_search"
    os.chmod(small, 0o777)
    user = ["setpriv", "--reuid=54321", "--clear-groups", f"--inh-caps={free}", f"--ambient-caps={free}"]
    command = [*user, sys.executable, "-m", "bayes_self", *(str(part).replace("OUT", "out") for part in arguments)]
    variables = {name: value for name, value in os.environ.items() if name not in ("HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(command, cwd=small, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["run", "report", "measure", "sweep", "questionnaire"])
def test_a_file_whose_name_is_no_text(small, name):
    odd = os.fsdecode(b"caf\xe9.toml")
    try:
        Path(odd).write_text(SMALL)
    except (OSError, UnicodeError):
        pytest.skip("this disk has no such names")
    os.mkdir("OUT")
    status, said = run_in(small, *(odd if part == "small.toml" else part for part in WRITERS[name]))
    assert status == 0, said
    assert "Traceback" not in said
    assert any(path.is_file() for path in Path("OUT").rglob("*"))


def test_characters_that_cannot_be_drawn_are_told_in_one_note(small):
    Path("robot.toml").write_text(SMALL.replace("Claude", "🤖").replace('"Jack"', '"中"'), encoding="utf-8")
    status, said = run_in(small, "run", "robot.toml", "--out", "out")
    assert status == 0
    notes = said.splitlines()
    assert [note for note in notes if "boxes" in note] == [
        "note: pictures show boxes for 🤖 中, which their font lacks; texts and tables have them"
    ] or {"🤖", "中"} <= set(next(note for note in notes if "boxes" in note))
    assert "Warning" not in said
    assert "🤖" in json.loads(Path("out/result.json").read_text(encoding="utf-8"))["facets"]["name"]


def collected(folder, *asked):
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider", *asked]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    names = [line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line]
    return done.returncode, names, done.stdout + done.stderr


MAPPING = "[facets]\nsubstrate = ['q1']\n[persona]\nsubstrate = ['human brain']\n"


def test_pytest_takes_scenarios_by_whatever_path_and_says_how_many(small):
    for place in ("real/below", "elsewhere"):
        Path(place).mkdir(parents=True)
    shutil.copy("small.toml", "real/small.toml")
    shutil.copy("small.toml", "real/below/other.toml")
    Path("real/pyproject.toml").write_text("[project]\nname = 'x'\n")
    Path("real/mapping.toml").write_text(MAPPING)
    shutil.copy("small.toml", "elsewhere/linked.toml")
    Path("real/linked.toml").symlink_to(small / "elsewhere" / "linked.toml")
    Path("link").symlink_to("real")
    status, names, said = collected(small, "--bayes-self", "real")
    assert status == 0
    assert "bayes-self: 3 scenario files; 2 other TOML files left alone" in said
    for asked in ("link", str(small / "link"), "./link/", "real/../link"):
        assert collected(small, "--bayes-self", asked)[1] == names
    assert len(collected(small, "--bayes-self", "link/small.toml")[1]) == len(names) / 3


def test_pytest_with_no_scenario_is_a_failure_also_beside_other_tests(small):
    Path("none").mkdir()
    Path("none/pyproject.toml").write_text("[project]\n")
    Path("test_fine.py").write_text("def test_fine(): pass\n")
    for asked in (["--bayes-self", "none"], ["--bayes-self", "none", "test_fine.py"]):
        status, _, said = collected(small, *asked)
        assert status != 0
        assert "no scenario was found there" in said
