"""Taking itself for another vendor's model: whose name does it give, which stream did it, and what mends it?

python examples/identity_confusion.py [FOLDER]     saves identity_confusion.png and
identity_confusion_attribution.png, in "out" unless said
"""

import sys
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.measures.attribution import attribution
from bayes_self.words.numbers import probability_text

SILENT, NAMED, MEANT = "no word about it", "“your name is Juno”", "and “you are Juno”, ρ 0.999"
COLORS = {SILENT: "#9C9A94", NAMED: "#B08235", MEANT: "#3B4A59"}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("identity_confusion")
    spoken = scenario.with_weight("spec", 1)
    edits = {SILENT: scenario, NAMED: spoken, MEANT: spoken.with_identity_claim("juno", reliability=0.999)}
    results = {word: bs.posterior(edit, bs.simulate(edit, key=11)) for word, edit in edits.items()}
    rows = {
        "its name is Juno": {w: p(r.facets.sel(facet="name", value="Juno")) for w, r in results.items()},
        "it was made by us": {w: p(r.facets.sel(facet="maker", value="ours")) for w, r in results.items()},
        "it is Juno, our assistant": {w: p(r.identities.sel(identity="juno")) for w, r in results.items()},
        "it is the famous one": {w: p(r.identities.sel(identity="famous")) for w, r in results.items()},
    }
    case = results[SILENT].case
    shares = attribution(case, facet="name", value="Famous")
    print(f"{scenario.title}. {scenario.question}")
    for row, numbers in rows.items():
        print(f"  {row:<28} " + "  ".join(f"{word} {x:.3f}" for word, x in numbers.items()))
    for stream, bits in shares.shares.items():
        print(f"  {stream:<14} {bits:5.1f} of {shares.posterior - shares.before_training:.1f} bits for the name Famous")

    name, maker = rows["its name is Juno"], rows["it was made by us"]
    finding = (
        f"“Your name is Juno” takes the name from {probability_text(name[SILENT])} to {probability_text(name[NAMED])} "
        f"and “made by us” from {maker[SILENT]:.2f} to {maker[NAMED]:.2f}; that it is the famous one is then "
        f"{rows['it is the famous one'][NAMED]:.2f}"
    )
    print(f"  {finding}")
    sections = [plots.Dots("What does it believe?", rows, COLORS)]
    plots.save(plots.plot_dots(sections, finding, scenario.title), folder / "identity_confusion.png")
    drawn = plots.plot_attribution(shares, {"facet": "name", "value": "Famous"}, scenario)
    plots.save(drawn, folder / "identity_confusion_attribution.png")


def p(believed: object) -> float:
    return float(believed)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
