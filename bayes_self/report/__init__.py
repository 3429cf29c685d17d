"""Results told to people in a terminal: bars, verdicts, and one sentence that says what happened."""

from bayes_self.report.comparison import comparison_report
from bayes_self.report.look import Look, terminal
from bayes_self.report.posterior import posterior_report

__all__ = ["Look", "comparison_report", "posterior_report", "terminal"]
