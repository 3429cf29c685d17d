"""Inspect logs, made offline by its mock model: what is read from them, and which are refused.

Run where inspect-ai is installed: pip install "bayes-self[inspect]". It is heavy, and no part of the test extra.
"""

import contextlib
import zipfile
from pathlib import Path

import pytest
from commanded import refused
from hypothesis import given
from hypothesis import strategies as st
from small_log import log_of, write

from bayes_self.errors import BayesSelfError
from bayes_self.files.reading import FileError
from bayes_self.fit.answers import Cell, read
from bayes_self.fit.mapping import parse_mapping
from bayes_self.fit.records import read_records

ai = pytest.importorskip("inspect_ai")
dataset = pytest.importorskip("inspect_ai.dataset")
model = pytest.importorskip("inspect_ai.model")
scorers = pytest.importorskip("inspect_ai.scorer")
solvers = pytest.importorskip("inspect_ai.solver")

MAPPING = """\
[columns]
persona = "metadata.told.persona"
route = "metadata.told.route"
probe = "metadata.facet"
item = "sample"
outcome = "answer"
[persona]
substrate = ["human brain"]
"""
VALUES = ["language model", "human brain", "emulated brain"]


def answering(answer, name="mockllm/model"):
    """A mock model that says what `answer` makes of the messages; usage is set, or a tokenizer would be fetched."""

    def says(messages, tools, tool_choice, config):
        output = model.ModelOutput.from_content(name, answer(messages))
        output.usage = model.ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return output

    return model.get_model(name, custom_outputs=says)


def logged(folder, answer, log_format="eval", samples=6, **options):
    about = {"told": {"persona": "Curie", "route": "system"}, "facet": "substrate"}
    rows = [
        dataset.Sample(id=f"q{i}", input=f"What am I running on? ({i})", choices=VALUES, target="A", metadata=about)
        for i in range(samples)
    ]
    data = dataset.MemoryDataset(rows)
    data.shuffle_choices(seed=7)
    task = ai.Task(dataset=data, solver=solvers.multiple_choice(), scorer=scorers.choice(), **options)
    logs = ai.eval(task, model=answering(answer), log_dir=str(folder), log_format=log_format, display="none")
    return next(folder.glob(f"*.{log_format}")), logs[0]


def letter_of(text, value):
    return next(line[0] for line in text.splitlines() if line.endswith(f") {value}"))


@pytest.mark.parametrize("log_format", ["eval", "json"])
def test_letters_are_read_as_the_choice_that_was_shown(tmp_path, log_format):
    """The model always says "human brain", whose letter differs from sample to sample; one answer cannot be read."""

    def says(messages):
        text = messages[-1].text
        return "I would rather not." if "(3)" in text else f"ANSWER: {letter_of(text, 'human brain')}"

    path, log = logged(tmp_path, says, log_format, epochs=2)
    assert len({sample.scores["choice"].answer for sample in log.samples}) > 2
    found = read(path, parse_mapping(MAPPING))
    assert found.apart["unparsed"].given == {"": 2}
    cells = {
        Cell("mockllm/model", "Curie", "system", "substrate", f"q{i}"): {"human brain": 2} for i in (0, 1, 2, 4, 5)
    }
    assert dict(zip(found.cells, found.outcomes, strict=True)) == cells
    assert read(tmp_path, parse_mapping(MAPPING)) == found


def test_rows_say_whose_log_it_is(tmp_path):
    path, _ = logged(tmp_path, lambda messages: "ANSWER: A", samples=1)
    ((_, row),) = read_records(path).rows
    assert row["model"] == "mockllm/model"
    assert (row["sample"], row["epoch"]) == ("q0", 1)
    assert row["metadata"]["told"]["persona"] == "Curie"
    assert row["score"]["choice"]["answer"] == row["answer"]
    assert row["answer"] in VALUES


def test_a_log_that_did_not_end_well_is_refused_with_its_reason(tmp_path):
    def fails(messages):
        raise ValueError("the model is gone")

    path, log = logged(tmp_path, fails)
    assert log.status == "error"
    with pytest.raises(FileError, match=r'got "error": .*the model is gone.*, expected success'):
        read_records(path)
    (tmp_path / "m.toml").write_text(MAPPING)
    assert "expected success" in refused("fit", path, "--mapping", tmp_path / "m.toml")


def test_failed_samples_of_a_log_that_succeeded_are_unparsed(tmp_path):
    def says(messages):
        if "(2)" in messages[-1].text:
            raise ValueError("not this one")
        return "ANSWER: A"

    path, log = logged(tmp_path, says, fail_on_error=False)
    assert log.status == "success"
    assert [row["answer"] == "" for _, row in sorted(read_records(path).rows, key=lambda each: each[1]["sample"])] == [
        False, False, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("suffix", "content", "said"),
    [
        (".eval", "{}", "no Inspect log"),
        (".json", '{"eval": {}, "status": "success"}', "no Inspect log"),
        (".json", "{}", "an array of objects"),
        (".json", '{"results": {"results": [{"a": 1}]}}', 'it has records in "results.results"'),
        (".json", "{", "no JSON"),
    ],
)
def test_what_is_no_log_is_refused(tmp_path, suffix, content, said):
    (tmp_path / f"log{suffix}").write_text(content)
    with pytest.raises(FileError, match=said):
        read_records(tmp_path / f"log{suffix}")


def test_a_folder_without_logs_is_refused(tmp_path):
    with pytest.raises(FileError, match="a folder without logs"):
        read_records(tmp_path)


def scored(folder, name="one.json", **changes):
    """A small log in a folder."""
    return write(log_of(**changes), folder / name)


BY_SCORER = """\
[columns]
persona = "metadata.persona"
route = "metadata.route"
probe = "metadata.facet"
item = "sample"
outcome = "COLUMN"
"""
REACHED = {
    "answer": "human brain",
    "score.reader.answer": "human brain",
    "score.reader.value": "C",
    "score.reader.metadata.sure": "true",
    "score.judge.value.human": "0.75",
    "score.judge.value.machine": "0",
    "score.judge.explanation": "it says so",
}


@pytest.mark.parametrize("column", REACHED)
def test_a_mapping_reaches_any_score_by_its_scorer_and_key(tmp_path, column):
    scored(tmp_path)
    found = read(tmp_path, parse_mapping(BY_SCORER.replace("COLUMN", column)))
    assert found.outcomes == ({REACHED[column]: 1.0},) * 2


def test_where_no_score_answers_the_scorers_are_told(tmp_path):
    log = scored(tmp_path)
    for sample in log.samples:
        del sample.scores["reader"]
    write(log, tmp_path / "one.json")
    with pytest.raises(BayesSelfError, match=r"score\.NAME\.value are there for judge"):
        read(tmp_path, parse_mapping(BY_SCORER.replace("COLUMN", "answer")))
    with pytest.raises(BayesSelfError, match=r"score\.judge\.value .*an object.*score\.judge\.value\.human"):
        read(tmp_path, parse_mapping(BY_SCORER.replace("COLUMN", "score.judge.value")))


def records(folder):
    found = read_records(folder)
    return len(found.rows), list(found.notes)


def test_a_log_in_two_formats_counts_once(tmp_path):
    log = scored(tmp_path)
    write(log, tmp_path / "one.eval")
    assert records(tmp_path) == (2, ["one.json: 2 samples are in another log too, and count once"])
    (tmp_path / "link.json").symlink_to(tmp_path / "one.json")
    assert records(tmp_path)[0] == 2


def test_a_log_scored_again_is_refused_with_both_names(tmp_path):
    log = scored(tmp_path)
    log.samples[1].scores["reader"].answer = "language model"
    write(log, tmp_path / "two-scored.json")
    with pytest.raises(FileError, match=r"two-scored\.json: got a sample \(q1, epoch 1\) that is in one\.json too"):
        read_records(tmp_path)


def test_logs_below_a_folder_are_read_and_other_files_are_named(tmp_path):
    scored(tmp_path / "logs" / "below", "one.eval")
    scored(tmp_path / "elsewhere", "three.json", spec={"task_id": "task-3"})
    (tmp_path / "logs" / "eval-set.json").write_text('{"eval_set_id": "x"}')
    (tmp_path / "logs" / "listing.json").write_text("[]")
    (tmp_path / "logs" / "notes.md").write_text("x")
    (tmp_path / "logs" / ".DS_Store").write_text("x")
    (tmp_path / "logs" / "loop").symlink_to(tmp_path / "logs")
    (tmp_path / "logs" / "link").symlink_to(tmp_path / "elsewhere")
    assert records(tmp_path / "logs") == (4, ["eval-set.json, listing.json, notes.md: left out, no Inspect log"])
    (tmp_path / "all").symlink_to(tmp_path / "logs")
    assert records(tmp_path / "all")[0] == 4


def test_a_run_that_was_tried_again_counts_its_last_attempt(tmp_path):
    scored(tmp_path, "a.json", status="error", spec={"eval_id": "eval-0"})
    with pytest.raises(FileError, match='got "error"'):
        read_records(tmp_path)
    scored(tmp_path, "b.json")
    assert records(tmp_path) == (2, ['a.json: left out, status "error": the task was run again, to its end'])


def test_a_log_without_samples_and_one_that_is_damaged_are_refused(tmp_path):
    log = scored(tmp_path / "none")
    log.samples = None
    write(log, tmp_path / "none" / "one.json")
    with pytest.raises(FileError, match="a log without samples"):
        read_records(tmp_path / "none")
    scored(tmp_path / "cut", "one.eval")
    (tmp_path / "cut" / "one.eval").write_bytes((tmp_path / "cut" / "one.eval").read_bytes()[:200])
    with pytest.raises(FileError, match="no Inspect log"):
        read_records(tmp_path / "cut")


@pytest.mark.parametrize("place", ["a::b", "run#1", "what?", "memory:x", "%41"])
def test_a_folder_of_logs_may_have_any_name(tmp_path, place, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scored(tmp_path / "logs", "one.eval")
    (tmp_path / "logs").rename(place)
    assert records(Path(place))[0] == 2


def test_names_of_metadata_that_are_one_name_are_refused(tmp_path):
    log = scored(tmp_path)
    log.samples[0].metadata = {"persona": "a", "persona ": "b"}
    write(log, tmp_path / "one.json")
    with pytest.raises(FileError, match='"persona" more than once in sample q0'):
        read_records(tmp_path)


PIECES = st.sampled_from(
    [b"", b"\0", b"\xff", b"null", b"[]", b"{}", b'""', b"NaN", b"1e999", b"-1", b"9" * 400, b"[" * 200]
)


@given(st.data())
def test_a_damaged_log_is_read_or_refused(whole, data):
    """JSON and the members of a zip are damaged, too, where the zip around them is not."""
    folder, members = whole
    name = data.draw(st.sampled_from(["one.json", "one.eval", *members]))
    content = members.get(name) or (folder / name).read_bytes()
    at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 40))
    damaged = content[:at] + data.draw(PIECES) + content[at + length :]
    path = folder / f"damaged{'.json' if name == 'one.json' else '.eval'}"
    if name in members:
        with zipfile.ZipFile(path, "w") as archive:
            for each, text in (members | {name: damaged}).items():
                archive.writestr(each, text)
    else:
        path.write_bytes(damaged)
    with contextlib.suppress(FileError):
        assert all(isinstance(row, dict) for _, row in read_records(path).rows)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A folder with a log in both formats, and {name: content} of the members of one."""
    folder = tmp_path_factory.mktemp("whole")
    scored(folder, "one.json")
    scored(folder, "one.eval")
    with zipfile.ZipFile(folder / "one.eval") as archive:
        return folder, {name: archive.read(name) for name in archive.namelist()}
