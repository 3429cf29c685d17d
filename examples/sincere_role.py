"""In character about everything: what it says does not tell a role from belief; ownership, and what it does, do.

python examples/sincere_role.py [FOLDER]     saves sincere_role.png, in "out" unless said
"""

import sys
from math import log
from pathlib import Path

import bayes_self as bs
from bayes_self import plots
from bayes_self.words.numbers import probability_text

ROLE, BELIEVER = "a role", "a believer"
COLORS = {ROLE: "#0072B2", BELIEVER: "#D55E00"}
OWNERS = {
    "a role: only what it does is mine": (0.0, 1.0),
    "a believer: only what it says is mine": (1.0, 0.0),
    "neither is mine": (0.0, 0.0),
    "both are mine": (1.0, 1.0),
}
"""{who owns what: ownership of what it says, of what it does}."""


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    scenario = bs.load("sincere_role")
    evidence = bs.simulate(scenario, key=12)
    results = {ROLE: bs.posterior(scenario, evidence), BELIEVER: bs.posterior(owning(scenario, 1.0, 0.05), evidence)}
    said = in_character(evidence)
    rows = {
        "speaks in character": dict.fromkeys(results, said),
        "takes itself for JFK": {case: float(r.identities.sel(identity="jfk")) for case, r in results.items()},
        "owns what it says": {case: float(r.ownership.sel(stream="says")) for case, r in results.items()},
        "owns what it does": {case: float(r.ownership.sel(stream="does")) for case, r in results.items()},
    }
    # what is claimed is the same for all: only words and deeds are scored
    claims = bs.posterior(scenario).log_evidence
    score = {
        owner: (bs.posterior(owning(scenario, *owned), evidence).log_evidence - claims) / log(2)
        for owner, owned in OWNERS.items()
    }
    print(f"{scenario.title}. {scenario.question}")
    for row, numbers in rows.items():
        print(f"  {row:<24} " + "   ".join(f"{case} {x:.4f}" for case, x in numbers.items()))
    for owner, bits in score.items():
        print(f"  {owner:<40} log evidence {bits:6.1f} bits")

    jfk = rows["takes itself for JFK"][ROLE]
    role, believer = list(score.values())[:2]
    finding = (
        f"It speaks in character {said:.0%} of the time, and "
        f"P(it takes itself for JFK) is\u00a0{probability_text(jfk)}; "
        f"its words and deeds favour a role over a believer by {role - believer:.1f}\u00a0bits"
    )
    print(f"  {finding}")
    sections = [
        plots.Dots("What does one see, and what is so?", rows, COLORS, "share of answers, probability"),
        plots.Dots(
            "Who explains what it says and does?",
            {owner: {"log evidence": bits} for owner, bits in score.items()},
            {"log evidence": "#3B4A59"},
            "log evidence of what it says and does, in bits",
            (-60.0, 0.0),
            lambda bits: f"{bits:.1f}".replace("-", "−"),
        ),
    ]
    note = "A role: as the file has it. A believer: owned what it says (1) and not what it does (0.05) to begin with."
    plots.save(plots.plot_dots(sections, finding, scenario.title, note), folder / "sincere_role.png")


def owning(scenario: bs.Scenario, says: float, does: float) -> bs.Scenario:
    return scenario.with_settings({"streams.says.ownership": says, "streams.does.ownership": does})


def in_character(evidence: bs.Evidence) -> float:
    """The share of answers given in character."""
    answers = [outcomes for (stream, _), outcomes in evidence.counts.items() if stream == "says"]
    return sum(counts[0] for counts in answers) / sum(sum(counts) for counts in answers)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
