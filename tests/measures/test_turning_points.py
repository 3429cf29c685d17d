"""Turning points are those of the scenario edited by `--set`, with the evidence that goes with the edit."""

import pytest

from bayes_self.beliefs.posterior import posterior
from bayes_self.measures.single_edits import SingleEdits
from bayes_self.measures.turning_points import asked_about, turning_points
from bayes_self.model.frames import FRAMES
from bayes_self.scenario import gallery, load
from bayes_self.scenario.assign import parse_assignment
from bayes_self.scenario.controls import groups
from bayes_self.world.edition import Edition


def edited(edition, key, text):
    """The edition with one edit more, as `--set` makes it."""
    settings = dict([parse_assignment(f"{key}={text}")])
    return Edition(edition.original, settings, edition.rows, edition.expected, edition.fresh)


@pytest.mark.parametrize("name", gallery.names())
def test_every_turning_point_of_the_gallery_is_that_of_the_edited_scenario(name):
    scenario = load(name)
    edition, frame = Edition(scenario), FRAMES[gallery.names().index(name) % len(FRAMES)]
    target = asked_about(
        scenario.claims_in_force().identities, posterior(scenario, edition.evidence, frame).after.identities
    )
    controls = [control for group in groups(scenario) for control in group.controls]
    found = turning_points(edition, controls, target, frame)
    assert found.points
    for _, point in found.points:
        one = edited(edition, point.key, point.text)
        after = posterior(one.scenario, one.evidence, frame).after.identities
        assert after[target] == pytest.approx(point.p, abs=1e-9), point
        assert after[point.winner] == pytest.approx(max(after.values()), abs=1e-9), point
        assert point.turns == ((point.winner == target) != found.wins)


@pytest.mark.parametrize("name", ["jfk_coder", "the_void"])
def test_edits_side_by_side_are_each_as_if_alone(name):
    """Every choice, and a number of every kind, with fresh and with expected evidence too."""
    scenario = load(name)
    controls = [control for group in groups(scenario) for control in group.controls if control.kind != "seed"]
    edits = [
        (control.set_key if control.set_key and text else control.key, text)
        for control in controls
        if control.kind == "choice"
        for text, _ in control.options
        if text != (control.value or "")
    ]
    numbers = [control for control in controls if control.kind != "choice" and control.value is not None]
    edits += [(control.key, "3" if control.kind == "trials" else "0.3") for control in numbers[::3]]
    for edition in (Edition(scenario), Edition(scenario, expected=True), Edition(scenario, fresh=True)):
        found = SingleEdits(edition).identities(edits)
        for (key, text), row in list(zip(edits, found, strict=True))[:: 1 if edition.expected else 4]:
            one = edited(edition, key, text)
            after = posterior(one.scenario, one.evidence).after.identities
            assert row.tolist() == pytest.approx(list(after.values()), abs=1e-9), (key, text)


def test_what_is_no_edit_has_no_beliefs():
    found = SingleEdits(Edition(load("jfk_coder"))).identities([("coherence", "0.5"), ("streams.nobody.weight", "1")])
    assert found[0].sum() == pytest.approx(1)
    assert (found[1] != found[1]).all()
