"""A counterexample, as files that can be run."""

from bayes_self.evidence.evidence import Evidence
from bayes_self.scenario import Scenario


def as_files(scenario: Scenario, evidence: Evidence) -> str:
    """The scenario as a TOML file, and the evidence as a CSV file, with the command that runs them."""
    run = "bayes-self run counterexample.toml"
    if not evidence:
        return f"To see it, save this as counterexample.toml and run `{run}`:\n\n{scenario.to_toml()}"
    rows = [[str(row[name]) for name in ("stream", "probe", "outcome", "count")] for row in evidence.rows(scenario)]
    table = "\n".join(",".join(map(_cell, row)) for row in [["stream", "probe", "outcome", "count"], *rows])
    return (
        "To see it, save these as counterexample.toml and counterexample.csv and run "
        f"`{run} --evidence counterexample.csv`:\n\n{scenario.to_toml()}\n{table}\n"
    )


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n\r') else text
