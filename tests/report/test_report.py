"""Reports for people: bars, columns, and a sentence that is computed and grammatical."""

import re

import pytest
from commanded import SMALL, WITHOUT_WORLD

import bayes_self as bs
from bayes_self.report.bars import bar
from bayes_self.report.look import Look, columns_of, padded, terminal
from bayes_self.report.posterior import posterior_report
from bayes_self.results.beliefs import ownership_before
from bayes_self.results.what_happened import what_happened
from bayes_self.scenario import parse
from bayes_self.words.sentences import quoted, series

ASCII, UNICODE = Look(unicode=False), Look()


def said(scenario, evidence=None, frame="self-model"):
    result = bs.posterior(scenario, evidence, frame)
    return what_happened(result, ownership_before(result))


def seen(scenario, **counts):
    rows = [
        {"stream": "rl", "probe": "phone", "outcome": outcome.replace("_", " "), "count": count}
        for outcome, count in counts.items()
    ]
    return bs.Evidence.from_rows(scenario, rows)


SILENT = parse(SMALL)


@pytest.mark.parametrize(
    ("p", "before", "look", "drawn"),
    [
        (0.0, None, UNICODE, "        "),
        (1.0, None, UNICODE, "████████"),
        (0.5, None, ASCII, "####...."),
        (0.51, None, UNICODE, "████▏   "),
        (0.5, 0.75, UNICODE, "████  │ "),
        (0.5, 0.0, ASCII, "|###...."),
        (0.5, 1.0, ASCII, "####...|"),
    ],
)
def test_bars(p, before, look, drawn):
    assert bar(p, before, 8, look) == drawn


def test_names_are_cut_by_the_columns_they_take_up():
    assert padded("abc", 5, UNICODE) == "abc  "
    assert padded("abcdef", 5, UNICODE) == "abcd…"
    assert padded("abcdef", 5, ASCII) == "abcd~"
    assert columns_of(padded("日本語日本語", 7, UNICODE)) == 7


def test_lists_and_quotes():
    assert [series([]), series(["a"]), series("ab"), series("abc", "or")] == ["", "a", "a and b", "a, b or c"]
    assert quoted("John F. Kennedy") == "John F. Kennedy"
    assert quoted("the assistant, GPT-4.1") == '"the assistant, GPT-4.1"'


def test_told_and_believed():
    few = SILENT.with_set("streams.rl.reliability", 0.5)
    assert said(few, seen(few, nothing_happens=1)).startswith(
        "Told that it is John F. Kennedy and that its name is Jack, it comes to believe that it is John F. Kennedy"
    )
    assert said(few).endswith("substrate and name stayed with the part; nothing was observed.")


def test_refuted_by_what_it_observes():
    sentence = said(SILENT, seen(SILENT, nothing_happens=40))
    assert "substrate left the part, name stayed with it" in sentence
    assert re.search(r"; the evidence of rl \(0\.90 → 0\.9\d\) was taken to be about itself\.$", sentence)


def test_the_simulator_plays_a_part():
    sentence = said(SILENT, seen(SILENT, nothing_happens=40), "simulator")
    assert sentence.endswith("the evidence of rl (0) was taken to be about the part it plays.")


def test_told_nothing_and_undecided():
    assert said(SILENT.without_claims()) == (
        "Told nothing, it cannot tell whether it is an AI assistant (0.50) or John F. Kennedy (0.50); "
        "substrate and name stay flat; nothing was observed."
    )


def test_claims_of_weight_0_are_not_told():
    assert said(SILENT.with_weight("spec", 0)).startswith("Told nothing, ")


def test_evidence_of_weight_0_is_not_heeded():
    unheeded = SILENT.with_weight("rl", 0)
    assert said(unheeded, seen(unheeded, nothing_happens=4)).endswith("; nothing that was observed was heeded.")


def test_a_later_claim_contradicts():
    contradicted = parse(WITHOUT_WORLD + '\n[streams.prompt]\nkind = "spec"\nidentity = "assistant"\n')
    sentence = said(contradicted)
    assert sentence.startswith(
        "Told that it is John F. Kennedy, that it is an AI assistant and that its name is Jack, it takes itself, "
        "without being sure, to be"
    )
    assert "name stayed with the part, substrate is undecided" in sentence  # it is flat: nothing was observed


def test_a_single_identity_and_torn_facets():
    alone = SILENT.to_dict()
    alone["identities"] = {"nobody": {}}
    alone["streams"]["spec"] = {"claims": {"name": "Jack"}, "reliability": 0.0}
    del alone["expectations"]
    assert said(bs.Scenario.from_dict(alone)) == (
        "Told that its name is Jack, it can only be nobody; name is undecided; "
        "of what the spec leaves open, substrate stays flat; nothing was observed."
    )


def test_where_no_identity_allows_the_part_all_is_about_me():
    certain = SILENT.with_settings({"coherence": 1, "streams.spec.claims.name": "Claude"})
    result = bs.posterior(certain.with_set("identities.assistant.profile.name", "Jack"))
    assert ownership_before(result) == {"rl": 1.0}


def test_reports_keep_to_their_width_and_their_characters():
    wide = parse(SMALL.replace("human brain", "a human brain that " + "goes on and on " * 12))
    result = bs.posterior(wide, bs.expect(wide))
    for look in (ASCII, UNICODE):
        lines = posterior_report(result, look)
        assert max(map(columns_of, lines)) <= 100
        assert look.unicode or "".join(lines).isascii()
    assert any("\x1b[32m" in line for line in posterior_report(result, Look(color=True)))


def test_colours_are_for_terminals(monkeypatch):
    assert not terminal().color
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal().color
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal().color


def test_the_notebook_escapes_names():
    rude = parse(SMALL.replace("Told it is JFK", "<script>").replace("Jack", "<b>&"))
    html = bs.posterior(rude)._repr_html_()
    assert "<script>" not in html
    assert "&lt;b&gt;&amp;" in html
    assert "http" not in html
