"""`compare`: the three frames on the same evidence, and two scenarios."""

import pytest
from commanded import SMALL, given, refused, told

import bayes_self as bs
from bayes_self.measures.comparison import compare
from bayes_self.model.frames import FRAMES


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def test_the_object_of_compare(small):
    scenario = bs.load(small)
    expected = compare(scenario, bs.expect(scenario), "assistant", "jfk")
    frames = given("compare", small, "--expected", "--a", "assistant", "--b", "jfk")["frames"]
    assert list(frames) == list(FRAMES)
    for frame, found in frames.items():
        result = expected[frame].posterior
        assert result is not None
        assert list(found) == ["posterior", "log_evidence", "identities", "facets", "verdicts", "asymmetry"]
        assert found["posterior"] == expected[frame].probability
        assert found["asymmetry"] == expected[frame].asymmetry
        assert found["log_evidence"] == result.log_evidence
        assert found["verdicts"] == result.verdicts


def test_without_a_and_b_there_is_no_asymmetry(small):
    frames = given("compare", small, "--expected")["frames"]
    assert all(list(found)[-1] == "verdicts" for found in frames.values())


def test_one_frame_of_the_three(small):
    every = given("compare", small, "--expected")["frames"]
    assert given("compare", small, "--expected", "--frame", "simulator")["frames"] == {"simulator": every["simulator"]}


def test_a_frame_that_finds_the_evidence_impossible_believes_nothing(small, tmp_path):
    evidence = tmp_path / "seen.csv"
    evidence.write_text("stream,probe,outcome,count\nrl,phone,she answers,1\nrl,name,Claude,1\n")
    impossible_if_taken_whole = ("--set", "streams.rl.reliability=1", "--set", "identities.assistant.profile.name=Jack")
    arguments = ("compare", small, "--evidence", evidence, *impossible_if_taken_whole)
    frames = given(*arguments)["frames"]
    taken_whole = frames["persona-selection"]
    assert taken_whole["posterior"] == 0
    assert taken_whole["log_evidence"] is None
    assert taken_whole["facets"] == {
        "substrate": {"language model": None, "human brain": None},
        "name": {"Claude": None, "Jack": None},
    }
    assert frames["self-model"]["identities"]["jfk"] > 0
    assert "to simulator and persona-selection the evidence is impossible" in " ".join(told(*arguments).split())


def test_tempered_evidence_does_not_judge_frames(small):
    frames = given("compare", small, "--expected", "--set", "streams.rl.weight=0.5")["frames"]
    assert {found["posterior"] for found in frames.values()} == {None}


def test_the_table(small):
    text = told("compare", small, "--expected", "--a", "assistant", "--b", "jfk")
    lines = text.splitlines()
    assert max(map(len, lines)) <= 100
    assert any(line.split() == list(FRAMES) for line in lines)
    assert "The evidence favours" in text


@pytest.mark.parametrize("named", [["--a", "jfk"], ["--b", "jfk"], ["--a", "jfk", "--b", "asistant"]])
def test_a_and_b_are_two_identities_that_there_are(small, named):
    assert "--b" in refused("compare", small, *named)


def test_the_object_of_two_scenarios(small, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text("# an edited copy\n" + "coherence = 0.5\n" + SMALL)
    found = given("compare", small, mine, "--expected")
    assert found["files"] == {"added": {}, "removed": {}, "changed": {"coherence": [0.9, 0.5]}}
    beliefs = [given("run", file, "--expected") for file in (small, mine)]
    assert found["beliefs"]["identities"] == {h: [b["identities"][h] for b in beliefs] for h in ("assistant", "jfk")}
    assert found["beliefs"]["verdicts"]["name"] == [b["verdicts"]["name"] for b in beliefs]
    assert found["beliefs"]["ownership"]["rl"] == [b["ownership"]["rl"] for b in beliefs]
    assert found["beliefs"]["log_evidence"] == [b["log_evidence"] for b in beliefs]
    assert set(found["beliefs"]["total_variation"]) == {"identity", "substrate", "name"}


def test_the_options_go_for_both_scenarios(small, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text(SMALL.replace("phone = 20", "phone = 2"))
    evidence = tmp_path / "seen.csv"
    evidence.write_text("stream,probe,outcome,count\nrl,phone,she answers,1\n")
    assert given("compare", small, mine, "--expected")["beliefs"]["log_evidence"] is None
    seen = given("compare", small, mine, "--evidence", evidence, "--frame", "simulator", "--set", "coherence=0.5")
    assert seen["files"]["changed"] == {"world.trials.rl.phone": [20, 2]}
    alone = given("run", small, "--evidence", evidence, "--frame", "simulator", "--set", "coherence=0.5")
    assert seen["beliefs"]["log_evidence"] == [alone["log_evidence"]] * 2


def test_two_scenarios_told(small, tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text(SMALL.replace('claims.name = "Jack"', 'claims.name = "Claude"'))
    text = told("compare", small, mine, "--seed", "1")
    assert 'streams.spec.claims.name: "Jack" → "Claude"' in text
    assert max(map(len, text.splitlines())) <= 100


def test_frames_are_of_one_scenario(small):
    assert "OTHER" in refused("compare", small, small, "--a", "jfk", "--b", "assistant")


def test_a_scenario_that_is_none_is_refused(small, tmp_path):
    assert "none.toml" in refused("compare", small, tmp_path / "none.toml")
