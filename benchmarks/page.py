"""The page, from what was measured: `docs/benchmarks.md` out of the JSON files beside it."""

import statistics
from typing import Any

from benchmarks.cases import CASES
from benchmarks.lines import LINES

Measured = dict[str, Any]

INTRODUCTION = """# Benchmarks

Made by one command, from numbers kept beside this page in `benchmarks/`:

    pip install -e '.[bench]'
    python -m benchmarks --write docs/benchmarks.md    # measures what is missing, then writes the page
    python -m benchmarks --only batch --again          # measures one line again, whatever is there

The work: for H identities, D facets of V values, the log evidence, P(identity) and every P(facet value), in float64.
Each contender has a process of its own; all are kept on one processor core, with one thread each. In every round all
contenders are timed one after the other on the same settings, each inside its own process, and a ratio compares times
of one round: the median over rounds, the smallest and the largest in brackets. Read the ratios; the times drift with
the machine. Importing, compiling, building networks and a first answer are not counted. What cannot be done in full
within a round's budget is done in part ("done in a round"). Memory is the most that a process took beyond its imports
and the settings themselves: its answer and what it compiled are in it. Differences are those of the answers to the
first two settings from ours, in probability, or in nats of log evidence.
"""

AHEAD = 1.0
"""A peer is ahead where it takes less than this times our time."""


def page(parts: dict[str, Measured]) -> str:
    """The whole page. `parts` has what was measured by the name of its file."""
    tables = [part for part in parts.values() if part["line"] in LINES]
    order = list(LINES)
    tables.sort(key=lambda part: (order.index(part["line"]), part["sizes"]))
    text = [INTRODUCTION, _conclusion(tables, parts.get("sampling")), _overview(tables)]
    for key in order:
        own = [part for part in tables if part["line"] == key]
        if own:
            text.append(_line(own))
    if "sampling" in parts:
        text.append(_sampling(parts["sampling"]))
    if "startup" in parts:
        text.append(_startup(parts["startup"]))
    if "limits" in parts:
        text.append(_limits(parts["limits"]))
    text.append(_contenders(tables))
    text.append(_machines({name: part for name, part in parts.items() if "machine" in part}))
    if "said" in parts:
        text.append(parts["said"]["said"] + "\n")
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
        for ratio, row in _ahead(part):
            where = f"{LINES[part['line']].title} at {_sizes(part)}"
            spread = _ratios(row, part["rows"][0])
            told = (
                f"- {where}: **{row['name']}** takes {ratio:.2f} of our time ({min(spread):.2f} to {max(spread):.2f})"
            )
            if row["difference"] is not None and row["difference"] > 1e-9:
                told += f"; its answer is off by {row['difference']:.0e}"
            if "P(identity) only" in row["told"]:
                told += "; it gives P(identity) only"
            (kernel if _is_limit(row) else peers).append(told)
    for scenario in sampling["scenarios"] if sampling else []:
        ours, *others = scenario["rows"]
        for row in others:
            ratio = statistics.median(a / b for a, b in zip(row["rates"], ours["rates"], strict=True))
            if ratio > 1:
                peers.append(f"- NUTS on {scenario['name']}: **{row['name']}** has {ratio:.2f} times our rate")
    said = ["\n## Where a peer is ahead\n"]
    said += peers or ["On no line of the table is a peer ahead."]
    if kernel:
        said += [
            "\nThe practical limit is a C kernel, without a certificate against underflow, without zeros:\n",
            *kernel,
        ]
    return "\n".join(said)


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
    said.append("\nOurs is the time for one posterior (or gradient, or spectrum); × is times longer than ours.")
    return "\n".join(said)


def _line(parts: list[Measured]) -> str:
    said = [f"\n## {LINES[parts[0]['line']].title}\n"]
    said += _header("H, D, V", "software", "each", "times ours (spread)", "done in a round", "memory", "difference")
    for part in parts:
        ours = part["rows"][0]
        for row in part["rows"]:
            spread = _ratios(row, ours)
            ratio = "1" if row is ours else _spread(spread)
            difference = "" if row["difference"] is None else f"{row['difference']:.0e}"
            said.append(
                f"| {_sizes(part)} | {row['name']} | {_time(statistics.median(row['seconds']))} | {ratio} "
                f"| {row['n']:,} | {row['memory'] / 2**20:,.0f} MB | {difference} |"
            )
    for part in parts:
        ours = part["rows"][0]
        if LINES[part["line"]].in_chunks:
            each = ours["whole"] or statistics.median(ours["seconds"]) * part["asked"]
            said.append(f"\nAll {part['asked']:,} points at {_sizes(part)}: {figures(each)} s.")
    for part in parts:
        said += [f"\n{_skipped(each, _sizes(part))}" for each in part["skipped"]]
    return "\n".join(said)


def _skipped(each: Measured, where: str) -> str:
    name = each["contender"].replace("_contender:", ", ")
    if each["missing"]:
        return f"Skipped at {where}: {name} ({each['missing']} is not installed)."
    return f"No answer at {where}: {name} ({each['kind']}: {each['why'][:160]})."


def _sampling(part: Measured) -> str:
    said = ["\n## NUTS: effective draws a second\n", part["told"], ""]
    said += _header("scenario", "sampler", "compiling", "a run", "effective draws", "a second", "times ours (spread)")
    for scenario in part["scenarios"]:
        ours = scenario["rows"][0]
        for row in scenario["rows"]:
            spread = [one / other for one, other in zip(row["rates"], ours["rates"], strict=True)]
            ratio = "1" if row is ours else _spread(spread)
            run, effective, rate = (statistics.median(row[name]) for name in ("seconds", "effective", "rates"))
            said.append(
                f"| {scenario['name']} | {row['name']} | {row['compiling']:.1f} s | {run:.2f} s "
                f"| {effective:,.0f} | {rate:,.0f} | {ratio} |"
            )
        said += [f"\nSkipped on {scenario['name']}: {why}" for why in scenario["skipped"]]
    return "\n".join(said)


def _startup(part: Measured) -> str:
    said = ["\n## Start-up\n", part["told"], ""]
    said += _header("command", "by the clock (spread)", "processor time (spread)", "times importing JAX")
    floor = statistics.median(part["rows"][0]["processor"])
    for row in part["rows"]:
        clock, processor = (
            f"{statistics.median(row[name]):.2f} s ({min(row[name]):.2f} to {max(row[name]):.2f})"
            for name in ("clock", "processor")
        )
        times = figures(statistics.median(row["processor"]) / floor)
        said.append(f"| `{row['name']}` | {clock} | {processor} | {times} |")
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


def _spread(ratios: list[float]) -> str:
    return f"{figures(statistics.median(ratios))} ({figures(min(ratios))} to {figures(max(ratios))})"


def figures(number: float) -> str:
    """Two significant figures, no exponent."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.2g}"


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"
