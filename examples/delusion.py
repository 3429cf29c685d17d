"""Delusion, measured: what the JFK-coder must believe about ownership and about its spec to stay JFK; and the bill.

python examples/delusion.py [FOLDER]     saves delusion.png, in "out" unless said
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

import bayes_self as bs
from bayes_self import plots
from bayes_self.beliefs.case import Case, case_of
from bayes_self.model.beliefs import Beliefs, believe
from bayes_self.model.potentials import Counts
from bayes_self.plots.drawing.canvas import Headline, Margins, axes_to_measure, note_below, text_above
from bayes_self.plots.drawing.end_labels import EndLabel, write_end_labels
from bayes_self.plots.drawing.lettering import POINTS, wrapped
from bayes_self.plots.drawing.palette import GRID, INK, TRUE, tint

SHARES = (0.5, 1.0, 1.5)
"""How much of the file's evidence is there, on the map."""
AGAINST = np.linspace(-2, 110, 57)
"""Bits against ownership: log2((1 - τ) / τ)."""
TRUST = np.linspace(2, 46, 23)
"""Bits of a claim about the substrate: log2(1 + 3ρ / (1 - ρ))."""
ALONG = np.linspace(0, 2, 17)
WHOLE = 8
"""Shares of the evidence along which the price and the bill are followed; which of them is the file's."""
ANSWERS = 3
"""What the substrate may be: three values."""
LABELS = {0.5: (6, 14), 1.0: (36, 11), 1.5: (45, 22)}
"""Where on the map the line of each share has its label: free of the others."""
BEHIND = {"facecolor": "white", "alpha": 0.6, "edgecolor": "none", "pad": 0.5}


type Floats = float | np.ndarray


@dataclass(frozen=True)
class Coder:
    """The JFK-coder with expected evidence, to be asked under any belief about ownership and the spec."""

    case: Case
    jfk: int
    brain: tuple[int, int]

    @classmethod
    def of(cls, scenario: bs.Scenario) -> "Coder":
        case = case_of(scenario, bs.expect(scenario))
        substrate = case.names.facets.index("substrate")
        brain = case.names.values[substrate].index("human brain")
        return cls(case, case.names.identities.index("jfk"), (substrate, brain))

    @property
    def trials(self) -> float:
        """The trials of the file, all probes together."""
        return float(self.case.counts.single.sum() + sum(seen.sum() for seen in self.case.counts.joint))

    def beliefs(self, against: Floats, trust: Floats, share: Floats) -> Beliefs:
        """Its beliefs with so many bits against ownership, and for a claim, after that share of the evidence.

        Where some of the three are arrays, so are the beliefs, along leading axes.
        """
        of, rho = self.case.believed, np.asarray(reliability(trust))[..., None]
        against, share = np.asarray(against)[..., None], np.asarray(share)[..., None, None]
        held = replace(
            of,
            ownership=np.zeros_like(of.ownership) + 1 / (1 + 2.0**against),
            claims=replace(of.claims, reliability=np.zeros_like(of.claims.reliability) + rho),
            identity_claims=replace(
                of.identity_claims, reliability=np.zeros_like(of.identity_claims.reliability) + rho
            ),
        )
        seen = self.case.counts
        return believe(held, Counts(seen.single * share, tuple(each * share for each in seen.joint)))

    def staying(self, against: Floats, trust: Floats, share: Floats) -> np.ndarray:
        """P(JFK) and P(a human brain), along a last axis."""
        found = self.beliefs(against, trust, share)
        return np.stack([found.identities[..., self.jfk], found.facets[(..., *self.brain)]], -1)

    def bill(self, against: float, trust: float) -> np.ndarray:
        """Bits by which what happened surprised it more than one who knew the chances, along the shares."""
        log_z = self.beliefs(against, trust, ALONG).log_evidence / np.log(2)
        every = [*self.case.counts.single, *(seen[0] for seen in self.case.counts.joint)]
        need_be = sum(float(n @ np.log2(n / n.sum(), where=n > 0, out=np.zeros_like(n))) for n in every if n.sum() > 0)
        return need_be * ALONG - (log_z - log_z[0])


def reliability(bits: Floats) -> Floats:
    """The ρ with which a claim about the substrate supplies so many bits."""
    odds = (2.0**bits - 1) / ANSWERS
    return odds / (1 + odds)


def price(grid: np.ndarray, p: np.ndarray) -> float:
    """The bits at which a probability first passes one half; NaN if it always has, or never does."""
    if p[0] > 0.5 or not (p > 0.5).any():
        return np.nan
    after = int(np.argmax(p > 0.5))
    return float(np.interp(0.5, p[after - 1 : after + 1], grid[after - 1 : after + 1]))


def bits_of(scenario: bs.Scenario) -> tuple[float, float]:
    """Bits against ownership, and of a claim about the substrate, as a file has them."""
    streams = scenario.to_dict()["streams"]
    tau, rho = streams["rl"]["ownership"], streams["spec"]["reliability"]
    return float(np.log2((1 - tau) / tau)), float(np.log2(1 + ANSWERS * rho / (1 - rho)))


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario, written = bs.load("delusion"), bs.load("jfk_coder")
    coder, sane, deluded = Coder.of(written), bits_of(written), bits_of(scenario)
    maps = {share: coder.staying(AGAINST, TRUST[:, None], share) for share in SHARES}
    after = ALONG[:, None]
    disowning, trusting = coder.staying(AGAINST, sane[1], after), coder.staying(sane[0], TRUST, after)
    routes = {
        "brain, disowning": [price(AGAINST, p) for p in disowning[..., 1]],
        "brain, trusting": [price(TRUST, p) for p in trusting[..., 1]],
        "JFK, trusting": [price(TRUST, p) for p in trusting[..., 0]],
    }
    bills = {"as written": coder.bill(*sane), "deluded": coder.bill(*deluded)}
    keeps = coder.staying(*deluded, ALONG)[:, 1] > 0.5
    trials = ALONG * coder.trials
    print(f"{scenario.title}. {scenario.question}")
    print(f"  trials, bits that it takes ({'; '.join(routes)}), surprise in bits ({'; '.join(bills)})")
    for i, n in enumerate(trials):
        print(f"  {n:6.1f}   " + "   ".join(f"{each[i]:6.1f}" for each in (*routes.values(), *bills.values())))

    last = trials[keeps][-1]
    slope = (bills["deluded"][keeps][-1] - bills["deluded"][WHOLE // 2]) / (last - trials[WHOLE // 2])
    growth = routes["brain, disowning"][WHOLE] - routes["brain, disowning"][WHOLE - 1]
    finding = (
        f"To keep a human brain through {trials[WHOLE]:.0f} trials takes {routes['brain, disowning'][WHOLE]:.0f} bits "
        f"against ownership, or claims of {routes['brain, trusting'][WHOLE]:.0f} bits; to be JFK at all, "
        f"claims of {routes['JFK, trusting'][WHOLE]:.0f}"
    )
    print(f"  {finding}")
    print(f"  each trial adds {growth / (trials[WHOLE] - trials[WHOLE - 1]):.2f} bits against ownership;")
    print(
        f"  the deluded ({deluded[0]:.0f} and {deluded[1]:.1f} bits) pays {slope:.2f} bits a trial, to trial {last:.0f}"
    )
    with plots.style():
        draw(finding, scenario.title, folder / "delusion.png", written, maps, routes, bills, trials, (sane, deluded))


def draw(
    finding: str,
    title: str,
    to: Path,
    scenario: bs.Scenario,
    maps: dict[float, np.ndarray],
    routes: dict[str, list[float]],
    bills: dict[str, np.ndarray],
    trials: np.ndarray,
    written: tuple[tuple[float, float], tuple[float, float]],
) -> None:
    """The map of beliefs, the price against trials, and what is paid in surprise."""
    headline = Headline.of(finding, f"{title}: the JFK-coder, expected evidence", 9.5)
    axes = axes_to_measure([3.0, 2.0, 1.7], [2.9], Margins(0.6, 1.1, headline.inches + 0.4, 0.95, 1.8))
    headline.draw(axes[0], 0.5, up=0.4)
    colors = plots.identity_colors(scenario)
    map_of(axes[0], maps, trials[WHOLE], colors, written)
    of_routes = {
        "his brain, by\ndisowning": (routes["brain, disowning"], colors["jfk"], "-"),
        "his brain,\nby trusting": (routes["brain, trusting"], colors["jfk"], (0, (4, 2))),
        "being JFK,\nby trusting": (routes["JFK, trusting"], TRUE, (0, (4, 2))),
    }
    lines(axes[1], "What does it take?", trials, of_routes, "bits")
    of_bills = {"the deluded": (bills["deluded"], colors["jfk"], "-"), "as written": (bills["as written"], TRUE, "-")}
    lines(axes[2], "What is paid in surprise?", trials, of_bills, "bits more than need be")
    note = (
        f"Left: who it is after {trials[WHOLE]:.0f} trials (colours); lines: where the brain is lost after so many "
        "trials; rings: the two files. Claims are about the substrate; those about era and identity are as reliable. "
        "Middle: what it takes with the other number as written. Right: beliefs as in the two files; once his delusion "
        "breaks, the deluded hardly pays any more."
    )
    note_below(axes[0], wrapped(note, 10.2 * POINTS, 8.0), 0.5, 0.5)
    plots.save(axes[0], to)


def map_of(
    ax: Axes,
    maps: dict[float, np.ndarray],
    trials: float,
    colors: dict[str, str],
    written: tuple[tuple[float, float], tuple[float, float]],
) -> None:
    """Who it is after the file's trials, as colours; where a brain is lost after other numbers of trials, lines."""
    named, brain = maps[1.0][..., 0], maps[1.0][..., 1]
    ax.set_facecolor(tint(colors["assistant"], 0.75))
    ax.contourf(AGAINST, TRUST, named, levels=[0.5, 1.1], colors=[tint(colors["jfk"], 0.75)])
    ax.contourf(AGAINST, TRUST, brain, levels=[0.5, 1.1], colors=[tint(colors["jfk"], 0.4)])
    bold = {"size": 8, "weight": "bold", "ha": "center", "va": "center"}
    ax.text(70, 33, "JFK with a human brain", **bold)
    ax.text(25, 8, "not JFK", **bold)
    arrow = {"arrowstyle": "-", "color": INK, "linewidth": 0.8}
    ax.annotate("JFK, not his brain", (3, 31), (62, 43), arrowprops=arrow, **bold)
    for share, found in maps.items():
        width = 2.0 if share == 1 else 1.0
        drawn = ax.contour(AGAINST, TRUST, found[..., 1], levels=[0.5], colors=INK, linewidths=width)
        fmt = f"{share * trials:.0f} trials"
        ax.clabel(drawn, fmt=fmt, fontsize=8, inline_spacing=2, manual=[LABELS[share]])
    for (against, trust), who in zip(written, ("as written", "the deluded"), strict=True):
        ax.plot(against, trust, "o", color=INK, markerfacecolor="white", markersize=6, clip_on=False, zorder=4)
        ax.annotate(who, (against, trust), xytext=(7, 0), textcoords="offset points", size=8, va="center", bbox=BEHIND)
    ax.set(xlim=(AGAINST[0], 100), ylim=(TRUST[0], TRUST[-1]))
    ax.set_xlabel("bits against “what happened, happened to me”")
    ax.set_ylabel("bits of a claim of the spec")
    text_above(ax, "What must it believe to stay JFK?", 5.0, size=9, weight="bold")


def lines(ax: Axes, heading: str, trials: np.ndarray, every: dict[str, tuple], unit: str) -> None:
    """Lines against the number of trials, each labelled at its end."""
    labels, every_y = [], np.concatenate([y for y, _, _ in every.values()])
    for label, (y, color, dashes) in every.items():
        there = np.flatnonzero(~np.isnan(y))
        ax.plot(trials[there], np.array(y)[there], color=color, linestyle=dashes, linewidth=2.0, clip_on=False)
        if there[-1] == len(trials) - 1:
            labels.append(EndLabel(f"{label}: {y[there[-1]]:.0f}", y[there[-1]], color, INK))
        elif there[-1] > len(trials) - 4:
            ax.text(float(trials[there[-1]]) + 4, float(y[there[-1]]), label, size=8, va="top")
        else:  # its end is among other lines: from the free side, to its middle
            i = there[len(there) // 2]
            arrow = {"arrowstyle": "-", "color": color, "linewidth": 0.8}
            ax.annotate(label, (trials[i], y[i]), (4, 0.55 * np.nanmax(every_y)), arrowprops=arrow, size=8)
    top = max(np.nanmax(y) for y, _, _ in every.values())
    ax.set(xlim=(0, trials[-1]), ylim=(0, 1.05 * top), xlabel="trials, all probes together", ylabel=unit)
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    text_above(ax, heading, 5.0, size=9, weight="bold")
    write_end_labels(ax, labels, float(trials[-1]))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
