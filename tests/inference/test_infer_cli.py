"""`infer` as people ask for it: the object, the report, the folder, and what it says when there is no result."""

import json
import tomllib

import numpy as np
import oracle
import pytest
import xarray as xr
from commanded import SMALL, ask, refused
from scipy.special import expit, logit

FEW = ("--draws", "300", "--warmup", "300")

CONTRADICTING = """
[facets.substrate]
values = ["language model", "human brain"]
[identities.someone]
[streams.rl]
readings = ["substrate"]
[streams.introspection]
readings = ["substrate"]
"""
ROWS = "stream,probe,outcome,count\nrl,substrate,language model,400\nintrospection,substrate,human brain,400\n"


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_the_object_the_report_and_the_folder(small, tmp_path):
    out = tmp_path / "out"
    result = ask("infer", small, "--unknown", "coherence", *FEW, "--json", "--out", out)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert {"mean", "sd", "q05", "q95", "r_hat", "ess_bulk"} <= set(found["unknown"]["coherence"])
    of_coherence = found["unknown"]["coherence"]
    # the prior is beta(2, 2), whose variance is 1/20
    assert of_coherence["contraction"] == pytest.approx(1 - 20 * of_coherence["sd"] ** 2)
    assert found["sampler"]["warmup"] == 300
    assert found["sampler"]["target_acceptance"] == 0.9
    assert found["sampler"]["seed"]
    assert sum(found["identities"].values()) == pytest.approx(1)
    assert set(found["facets"]) == {"substrate", "name"}
    assert isinstance(found["divergences"], int)
    assert json.loads((out / "inference.json").read_text(encoding="utf-8")) == found
    assert (out / "unknown.png").read_bytes().startswith(b"\x89PNG")
    draws = xr.open_datatree(out / "inference.nc", engine="h5netcdf")["posterior"].to_dataset()["coherence"]
    assert float(draws.mean()) == pytest.approx(found["unknown"]["coherence"]["mean"])


def test_a_badly_posed_question_has_no_result(tmp_path):
    """Two readings that contradict each other for ever: one of them is worthless, and no chain can change its mind."""
    scenario, rows, out = tmp_path / "two.toml", tmp_path / "rows.csv", tmp_path / "out"
    scenario.write_text(CONTRADICTING, encoding="utf-8")
    rows.write_text(ROWS, encoding="utf-8")
    keys = ("--unknown", "streams.rl.reliability", "--unknown", "streams.introspection.reliability")
    result = ask("infer", scenario, *keys, "--evidence", rows, *FEW, "--out", out)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "not converged" in result.stderr
    assert "chains disagree" in result.stderr
    assert "truth and trust trade off" in result.stderr
    assert [path.name for path in out.iterdir()] == ["not_converged.nc"]


def test_several_files_are_several_self_models_partially_pooled(small, tmp_path):
    """Each file's number, and their population's, are those of weighted draws from the pooled prior."""
    key, counts = (
        "streams.rl.reliability",
        {"a": {"nothing happens": 3}, "b": {"nothing happens": 20, "she answers": 9}},
    )
    rows = {
        name: [{"stream": "rl", "probe": "phone", "outcome": outcome, "count": n} for outcome, n in each.items()]
        for name, each in counts.items()
    }
    files = []
    for name, each in rows.items():
        lines = ["stream,probe,outcome,count", *(",".join(map(str, row.values())) for row in each)]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
        files += ["--evidence", tmp_path / f"{name}.csv"]
    result = ask("infer", small, "--unknown", key, *files, "--draws", 1000, "--warmup", 300, "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    expected = pooled_by_weighting(rows)
    close(found["unknown"][key], *expected["population"])
    for name in counts:
        close(found["by_evidence"][name]["unknown"][key], *expected[name])


def pooled_by_weighting(rows):
    """Means and their errors by importance sampling from the prior: the oracle's log evidence, interpolated."""
    rng, n, grid = np.random.default_rng(0), 400_000, np.linspace(0.0005, 0.9995, 400)
    middle, spread = rng.beta(2, 2, n), abs(rng.normal(size=n))
    x = {name: expit(logit(middle) + spread * rng.normal(size=n)) for name in rows}
    log_w = np.zeros(n)
    for name, each in rows.items():
        log_z = []
        for reliability in grid:
            raw = tomllib.loads(SMALL)
            raw["streams"]["rl"]["reliability"] = reliability
            log_z.append(oracle.log_evidence(raw, each))
        log_w += np.interp(x[name], grid, log_z)
    w = np.exp(log_w - log_w.max())
    w /= w.sum()
    return {
        name: (w @ each, np.sqrt(w**2 @ (each - w @ each) ** 2)) for name, each in {"population": middle, **x}.items()
    }


def close(numbers, mean, error):
    assert numbers["mean"] == pytest.approx(mean, abs=4 * np.hypot(error, numbers["mcse_mean"]))


def test_the_same_file_twice_is_refused(small, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("stream,probe,outcome,count\nrl,phone,nothing happens,3\n", encoding="utf-8")
    assert "twice" in refused("infer", small, "--unknown", "coherence", "--evidence", file, "--evidence", file)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "at least one of"),
        (("--unknown", "streams.rl.weight"), "vary it"),
        (("--unknown", "coherence", "--unknown", "salience"), "only their product"),
        (("--unknown", "coherence", "--evidence", "nowhere.csv"), "nowhere.csv"),
        (("--unknown", "coherence", "--chains", "1"), "chains"),
        (("--unknown", "coherence", "--draws", "0"), "draws"),
        (("--unknown", "coherence", "--set", "coherence=2"), "coherence"),
    ],
)
def test_bad_input_is_told(small, tmp_path, arguments, words):
    out = tmp_path / "out"
    assert words in refused("infer", small, *arguments, "--out", out)
    assert not out.exists()
