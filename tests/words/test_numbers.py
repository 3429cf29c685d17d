"""One number is printed in one way: in the terminal, on a page, beside a picture's bars and in what it states."""

import re

import pytest
from drawing import SCENARIOS
from hypothesis import given
from hypothesis import strategies as st

import bayes_self as bs
from bayes_self import plots
from bayes_self.beliefs.expectations import Finding
from bayes_self.page.content import subjects
from bayes_self.plots.drawing.canvas import finding_on
from bayes_self.report.posterior import posterior_report
from bayes_self.results.beliefs import ownership_before
from bayes_self.results.expectations import found_in_words
from bayes_self.results.self_models import shown, worn_or_none
from bayes_self.results.what_happened import what_happened
from bayes_self.words.numbers import bits_text, percent, probability_text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        *[(0.0, "0"), (1.0, "1"), (1 + 1e-12, "1"), (-1e-12, "0"), (float("nan"), "–")],
        *[(1e-9, "<0.001"), (0.0004, "<0.001"), (0.0006, "0.001"), (0.0094, "0.009"), (0.0096, "0.01")],
        *[(0.5, "0.50"), (0.12345, "0.12"), (0.9904, "0.99"), (0.9906, "0.991"), (0.9996, ">0.999")],
    ],
)
def test_a_probability_in_print(p, text):
    assert probability_text(p) == text


@given(st.floats(0, 1))
def test_what_is_not_certain_is_not_printed_as_certain(p):
    text = probability_text(p)
    assert (text in ("0", "1")) == (p in (0, 1))
    assert abs(float(text.strip("<>")) - p) <= (0.001 if text[0] in "<>" else 0.0051)
    assert len(text) <= 6


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_likelier_answer_never_looks_less_likely(p, q):
    ends = {"<0.001": 0.0005, ">0.999": 0.9995}
    low, high = (probability_text(x) for x in sorted((p, q)))
    assert ends.get(low, float(low.strip("<>"))) <= ends.get(high, float(high.strip("<>")))


@pytest.mark.parametrize(
    ("found", "bound", "text"),
    [(0.8999, 0.9, "0.8999"), (0.9, 0.9, "0.90"), (0.95, 0.9, "0.95"), (0.99996, 0.9999, "0.99996")],
)
def test_an_expectation_that_fails_by_little_does_not_look_as_if_it_held(found, bound, text):
    assert found_in_words(Finding("", False, found, bounds=(bound,))) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0%"), (0.001, "less than 1%"), (0.5, "50%"), (0.999, "more than 99%"), (1.0, "100%")]
)
def test_a_share_in_print(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("bits", "text"),
    [(0.04, "0.0"), (-0.04, "0.0"), (-2.0, "−2.0"), (float("inf"), "∞"), (float("-inf"), "−∞"), (float("nan"), "–")],
)
def test_bits_in_print(bits, text):
    assert bits_text(bits) == text


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_identity_is_as_likely_in_every_output(name):
    """One probability of `sincere_role` was printed as 1.00, >0.99 and >0.999."""
    scenario = SCENARIOS[name]()
    result = bs.posterior(scenario, bs.expect(scenario) if scenario.world else None)
    p = result.after.identities
    texts = {identity: probability_text(p[identity]) for identity in p}
    lines = "\n".join(posterior_report(result)).partition("\nidentity")[2]
    rows = re.findall(r" ([<>]?[01](?:\.\d+)?) +[<>]?[01](?:\.\d+)?$", lines, re.M)
    listed = [texts[name] for name in shown(scenario, p)]
    assert rows[: len(listed)] == listed
    ax = plots.plot_posterior(result)
    assert scenario.masks or set(texts.values()) <= {text.get_text() for text in ax.texts}
    assert [each.posterior for each in next(subjects(result)).answers] == listed
    of_masks = [*result.after.beneath.values(), *worn_or_none(result.after.worn).values()] if scenario.masks else []
    texts |= {f"masks {i}": probability_text(x) for i, x in enumerate(of_masks)}
    happened = what_happened(result, ownership_before(result)).split(";")[0]
    stated = re.findall(r"[<>]?\b[01](?:\.\d+)?(?=\))", finding_on(ax) + happened)
    assert set(stated) <= set(texts.values())
