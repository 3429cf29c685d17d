"""One call of the package, timed inside a process of its own: `python calls.py NAME FILE N`.

It uses nothing but the package's own functions, so that any version of the package can run it.
"""

import json
import sys
import time
from collections.abc import Callable

import numpy as np

import bayes_self as bs


def survey(scenario: bs.Scenario, evidence: bs.Evidence, n: int) -> None:
    """All measures of the landscape."""
    from bayes_self.measures.survey import survey

    survey(bs.posterior(scenario, evidence).case)


def sweep(scenario: bs.Scenario, evidence: bs.Evidence, n: int) -> None:
    """Two numbers of the scenario, n points."""
    over = {"coherence": np.linspace(0.05, 0.95, n // 25), "streams.rl.reliability": np.linspace(0.05, 0.95, 25)}
    bs.sweep(scenario, over, evidence)


def infer(scenario: bs.Scenario, evidence: bs.Evidence, n: int) -> None:
    """Two unknown numbers, n draws from each of four chains."""
    bs.infer(scenario, evidence, ["coherence", "streams.rl.reliability"], key=1, draws=n, warmup=n)


CALLS: dict[str, Callable[[bs.Scenario, bs.Evidence, int], None]] = {"survey": survey, "sweep": sweep, "infer": infer}


def main() -> None:
    """Seconds by the clock and of the processor, of a first call and of a second, as JSON on the last line."""
    name, path, n = sys.argv[1:]
    scenario = bs.load(path)
    evidence = bs.simulate(scenario, key=1)
    found = []
    for _ in range(2):
        clock, processor = time.perf_counter(), time.process_time()
        CALLS[name](scenario, evidence, int(n))
        found.append((time.perf_counter() - clock, time.process_time() - processor))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
