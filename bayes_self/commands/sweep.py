"""`sweep`: beliefs over a grid, or a quasi-random sample, of a scenario's numbers."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bayes_self.commands import options
from bayes_self.commands.group import INTERRUPTED
from bayes_self.commands.inputs import NOTHING_ASKED, read_inputs, read_scenario
from bayes_self.commands.output import note

if TYPE_CHECKING:
    from bayes_self.evidence.evidence import Evidence
    from bayes_self.scenario import Scenario
    from bayes_self.sweeps.axes import Points
    from bayes_self.sweeps.plan import Plan

Over = Annotated[
    list[str],
    options.option(
        "--over",
        metavar="KEY=FROM:TO:N[:log]|KEY=a,b,c",
        help="A dotted key of the file and its values. May be repeated: all combinations.",
    ),
]
Out = Annotated[
    Path,
    options.option(
        "--out",
        metavar="DIR",
        help="Write the result there; where the same sweep was ended before its time, go on with it.",
    ),
]
PointsN = Annotated[
    int | None,
    options.option(
        "--points", metavar="N", min=1, help="N quasi-random points in place of a grid; then --over KEY=FROM:TO[:log]."
    ),
]
Show = Annotated[
    str, typer.Option("--show", metavar="identity|FACET", help="What the picture is of: the likeliest answer to it.")
]
Workers = Annotated[
    int | None, options.option("--workers", metavar="N", min=1, help="On N processes of this machine, by Dask.")
]
Scheduler = Annotated[
    str | None,
    options.option("--scheduler", metavar="ADDRESS", help="On the workers of a Dask scheduler that share DIR."),
]


@dataclass(frozen=True)
class Cluster:
    """Where a sweep is computed: on this machine's threads unless one of them is given."""

    workers: Workers = None
    scheduler: Scheduler = None

    def __post_init__(self) -> None:
        """Refuse two clusters at once."""
        if self.workers is not None and self.scheduler is not None:
            raise typer.BadParameter("--workers starts a cluster, and --scheduler names one: give one of them")


HERE = Cluster()


@options.grouped
def sweep(
    scenario: options.ScenarioName,
    over: Over,
    out: Out,
    points: PointsN = None,
    show: Show = "identity",
    cluster: Cluster = HERE,
    inputs: options.Inputs = NOTHING_ASKED,
    as_json: options.AsJson = False,
) -> None:
    """Map beliefs over numbers of the scenario: posteriors, bits to flip, verdicts and log evidence at every point.

    The evidence is what the world of each point gives in expectation; that of --evidence, or one draw with --seed, is
    kept at every point. A run that was ended, however, goes on when the same command is given again.
    """
    from bayes_self.commands.sweep_results import FILES, tell
    from bayes_self.sweeps.notation import read_points

    asked = read_scenario(scenario, inputs.settings)
    _refuse_unknown(show, asked)
    where = read_points(over, points)
    from bayes_self.commands.folder import refuse_taken

    refuse_taken(out, FILES)
    given = _evidence(scenario, inputs, where)
    plan = _plan(asked, where, inputs.in_frame, given)
    _run(plan, out, cluster)
    tell(asked, where, out, show, as_json)


def _plan(scenario: "Scenario", points: "Points", frame: str, evidence: "Evidence | None") -> "Plan":
    """The plan, all of whose faults are told before a file is written."""
    from bayes_self.sweeps.plan import Plan

    plan = Plan(scenario, points, frame, evidence)
    assert plan.evaluator.moves is not None
    return plan


def _evidence(name: str, inputs: options.Inputs, points: "Points") -> "Evidence | None":
    """What was observed, at every point; None for what the world of each point gives in expectation."""
    if inputs.expected and inputs.seed is not None:
        raise typer.BadParameter("give --expected or --seed, not both: evidence is expected or drawn")
    in_world = read_scenario(name, inputs.settings).world is not None
    if inputs.evidence is None and inputs.seed is None and in_world:
        return None
    tried = [axis.key for axis in points.axes if axis.key.startswith("world.")]
    if tried:
        raise typer.BadParameter(f"the evidence is given, or drawn once: {tried[0]} would change nothing of it")
    seed = inputs.seed if in_world else None
    return read_inputs(name, replace(inputs, expected=False, seed=seed))[1]


def _refuse_unknown(show: str, scenario: "Scenario") -> None:
    from bayes_self.errors import Fault, ScenarioError
    from bayes_self.words.spelling import did_you_mean, listed, shown

    known = ["identity", *scenario.facets]
    if show not in known:
        fault = Fault("--show", None, shown(show), f"one of {listed(known)}", did_you_mean(show, known))
        raise ScenarioError([fault], scenario.name)


def _run(plan: "Plan", out: Path, cluster: Cluster) -> None:
    """Say what it will take, and do what is missing; Ctrl-C leaves what is whole."""
    from bayes_self.sweeps import execution, store

    store.prepare(out, plan)
    missing = execution.missing_chunks(out, plan)
    whole = len(plan.regions) - len(missing)
    if whole:
        note(f"{whole:,} of {len(plan.regions):,} chunks are there already")
    if not missing:
        return
    try:
        _announce(plan, missing, cluster)
        _progress(plan, missing, lambda tick: _compute(plan, out, missing, cluster, tick))
    except KeyboardInterrupt:
        left = len(execution.missing_chunks(out, plan))
        done = len(plan.regions) - left
        note(f"stopped with {done:,} of {len(plan.regions):,} chunks whole; the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None


def _announce(plan: "Plan", missing: Sequence[int], cluster: Cluster) -> None:
    """One line, before anything long starts."""
    from bayes_self.sweeps.execution import estimate, threads

    elsewhere = cluster.scheduler is not None
    side_by_side = 1 if elsewhere else cluster.workers or threads()
    found = estimate(plan, missing, side_by_side)
    where = "on one worker, and more on more" if elsewhere else f"on {side_by_side}"
    typer.echo(
        f"plan: {found.points:,} points in {found.chunks:,} chunks; about {_duration(found.seconds)} {where} "
        f"({found.rate:,.0f} points/s, {'compiled' if plan.evaluator.is_compiled else 'nothing compiled'}), "
        f"memory {_bytes(found.memory)}, disk at most {_bytes(found.disk)}",
        err=True,
    )


def _duration(seconds: float) -> str:
    for unit, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{max(seconds, 1):.0f} s"


def _bytes(size: float) -> str:
    for unit, power in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if size >= power:
            return f"{size / power:.1f} {unit}"
    return f"{size / 1e3:.0f} kB"


def _progress(plan: "Plan", missing: Sequence[int], work: Callable[[Callable[[int], None]], None]) -> None:
    """A bar with the rate and what remains, on standard error."""
    total, start, done = sum(plan.size(index) for index in missing), time.monotonic(), 0
    with typer.progressbar(length=total, label="sweep", file=sys.stderr) as bar:

        def tick(n: int) -> None:
            nonlocal done
            done += n
            if sys.stderr.isatty():
                bar.label = f"sweep, {done / max(time.monotonic() - start, 1e-9):,.0f} points/s"
            bar.update(n)

        work(tick)


def _compute(
    plan: "Plan",
    out: Path,
    missing: Sequence[int],
    cluster: Cluster,
    tick: Callable[[int], None],
) -> None:
    if cluster == HERE:
        from bayes_self.sweeps.execution import run

        return run(out, plan, missing, tick)
    from bayes_self.sweeps.cluster import client_of, run_on

    with client_of(cluster.scheduler, cluster.workers) as client:
        return run_on(client, out, missing, tick)
