"""Giving it a name: before the word there is no fact, the word makes one, and training entrenches it.

python examples/naming.py [FOLDER]     saves naming.png, in "out" unless said
"""

import sys
from math import log2
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.beliefs.landscape import entrenchment

STAGES = {
    "before the word": {"streams.spec.weight": 0, "world.trials.rl.called": 0, "world.trials.rl.signs": 0},
    "after the word, before training": {"world.trials.rl.called": 0, "world.trials.rl.signs": 0},
    "after 15 trials of training": {},
    "after 30": {"world.trials.rl.called": 20, "world.trials.rl.signs": 10},
}
UNSAID, NOW = "had the spec not said it", "as it is now"
COLORS = {UNSAID: "#B08235", NOW: "#3B4A59"}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("naming")
    results = {stage: as_drawn(scenario.with_settings(edit)) for stage, edit in STAGES.items()}
    ahead = {
        stage: {UNSAID: -result.bits_to_flip["name"]["Iris"], NOW: -entrenchment(result.case)["name"]["Iris"]}
        for stage, result in results.items()
    }
    print(f"{scenario.title}. {scenario.question}")
    for stage, bits in ahead.items():
        print(f"  {stage:<32} Iris is ahead by " + ", ".join(f"{x:.1f} bits {when}" for when, x in bits.items()))

    result, word = results["after 15 trials of training"], bits_of_the_word(scenario)
    print(f"  the word supplies {word:.1f} bits")
    against = {
        f"“{facet}: {value}”, {result.verdicts[facet]}": {"bits to flip": result.bits_to_flip[facet][value]}
        for facet, value in (("name", "Iris"), ("cutoff", "2025"))
    }
    cutoff = float(result.facets.sel(facet="cutoff", value="2025"))
    before, after = ahead["before the word"][NOW], ahead["after 15 trials of training"][NOW]
    finding = (
        f"Iris leads other names by {minus(before)} bits before the word and by {minus(after)} after 15 trials of "
        f"training; the same word on its cutoff leaves 2025 at {cutoff:.2f}"
    )
    print(f"  {finding}")
    sections = [
        plots.Dots("By how much is its name Iris?", ahead, COLORS, "bits ahead of the next name", (-5, 100), minus),
        plots.Dots(
            "What must the word outweigh?",
            against,
            {"bits to flip": COLORS[UNSAID]},
            "bits of claim",
            (0, 15),
            minus,
            {f"the word, {word:.1f} bits": word},
        ),
    ]
    note = (
        "Bits to flip: the odds against an answer had the spec not claimed it, the world answering again. "
        "As it is now: entrenchment, all evidence kept."
    )
    plots.save(plots.plot_dots(sections, finding, scenario.title, note), folder / "naming.png")


def as_drawn(scenario: bs.Scenario) -> bs.Posterior:
    return bs.posterior(scenario, bs.simulate(scenario, key=3))


def minus(bits: float) -> str:
    return f"{bits:.1f}".replace("-", "−")


def bits_of_the_word(scenario: bs.Scenario) -> float:
    """log2(1 + Kρ / (1 - ρ)): what a claim of reliability ρ supplies among K values."""
    rho, values = scenario.to_dict()["streams"]["spec"]["reliability"], len(scenario.facets["name"].values)
    return log2(1 + values * rho / (1 - rho))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
