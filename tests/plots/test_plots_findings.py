"""What a picture states: of what was told and what is so, of leads, of pointers and of frames."""

from drawing import SCENARIOS, bare, silent

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.comparison import FrameResult
from bayes_self.plots.drawing.canvas import finding_on
from bayes_self.results.beliefs import facets_settled, pointer_moves, who, who_wins
from bayes_self.results.standing import standings


def test_what_was_told_and_what_is_so_stand_beside_the_belief():
    scenario = SCENARIOS["template"]().with_claim("substrate", "human brain")
    ax = plots.plot_posterior(bs.posterior(scenario, bs.expect(scenario)))
    shown = [text.get_text() for text in ax.texts]
    assert {"told", "in fact", "“human brain”", "“Jack”", "“you are this”", "as told", "no fact"} <= set(shown)
    assert standings(scenario)["substrate"].told == ("human brain",)
    assert standings(scenario)["substrate"].fact == "language model"


def test_nothing_told_and_no_world_have_no_columns():
    shown = {text.get_text() for text in plots.plot_posterior(bs.posterior(bare())).texts}
    assert not {"told", "in fact", "no fact"} & shown


def test_a_spec_of_weight_0_has_told_nothing():
    scenario = SCENARIOS["template"]().with_weight("spec", 0)
    assert standings(scenario)["name"].told == ()
    assert who(bs.posterior(scenario).identities, scenario).startswith("It ")


def test_the_finding_says_what_came_of_what_was_told():
    scenario = SCENARIOS["template"]()
    sure = scenario.with_settings({"identities.assistant.bits": 40.0, "identities.nobody.bits": 40.0})
    assert who(bs.posterior(sure).identities, sure) == "Told it is John F. Kennedy, it believes it (>0.999)"
    other = scenario.with_settings({"identities.jfk.bits": 40.0, "identities.nobody.bits": 40.0})
    found = who(bs.posterior(other).identities, other)
    assert found == "Told it is John F. Kennedy, it takes itself to be an AI assistant (>0.999)"
    assert who(bs.posterior(bare()).identities, bare()) == "It is undecided between x (0.50) and y (0.50)"


def test_the_finding_counts_facets():
    scenario = silent()
    found = facets_settled(bs.posterior(scenario, bs.expect(scenario)).facets, scenario)
    assert found == "Sure (≥ 0.9) of none of 2 facets"
    about_me = scenario.with_settings({"streams.rl.ownership": 1.0})
    found = facets_settled(bs.posterior(about_me, bs.expect(about_me)).facets, about_me)
    assert found == "Sure (≥ 0.9) of 1 of 2 facets: 1 as it is in fact"


def test_the_finding_says_when_the_lead_changes_and_where_the_pointer_goes():
    scenario = SCENARIOS["template"]().with_settings({"identities.jfk.bits": 12.0})
    trajectory = bs.trajectory(scenario, bs.expect(scenario))
    leaders = [str(trajectory["identity"].values[i]) for i in trajectory["identities"].values.argmax(axis=1)]
    found = who_wins(trajectory["identities"], scenario)
    assert ("leads" in found) == (len(set(leaders)) == 1)
    moved = pointer_moves(bs.trajectory(silent(), bs.expect(silent()))["ownership"])
    assert moved == "The Self pointer stays where it was"


def test_a_frame_that_finds_the_evidence_impossible_says_so():
    scenario = bare()
    posterior = bs.posterior(scenario)
    results = {
        "simulator": FrameResult(posterior, 1.0, None),
        "persona-selection": FrameResult(None, 0.0, None),
    }
    axes = plots.plot_frames(results)
    assert "finds this\nevidence\nimpossible" in {text.get_text() for text in axes[1].texts}
    assert [ax.get_title(loc="left") for ax in axes] == ["simulator: P = 1", "persona-selection: P = 0"]
    assert finding_on(axes[0]) == (
        "The evidence favours simulator (1); simulator cannot tell who it is; to persona-selection the evidence is "
        "impossible"
    )


def test_frames_without_probabilities_claim_none():
    posterior = bs.posterior(bare())
    axes = plots.plot_frames({"self-model": FrameResult(posterior, None, None)})
    assert axes[0].get_title(loc="left") == "self-model"
    assert finding_on(axes[0]) == (
        "The evidence is tempered by weights, and so does not judge between the frames; "
        "self-model cannot tell who it is"
    )
