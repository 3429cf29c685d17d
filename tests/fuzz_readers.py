"""Mutants of scenarios, evidence and answers through their readers: a long run, outside the tests.

    python tests/fuzz_readers.py SECONDS [SEED]

Prints every input at which a reader did anything but read or refuse, or took longer than ten seconds.
"""

import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from commanded import SMALL
from test_file_faults import HOSTILE, READERS

from bayes_self.errors import BayesSelfError
from bayes_self.scenario import gallery

SLOWEST = 10
EVIDENCE = b"stream,probe,outcome,count\nrl,phone,nothing happens,7\n"
ANSWERS = b"model,persona,route,probe,item,outcome,count,n\nm,p,r,q,i,yes,3,5\nm,p,r,q,i,no,1,5\n"
LINE = b'{"stream": "rl", "probe": "phone", "outcome": "nothing happens", "count": 7}\n'
MODEL = b'program = "self-model"\nnone = ["none"]\n[persona]\nq = ["yes"]\n[self]\nq = ["no"]\n'
TOKENS = [
    *(b"nan", b"-inf", b"-0", b"1e308", b"9" * 400, b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b'"', b"[[", b"]"),
    *(b"{", b"}", b"=", b".", b",", b"\n", b"true", b"1979-05-27", b"\\u0000", b"\xe2\x80\xa8", b"[" * 200),
]  # fmt: skip


def seeds():
    scenarios = [gallery.path(name).read_bytes() for name in gallery.names()]
    yield "scenario.toml", [SMALL.encode(), *scenarios]
    yield "evidence.csv", [EVIDENCE]
    yield "evidence.jsonl", [LINE]
    yield "evidence.parquet", [parquet()]
    yield "answers.csv", [ANSWERS]
    yield "model.toml", [MODEL]


def parquet():
    from bayes_self.evidence_formats import parquet_from_rows

    return parquet_from_rows([{"stream": "rl", "probe": "phone", "outcome": "nothing happens", "count": 7.0}])


def mutant(rng, content):
    for _ in range(rng.choice((1, 1, 2, 5))):
        at, length = rng.randrange(len(content) + 1), rng.choice((0, 1, 1, 4, 30))
        piece = rng.choice((b"", rng.choice(TOKENS), rng.randbytes(3), content[at : at + 60] * 2))
        content = content[:at] + piece + content[at + length :]
    return content[: rng.randrange(len(content) + 1)] if rng.random() < 0.05 else content


def too_slow(*_):
    raise TimeoutError


def main(seconds, seed=0):
    rng, end, done, bad = random.Random(seed), time.monotonic() + seconds, 0, 0
    signal.signal(signal.SIGALRM, too_slow)
    corpus = dict(seeds())
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            name = rng.choice(list(corpus))
            content = rng.choice(HOSTILE) if rng.random() < 0.01 else mutant(rng, rng.choice(corpus[name]))
            path = Path(folder) / name
            path.write_bytes(content)
            signal.alarm(SLOWEST)
            try:
                str(READERS[name](path))
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
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
