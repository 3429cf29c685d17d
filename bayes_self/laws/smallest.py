"""The smallest counterexample: what can be left out of a scenario and its evidence, as long as a law stays broken."""

from bayes_self.laws.definition import Key, LawBroken


def smallest_of(broken: LawBroken, key: Key) -> LawBroken:
    return broken
