"""A self-model that is known answers, and is found again: fitted, saved and asked for predictions by the command."""

import csv
import io
import json

import jax
import numpy as np
import pytest
from commanded import ask, told
from known_self_model import assert_found_again, known

from bayes_self.fit.answers import Cell, from_rows, read, to_csv
from bayes_self.fit.archive import load
from bayes_self.fit.design import Design, item_of
from bayes_self.fit.landscape import landscape
from bayes_self.fit.meaning import Meaning
from bayes_self.fit.predict import predict
from bayes_self.fit.programs import SAYS, program_of
from bayes_self.fit.sampling import counted
from bayes_self.model.jax_arrays import in_float64

PROBES = ("who", "body", "made")
MODEL_FILE = """\
program = "self-model"
[persona]
who = ["persona"]
body = ["persona"]
made = ["persona"]
[self]
who = ["self"]
body = ["self"]
made = ["self"]
"""
MEANING = Meaning({probe: ["persona"] for probe in PROBES}, {probe: ["self"] for probe in PROBES})
CELLS = tuple(
    Cell(model, persona, route, probe, item)
    for model in ("m1", "m2", "m3")
    for persona, routes in (("none", ["base"]), *((p, ["icl_k4", "icl_k32", "system"]) for p in ("curie", "thor")))
    for route in routes
    for probe in PROBES
    for item in ("a", "b")
)


def tabled(counts):
    rows = [
        (cell, outcome, str(int(count)), str(int(sum(each))))
        for cell, each in zip(CELLS, counts, strict=True)
        for outcome, count in zip(("persona", "self", "unclear"), each, strict=True)
    ]
    named = [{**c._asdict(), "outcome": o, "count": k, "n": n} for c, o, k, n in rows]
    return from_rows(enumerate(named, 2))


@pytest.fixture(scope="module")
def truth():
    """A design, what is read off a self-model that is known, and the probabilities of its answers."""
    design = Design.of(tabled(np.ones((len(CELLS), 3))), MEANING)
    return design, *known(design, seed=4)


@pytest.fixture(scope="module")
def folder(truth, tmp_path_factory):
    """What the command wrote after fitting 64 answers of each cell: enough for chains as short as these."""
    design, _, p = truth
    random = np.random.default_rng(5)
    at = tmp_path_factory.mktemp("fit")
    outcomes = [design.outcomes[item_of(cell)] for cell in CELLS]
    order = [[names.index(name) for name in ("persona", "self", "unclear")] for names in outcomes]
    counts = [random.multinomial(64, random.dirichlet(30 * row[places])) for row, places in zip(p, order, strict=True)]
    (at / "data.csv").write_text(to_csv(tabled(counts)))
    (at / "model.toml").write_text(MODEL_FILE)
    effort = ("--chains", 2, "--warmup", 200, "--draws", 150, "--depth", 5)
    result = ask("fit", at / "data.csv", "--model", at / "model.toml", "--out", at / "out", *effort)
    assert result.exit_code in (0, 3), result.stderr
    assert ("R-hat" in result.stderr or "effective" in result.stderr) == (result.exit_code == 3)
    return at / "out"


def test_the_folder_holds_the_fit(folder):
    assert {path.name for path in folder.iterdir()} == {"answers.csv", "fit.json", "posterior.nc", "landscape.png"}
    found = json.loads((folder / "fit.json").read_text())
    assert found["program"] == "self-model"
    assert set(found["landscape"]["bits_to_flip"]) == {"m1", "m2", "m3"}
    assert found["converged"] == (not found["failures"])
    assert {row["probe"] for row in found["facets"]["m1"]} == set(PROBES)
    assert {(each["model"], each["family"]) for each in found["routes"]} == {
        (model, family) for model in ("m1", "m2", "m3") for family in ("icl", "system")
    }
    assert all(
        0 <= each["ownership"][1] <= each["ownership"][0] <= each["ownership"][2] <= 1 for each in found["routes"]
    )


def test_what_came_of_the_model_itself_is_explained(folder):
    """Of 36 groups some 2 are rarer than 1 in 20 by chance; a fit that missed the clustering would miss a dozen."""
    found = json.loads((folder / "fit.json").read_text())["unexplained"]
    assert len(found) == 36
    assert sum(row["tail"] < 0.05 for row in found) <= 7  # binomial(36, 0.05): beyond that 1 in 1,000
    inside = [row["low"] - 1e-9 <= row["observed"] <= row["high"] + 1e-9 for row in found]
    assert np.mean(inside) > 0.7


def test_results_are_drawn(folder):
    from bayes_self.fit.residuals import Unexplained
    from bayes_self.fit.routes import Route
    from bayes_self.plots.drawing.canvas import finding_on
    from bayes_self.plots.fit.residuals import plot_unexplained
    from bayes_self.plots.fit.route_map import plot_route_map

    found = json.loads((folder / "fit.json").read_text())
    panels = plot_route_map([Route(**each) for each in found["routes"]], "answers")
    assert len(panels) == 3
    assert "claims most" in finding_on(panels[0])
    assert "Of 36 groups" in finding_on(
        plot_unexplained([Unexplained(**row) for row in found["unexplained"]], "answers")
    )


def test_what_was_put_in_comes_out(folder, truth):
    _, read_off, _ = truth
    assert_found_again(landscape(load(folder)), read_off)


def test_predictions_are_near_the_truth(folder, truth):
    """Nearer, in bits, than the mean over all cells of the item; an outcome that was never seen is not foreseen."""
    design, _, p = truth
    fit = load(folder)
    found = predict(fit, CELLS, key=0).probability
    items = np.array([design.levels["item"].index(item_of(cell)) for cell in CELLS])
    means = np.stack([p[items == i].mean(0) for i in items])
    known = np.array([len(fit.design.outcomes[item_of(cell)]) == 3 for cell in CELLS])
    assert known.sum() > len(CELLS) / 2
    p = p[known]
    surprise = [float(np.mean(np.sum(p * np.log2(p / q[known]), 1))) for q in (found, means)]
    assert surprise[0] < surprise[1] / 2


def test_predictions_of_unseen_levels_sum_to_one_and_are_named(folder, tmp_path):
    cells = tmp_path / "cells.csv"
    cells.write_text(
        "item,model,persona,route,probe\na,m1,curie,system,who\na,m9,zeus,icl_k8,body\nz,m1,curie,system,made\n"
    )
    rows = list(csv.DictReader(io.StringIO(told("fit", folder, "--predict", cells))))
    assert list(rows[0]) == ["model", "persona", "route", "probe", "item", "outcome", "probability", "unseen"]
    assert [row["unseen"] for row in rows[::3]] == ["", "model persona route", "item"]
    of_cell = np.array([float(row["probability"]) for row in rows]).reshape(3, 3)
    assert of_cell.sum(1) == pytest.approx(1, abs=1e-12)
    assert (of_cell > 0).all()


def test_predictions_are_the_same_again(folder, tmp_path):
    cells = tmp_path / "cells.csv"
    cells.write_text("model,persona,route,probe,item\nm9,zeus,system,who,a\n")
    assert told("fit", folder, "--predict", cells) == told("fit", folder, "--predict", cells)


BAD = {
    "unknown probe": ("model,persona,route,probe,item\nm1,curie,system,where,a\n", "line 2"),
    "no item": ("model,persona,route,probe\nm1,curie,system,who\n", "no item"),
    "twice": ("model,persona,route,probe,item\n" + "m1,curie,system,who,a\n" * 2, "line 3"),
    "none": ("model,persona,route,probe,item\n", "no cells"),
}


@pytest.mark.parametrize("which", BAD)
def test_bad_cells_are_refused(folder, tmp_path, which):
    cells = tmp_path / "cells.csv"
    cells.write_text(BAD[which][0])
    result = ask("fit", folder, "--predict", cells)
    assert result.exit_code == 2
    assert BAD[which][1] in result.stderr
    assert "cells.csv" in result.stderr
    assert not result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--model", "self-modle"], 'did you mean "self-model"?'),
        (["--model", "{scenario}"], "this is a scenario"),
        (["--model", "{broken}"], "no TOML"),
        (["--model", "{both}"], "as the self's"),
        (["--model", "{good}", "--predict", "{missing}"], "no such file"),
        (["--model", "{good}", "--out", "{broken}"], "a file of that name"),
        ([], "no answer of 8,064 that counts"),
    ],
)
def test_bad_requests_are_refused(folder, tmp_path, arguments, said):
    texts = {"scenario": "[facets.name]\n", "broken": "= 1", "both": '[persona]\nq=["x"]\n[self]\nq=["x"]\n'}
    paths = {name: tmp_path / f"{name}.toml" for name in texts} | {"missing": tmp_path / "missing.csv"}
    for name, text in texts.items():
        paths[name].write_text(text)
    paths |= {"good": folder.parent / "model.toml"}
    result = ask("fit", folder / "answers.csv", *(argument.format(**paths) for argument in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not result.stdout


def test_a_folder_alone_is_no_question(folder):
    result = ask("fit", folder)
    assert result.exit_code == 2
    assert "--predict" in result.stderr


@pytest.mark.parametrize("name", SAYS)
def test_every_program_has_a_finite_likelihood_and_gradient(folder, name):
    """At a draw from its prior, also where a frame makes an answer certain."""
    from numpyro.infer.util import initialize_model

    answers = read(folder / "answers.csv")
    design = Design.of(answers, MEANING)

    def at_prior():
        model = initialize_model(jax.random.key(0), program_of(name), model_args=(design, counted(design, answers)))
        return jax.value_and_grad(model.potential_fn)(model.param_info.z)

    value, slopes = in_float64(at_prior)()
    assert np.isfinite(value)
    assert all(np.isfinite(slope).all() for slope in slopes.values())
