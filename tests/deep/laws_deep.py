"""Hold every law against thousands of random scenarios: `python tests/deep/laws_deep.py --minutes 30`. Not in CI.

A few structures (names, probes, claims) are drawn, and for each of them many numbers and counts, because compiled code
serves every scenario of one structure. A law that breaks is shrunk and printed as files that can be run.
"""

import argparse
import os
import sys
import time
from collections import Counter

os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bayes_self.commands.inputs import read_inputs
from bayes_self.laws import ALL, LawBroken
from bayes_self.laws.outcome import held
from bayes_self.laws.strategies import evidence, scenarios_like, structures
from bayes_self.scenario import gallery

SIZES = {
    "identities": (1, 3),
    "facets": (1, 3),
    "values": (2, 3),
    "spec": (0, 2),
    "observed": (0, 2),
    "probes_about": 3,
}
QUIET = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


def random_structure(number):
    """One structure with something to observe in it; the same for the same number."""
    found = []

    @seed(number)
    @settings(max_examples=12, **QUIET)
    @given(structures(**SIZES))
    def draw(structure):
        found.append(structure)

    draw()
    return found[-1]


def hold(structure, number, examples, held, end):
    """Every law on many scenarios of one structure."""

    @seed(number)
    @settings(max_examples=examples, print_blob=False, **QUIET)
    @given(st.data())
    def all_laws_hold(data):
        if time.monotonic() < end:
            hold_one(data, structure, held)

    all_laws_hold()


def hold_one(data, structure, held, smallest=False):
    """Every law on one scenario; `held` counts, for each law, of how many scenarios it was claimed and held."""
    scenario = data.draw(scenarios_like(structure, world=data.draw(st.booleans())))
    seen = data.draw(evidence(scenario))
    key = data.draw(st.integers(0, 4))
    for law in ALL:
        if law.applies(scenario, seen):
            law.check(scenario, seen, key, smallest=smallest)
            held[law.name] += 1
    held["examples"] += 1


def hold_gallery():
    """Every law on every scenario of the gallery; how many laws are broken."""
    broken = 0
    for name in gallery.names():
        scenario, seen = read_inputs(name)
        found = [held(law, scenario, seen) for law in ALL]
        broken += sum(each.broken is not None for each in found)
        claimed = sum(each.why_not is None for each in found)
        print(f"{name}: {sum(each.holds for each in found)} of {claimed} laws hold", flush=True)
        for each in found:
            if each.broken is not None:
                print(each.broken, flush=True)
    return broken


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--examples", type=int, default=200, help="scenarios of each structure")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--gallery", action="store_true", help="every scenario of the gallery instead")
    asked = parser.parse_args()
    if asked.gallery:
        sys.exit(hold_gallery())
    end = time.monotonic() + 60 * asked.minutes
    held, broken, number = Counter(), 0, asked.seed
    while time.monotonic() < end:
        number += 1
        try:
            hold(random_structure(number), number, asked.examples, held, end)
        except* LawBroken as group:
            broken += len(group.exceptions)
            for error in group.exceptions:
                print(f"structure {number}:\n{error}", flush=True)
        tell(held, number - asked.seed, broken)
    sys.exit(broken > 0)


def tell(held, structures_seen, broken):
    checks = sum(held.values()) - held["examples"]
    print(
        f"{held['examples']} scenarios of {structures_seen} structures, {checks} laws held, {broken} broken", flush=True
    )
    for name, n in sorted(held.items()):
        print(f"  {n:7d}  {name}", flush=True)


if __name__ == "__main__":
    main()
