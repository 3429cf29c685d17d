"""Two processes that write the same place at once: the first wins whole, and the other says so."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commanded import refused
from writers import WRITERS

from bayes_self.files.claims import claimed, claimed_file

HOLDING = """
import sys, time
from pathlib import Path
from bayes_self.files.claims import claimed, claimed_file
with claimed(Path("out")), claimed_file(Path("page.html")):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def held(small):
    """A folder and a file that another process writes to."""
    pytest.importorskip("fcntl")
    process = subprocess.Popen([sys.executable, "-c", HOLDING], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


CLAIMING = WRITERS | {
    "report": ("report", "small.toml", "--out", "page.html"),
    "fit": ("fit", "answers.csv", "--model", "model.toml", "--out", "OUT"),
    "compete": ("fit", "answers.csv", "--model", "model.toml", "--compete", "--out", "OUT"),
}


@pytest.mark.parametrize("name", [name for name in CLAIMING if name != "new"])
def test_of_two_that_write_the_same_place_one_says_so(held, small, name):
    Path("answers.csv").write_text("model,persona,route,probe,item,outcome,count,n\nm,p,r,q,i,yes,50,50\n")
    Path("model.toml").write_text('program = "self-model"\n[persona]\nq = ["yes"]\n')
    before = sorted(os.listdir())
    said = refused(*(str(part).replace("OUT", "out") for part in CLAIMING[name]))
    assert "another process is writing there" in said
    assert os.listdir("out") == []
    assert sorted(os.listdir()) == before


def test_a_killed_process_keeps_no_claim(held, small):
    held.kill()
    held.wait()
    with claimed(Path("out")), claimed_file(Path("page.html")):
        pass
    assert sorted(os.listdir()) == ["out", "small.toml"]


def stopped_once(path, *command):
    """The command as a process, stopped when it has claimed its place, and that place."""
    process = subprocess.Popen([sys.executable, "-m", "bayes_self", *command], stderr=subprocess.PIPE, text=True)
    while not path.exists():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGSTOP)
    return process


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="nothing can be stopped here")
@pytest.mark.parametrize("name", ["run", "sweep", "report"])
def test_the_first_of_two_commands_wins_whole(small, name):
    command = [str(part).replace("OUT", "out") for part in CLAIMING[name]]
    process = stopped_once(Path(".unfinished.page.html" if name == "report" else "out"), *command)
    assert "another process is writing there" in refused(*command)
    process.send_signal(signal.SIGCONT)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert all(
        written in os.listdir("." if name == "report" else "out")
        for written in {"run": ["result.json", "frames.png"], "sweep": ["sweep.json"], "report": ["page.html"]}[name]
    )
    assert not list(small.rglob(".unfinished.*"))


def test_a_claim_is_of_one_process_and_ends(small):
    with claimed(Path("out")), claimed(Path("out")), claimed_file(Path("out/page.html")):
        assert Path("out").is_dir()
    assert not Path("out").exists()
    with claimed(Path("out")):
        Path("out/kept").touch()
    assert os.listdir("out") == ["kept"]


RACING = """
import os, sys
from pathlib import Path
from bayes_self.errors import BayesSelfError
from bayes_self.files.claims import claimed, claimed_file
won = 0
for _ in range(400):
    for place, claim in ((Path("a/b"), claimed(Path("a/b"))), (Path("page"), claimed_file(Path("page")))):
        try:
            with claim:
                os.close(os.open("alone." + place.name, os.O_CREAT | os.O_EXCL))
                os.unlink("alone." + place.name)
                won += 1
        except BayesSelfError as error:
            assert "another process" in str(error)
print(won)
"""


def test_claims_that_are_made_and_given_back_by_many_at_once_are_never_shared(small):
    processes = [
        subprocess.Popen([sys.executable, "-c", RACING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    ended = [(process.communicate(), process.returncode) for process in processes]
    assert [(said, status) for (_, said), status in ended if status or said] == []
    assert all(int(won) > 0 for (won, _), _ in ended)
    assert [path.name for path in small.rglob("*") if path.is_file()] == ["small.toml"]
