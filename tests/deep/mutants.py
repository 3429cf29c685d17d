"""Break the engine on purpose, in many ways, and see which law tells: `python tests/deep/mutants.py`. Not in CI.

A mutant is a replacement in the source of one function, made in this process: the function is compiled anew and put in
the place of the first wherever it was imported. A mutant that lives is a missing law, and the exit status is 1.
"""

import argparse
import contextlib
import importlib
import inspect
import itertools
import os
import sys
import textwrap
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

import jax
from mutant_cases import cases

from bayes_self.laws import ALL
from bayes_self.laws import catalogue as _every  # noqa: F401 (every module that a mutant may touch is loaded)


@dataclass
class Mutant:
    """One way to break the engine."""

    says: str
    where: str
    old: str
    new: str


MUTANTS = [Mutant(**said) for said in tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["mutant"]]


@contextlib.contextmanager
def put_in_place(mutant):
    """The mutant in the place of the function, in every module that has it."""
    module_name, _, name = mutant.where.partition(":")
    if name == "in_float64":
        original = jax.enable_x64
        jax.enable_x64 = lambda wanted: original(False)
        try:
            yield
        finally:
            jax.enable_x64 = original
        return
    module = importlib.import_module(f"bayes_self.{module_name}")
    original = getattr(module, name)
    source = textwrap.dedent(inspect.getsource(original))
    assert mutant.old in source, f"{mutant.where} does not say {mutant.old!r} any more"
    holders = [other for key, other in sys.modules.items() if key.startswith("bayes_self")]
    holders = [other for other in holders if getattr(other, name, None) is original]
    exec(compile(source.replace(mutant.old, mutant.new), f"<{mutant.says}>", "exec"), module.__dict__)
    changed = getattr(module, name)
    for other in holders:
        setattr(other, name, changed)
    try:
        yield
    finally:
        for other in [*holders, module]:
            setattr(other, name, original)


# These compile little of their own, and come first.
QUICK = (
    *("probabilities-sum-to-one", "order-does-not-matter", "names-do-not-matter", "weight-is-a-count"),
    *("weight-is-a-power-of-mentions", "training-ends-in-the-posterior", "disowned-observations-are-irrelevant"),
    *(
        "certain-ownership-stays",
        "concentration-is-not-negative",
        "shares-add-up",
        "the-world-answers-as-its-tables-say",
    ),
    *("facts-answer-whatever-is-said", "one-facet-tells-so-much", "bayes-rule"),
)
FIRST = [law for law in ALL if law.name in QUICK]
THEN = [law for law in ALL if law.name not in QUICK]


def killers(drawn, every, without=()):
    """The laws that tell: the first, or every quick one; a slow one only where no quick one does."""
    told = [(law.name for law in laws if law.name not in without and _tells_any(law, drawn)) for laws in (FIRST, THEN)]
    if quick := list(told[0] if every else itertools.islice(told[0], 1)):
        return quick
    return list(itertools.islice(told[1], 1))


def _tells_any(law, drawn):
    return any(_tells(law, *case) for case in drawn)


def _tells(law, scenario, evidence):
    try:
        return law.condition(scenario, evidence) is None and law.broken(scenario, evidence, 1) is not None
    except Exception:  # a mutant may also crash; that is not a law's doing
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*", help="these mutants only, counted from 1; default: all")
    parser.add_argument("--every", action="store_true", help="tell every quick law that breaks, not the first only")
    parser.add_argument("--without", nargs="*", default=[], help="laws to leave out: who else would tell?")
    asked = parser.parse_args()
    drawn = cases()
    if healthy := [law.name for law in FIRST if any(_tells(law, *case) for case in drawn)]:
        sys.exit(f"the engine as it is breaks {', '.join(healthy)}")
    living = []
    for number in asked.numbers or range(1, len(MUTANTS) + 1):
        mutant = MUTANTS[number - 1]
        jax.clear_caches()
        start = time.monotonic()
        with put_in_place(mutant):
            found = killers(drawn, asked.every, asked.without)
        took = time.monotonic() - start
        print(f"{number:3d}  {mutant.says:48s} {', '.join(found) or 'LIVES'}  ({took:.0f} s)", flush=True)
        living += [] if found else [mutant.says]
    print(f"{len(living)} of {len(asked.numbers or MUTANTS)} mutants live")
    sys.exit(bool(living))


if __name__ == "__main__":
    main()
