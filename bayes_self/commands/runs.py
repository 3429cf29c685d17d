"""`run --runs`: many runs of a scenario at once."""

from pathlib import Path
from typing import TYPE_CHECKING

from bayes_self.commands.output import print_json, print_lines

if TYPE_CHECKING:
    from bayes_self.scenario import Scenario

FILES = ("runs.json", "runs.nc", "runs.png")


def run_many(scenario: "Scenario", runs: int, steps: int | None, frame: str, as_json: bool, out: Path | None) -> None:
    """Run the scenario so many times from its world's seed, and tell where the runs end."""
    if out is not None:
        from bayes_self.commands.folder import refuse_taken

        refuse_taken(out, FILES)
    from bayes_self.beliefs.runs import many_runs
    from bayes_self.results.contract import RunsObject

    seed = scenario.world.seed if scenario.world is not None else 0
    found = many_runs(scenario, key=seed, runs=runs, steps=steps, frame=frame)
    if out is not None:
        from bayes_self import plots
        from bayes_self.commands.folder import object_writer, write_all
        from bayes_self.files.writing import write_netcdf

        write_all(
            out,
            {
                "runs.json": object_writer(RunsObject.of(found)),
                "runs.nc": lambda path: write_netcdf(path, found.to_dataset()),
                "runs.png": lambda path: plots.save(plots.plot_runs(found), path),
            },
        )
    if as_json:
        return print_json(RunsObject.of(found))
    from bayes_self.report.look import terminal
    from bayes_self.report.runs import runs_report

    return print_lines(runs_report(found, terminal()))
