"""The page, from what was measured: `docs/benchmarks.md` out of the JSON files beside it."""

import statistics
from collections.abc import Callable
from typing import Any

from benchmarks.cases import CASES
from benchmarks.lines import LINES

Measured = dict[str, Any]

HOW = """
## How it was measured

One command measures what is missing and writes this page from the numbers beside it, in `benchmarks/`:

    pip install -e '.[bench]'
    python -m benchmarks

The work: for H identities, D facets of V values, the log evidence, P(identity) and every P(facet value), in float64,
given how often each value of each facet was read. Each contender has a process of its own; all are kept on one
processor core, with one thread each. In every round all contenders are timed one after the other on the same settings,
each inside its own process, in processor time, and a ratio compares times of one round: the median over rounds, the
smallest and the largest in brackets. Read the ratios; the times drift with the machine.

- **Importing**: the software, in a process that has NumPy. **Building**: the scenario (`bs.Scenario.from_dict`), the
  network, or the C kernel. **First call**: of one setting, with all that is compiled for it; of `bs.sweep`, all points.
- **Each**: later calls, per setting. Ours is what people call: `bs.posterior(scenario, evidence)`, and from it the log
  evidence and the labelled `identities` and `facets`; or one whole `bs.sweep(scenario, over, evidence)`, in memory,
  which also finds the bits to flip and the verdict of every facet. The evidence by name was made before. The others
  are given the logarithms of likelihoods, or in a sweep of each stream, and return arrays without names.
- What cannot be done in full within a round's budget is done in part ("done in a round"); a sweep of ours is whole.
- **Memory**: the most that the process had, with what it imported and its answer in it.
- **Difference**: from the exact answers to the first two settings, by Python's decimals, in probability, or in nats of
  log evidence.
"""

AHEAD = 1.0
"""A peer is ahead where it takes less than this times our time."""


def page(parts: dict[str, Measured]) -> str:
    """The whole page. `parts` has what was measured by the name of its file."""
    tables = [part for part in parts.values() if part["line"] in LINES]
    order = list(LINES)
    tables.sort(key=lambda part: (order.index(part["line"]), part["sizes"]))
    commands, sampling = parts.get("commands"), parts.get("sampling")
    if not parts:
        return "# Benchmarks\n\nNothing has been measured yet.\n" + HOW
    text = ["# Benchmarks", _conclusion(tables, sampling)]
    if commands and any("before" in row["processor"] for row in commands["rows"]):
        text.append(_before(commands))
    text += [_overview(tables), HOW]
    for key in order:
        own = [part for part in tables if part["line"] == key]
        if own:
            text.append(_line(own))
    if sampling:
        text.append(_sampling(sampling))
    if commands:
        text.append(_commands(commands))
    if "limits" in parts:
        text.append(_limits(parts["limits"]))
    text.append(_contenders(tables))
    text.append(_machines(parts))
    return "\n".join(text)


def _ratios(row: Measured, ours: Measured) -> list[float]:
    return [one / other for one, other in zip(row["seconds"], ours["seconds"], strict=True)]


def _is_limit(row: Measured) -> bool:
    return row["contender"].startswith("c_contender")


def _ahead(part: Measured) -> list[tuple[float, Measured]]:
    """Who takes less time than we, and how many times ours it takes."""
    ours, *others = part["rows"]
    found = [(statistics.median(_ratios(row, ours)), row) for row in others if not row["name"].startswith(ours["name"])]
    return sorted(((ratio, row) for ratio, row in found if ratio < AHEAD), key=lambda pair: pair[0])


def _conclusion(tables: list[Measured], sampling: Measured | None) -> str:
    """Where a peer is ahead, said first."""
    peers, kernel = [], []
    for part in tables:
        ahead = _ahead(part)
        for kept, is_limit in ((peers, False), (kernel, True)):
            told = [_of_our_time(ratio, row) for ratio, row in ahead if _is_limit(row) == is_limit]
            if told:
                kept.append(f"| {LINES[part['line']].title} | {_sizes(part)} | {', '.join(told)} |")
    columns = _header("line", "H, D, V", "its time, as a share of ours")
    said = ["\n## Where a peer is ahead\n"]
    said += [*columns, *peers] if peers else ["On no line of the table is a peer ahead."]
    for scenario in sampling["scenarios"] if sampling else []:
        ours, *others = scenario["rows"]
        for row in others:
            ratio = statistics.median(_rates(row, ours))
            if ratio > 1:
                said.append(f"\nNUTS on {scenario['name']}: **{row['sampler']}** has {ratio:.2f} times our rate.")
    if kernel:
        limit = "\nThe practical limit is a C kernel, without a certificate against underflow, without zeros:\n"
        said += [limit, *columns, *kernel]
    return "\n".join(said)


def _of_our_time(ratio: float, row: Measured) -> str:
    told = f"**{row['name']}** {figures(ratio)}"
    if row["difference"] > 1e-9:
        told += f" (off by {row['difference']:.0e})"
    return told + " (P(identity) only)" * ("P(identity) only" in row["told"])


def _sizes(part: Measured) -> str:
    return f"({', '.join(map(str, part['sizes']))})"


def _overview(tables: list[Measured]) -> str:
    """One row for each line: our time, and the peer that comes closest."""
    said = [
        "\n## At a glance\n",
        *_header("line", "H, D, V", "ours", "the fastest peer", "the slowest peer"),
    ]
    for part in tables:
        ours, *others = part["rows"]
        peers = sorted(
            (statistics.median(_ratios(row, ours)), row["name"])
            for row in others
            if not _is_limit(row) and not row["name"].startswith(ours["name"])
        )
        ends = [f"{name}, {figures(ratio)}×" for ratio, name in (peers[0], peers[-1])] if peers else ["", ""]
        said.append(
            f"| {LINES[part['line']].title} | {_sizes(part)} | {_time(statistics.median(ours['seconds']))} "
            f"| {ends[0]} | {ends[1]} |"
        )
    said.append("\nOurs is the time for one posterior, or for one point of a sweep; × is times longer than ours.")
    return "\n".join(said)


def _line(parts: list[Measured]) -> str:
    said = [f"\n## {LINES[parts[0]['line']].title}\n"]
    columns = ("importing", "building", "first call", "each", "times ours (spread)", "done in a round", "memory")
    said += _header("H, D, V", "software", *columns, "difference")
    for part in parts:
        ours = part["rows"][0]
        for row in part["rows"]:
            ratio = "1" if row is ours else _spread(_ratios(row, ours))
            times = (_time(row[name]) for name in ("importing", "building", "first"))
            said.append(
                f"| {_sizes(part)} | {row['name']} | {' | '.join(times)} | {_time(statistics.median(row['seconds']))} "
                f"| {ratio} | {row['n']:,} | {row['memory'] / 2**20:,.0f} MB | {row['difference']:.0e} |"
            )
    for part in parts:
        if LINES[part["line"]].whole:
            each = statistics.median(part["rows"][0]["seconds"]) * part["asked"]
            said.append(f"\nAll {part['asked']:,} points at {_sizes(part)}: {_time(each)}.")
    for part in parts:
        said += [f"\n{_skipped(each, _sizes(part))}" for each in part["skipped"]]
    return "\n".join(said)


def _skipped(each: Measured, where: str) -> str:
    name = each["contender"].replace("_contender:", ", ")
    if each["missing"]:
        return f"Skipped at {where}: {name} ({each['missing']} is not installed)."
    return f"No answer at {where}: {name} ({each['kind']}: {each['why'][:160]})."


SAMPLING = """
## NUTS: effective draws a second

Coherence and the reliability of `rl`, given what the scenario's world shows. Four chains of 500 steps of warm-up and
1,000 draws, an acceptance rate of 0.9 for all. Effective draws are the bulk effective sample size (ArviZ) of the number
with the fewest, per second of the processor for a whole run: starting, warm-up, draws. `bs.infer` is called as people
call it: a run includes tracing and compiling its program, the beliefs at every draw, and the diagnosis. BlackJAX and
nutpie are compiled in their first run only. A sampler whose chains find no start at which the density is finite stays
where it is: its few effective draws are no answer.
"""


def _rates(row: Measured, ours: Measured) -> list[float]:
    """Effective draws a second, in times ours, by round."""
    found = [[n / s for n, s in zip(each["effective"], each["seconds"], strict=True)] for each in (row, ours)]
    return [a / b for a, b in zip(*found, strict=True)]


def _sampling(part: Measured) -> str:
    said = [
        SAMPLING,
        *_header("scenario", "sampler", "first run", "a run", "effective draws", "rate, times ours (spread)"),
    ]
    for scenario in part["scenarios"]:
        ours = scenario["rows"][0]
        for row in scenario["rows"]:
            ratio = "1" if row is ours else _spread(_rates(row, ours))
            run, effective = statistics.median(row["seconds"]), statistics.median(row["effective"])
            said.append(
                f"| {scenario['name']} | {row['sampler']} | {_time(row['first'])} | {_time(run)} "
                f"| {effective:,.0f} | {ratio} |"
            )
        said += [f"\nSkipped on {scenario['name']}: {why}" for why in scenario["skipped"]]
    return "\n".join(said)


COMMANDS = """
## Commands, and calls of the package

Whole processes, from their start to their end, in turn, with compiled modules (`.pyc`) there. NEW is a scenario of a
shape that was not there before, another in every round. Calls are timed inside their process, twice.
"""
BEFORE = """
## Compared with the commit before

The same commands and calls, in the same rounds, with an older commit of the package in an environment of its own:
processor time on one core, and the time of now as a share of the time before, median over rounds (spread).
"""


def _commands(part: Measured) -> str:
    said = [COMMANDS, *_header("command or call", "by the clock (spread)", "processor time (spread)")]
    for row in part["rows"]:
        clock, processor = (_spread(row[name]["ours"], _time) for name in ("clock", "processor"))
        said.append(f"| `{row['name']}` | {clock} | {processor} |")
    return "\n".join(said)


def _before(part: Measured) -> str:
    said = [BEFORE, *_header("command or call", "before", "now", "share (spread)")]
    for row in part["rows"]:
        if "before" in row["processor"]:
            now, before = row["processor"]["ours"], row["processor"]["before"]
            share = _spread([a / b for a, b in zip(now, before, strict=True)])
            said.append(
                f"| `{row['name']}` | {_time(statistics.median(before))} | {_time(statistics.median(now))} | {share} |"
            )
    return "\n".join(said)


def _limits(part: Measured) -> str:
    cases = [key for key in CASES if any(key in row["cells"] for row in part["rows"])]
    said = [
        "\n## What a peer cannot do\n",
        "Every cell was run; the exact answers are Python's decimals, to fifty digits.\n",
    ]
    said += [f"{i}. {CASES[key].title}" for i, key in enumerate(cases, 1)]
    said += ["", *_header("software", *(str(i) for i, _ in enumerate(cases, 1)))]
    for row in part["rows"]:
        cells = (_in_table(row["cells"].get(key, "")) for key in cases)
        said.append(f"| {row['name']} | {' | '.join(cells)} |")
    said += [f"\n{_skipped(each, 'the cases')}" for each in part["skipped"]]
    return "\n".join(said)


def _header(*columns: str) -> list[str]:
    """The two lines that open a table."""
    return [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]


def _in_table(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _contenders(tables: list[Measured]) -> str:
    """What was measured of each, in its own words."""
    told = {(row["name"], row["told"]): None for part in tables for row in part["rows"] if row["told"]}
    return "\n".join(["\n## Who is measured\n", *(f"- **{name}**: {said}" for name, said in told)])


def _machines(parts: dict[str, Measured]) -> str:
    said = ["\n## On what\n"]
    grouped: dict[str, list[str]] = {}
    for name, part in parts.items():
        own = part["machine"]
        versions = ", ".join(f"{package} {version}" for package, version in own["versions"].items())
        key = f"{own['date']}, one core of an {own['processor']}, {own['system']}, Python {own['python']}; {versions}"
        grouped.setdefault(key, []).append(name)
    said += [f"- {key}: {', '.join(sorted(names)) if len(grouped) > 1 else 'all'}." for key, names in grouped.items()]
    return "\n".join(said) + "\n"


def _spread(numbers: list[float], told: Callable[[float], str] | None = None) -> str:
    told = told or figures
    return f"{told(statistics.median(numbers))} ({told(min(numbers))} to {told(max(numbers))})"


def figures(number: float) -> str:
    """Two significant figures, no exponent."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.2g}"


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"
