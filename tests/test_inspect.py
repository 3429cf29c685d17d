"""Inspect logs, made offline by its mock model: what is read from them, and which are refused.

Run where inspect-ai is installed: pip install "bayes-self[inspect]". It is heavy, and no part of the test extra.
"""

import pytest
from commanded import refused

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
