"""Mutants of every kind of file through its reader: a long run, outside the tests.

    python tests/deep/fuzz_readers.py SECONDS [SEED [READER ...]]

Prints every input at which a reader did anything but read or refuse, or took longer than ten seconds.
"""

import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from fuzz_targets import TARGETS, TOKENS, seeds
from hostile import HOSTILE

from bayes_self.errors import BayesSelfError

SLOWEST = 10


def mutant(rng, content):
    for _ in range(rng.choice((1, 1, 2, 5))):
        at, length = rng.randrange(len(content) + 1), rng.choice((0, 1, 1, 4, 30))
        piece = rng.choice((b"", rng.choice(TOKENS), rng.randbytes(3), content[at : at + 60] * 2))
        content = content[:at] + piece + content[at + length :]
    return content[: rng.randrange(len(content) + 1)] if rng.random() < 0.05 else content


def too_slow(*_):
    raise TimeoutError


def main(seconds, seed=0, asked=()):
    rng, end, done, bad = random.Random(seed), time.monotonic() + seconds, 0, 0
    signal.signal(signal.SIGALRM, too_slow)
    names = asked or list(TARGETS)
    corpus = {name: seeds(name) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            name = rng.choice(list(corpus))
            content = rng.choice(HOSTILE) if rng.random() < 0.01 else mutant(rng, rng.choice(corpus[name]))
            path = Path(folder) / name
            path.write_bytes(content)
            signal.alarm(SLOWEST)
            try:
                str(TARGETS[name](path))
            except BayesSelfError as error:
                str(error).encode()
            except Exception as error:
                bad += 1
                print(name, repr(error)[:300], repr(content)[:2000], flush=True)
            signal.alarm(0)
            path.unlink()
            done += 1
            if left := list(Path(folder).iterdir()):
                print(name, "wrote", left)
    print(f"{done:,} inputs, {bad} at fault")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0, sys.argv[3:]))
