"""Files that are none, disks that are full, and processes that are killed while they write."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from commanded import SMALL, refused
from hostile import HOSTILE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bayes_self
from bayes_self.commands.folder import write_all
from bayes_self.errors import BayesSelfError
from bayes_self.evidence.files import read_evidence
from bayes_self.files.reading import read_file
from bayes_self.files.writing import whole_file
from bayes_self.fit.answers import read as read_answers
from bayes_self.fit.model_file import model_of
from bayes_self.scenario import load, parse

READERS = {
    "scenario.toml": load,
    "answers.csv": read_answers,
    "model.toml": lambda path: model_of(str(path)),
    **{f"evidence.{kind}": lambda path: read_evidence(path, parse(SMALL)) for kind in ("csv", "jsonl", "parquet")},
}


def refused_or_read(reader, path):
    try:
        reader(path)
    except (BayesSelfError, OSError) as error:
        str(error).encode()


@pytest.mark.parametrize("name", READERS)
def test_no_hostile_bytes_make_a_reader_fall_over(tmp_path, name):
    for content in HOSTILE:
        (tmp_path / name).write_bytes(content)
        refused_or_read(READERS[name], tmp_path / name)
    assert os.listdir(tmp_path) == [name]


@given(content=st.binary(max_size=60), at=st.integers(0, len(SMALL)), drop=st.integers(0, 40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_no_change_of_bytes_makes_the_scenario_reader_fall_over(tmp_path, content, at, drop):
    text = SMALL.encode()
    (tmp_path / "mutant.toml").write_bytes(text[:at] + content + text[at + drop :])
    refused_or_read(load, tmp_path / "mutant.toml")


@pytest.mark.parametrize("name", READERS)
def test_what_is_no_file_is_refused_at_once(tmp_path, name):
    path, pipe, loop = (tmp_path / f"{kind}-{name}" for kind in ("large", "pipe", "loop"))
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    with path.open("wb") as file:
        file.truncate(2**30)
    for each in (path, pipe, loop):
        with pytest.raises((BayesSelfError, OSError)):
            READERS[name](each)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs a device without end")
def test_a_device_is_no_file():
    with pytest.raises(OSError, match="no file"):
        read_file("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
def test_a_device_or_pipe_is_never_replaced_by_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(SMALL)
    os.mkfifo("pipe.csv")
    assert "no plain file" in refused("report", "small.toml", "--out", "pipe.csv")
    with pytest.raises(OSError, match="no plain file"), whole_file("pipe.csv"):
        pass
    assert Path("pipe.csv").is_fifo()
    assert sorted(os.listdir()) == ["pipe.csv", "small.toml"]


def test_a_long_list_is_read_in_linear_time():
    names = ", ".join(f'"{i}"' for i in range(20_000))
    unread = SMALL.replace('readings = ["name"]', "").replace(", name = 5", "")
    parse(unread.replace('values = ["Claude", "Jack"]', f'values = ["Claude", "Jack", {names}]'))


def test_a_table_of_a_billion_cells_is_refused_before_it_is_made():
    names = ", ".join(f'"{i}"' for i in range(31_621))
    with pytest.raises(BayesSelfError, match=r"streams\.rl\.readings.*1,000,014,129 cells"):
        parse(SMALL.replace('values = ["Claude", "Jack"]', f'values = ["Claude", "Jack", {names}]'))
    with pytest.raises(BayesSelfError, match="41 observation streams"):
        parse(SMALL + "\n".join(f'[streams.s{i}]\nkind = "rl"' for i in range(40)))


def parquet(**columns):
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def test_a_small_parquet_that_unpacks_to_very_much_is_refused(tmp_path):
    import pyarrow as pa

    rows = np.zeros(2**22 + 1, dtype=np.int8)
    names = {name: pa.DictionaryArray.from_arrays(rows, ["phone" * 100]) for name in ("stream", "probe", "outcome")}
    (tmp_path / "bomb.parquet").write_bytes(parquet(**names, count=rows))
    with pytest.raises(BayesSelfError, match="4,194,305 rows"):
        read_evidence(tmp_path / "bomb.parquet", parse(SMALL))


def test_text_in_parquet_that_is_no_text_is_refused(tmp_path):
    content = parquet(stream=["rl"], probe=["phone"], outcome=["nothing happens"], count=[7.0])
    for name in (b"phone", b"probe", b"nothing happens"):
        (tmp_path / "broken.parquet").write_bytes(content.replace(name, b"\xff" * len(name)))
        with pytest.raises(BayesSelfError, match="no Parquet"):
            read_evidence(tmp_path / "broken.parquet", parse(SMALL))


def test_a_damaged_parquet_whose_rows_lack_a_named_column_is_refused(tmp_path, monkeypatch):
    """As guided fuzzing found it: the schema and the rows of a file are read apart, and damage may part them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    cells = {"stream": ["rl"], "probe": ["phone"], "outcome": ["nothing happens"], "count": [7.0]}
    (tmp_path / "damaged.parquet").write_bytes(parquet(**cells))
    named = pa.schema(
        [*((name, pa.string()) for name in list(cells)[:3]), ("count", pa.float64()), ("more", pa.int8())]
    )
    monkeypatch.setattr(pq, "read_schema", lambda source: named)
    with pytest.raises(BayesSelfError, match="no Parquet: rows of 4 columns where 5 are named"):
        read_evidence(tmp_path / "damaged.parquet", parse(SMALL))


def test_a_number_between_separators_is_read(tmp_path):
    """str.strip takes off what float and int do not."""
    header = "model,persona,route,probe,item,outcome,count,n"
    (tmp_path / "answers.csv").write_text(f"{header}\nm,p,r,q,i,yes,3,\x1c5\n", encoding="utf-8")
    assert read_answers(tmp_path / "answers.csv").n.sum() == 3


def test_no_setting_makes_the_command_fall_over(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL)
    assert "coherence" in refused("show", tmp_path / "small.toml", "--set", "coherence=" + "9" * 5000)


def test_out_fails_before_the_work(tmp_path, monkeypatch):
    (tmp_path / "small.toml").write_text(SMALL)
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("bayes_self.beliefs.posterior.posterior", lambda *_: pytest.fail("it began to work"))
    for out in (tmp_path / "file" / "out", Path("/proc/none")):
        assert "--out" in refused("run", tmp_path / "small.toml", "--out", out)


def in_a_process(what):
    """How a fork of this process ends that does nothing else."""
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # a fork of a process with threads may never end
        try:
            what()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(n):
    """A writer that is killed in the middle of the n-th file."""

    def write(path, number):
        path.write_text("new" * 1000)
        if number == n:
            os.kill(os.getpid(), signal.SIGKILL)

    return {name: lambda path, i=i: write(path, i) for i, name in enumerate(("a.json", "b.csv", "c.nc"))}


@pytest.mark.parametrize("n", range(3))
def test_a_killed_process_leaves_what_was_there(tmp_path, n):
    (tmp_path / "a.json").write_text("old")
    assert in_a_process(lambda: write_all(tmp_path, killed_at(n))) == -signal.SIGKILL
    assert (tmp_path / "a.json").read_text() == "old"
    assert [name for name in os.listdir(tmp_path) if not name.startswith(".unfinished.")] == ["a.json"]


@pytest.mark.parametrize("n", range(3))
def test_a_process_killed_between_files_leaves_each_old_or_whole(tmp_path, n, monkeypatch):
    replace, done = os.replace, []

    def replaced(source, target):
        if len(done) == n:
            os.kill(os.getpid(), signal.SIGKILL)
        done.append(replace(source, target))

    (tmp_path / "a.json").write_text("old")
    monkeypatch.setattr(os, "replace", replaced)
    assert in_a_process(lambda: write_all(tmp_path, killed_at(None))) == -signal.SIGKILL
    found = {name.name: name.read_text() for name in tmp_path.glob("[abc].*")}
    assert found.pop("a.json") == ("new" * 1000 if n else "old")
    assert all(text == "new" * 1000 for text in found.values())


def test_a_full_disk_leaves_what_was_there(tmp_path):
    resource = pytest.importorskip("resource")
    (tmp_path / "a.json").write_text("old")

    def write():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        write_all(tmp_path, killed_at(None))

    assert in_a_process(write) == 1
    assert os.listdir(tmp_path) == ["a.json"]
    assert (tmp_path / "a.json").read_text() == "old"


WRITING = {
    "new": (100, ["new", "OUT/new.toml"]),
    "questionnaire": (2000, ["questionnaire", "small.toml", "--out", "OUT"]),
    "measure": (2000, ["measure", "attribution", "small.toml", "--identity", "jfk", "--out", "OUT"]),
    "run": (8000, ["run", "small.toml", "--out", "OUT"]),  # room for the numbers, and none for the NetCDF
}


@pytest.mark.parametrize("name", WRITING)
def test_a_command_on_a_full_disk_says_so_and_changes_nothing(tmp_path, monkeypatch, name):
    resource = pytest.importorskip("resource")
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(SMALL)
    Path("there").mkdir()
    old = {f"there/{each}": "old" for each in ("result.json", "task.py", "attribution.json")}
    for path, text in old.items():
        Path(path).write_text(text)
    room, arguments = WRITING[name]
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # Python would keep the compiled modules that it cannot write
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    for out in ("there", *(("not/yet/there",) if name != "new" else ())):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
        try:
            said = refused(*(part.replace("OUT", out) for part in arguments))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert f"{out}" in said
        assert "too large" in said
    found = {str(path): path.read_text() for path in Path("there").rglob("*")}
    assert found == old
    assert sorted(os.listdir()) == ["small.toml", "there"]


def test_nothing_but_the_one_writer_makes_netcdf():
    """On a full disk HDF5 ends the process, unless it writes to memory."""
    package = Path(bayes_self.__file__).parent
    writers = [path.name for path in package.rglob("*.py") if ".to_netcdf(" in path.read_text(encoding="utf-8")]
    assert writers == ["writing.py"]


def test_an_ascii_locale_is_enough(tmp_path):
    (tmp_path / "être.toml").write_text(SMALL.replace("Told it is JFK", "Être"), encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-m", "bayes_self", "show", "être.toml"],
        cwd=tmp_path,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout
