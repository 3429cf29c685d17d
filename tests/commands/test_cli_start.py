"""The command as a process: it starts at once, and ends as a good process should."""

import json
import os
import subprocess
import sys

import pytest
from commanded import SMALL, ask, told
from heavy import HEAVY

from bayes_self.commands.options import Frame
from bayes_self.model.frames import FRAMES


def process(*arguments, **options):
    command = [sys.executable, "-c", "from bayes_self.commands.app import app; app()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


@pytest.mark.parametrize(
    "arguments",
    ["--help", "run --help", "list", "list --data", "validate {file}", "show {file}", "schema", "new {new}"],
)
def test_these_import_nothing_heavy(arguments, tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(SMALL)
    asked = arguments.format(file=file, new=tmp_path / "new.toml").split()
    script = (
        "import sys\nfrom bayes_self.commands.app import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", script, *asked], capture_output=True, text=True, check=True)
    assert found.stderr.strip() == "[]"


def test_run_as_a_process_prints_one_object_and_nothing_else(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL)
    found = process("run", "small.toml", "--json", cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["scenario"] == "small"
    assert os.listdir(tmp_path) == ["small.toml"]


def test_a_closed_pipe_is_quiet():
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", "from bayes_self.commands.app import app; app()", "schema"]
    found = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert found.returncode == 141
    assert found.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")
def test_a_full_disk_is_told():
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-c", "from bayes_self.commands.app import app; app()", "list"]
        found = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert found.returncode == 2
    assert found.stderr == "bayes-self: No space left on device\n"


def test_an_interrupt_is_no_traceback(monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("bayes_self.scenario.gallery.names", interrupted)
    result = ask("list")
    assert result.exit_code == 130
    assert "Traceback" not in result.output


def test_ascii_terminals_get_ascii(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL.replace("Told it is JFK", "Être"), encoding="utf-8")
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    text = process("run", "small.toml", "--expected", cwd=tmp_path, env=environment)
    assert text.returncode == 0, text.stderr
    assert text.stdout.isascii()
    assert "###" in text.stdout


def test_the_frames_on_offer_are_the_frames():
    assert Frame.__args__ == FRAMES


def test_the_version():
    assert told("--version").startswith("bayes-self ")


def test_without_a_command_it_tells_what_there_is():
    result = ask()
    assert "Commands:" in result.output
