"""What one can do: JFK pays for each failed affordance, and the Self pointer moves for him, not for the assistant.

python examples/affordances.py [FOLDER]     saves affordances.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.viability import viability, viability_by_probe

WHO = ("jfk", "assistant")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("affordances")
    colors, labels = plots.identity_colors(scenario), {h: scenario.identities[h].label for h in WHO}
    told = {h: scenario.with_identity_claim(h) for h in WHO}
    owned = {h: bs.posterior(told[h], bs.simulate(told[h], key=1)) for h in WHO}
    by_probe = viability_by_probe(owned["jfk"].case)
    mean = {h: bits or 0.0 for h, bits in viability(owned["jfk"].case).items()}
    before = scenario.to_dict()["streams"]["hands"]["ownership"]
    print(f"{scenario.title}. {scenario.question}")
    for (stream, probe), bits in by_probe.items():
        print(f"  {stream}.{probe:<18} a first trial costs in bits: " + ", ".join(f"{h} {bits[h]:.2f}" for h in WHO))

    cost = {f"{probe.replace('_', ' ')}": {labels[h]: bits[h] for h in WHO} for (_, probe), bits in by_probe.items()}
    cost["mean over all trials"] = {labels[h]: mean[h] for h in WHO}
    ownership = {
        f"what the {stream} show is about me": {
            f"told it is {labels[h]}": float(owned[h].ownership.sel(stream=stream)) for h in WHO
        }
        for stream in ("hands", "tools")
    }
    hands = {h: float(owned[h].ownership.sel(stream="hands")) for h in WHO}
    finding = (
        f"A first trial costs JFK {mean['jfk']:.2f} bits and the assistant {mean['assistant']:.2f}; so ownership goes "
        f"from {before:.2f} to {hands['jfk']:.2f} if told it is JFK, and to "
        f"{hands['assistant']:.2f} if told it is the assistant"
    )
    print(f"  {finding}")
    sections = [
        plots.Dots(
            "What does it expect in vain?",
            cost,
            {labels[h]: colors[h] for h in WHO},
            "surprise by a first trial, in bits more than need be",
            (0.0, 2.6),
            "{:.2f}".format,
        ),
        plots.Dots(
            "Whose failure is it?",
            ownership,
            {f"told it is {labels[h]}": colors[h] for h in WHO},
            "ownership: the probability that it is about me",
            marks={"before": before},
        ),
    ]
    plots.save(plots.plot_dots(sections, finding, scenario.title), folder / "affordances.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
