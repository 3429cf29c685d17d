"""The list of laws in `docs/laws.md`, as the laws state themselves: `python tests/law_page.py` writes it anew."""

from pathlib import Path

from bayes_self.laws import ALL

PAGE = Path(__file__).parents[2] / "docs" / "laws.md"
START, END = "<!-- the laws -->\n", "<!-- so far -->\n"

NOT_CLAIMED = "what_is_not_there_is_not_claimed"
BOUNDARIES = {
    "bayes-rule": "a_joint_too_large_to_enumerate_is_not_enumerated",
    "prediction-is-a-ratio-of-evidences": "with_weights_the_posterior_is_no_martingale",
    "expected-evidence-is-conserved": "with_weights_the_posterior_is_no_martingale",
    "expected-information-is-expected": "with_weights_the_posterior_is_no_martingale",
    "order-does-not-matter": "what_a_tempered_model_improvises_hangs_on_the_order_in_which_it_is_asked",
    "splitting-a-count-does-not-matter": "counts_of_two_streams_are_not_counts_of_one",
    "rows-of-a-doubted-probe-add-up": "counts_of_two_probes_that_are_doubted_are_not_counts_of_one",
    "one-doubted-probe-tells-so-much": "what_one_doubted_probe_can_tell_is_nearly_what_it_may",
    "a-probe-is-broken-by-bayes-rule": NOT_CLAIMED,
    "doubt-0-is-no-doubt": NOT_CLAIMED,
    "doubt-1-moves-nothing": NOT_CLAIMED,
    "masks-of-infinite-price-are-no-masks": NOT_CLAIMED,
    "who-is-beneath-and-who-is-worn-add-up": NOT_CLAIMED,
    "a-mask-costs-its-bits": NOT_CLAIMED,
    "a-mask-that-covers-nothing-changes-no-facet": (
        "a_mask_that_covers_nothing_is_told_from_who_wears_it_by_what_it_goes_by"
    ),
    "order-in-the-file-does-not-matter": "of_contradicting_claims_the_order_matters",
    "weight-0-is-silence": "a_spec_of_however_small_a_weight_is_not_silent",
    "weight-is-a-count": "with_weights_the_posterior_is_no_martingale",
    "weight-is-a-claim-repeated": "of_contradicting_claims_the_order_matters",
    "weight-is-a-power-of-mentions": "a_weight_says_what_no_file_can_as_mentions",
    "equal-halves-are-one": "halves_of_an_identity_are_not_one_where_identities_are_claimed",
    "extra-bits-cost-their-bits": "bits_are_not_all_that_counts_of_who_is_claimed",
    "one-facet-tells-so-much": "two_facets_tell_more_than_one",
    "a-claim-supplies-its-bits": "a_claim_can_lower_its_value_where_the_part_responds",
    "an-identity-claim-supplies-its-bits": "a_claim_can_lower_its_value_where_the_part_responds",
    "disowned-observations-are-irrelevant": "one_stream_that_is_not_mine_bears_on_whose_the_others_are",
    "silence-of-the-spec-keeps-ownership": "a_claim_or_a_second_stream_moves_ownership",
    "certain-ownership-stays": "where_no_identity_allows_the_part_everything_is_about_me",
    "of-an-unplayable-part-nothing-is-observed": "of_an_incoherent_self_model_a_part_that_nobody_plays_is_played",
    "the-simulator-is-symmetric": "the_self_model_is_not_symmetric",
    "grounded-facets-go-to-the-truth": "where_belief_is_wrong_about_its_tables_evidence_leads_away_from_the_truth",
    "unlinked-facets-do-not-move": "a_linked_facet_moves",
    "noise-tells-no-more": "less_reliable_probes_with_other_errors_may_tell_more",
    "shares-add-up": "infinite_odds_cannot_be_shared",
    "a-dummy-gets-nothing": "a_claim_of_reliability_0_is_no_dummy",
    "equal-streams-share-equally": "equal_claims_with_another_between_them_do_not_share_equally",
    "flat-directions-have-eigenvalue-1": "a_stiff_direction_has_an_eigenvalue_below_1",
    "facts-answer-whatever-is-said": "what_parrots_the_spec_answers_as_the_spec_says",
    "the-world-answers-as-its-tables-say": NOT_CLAIMED,
    "draws-have-their-trials": NOT_CLAIMED,
}
"""The test of `tests/laws/test_law_boundaries.py` in which a condition is dropped."""


def as_markdown():
    """Every law, with its reason, its conditions and its tests."""
    return "\n".join(_of_law(law) for law in ALL)


def _of_law(law):
    file = law.equation.__module__.rpartition(".")[2] + ".py"
    tested = f"[`laws/{file}`](../bayes_self/laws/{file})"
    if law.name in BOUNDARIES:
        tested += f"; dropped in `test_{BOUNDARIES[law.name]}`"
    lines = [f"### `{law.name}`", "", law.statement, "", f"- Why: {law.reason}", f"- When: {law.conditions}."]
    return "\n".join([*lines, f"- Test: {tested}.", ""])


def page():
    """The page with its list of laws as they are."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    return before + START + "\n" + as_markdown() + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
