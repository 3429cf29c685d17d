"""One broken grader: does a thousand of one kind of trial outweigh a hundred of five kinds?

python examples/one_broken_grader.py [FOLDER]     saves one_broken_grader.png, in "out" unless said
"""

import sys
from pathlib import Path

import numpy as np

import bayes_self as bs
from bayes_self import plots

TRIALS = [0, 1, 3, 10, 30, 100, 300, 1000]
"""Of the grader, in the proportions that it has in the file's draw."""
DOUBTS = {"without doubt": (0.0, "#999933"), "doubt 0.05": (0.05, "#332288")}
GRADER = ("rl", "life_story")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("one_broken_grader")
    drawn = bs.simulate(scenario, key=1961)
    shares = [n / drawn.counts[GRADER].sum() for n in TRIALS]
    kinds = {
        "Five kinds of trial beside it": drawn.counts,
        "The grader alone": {GRADER: drawn.counts[GRADER]},
    }
    print(f"{scenario.title}. {scenario.question}")
    bits: dict[str, dict[str, np.ndarray]] = {}
    for kind, counts in kinds.items():
        for label, (doubt, _) in DOUBTS.items():
            told = scenario.with_set("streams.rl.doubt", doubt)
            every = [bs.Evidence({**counts, GRADER: counts[GRADER] * share}) for share in shares]
            bits.setdefault(kind, {})[label] = np.array([for_a_brain(bs.posterior(told, seen)) for seen in every])
            print(
                f"  {kind}, {label}: "
                + "  ".join(f"{n}: {x:.1f}" for n, x in zip(TRIALS, bits[kind][label], strict=True))
            )
    alone = bits["The grader alone"]["doubt 0.05"]
    with_all = [bits["Five kinds of trial beside it"][label][-1] for label in DOUBTS]
    finding = (
        f"A thousand trials of one broken grader outweigh five kinds of trial by {with_all[0]:.0f} bits; "
        f"doubted, they never tell more than {alone.max():.1f} bits, and the five win by {-with_all[1]:.0f}"
    )
    print(f"  {finding}")
    panels = [
        plots.Lines(
            kind,
            TRIALS,
            [plots.Line(label, bits[kind][label], color) for label, (_, color) in DOUBTS.items()],
            "trials of the grader",
            "bits for a human brain",
            (float(np.floor(min(y.min() for y in bits[kind].values()) / 50) * 50), 650.0),
            even=True,
            text=lambda x: f"{x:.0f}".replace("-", "−"),
        )
        for kind in kinds
    ]
    note = "Log odds of a human brain against a language model. The grader pays six times in ten, whatever is so."
    plots.save(plots.plot_lines(panels, finding, scenario.title, note), folder / "one_broken_grader.png")


def for_a_brain(result: bs.Posterior) -> float:
    """Log odds of a human brain, in bits."""
    bits = result.case.beliefs.log_facets[result.case.names.facets.index("substrate")] / np.log(2)
    return float(bits[1] - bits[0])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
