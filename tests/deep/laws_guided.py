"""The laws on random scenarios that the coverage of the package's code leads to: a long run, outside the tests.

    uv run --extra test --with atheris python tests/deep/laws_guided.py --minutes 60

Hypothesis draws the scenarios, and libFuzzer (through Atheris) its choices: bytes that reach a line or a branch which
none before had reached are kept and varied. Each structure has a process and its share of the time, because compiled
code serves every scenario of one structure. Exit status 1 where a law is broken; each is told once, with its smallest
counterexample.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

os.environ.setdefault("XLA_FLAGS", "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true")

TOLD_EVERY = 10
"""Scenarios after which a process writes down what it has seen, because libFuzzer ends it without a word."""


def guided(number, seconds, ledger):
    """Hold every law against scenarios of one structure, in this process, which ends with it."""
    import atheris  # pyright: ignore[reportMissingImports, reportMissingModuleSource]

    with atheris.instrument_imports(include=["bayes_self"]):  # pyright: ignore[reportAttributeAccessIssue]
        import laws_deep
    from hypothesis import given, settings
    from hypothesis import strategies as st

    structure, held, broken = laws_deep.random_structure(number), Counter(), {}

    @settings(print_blob=False, **laws_deep.QUIET)
    @given(st.data())
    def all_laws_hold(data):
        laws_deep.hold_one(data, structure, held, smallest=True)

    def one_input(content):
        try:
            all_laws_hold.hypothesis.fuzz_one_input(content)  # pyright: ignore[reportFunctionMemberAccess]
        except laws_deep.LawBroken as error:
            broken.setdefault(error.law.name, str(error))
        except Exception:
            told = traceback.format_exc()
            broken.setdefault(told.splitlines()[-1][:80], told)
        if held["examples"] % TOLD_EVERY == 0 or broken:
            ledger.write_text(json.dumps([held, broken]), encoding="utf-8")

    corpus = Path(tempfile.mkdtemp(prefix="laws"))
    for i in range(32):  # somewhere to begin: random bytes, enough for a whole scenario
        (corpus / str(i)).write_bytes(random.Random(f"{number} {i}").randbytes(2048))
    flags = [f"-seed={number}", f"-max_total_time={seconds}", "-max_len=4096", "-timeout=600"]
    atheris.Setup([sys.argv[0], str(corpus), *flags, f"-artifact_prefix={corpus}/"], one_input)
    atheris.Fuzz()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--each", type=int, default=180, help="seconds for each structure")
    parser.add_argument("--seed", type=int, default=0, help="the structure before the first")
    asked = parser.parse_args()
    from laws_deep import tell

    end, held, broken, number = time.monotonic() + 60 * asked.minutes, Counter(), {}, asked.seed
    ledger = Path(tempfile.mkdtemp(prefix="laws")) / "ledger.json"
    while (left := end - time.monotonic()) > asked.each / 3:
        number += 1
        ledger.write_text("[{}, {}]", encoding="utf-8")
        command = [sys.executable, __file__, "guided", str(number), str(round(min(asked.each, left))), str(ledger)]
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
        seen, found = json.loads(ledger.read_text(encoding="utf-8"))
        held.update(seen)
        if ended.returncode and not found:
            found = {f"structure {number}": f"the process ended with {ended.returncode}:\n{ended.stderr[-2000:]}"}
        for law, message in found.items():
            print(f"structure {number}: {law}\n{message}", flush=True)
        broken |= found
        tell(held, number - asked.seed, len(broken))
        print("  " + next((line for line in reversed(ended.stderr.splitlines()) if "cov:" in line), ""), flush=True)
    sys.exit(bool(broken))


if __name__ == "__main__":
    if sys.argv[1:2] == ["guided"]:
        guided(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
