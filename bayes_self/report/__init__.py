"""Results told to people in a terminal: bars, verdicts, and one sentence that says what happened."""

from bayes_self.report.check import check_report
from bayes_self.report.comparison import comparison_report
from bayes_self.report.difference import difference_report, edited
from bayes_self.report.look import Look, terminal
from bayes_self.report.measures_attribution import attribution_report
from bayes_self.report.measures_landscape import landscape_report
from bayes_self.report.measures_probes import misfit_report, probe_value_report
from bayes_self.report.measures_realization import realization_report
from bayes_self.report.measures_viability import viability_report
from bayes_self.report.posterior import posterior_report
from bayes_self.report.robustness import robustness_report
from bayes_self.report.runs import runs_report

__all__ = [
    "Look",
    "attribution_report",
    "check_report",
    "comparison_report",
    "difference_report",
    "edited",
    "landscape_report",
    "misfit_report",
    "posterior_report",
    "probe_value_report",
    "realization_report",
    "robustness_report",
    "runs_report",
    "terminal",
    "viability_report",
]
