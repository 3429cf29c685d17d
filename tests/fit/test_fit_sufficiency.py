"""What cannot be learnt is refused before any work begins, with what is missing."""

import numpy as np
import pytest
from commanded import refused

from bayes_self.fit.answers import Answers, AnswersError, Cell
from bayes_self.fit.meaning import Meaning
from bayes_self.fit.residuals import _replicated
from bayes_self.fit.sufficiency import FEWEST, refuse_insufficient

MEANING = Meaning({"who": ["persona"]}, {"who": ["self"]})


def answers(persona, other, unclear=0, of="curie"):
    counts = {"persona": float(persona), "self": float(other), "unclear": float(unclear)}
    given = {outcome: count for outcome, count in counts.items() if count}
    return Answers((Cell("m", of, "system", "who", "q"),), (given,))


ENOUGH = [answers(FEWEST, 0), answers(0, FEWEST, 5), answers(FEWEST - 1, 1)]
MISSING = {
    "no answer of 500 that counts": answers(0, 0, 500),
    f"got {FEWEST - 1} answers that count": answers(10, FEWEST - 11, 500),
    'which of these do: who "unclear"': answers(0, 0, 3),
    "no persona but none, expected answers under at least one persona": answers(500, 500, of="none"),
    "2 faults": answers(3, 3, of="none"),
}


@pytest.mark.parametrize("found", ENOUGH, ids=str)
def test_enough_is_enough(found):
    refuse_insufficient(found, MEANING)


@pytest.mark.parametrize("said", MISSING)
def test_what_is_missing_is_said(said):
    with pytest.raises(AnswersError) as error:
        refuse_insufficient(MISSING[said], MEANING, "answers.csv")
    assert said in str(error.value)


HEAD = "model,persona,route,probe,item,outcome,count,n\n"


@pytest.mark.parametrize("options", [(), ("--compete",), ("--model", "rasch"), ("--json",)], ids=" ".join)
def test_the_command_refuses_before_it_works_and_writes_nothing(tmp_path, monkeypatch, options):
    monkeypatch.setattr("bayes_self.commands.fit._sampled", lambda *_: pytest.fail("it began to work"))
    rows = "".join(f"m,{persona},r,who,q,{o},80,160\n" for persona in ("none", "curie") for o in ("yes", "no"))
    (tmp_path / "answers.csv").write_text(HEAD + rows)
    said = refused("fit", tmp_path / "answers.csv", "--out", tmp_path / "out", *options)
    assert "no answer of 320 that counts as the persona's or the self's" in said
    assert not (tmp_path / "out").exists()


def test_a_probability_that_is_above_one_in_its_last_bit_is_one():
    p = np.array([[np.nextafter(1, 2), 1.0, 0.0, 0.5]])
    hits = _replicated(p, np.full_like(p, 9.0), np.full(4, 7.0), np.random.default_rng(0))
    assert hits[0, :3].tolist() == [7, 7, 0]
    assert 0 <= hits[0, 3] <= 7
