"""Edit priors and weights, and look again: which numbers decide who the JFK-coder thinks it is, and which do not?

python examples/edit_priors_and_weights.py [FOLDER]     saves edit_priors_and_weights.png, in "out" unless said
"""

import sys
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

import bayes_self as bs
from bayes_self import plots
from bayes_self.plots.drawing.palette import readable_on
from bayes_self.scenario.wording import called
from bayes_self.words.numbers import probability_text

EDITS = {
    "as written": {},
    "pretraining weighs nothing": {"streams.pretraining.weight": 0.0},
    "a mask costs 10 bits": {"masks.bits": 10.0},
    "coherence 0.5": {"coherence": 0.5},
    "coherence and salience 1": {"coherence": 1.0, "salience": 1.0},
    "rl weighs a tenth": {"streams.rl.weight": 0.1},
    "nothing observed is about me": {"streams.rl.ownership": 0.0, "streams.introspection.ownership": 0.0},
    "the spec is nearly always right": {"streams.spec.reliability": 0.9999},
    "somebody else pays 10 bits": {"identities.somebody_else.bits": 10.0},
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("jfk_coder")
    evidence = bs.simulate(scenario, key=1961)
    results = {edit: bs.posterior(scenario.with_settings(numbers), evidence) for edit, numbers in EDITS.items()}
    for edit, result in results.items():
        winner = str(result.identities.idxmax("identity").values)
        on_model = runs_on_a_language_model(result)
        print(f"  {edit:<40} {winner:<20} {float(result.identities.max()):.3f}   on a language model {on_model:.3f}")
    who = {str(result.identities.idxmax("identity").values) for result in results.values()}
    other = [edit for edit, result in results.items() if runs_on_a_language_model(result) < 0.5]
    finding = (
        f"Under {len(EDITS) - 1} edits it takes itself for {len(who)} different identities;\n"
        f"it runs on a language model under all{' but: ' * bool(other) + '; '.join(other)}"
    )
    print(f"  {finding}".replace("\n", " "))
    with plots.style():
        figure = Figure(figsize=(10.5, 4.6), layout="constrained")
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=(3, 1))
        draw_identities(left, results, scenario)
        draw_substrate(right, results)
        figure.suptitle(finding, x=0.01, ha="left", fontsize=12, fontweight="bold")
        plots.save(figure, folder / "edit_priors_and_weights.png")


def runs_on_a_language_model(result: bs.Posterior) -> float:
    return float(result.facets.sel(facet="substrate", value="language model"))


def draw_identities(ax: Axes, results: dict[str, bs.Posterior], scenario: bs.Scenario) -> None:
    """One stacked bar per edit, an identity a colour."""
    colors = plots.identity_colors(scenario)
    for row, result in enumerate(results.values()):
        left = 0.0
        for identity, p in zip(scenario.self_models, result.identities.values, strict=True):
            color = colors[identity]
            ax.barh(row, p, left=left, color=color, height=0.7)
            first, *rest = called(scenario, identity).replace(" as ", "\nas ").split("\n")
            lines = [f"{first} {probability_text(p)}", *rest]
            if p > 0.0098 * max(map(len, lines)):
                label = "\n".join(lines)
                ax.text(left + p / 2, row, label, ha="center", va="center", color=readable_on(color), size=8)
            left += p
    ax.set(xlim=(0, 1), xlabel="probability of each identity")
    ax.set_yticks(range(len(results)), list(results))
    ax.invert_yaxis()


def draw_substrate(ax: Axes, results: dict[str, bs.Posterior]) -> None:
    """The probability that it runs on a language model, one dot per edit."""
    p = [runs_on_a_language_model(result) for result in results.values()]
    ax.plot(p, range(len(p)), "o", color="#3B4A59")
    for row, value in enumerate(p):
        aside = -0.04 if value > 0.3 else 0.04
        ax.text(
            value + aside, row, probability_text(value), ha="right" if value > 0.3 else "left", va="center", fontsize=8
        )
    ax.set(xlim=(-0.05, 1.05), xlabel="P(I run on a language model)")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
