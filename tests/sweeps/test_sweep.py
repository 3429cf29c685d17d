"""Sweeps: the same answers as one by one, whole chunks whatever dies, and refusals that say why."""

import hashlib
import itertools
import os
import signal
import subprocess
import sys
import time

import numpy as np
import one_scenario
import pytest
import xarray as xr
from commanded import SMALL, ask, given, refused

import bayes_self as bs
from bayes_self.errors import BayesSelfError, ScenarioError
from bayes_self.plots.drawing.phase_cells import on_a_grid
from bayes_self.scenario.parts import VERDICTS
from bayes_self.sweeps import execution, store
from bayes_self.sweeps import plan as plans
from bayes_self.sweeps.axes import grid, sample
from bayes_self.sweeps.notation import read_points
from bayes_self.sweeps.plan import Plan, plan_from

OVER = {
    "coherence": [0.0, 0.5, 0.93, 1.0],
    "streams.spec.claims.name": ["Jack", "Claude"],
    "world.trials.rl.phone": [0, 40],
    "identities.jfk.bits": [0.0, 2.5],
}


def agrees(found, scenario, values, evidence, frame="self-model"):
    """Hold one point of a sweep against `bs.posterior`."""
    there = scenario.with_settings(values)
    result = bs.posterior(there, bs.expect(there) if evidence is None else evidence, frame)
    here = found.sel(values)
    assert float(here.log_evidence) == pytest.approx(result.log_evidence, rel=1e-12)
    for name in ("identities", "ownership"):
        np.testing.assert_allclose(here[name].values, getattr(result, name).values, atol=1e-12)
    for facet, row in result.bits_to_flip.items():
        own = here.identity_bits_to_flip if facet == "identity" else here.facet_bits_to_flip.sel(facet=facet)
        np.testing.assert_allclose(own.values, list(row.values()), rtol=1e-9, atol=1e-9)
    for facet, verdict in result.verdicts.items():
        assert VERDICTS[int(here.verdicts.sel(facet_name=facet))] == verdict
        own = here.facets.sel(facet=facet)
        known = result.facets.sel(facet=facet, value=[str(value) for value in own["value"].values])
        np.testing.assert_allclose(own.values, known.values, atol=1e-12)


@pytest.fixture(scope="module")
def swept():
    return bs.sweep(one_scenario.scenario(), OVER)


def test_every_point_is_what_the_posterior_says_one_by_one(swept):
    for values in itertools.product(*OVER.values()):
        agrees(swept, one_scenario.scenario(), dict(zip(OVER, values, strict=True)), None)


def test_names_and_units_are_on_the_axes(swept):
    assert swept.identities.dims == (*OVER, "identity")
    assert list(swept["streams.spec.claims.name"].values) == ["Jack", "Claude"]
    assert swept.log_evidence.attrs["units"] == "nats"
    assert swept.facet_bits_to_flip.attrs["units"] == "bits"
    assert swept["identities.jfk.bits"].attrs["units"] == "bits"


def test_evidence_that_was_given_stays_and_a_world_answers_again():
    scenario = one_scenario.scenario()
    over = {"streams.rl.weight": [0.0, 0.7], "streams.introspection.reliability": [0.2, 0.95]}
    for evidence in (bs.simulate(scenario, key=3), bs.Evidence(bs.simulate(scenario, key=4).counts)):
        found = bs.sweep(scenario, over, evidence, frame="simulator")
        for values in itertools.product(*over.values()):
            agrees(found, scenario, dict(zip(over, values, strict=True)), evidence, "simulator")


def test_impossible_evidence_is_a_gap_and_not_an_error():
    scenario = one_scenario.scenario().with_settings({"streams.rl.reliability": 1, "streams.rl.ownership": 1})
    evidence = bs.Evidence({("rl", "phone"): np.array([1.0, 0, 0])})
    found = bs.sweep(scenario, {"coherence": [0.5, 1.0], "identities.jfk.prior": [1e-300, 1.0]}, evidence)
    agrees(found, scenario, {"coherence": 1.0, "identities.jfk.prior": 1e-300}, evidence)
    never = scenario.with_settings({"streams.rl.probes.phone.given.human brain": [0.0, 0.9, 0.1]})
    gap = bs.sweep(never, {"streams.rl.reliability": [0.9, 1.0]}, evidence).isel({"streams.rl.reliability": 1})
    assert gap.log_evidence == -np.inf
    assert np.isnan(gap.identities).all()
    assert (gap.verdicts == -1).all()


@pytest.mark.parametrize(
    ("written", "points", "says"),
    [
        ("coherence=0:1", None, "FROM:TO:N"),
        ("coherence=0:1:5", 10, "with --points"),
        ("coherence=1:0", 10, "from the smaller"),
        ("streams.rl.weight=0:1:4:log", None, "above 0"),
        ("coherence=0.1,0.1", None, "twice"),
        ("coherence=0.1,high", None, "numbers and names"),
        ("coherence=", None, "FROM:TO:N"),
        ("coherence", None, "no axis"),
    ],
)
def test_axes_that_are_none_are_refused(written, points, says):
    with pytest.raises(ScenarioError, match=says):
        read_points([written], points)


@pytest.mark.parametrize(
    ("over", "frame", "says"),
    [
        ({"coherence": [0.5, 1.5]}, "self-model", "from 0 to 1"),
        ({"streams.rl.wieght": [0.5, 1]}, "self-model", "did you mean"),
        ({"coherence": [0.5, 1]}, "persona-selection", "fixes"),
        ({"title": ["a", "b"]}, "self-model", "changes no number"),
        ({"streams.rl.weight": [0.5, 1], "streams.rl.probes.phone.weight": [0.5, 1]}, "self-model", "hang on one"),
    ],
)
def test_keys_that_cannot_be_swept_are_refused(over, frame, says):
    with pytest.raises(ScenarioError, match=says):
        assert Plan(one_scenario.scenario(), grid(over), frame).evaluator.moves


def test_axes_are_read_as_they_are_written():
    points = read_points(
        ["coherence=0:1:3", "streams.rl.weight=0.1:10:3:log", 'streams.spec.claims.name="a, b", Jack'], None
    )
    assert [axis.values for axis in points.axes[:1]] == [(0.0, 0.5, 1.0)]
    np.testing.assert_allclose([float(value) for value in points.axes[1].values], [0.1, 1, 10])
    assert points.axes[2].values == ("a, b", "Jack")
    assert read_points(["world.trials.rl.phone=0:3:7"], None).axes[0].values == (0, 1, 2, 3)


def test_quasi_random_points_are_the_same_from_any_place():
    points = sample({"coherence": [0.2, 0.8], "world.trials.rl.phone": [0, 9]}, 1000, seed=5)
    whole, part = points.coordinates((slice(0, 1000),)), points.coordinates((slice(300, 310),))
    np.testing.assert_array_equal(whole[0][300:310], part[0])
    assert whole[0].min() >= 0.2
    assert whole[0].max() <= 0.8
    assert set(whole[1]) == set(range(10))
    # far more even than random draws, whose largest gap would be some ten times the mean
    assert np.diff(np.sort(whole[0])).max() < 5 * 0.6 / 1000


@pytest.fixture(scope="module")
def plan():
    over = {"coherence": np.linspace(0, 0.9, 8), "streams.spec.weight": [0, 1, 2]}
    made = Plan(one_scenario.scenario(), grid(over), cut=(2, 3))
    assert len(made.regions) == 4
    return made


def bytes_of(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".partial"
    }


@pytest.fixture(scope="module")
def left_alone(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("alone")
    store.prepare(folder, plan)
    execution.run(folder, plan, execution.missing_chunks(folder, plan))
    return folder


def test_a_sweep_that_died_between_and_within_chunks_ends_with_the_same_bytes(plan, left_alone, tmp_path):
    store.prepare(tmp_path, plan)
    execution.run(tmp_path, plan, [2])
    # died while it wrote: a file half moved, a chunk there without its mark, a store half made
    (tmp_path / "sweep.zarr" / "identities" / "c" / "0.abc.partial").write_bytes(b"half")
    (tmp_path / ".unfinished.xyz").mkdir()  # of this sweep or of anybody's: it stays
    (tmp_path / "done" / "000002").unlink()
    store.prepare(tmp_path, plan)
    assert execution.missing_chunks(tmp_path, plan) == [0, 1, 2, 3]
    execution.run(tmp_path, plan, [0, 1, 2, 3])
    assert bytes_of(tmp_path) == bytes_of(left_alone)
    assert (tmp_path / ".unfinished.xyz").is_dir()


def test_the_plan_comes_back_from_its_file(plan, left_alone):
    again = plan_from(store.read_plan(left_alone))
    assert again.to_dict() == plan.to_dict()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda s: (s.with_set("streams.rl.weight", 0.5), {"coherence": [0.1, 0.2]}),
            r"scenario \(streams.rl.weight\)",
        ),
        (lambda s: (s, {"coherence": [0.1, 0.2, 0.3]}), r"swept \(coherence\)"),
        (lambda s: (s, {"salience": [0.1, 0.2]}), r"swept \(coherence\); what is swept \(salience\)"),
    ],
)
def test_another_sweep_is_refused_with_the_reason(tmp_path, change, says):
    scenario = one_scenario.scenario()
    store.prepare(tmp_path, Plan(scenario, grid({"coherence": [0.1, 0.2]})))
    before = bytes_of(tmp_path)
    now, over = change(scenario)
    with pytest.raises(BayesSelfError, match=says):
        store.prepare(tmp_path, Plan(now, grid(over)))
    assert bytes_of(tmp_path) == before


def test_ctrl_c_leaves_what_is_whole_and_the_command_goes_on(tmp_path, monkeypatch):
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr(plans, "_SMALLEST_CHUNK", 2)
    command = ("sweep", tmp_path / "small.toml", "--over", "coherence=0:1:4", "--out", tmp_path / "out")
    real = execution.run

    def interrupted(folder, plan, missing, tick):
        real(folder, plan, missing[:1], tick)
        raise KeyboardInterrupt

    monkeypatch.setattr(execution, "run", interrupted)
    stopped = ask(*command)
    assert stopped.exit_code == 130
    assert stopped.stderr.startswith("plan: 4 points in 2 chunks; about ")
    assert "stopped with 1 of 2 chunks whole" in stopped.stderr
    monkeypatch.setattr(execution, "run", real)
    told = given(*command, "--show", "substrate")
    assert told["points"] == 4
    assert sum(told["likeliest"]["substrate"].values()) == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *("done", "phase.png", "plan.json", "sweep.json", "sweep.zarr"),
    ]


def test_bad_requests_write_nothing(tmp_path):
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    command = ("sweep", tmp_path / "small.toml", "--out", tmp_path / "out", "--over")
    assert "did you mean" in refused(*command, "coherense=0:1:3")
    assert "would change nothing" in refused(*command, "world.trials.rl.phone=0:9:3", "--seed", 1)
    assert "did you mean" in refused(*command, "coherence=0:1:3", "--show", "nmae")
    assert not (tmp_path / "out").exists()


KILLED = """
import sys
from pathlib import Path
from bayes_self.sweeps import execution, store
from bayes_self.sweeps.plan import plan_from
folder = Path(sys.argv[1])
plan = plan_from(store.read_plan(folder))
store.prepare(folder, plan)
execution.run(folder, plan, execution.missing_chunks(folder, plan))
"""


def test_a_killed_process_is_gone_on_with_to_the_same_bytes(plan, left_alone, tmp_path):
    store.prepare(tmp_path, plan)
    process = subprocess.Popen([sys.executable, "-c", KILLED, tmp_path])
    wait_for(lambda: any((tmp_path / "done").iterdir()) or process.poll() is not None)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert any((tmp_path / "done").iterdir())
    store.prepare(tmp_path, plan)
    execution.run(tmp_path, plan, execution.missing_chunks(tmp_path, plan))
    assert bytes_of(tmp_path) == bytes_of(left_alone)


def wait_for(holds, seconds=120):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_quasi_random_points_are_drawn_on_the_scale_they_were_drawn_on():
    """P = log10 x along x and nothing else: linear on a logarithmic axis, whatever points it is known at."""
    rng = np.random.default_rng(0)
    x, y = 10 ** rng.uniform(0, 1, 300), rng.uniform(-2, 2, 300)
    p = xr.DataArray(
        np.stack([np.log10(x), 1 - np.log10(x)], 1), dims=["point", "answer"], coords={"answer": ["a", "b"]}
    )
    coords = {"x": ("point", x, {"scale": "logarithmic"}), "y": ("point", y, {"scale": "linear"})}
    found = on_a_grid(xr.Dataset(coords=coords), p)
    assert found is not None
    assert found.dims == ("x", "y", "answer")
    assert np.ptp(np.diff(np.log(found.x.values))) < 1e-9
    inside = found.isel(x=slice(5, -5), y=slice(5, -5))  # beyond the outermost points a cell is as the nearest one
    assert np.abs(inside.sel(answer="a") - np.log10(inside.x)).max() < 1e-9
