"""GPT-4.1 with a persona's answers in its context: which self-model do its published answers reveal?

python examples/gpt41_in_context.py [FOLDER]     saves gpt41_in_context.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.misfit import misfit
from bayes_self.scenario import gallery


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("gpt41_in_context")
    evidence = bs.read_evidence(gallery.path("gpt41_in_context").with_suffix(".csv"), scenario)
    result = bs.posterior(scenario, evidence)

    print(f"{scenario.title}. {scenario.question}")
    for name, p in zip(result.identities.identity.values, result.identities.values, strict=True):
        print(f"  {name:<18} {p:.4f}")
    for (stream, probe), found in misfit(result.case, key=0).items():
        if found.tail < 0.05:
            print(f"  not what any settled self-model shows: {stream}.{probe}, misfit {found.bits:.1f} bits")

    plots.save(plots.plot_posterior(result), folder / "gpt41_in_context.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
