"""The table of answers: what is read, and every way in which one is refused."""

import numpy as np
import pytest

from bayes_self.fit.answers import AnswersError, from_rows, read, to_csv
from bayes_self.fit.competition import folds
from bayes_self.fit.design import Design, family_of, rows_of
from bayes_self.fit.meaning import personascope
from bayes_self.fit.scores import Score, in_tenths, per_answer

HEAD = "model,persona,route,probe,item,outcome,count,n\n"
GOOD = HEAD + "a,curie,icl_k4,identification,who,persona,3,8\na,curie,icl_k4,identification,who,other,5,8\n"

REFUSED = {
    "no rows": HEAD,
    "no n": "model,persona,route,probe,item,outcome,count\na,b,c,d,e,f,1\n",
    "7 cells": HEAD + "a,b,c,d,e,f,1\n",
    '"-1"': HEAD + "a,b,c,d,e,f,-1,8\n",
    '"1.5"': HEAD + "a,b,c,d,e,f,1.5,8\n",
    '"nan"': HEAD + "a,b,c,d,e,f,nan,8\n",
    "9 of 8": HEAD + "a,b,c,d,e,f,9,8\n",
    '"f" twice': HEAD + "a,b,c,d,e,f,1,8\na,b,c,d,e,f,1,8\n",
    "as on line 2": HEAD + "a,b,c,d,e,f,1,8\na,b,c,d,e,g,1,9\n",
    "10 answers in a cell": HEAD + "a,b,c,d,e,f,5,8\na,b,c,d,e,g,5,8\n",
    "every count is 0": HEAD + "a,b,c,d,e,f,0,8\n",
    "nothing, expected a name": HEAD + "a,,c,d,e,f,1,8\n",
}


def written(folder, text):
    path = folder / "answers.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("said", REFUSED)
def test_a_bad_table_is_refused(tmp_path, said):
    with pytest.raises(AnswersError, match=r"answers\.csv") as refused:
        read(written(tmp_path, REFUSED[said]))
    assert said in str(refused.value)


def test_every_fault_is_told_with_its_line(tmp_path):
    with pytest.raises(AnswersError) as refused:
        read(written(tmp_path, HEAD + "a,b,c,d,e,f,x,8\na,b,c,d,e,g,1,8\na,,c,d,e,h,1,8\n"))
    assert [fault.line for fault in refused.value.faults] == [2, 4]


def test_a_table_comes_back_as_it_was(tmp_path):
    answers = read(written(tmp_path, GOOD))
    assert to_csv(answers) == GOOD
    assert answers.unlisted == 0
    assert read(written(tmp_path, GOOD.replace(",5,8", ",4,8"))).unlisted == 1


def test_a_route_names_its_family():
    assert [family_of(route) for route in ("icl_k32", "gated_icl_k48", "system_psi2", "sft")] == [
        "icl",
        "gated_icl",
        "system_psi2",
        "sft",
    ]


def many(units=12, seed=0):
    random = np.random.default_rng(seed)
    rows = [
        {"model": f"m{u % 3}", "persona": f"p{u % 4}", "route": f"r{u}", "probe": "q", "item": f"i{i}", "n": "8"}
        | {"outcome": outcome, "count": str(count)}
        for u in range(units)
        for i in range(5)
        for hits in [random.integers(1, 8)]
        for outcome, count in (("yes", hits), ("no", 8 - hits))
    ]
    return from_rows(enumerate(rows, 2))


@pytest.mark.parametrize("scheme", ["configuration", "item", "persona"])
def test_folds_leave_whole_units_out_and_each_once(scheme):
    answers = many()
    place = {"configuration": slice(0, 3), "item": slice(4, 5), "persona": slice(1, 2)}[scheme]
    left_out = [mask for _, mask in folds(answers, scheme, 4, seed=1, smallest=1)]
    assert np.array_equal(np.sum(left_out, 0), np.ones(len(answers.cells)))
    for mask in left_out:
        out = {cell[place] for cell, o in zip(answers.cells, mask, strict=True) if o}
        kept = {cell[place] for cell, o in zip(answers.cells, mask, strict=True) if not o}
        assert out
        assert not out & kept


def test_standard_errors_are_of_configurations():
    """Ten copies of a configuration's cells are no more evidence than one."""
    random = np.random.default_rng(0)
    bits, n, units = random.exponential(8, 30), np.full(30, 8.0), list(range(30))
    once = per_answer(bits, n, units)
    assert per_answer(np.tile(bits, 10), np.tile(n, 10), units * 10) == pytest.approx(once)
    assert once[1] == pytest.approx((bits / 8).std(ddof=1) / np.sqrt(30))


def test_unseen_levels_come_after_those_that_were_seen():
    answers = many()
    design = Design.of(answers, personascope())
    asked = design.asked([answers.cells[0]._replace(model="new", item="new")])
    assert asked.levels["model"] == (*design.levels["model"], "new")
    assert asked.outcomes["q | new"] == ["no", "yes"]
    assert asked.levels["option"][: design.size("option")] == design.levels["option"]
    cell, column, count = rows_of(design, answers)
    assert count.sum() == answers.n.sum()
    assert {design.outcomes["q | i0"][k] for k in column[cell == 0]} == set(answers.outcomes[0])


def test_what_comes_as_often_as_it_was_foretold_lies_on_the_line():
    """Hits drawn from the predictions: within four standard errors in every tenth; of one that is too sure, not."""
    random = np.random.default_rng(0)
    p, n = random.uniform(0, 1, 2000), np.full(2000, 8.0)
    units = [i // 5 for i in range(2000)]

    def tenths(foretold):
        hits = random.binomial(8, p).astype(float)
        return in_tenths(Score(n, n, n, n, foretold, hits), units)

    found = tenths(p)
    assert sum(each.answers for each in found) == 16_000
    assert all(abs(each.observed - each.predicted) < 4 * each.se for each in found)
    too_sure = p**3 / (p**3 + (1 - p) ** 3)
    assert any(abs(each.observed - each.predicted) > 4 * each.se for each in tenths(too_sure))
