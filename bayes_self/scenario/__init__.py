"""Scenarios: what the user writes, read, checked, edited and told back. Imports no JAX."""

from bayes_self.scenario.load import load, parse
from bayes_self.scenario.schema import Scenario

__all__ = ["Scenario", "load", "parse"]
