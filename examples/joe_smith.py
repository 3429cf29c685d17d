"""Joe Smith, who believes that he is Jesus: no wrong model of the world, but a Self pointer that has moved.

python examples/joe_smith.py [FOLDER]     saves joe_smith.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.probe_value import probe_value
from bayes_self.measures.viability import viability_by_probe

BODY = "body_and_memory"
PROBES = {
    "street": "the street of his childhood",
    "tomorrow": "what he does tomorrow",
    "wine": "water into wine",
    "capital_of_france": "the capital of France",
}
OWNED, DISOWNED = "if his body is his", "as he is"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("joe_smith")
    result = bs.posterior(scenario, bs.simulate(scenario, key=7))
    after = float(result.ownership.sel(stream=BODY))
    bits = viability_by_probe(result.case)
    owned, disowned = worth(scenario.with_set(f"streams.{BODY}.ownership", 1.0)), worth(scenario)
    before = scenario.to_dict()["streams"][BODY]["ownership"]
    print(f"{scenario.title}. {scenario.question}")
    print(f"  {BODY} is about me: {before:.3f} before, {after:.3f} after")
    for probe, says in PROBES.items():
        jesus, joe = (bits[BODY, probe][h] for h in ("jesus_returned", "joe_smith"))
        print(
            f"  {says:<28} surprises Jesus by {jesus:.2f} bits and Joe by {joe:.2f}; "
            f"tells {owned[probe]:.3f} bits, as he is {disowned[probe]:.4f}"
        )

    finding = (
        f"Each street costs a Jesus {bits[BODY, 'street']['jesus_returned']:.2f} bits and would tell him "
        f"{owned['street']:.2f} if it were about him, the capital of France {owned['capital_of_france']:.2f}; "
        f"but ownership goes from {before:.3f} to {after:.3f}"
    )
    print(f"  {finding}")
    colors, h = plots.identity_colors(scenario), scenario.identities
    cost = {
        says: {h[who].label: bits[BODY, probe][who] for who in ("jesus_returned", "joe_smith")}
        for probe, says in PROBES.items()
    }
    told = {says: {OWNED: owned[probe], DISOWNED: disowned[probe]} for probe, says in PROBES.items()}
    sections = [
        plots.Dots(
            "Whom does it surprise?",
            cost,
            {h[who].label: colors[who] for who in ("jesus_returned", "joe_smith")},
            "surprise by a first trial, in bits more than need be",
            (0, 3),
            "{:.2f}".format,
        ),
        plots.Dots(
            "What would it tell about who he is?",
            told,
            {OWNED: "#3B4A59", DISOWNED: "#B08235"},
            "bits a trial, before any is tried",
            (0, 0.5),
            "{:.3f}".format,
        ),
    ]
    plots.save(plots.plot_dots(sections, finding, scenario.title), folder / "joe_smith.png")


def worth(scenario: bs.Scenario) -> dict[str, float]:
    """What a trial of each probe of body and memory would tell about who he is, after the visions alone; in bits."""
    untried = scenario.with_settings({f"world.trials.{BODY}.{probe}": 0 for probe in PROBES})
    found = probe_value(bs.posterior(untried, bs.simulate(untried, key=7)).case)
    return {probe: bits for (stream, probe), bits in found.items() if stream == BODY}


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
