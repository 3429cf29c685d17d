"""Robustness over the plausible space: known shares, and every point against the same numbers by the slow way."""

from dataclasses import replace

import numpy as np
import pytest
from commanded import SMALL, ask, given, refused
from one_scenario import scenario

import bayes_self as bs
from bayes_self.beliefs.case import case_of
from bayes_self.measures.plausible_space import Point, at, groups
from bayes_self.measures.ranges import CERTAINTY
from bayes_self.measures.robustness import _believed, robustness, steps
from bayes_self.model.silence import without_claims
from bayes_self.report.robustness import robustness_report
from bayes_self.scenario import parse
from bayes_self.world.world import expected_counts

# P(a) = 1/2 + κσ/2: it is above 3/4 where κσ > 1/2, and above 0.6 everywhere.
BY_HAND = """
coherence = 0.5
[[expectations]]
says = "above where coherence is"
facet = "f"
value = "a"
above = 0.74
[[expectations]]
says = "everywhere"
facet = "f"
value = "a"
above = 0.55
[[expectations]]
facet = "f"
verdict = "concentrated"
[facets.f]
values = ["a", "b"]
[identities.h]
profile.f = "a"
"""


def in_world(one, frame="self-model"):
    """The case of a scenario with the evidence that its world gives in expectation, and where it starts from."""
    case = case_of(one, bs.expect(one), frame)
    assert case.world is not None
    return case, case.world, Point(case.believed, case.world.trials)


def located(point, space, cube):
    """One point."""
    return at(point, space, np.asarray(cube))


@pytest.fixture(scope="module")
def by_hand():
    result = bs.posterior(parse(BY_HAND, "by_hand"), bs.Evidence())
    return result, robustness(result, points=1024, seed=1)


def test_a_share_that_can_be_worked_out(by_hand):
    """P(κσ > 0.48), the odds of κ being e^(2u - 1) and σ, a certainty of 1 that gives way, uniform on 0.9 to 1."""
    sigma = 1 - CERTAINTY * (np.arange(1000) + 0.5) / 1000
    kappa = 0.48 / sigma
    share = np.mean((1 - np.log(kappa / (1 - kappa))) / 2)
    first = by_hand[1][0]
    assert 0.4 < share < 0.6
    assert first.share == pytest.approx(share, abs=3 * np.sqrt(share * (1 - share) / 1024))
    assert first.holds
    assert list(first.decided_by) == ["coherence", "salience"]
    assert 0.8 < first.decided_by["coherence"] <= 1 > 0.5 > first.decided_by["salience"]


def test_what_holds_everywhere_or_nowhere_has_no_decider(by_hand):
    _, everywhere, nowhere = by_hand[1]
    assert (everywhere.holds, everywhere.share, everywhere.decided_by) == (True, 1, {})
    assert (nowhere.holds, nowhere.share, nowhere.decided_by) == (False, 0, {})


def test_the_seed_decides_all(by_hand):
    result, found = by_hand
    assert robustness(result, points=1024, seed=1) == found
    assert robustness(result, points=1024, seed=2) != found


def test_points_are_a_power_of_two(by_hand):
    with pytest.raises(ValueError, match="power of two"):
        robustness(by_hand[0], points=100, seed=1)


def silent(case):
    """The case without any claim, answered again."""
    return case.edited(lambda numbers: without_claims(numbers, case.names))


@pytest.mark.parametrize("frame", ["self-model", "persona-selection"])
def test_every_point_is_a_scenario_of_its_own(frame):
    """The batch agrees with a case made of each point's numbers, its world answering with its own tables and trials."""
    case, base, start = in_world(scenario(), frame)
    space = groups(case)
    cubes = np.random.default_rng(0).random((2, sum(group.size for group in space)))
    found = _believed(case, space, True)(cubes)
    for i, cube in enumerate(cubes):
        numbers, trials = located(start, space, cube)
        truth, _ = located(Point(base.truth, base.trials), space, cube)
        world = replace(base, truth=truth, trials=trials)
        here = replace(case, believed=numbers, world=world, counts=expected_counts(world, numbers))
        for w, expected in enumerate([here.beliefs, here.prior, silent(here).beliefs]):
            assert np.asarray(found.identities)[i, w] == pytest.approx(expected.identities)
            assert np.asarray(found.facets)[i, w] == pytest.approx(expected.facets)
            assert np.asarray(found.ownership)[i, w] == pytest.approx(expected.ownership)


def test_ranges_are_as_stated():
    case, world, start = in_world(scenario())
    space = groups(case)
    size = sum(group.size for group in space)
    low, middle, high = (located(start, space, np.full(size, u)) for u in (0.0, 0.5, 1.0))

    def odds(p):
        return np.asarray(p) / (1 - np.asarray(p))

    assert odds(high.numbers.coherence) / odds(case.believed.coherence) == pytest.approx(np.e)
    assert odds(low.numbers.ownership) * np.e == pytest.approx(odds(case.believed.ownership))
    assert odds(low.numbers.single.reliability) * np.e == pytest.approx(odds(case.believed.single.reliability))
    assert (np.asarray(low.numbers.salience) == 1 - CERTAINTY).all()
    assert (np.asarray(high.numbers.salience) == 1).all()
    assert np.asarray(high.numbers.bits) - case.believed.bits == pytest.approx(2)
    assert np.asarray(high.numbers.mentions) / case.believed.mentions == pytest.approx(4)
    assert np.asarray(low.numbers.claims.weight) == pytest.approx(case.believed.claims.weight / 2)
    assert np.asarray(high.trials[0]) == pytest.approx(4 * world.trials[0])
    assert np.asarray(low.trials[1]) == pytest.approx(world.trials[1] / 4)
    assert np.asarray(middle.numbers.profile) == pytest.approx(case.believed.profile)
    assert np.asarray(middle.numbers.single.table) == pytest.approx(case.believed.single.table)


def test_tables_and_profiles_move_and_keep_their_zeros():
    case, _, start = in_world(scenario())
    space = groups(case)
    cube = np.random.default_rng(3).random(sum(group.size for group in space))
    moved, _ = located(start, space, cube)
    pairs = [(moved.profile, case.believed.profile), (moved.single.table, case.believed.single.table)]
    pairs += [(a.table, b.table) for a, b in zip(moved.joint, case.believed.joint, strict=True)]
    for after, before in pairs:
        after = np.asarray(after)
        assert ((after == 0) == (before == 0)).all()
        assert ((after == 1) == (before == 1)).all()
        assert after.sum(-1) == pytest.approx(before.sum(-1))
        assert not np.allclose(after, before)
        with np.errstate(divide="ignore", invalid="ignore"):
            shift = np.where(before > 0, np.log(after / before), np.nan)
            width = np.nanmax(shift, -1, initial=-9, where=before > 0) - np.nanmin(
                shift, -1, initial=9, where=before > 0
            )
        assert width.max() <= 1


def test_a_frame_keeps_what_it_fixes():
    one = scenario()
    keys = {frame: {group.key for group in groups(case_of(one, frame=frame))} for frame in ("self-model", "simulator")}
    assert keys["self-model"] - keys["simulator"] == {"streams.rl.ownership", "streams.introspection.ownership"}
    taken_whole = {group.key for group in groups(case_of(one, frame="persona-selection"))}
    assert keys["simulator"] - taken_whole == {"coherence", "salience"}


def test_keys_are_those_of_the_file_and_trials_are_the_worlds():
    one = scenario()
    with_world = {group.key for group in groups(case_of(one, bs.expect(one)))}
    given_evidence = {group.key for group in groups(case_of(one))}
    assert with_world - given_evidence == {"world.trials.rl", "world.trials.introspection"}
    assert {"streams.pretraining.mentions", "streams.spec.reliability", "identities.jfk.profile"} < given_evidence
    # Readings are certain of what they would show: nothing in their tables moves.
    assert "streams.rl.probes" in given_evidence
    assert "streams.introspection.probes" not in given_evidence


def test_evidence_that_was_given_stays():
    one = parse(SMALL, "small")
    case = case_of(one, bs.Evidence(bs.simulate(one, key=1).counts))
    space = groups(case)
    cubes = np.random.default_rng(0).random((1, sum(group.size for group in space)))
    found = _believed(case, space, True)(cubes)
    here = replace(case, believed=located(Point(case.believed, (np.zeros(2), np.zeros(0))), space, cubes[0]).numbers)
    assert np.asarray(found.facets)[0, 0] == pytest.approx(here.beliefs.facets)
    assert np.asarray(found.facets)[0, 2] == pytest.approx(silent(here).beliefs.facets)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("robust") / "small.toml"
    path.write_text(SMALL)
    return path


def test_one_object_of_the_stated_shape(small):
    found = given("check", small, "--robustness", "--points", 16)
    assert list(found) == ["scenarios"]
    assert list(found["scenarios"]["small"]) == ["points", "expectations"]
    assert found["scenarios"]["small"]["points"] == 16
    knows, flat = found["scenarios"]["small"]["expectations"]
    assert list(knows) == ["says", "share", "decided_by"]
    assert (knows["says"], flat["says"]) == ("It knows what it runs on.", "substrate is flat")
    assert flat["share"] < 0.5 < knows["share"]
    assert all(0 < index <= 1 for index in knows["decided_by"].values())
    assert sorted(knows["decided_by"].values(), reverse=True) == list(knows["decided_by"].values())
    # Each a multiple of 1/16: one point, one vote.
    assert knows["share"] * 16 == int(knows["share"] * 16)
    assert given("check", small, "--robustness", "--points", 16) == found


def test_it_is_a_report_and_status_0(small):
    result = ask("check", small, "--robustness", "--points", 16)
    assert result.exit_code == 0
    assert "16 points." in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_bad_input(small):
    assert "power of two" in refused("check", small, "--robustness", "--points", 100)
    assert "--robustness" in refused("check", small, "--points", 16)


def test_a_claim_that_holds_at_the_files_numbers_only_looks_that_way(by_hand):
    result, found = by_hand
    tuned = replace(found[0], share=0.03)
    lines = robustness_report({"by_hand": [tuned, found[1]]}, 1024)
    assert any("hangs on the file's own numbers" in line for line in lines)
    assert any("decided by coherence" in line for line in lines)
    assert "1 of 2 expectations hold in at least 0.9 of the space; 1 hangs" in " ".join(lines)
    few = replace(found[0], share=1 - 2 / 1024)
    assert any("too few to tell what decides" in line for line in robustness_report({"by_hand": [few]}, 1024))
    assert steps(result) == len(groups(result.case)) + 2
