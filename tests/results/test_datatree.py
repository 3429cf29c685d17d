"""Exact beliefs as a DataTree: named dimensions, units, and a NetCDF file that gives all of it back."""

import numpy as np
import pytest
import xarray as xr
from commanded import SMALL, WITHOUT_WORLD

import bayes_self as bs
from bayes_self.measures.comparison import compare
from bayes_self.results.tree import to_datatree
from bayes_self.scenario import parse

ODD = '日本 "é" / ☃'


@pytest.fixture(scope="module")
def scenario():
    return parse(SMALL.replace("Jack", ODD.replace('"', '\\"')), "small")


@pytest.fixture(scope="module")
def result(scenario):
    return bs.posterior(scenario, bs.expect(scenario))


@pytest.fixture(scope="module")
def tree(scenario, result):
    return to_datatree(result, bs.trajectory(scenario, result.evidence), compare(scenario, result.evidence))


def test_groups_are_our_own(tree):
    assert list(tree.children) == [
        *("posterior_exact", "prior_exact", "landscape", "evidence", "trajectory", "frames", "scenario")
    ]
    dimensions = {name for group in tree.subtree for name in group.dims}
    assert dimensions == {"identity", "facet", "value", "stream", "probe", "outcome", "step", "frame"}


def test_every_number_has_its_unit(tree):
    for group in tree.subtree:
        for name, variable in group.data_vars.items():
            if variable.dtype.kind == "f":
                assert variable.attrs["units"] in ("probability", "bits", "nats", "trials"), name


def test_it_says_what_was_believed(tree, result):
    xr.testing.assert_equal(tree["posterior_exact/identities"], result.identities)
    assert float(tree["posterior_exact/log_evidence"]) == result.log_evidence
    bits = tree["landscape/bits_to_flip"].sel(facet="name")
    assert float(bits.sel(value=ODD)) == result.bits_to_flip["name"][ODD]
    assert np.isnan(bits.sel(value="human brain"))
    assert tree["landscape/verdict"].sel(facet="substrate").item() == result.verdicts["substrate"]
    counts = tree["evidence/counts"].sel(probe="rl.phone")
    np.testing.assert_array_equal(counts.dropna("outcome"), result.evidence.of("rl", "phone"))
    xr.testing.assert_equal(tree["frames/identities"].sel(frame="self-model").drop_vars("frame"), result.identities)
    assert parse(tree["scenario/toml"].item()).to_dict() == result.scenario.to_dict()


def test_netcdf_gives_all_of_it_back(tree, tmp_path):
    path = tmp_path / "beliefs.nc"
    tree.to_netcdf(path, engine="h5netcdf")
    with xr.open_datatree(path, engine="h5netcdf") as found:
        xr.testing.assert_identical(found.load(), tree)


@pytest.mark.parametrize("text", [WITHOUT_WORLD, WITHOUT_WORLD[: WITHOUT_WORLD.index("[streams.rl]")]])
def test_without_evidence_or_observation_streams(text, tmp_path):
    tree = to_datatree(bs.posterior(parse(text)))
    assert "evidence" not in tree.children
    tree.to_netcdf(tmp_path / "beliefs.nc", engine="h5netcdf")
    with xr.open_datatree(tmp_path / "beliefs.nc", engine="h5netcdf") as found:
        assert found["posterior_exact"].sizes["stream"] == len(tree["posterior_exact/stream"])


def test_infinite_bits_survive(tmp_path):
    certain = parse(WITHOUT_WORLD).with_settings(
        {"coherence": 1, "identities.assistant.profile.name": "Claude", "identities.jfk.profile.name": "Claude"}
    )
    tree = to_datatree(bs.posterior(certain.without_claims()))
    tree.to_netcdf(tmp_path / "beliefs.nc", engine="h5netcdf")
    with xr.open_datatree(tmp_path / "beliefs.nc", engine="h5netcdf") as found:
        assert found["landscape/bits_to_flip"].sel(facet="name", value="Jack").item() == np.inf
