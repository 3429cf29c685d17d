"""What would change its mind: the single edits that would make another identity the likeliest, as a table."""

from collections.abc import Callable, Mapping

from bayes_self.evidence import Evidence
from bayes_self.exact import Posterior
from bayes_self.measures.turns import Edit, Turn, Turning, asked_about, identities_of
from bayes_self.page.sections import Section, Table
from bayes_self.scenario import Scenario
from bayes_self.scenario.assign import parse_assignment
from bayes_self.scenario.controls import Control, groups
from bayes_self.scenario.wording import called
from bayes_self.words.numbers import probability_text

_ROWS = 10
Answers = Callable[[Scenario], Evidence]
"""The evidence of the scenario with an edit in it."""


def turning_points(result: Posterior, answers: Answers) -> Section:
    """For whom it was told to be, else for the runner-up: what, alone, would make it the likeliest, or depose it."""
    target = asked_about(result.scenario.claims_in_force().identities, result.after.identities)
    search = Turning(_believed(result, answers), target)
    controls = [each for group in groups(result.scenario) for each in group.controls if each.kind != "seed"]
    found = [(control, turn) for control in controls for turn in search.by(control)]
    turned = sorted([each for each in found if each[1].turns], key=_distance)
    helping = sorted([each for each in found if not each[1].turns], key=lambda each: -search.helps(each[1]))[:3]
    name, scenario = called(result.scenario, target), result.scenario
    what = f"depose {name}" if search.wins else f"make {name} the likeliest"
    rows = tuple(_row(control, turn, target, scenario) for control, turn in (turned or helping)[:_ROWS])
    shown = f"the nearest {_ROWS} of {len(turned)}" if len(turned) > _ROWS else "the nearest first"
    caption = f"Changes that, alone, {what}: {shown}" if turned else "The changes that come nearest"
    note = (
        f"Each of {len(controls)} numbers, claims and facts was moved alone, the world answering again. How far: in "
        "units of how far a number may plausibly be off. Up to 0.5 is a nudge, up to 1 plausible, up to 3 a stretch."
    )
    table = Table(caption, ("change", "from → to", "how far", "then the likeliest"), rows)
    return Section("Which single change would turn it?", _finding(turned, what), note, None, table)


def _believed(result: Posterior, answers: Answers) -> Callable[[Edit], Mapping[str, float] | None]:
    scenario, frame = result.scenario, result.case.frame

    def believed(edit: Edit) -> Mapping[str, float] | None:
        if not edit:
            return result.after.identities
        settings = dict(parse_assignment(f"{key}={text}") for key, text in edit.items())
        edited = scenario.with_settings(settings, "in the report")
        return identities_of(edited, answers(edited), frame)

    return believed


def _distance(each: tuple[Control, Turn]) -> float:
    """What is said otherwise comes between what is plausible and a stretch."""
    return 1.5 if each[1].distance is None else each[1].distance


def _finding(turned: list[tuple[Control, Turn]], what: str) -> str:
    if not turned:
        return f"No single change would {what}"
    control, turn = turned[0]
    many = len(turned)
    others = f"; so would {many - 1} other change{'s' * (many > 2)}, each alone" if many > 1 else ""
    return f"{control.what} {_from_to(control, turn)} would {what}{others}"


def _row(control: Control, turn: Turn, target: str, scenario: Scenario) -> tuple[str, ...]:
    far = turn.far if turn.distance is None else f"{turn.distance:.2g}, {turn.far}"
    then = called(scenario, turn.winner) + (f" ({probability_text(turn.p)})" if turn.winner == target else "")
    return control.what, _from_to(control, turn), far, then


def _from_to(control: Control, turn: Turn) -> str:
    if control.kind == "choice":
        options = dict(control.options)
        return f"{options.get(str(control.value or ''), control.value)} → {options.get(turn.text, turn.text)}"
    return f"{_short(float(control.value or 0))} → {_short(float(turn.text))}"


def _short(number: float) -> str:
    """Four digits, without an exponent where six places do."""
    return f"{float(f'{number:.4g}'):g}"
