"""What would change its mind: the single edits that would make another identity the likeliest, as a table."""

from bayes_self.beliefs.posterior import Posterior
from bayes_self.measures.turning_points import TurningPoint, asked_about, turning_points
from bayes_self.page.sections import Section, Table
from bayes_self.scenario import Scenario
from bayes_self.scenario.controls import Control, groups
from bayes_self.scenario.wording import called
from bayes_self.words.numbers import probability_text
from bayes_self.world.edition import Edition

_ROWS = 10


def section(result: Posterior, edition: Edition) -> Section:
    """What alone would make the identity that the spec claims (or the runner-up) the likeliest, or depose it."""
    target = asked_about(result.scenario.claims_in_force().identities, result.after.identities)
    controls = [each for group in groups(result.scenario) for each in group.controls if each.kind != "seed"]
    found = turning_points(edition, controls, target, result.case.frame)
    turned = sorted([each for each in found.points if each[1].turns], key=_distance)
    helping = sorted([each for each in found.points if not each[1].turns], key=lambda each: -found.helps(each[1]))[:3]
    name, scenario = called(result.scenario, target), result.scenario
    what = f"depose {name}" if found.wins else f"make {name} the likeliest"
    rows = tuple(_row(control, point, target, scenario) for control, point in (turned or helping)[:_ROWS])
    shown = f"the nearest {_ROWS} of {len(turned)}" if len(turned) > _ROWS else "the nearest first"
    caption = f"Changes that, alone, {what}: {shown}" if turned else "The changes that come nearest"
    note = (
        f"Each of {len(controls)} numbers, claims and facts was moved alone. The evidence was held, except where the "
        "change was to the world, which then answered again. How far: in "
        "units of how far a number may plausibly be off. Up to 0.5 is a nudge, up to 1 plausible, up to 3 a stretch."
    )
    table = Table(caption, ("change", "from → to", "how far", "then the likeliest"), rows)
    return Section("Which single change would turn it?", _finding(turned, what), note, None, table)


def _distance(each: tuple[Control, TurningPoint]) -> float:
    """What is said otherwise comes between what is plausible and a stretch."""
    return 1.5 if each[1].distance is None else each[1].distance


def _finding(turned: list[tuple[Control, TurningPoint]], what: str) -> str:
    if not turned:
        return f"No single change would {what}"
    control, point = turned[0]
    many = len(turned)
    others = f"; so would {many - 1} other change{'s' * (many > 2)}, each alone" if many > 1 else ""
    return f"{control.what} {_from_to(control, point)} would {what}{others}"


def _row(control: Control, point: TurningPoint, target: str, scenario: Scenario) -> tuple[str, ...]:
    far = point.far if point.distance is None else f"{point.distance:.2g}, {point.far}"
    then = called(scenario, point.winner) + (f" ({probability_text(point.p)})" if point.winner == target else "")
    return control.what, _from_to(control, point), far, then


def _from_to(control: Control, point: TurningPoint) -> str:
    if control.kind == "choice":
        options = dict(control.options)
        return f"{options.get(str(control.value or ''), control.value)} → {options.get(point.text, point.text)}"
    return f"{_short(float(control.value or 0))} → {_short(float(point.text))}"


def _short(number: float) -> str:
    """Four digits, without an exponent where six places do."""
    return f"{float(f'{number:.4g}'):g}"
