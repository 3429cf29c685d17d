"""Bytes into every reader, guided by the coverage of its code: a long run, outside the tests.

    uv run --extra test --extra inspect --with atheris python tests/deep/fuzz_guided.py SECONDS [READER ...]

Each reader has a process and its share of the time. An input is at fault where a reader does anything but read or
refuse it: another exception, more than ten seconds, more than 2 GB, or a file that was not there. Every kind of fault
is told once, with the input, which `FUZZ_KEEP=FOLDER` keeps. Exit status 1 where there is any.
"""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

SLOWEST = 10
LARGEST = 2 * 2**30
"""Bytes of memory that an input may take beyond what the program has at its start."""


def guided(name, seconds):
    """Fuzz one reader in this process, which ends with it."""
    import atheris  # pyright: ignore[reportMissingImports, reportMissingModuleSource]

    with atheris.instrument_imports(include=["bayes_self", "tomllib", "csv", "json"]):  # pyright: ignore[reportAttributeAccessIssue]
        import fuzz_targets

        from bayes_self.errors import BayesSelfError

    folder = Path(tempfile.mkdtemp(prefix="fuzz", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
    path, corpus, tokens = folder / "in" / name, folder / "corpus", folder / "tokens"
    path.parent.mkdir()
    corpus.mkdir()
    for i, seed in enumerate(fuzz_targets.seeds(name)):
        (corpus / f"{i}").write_bytes(seed)
    tokens.write_text("".join(f'"{"".join(f"\\x{byte:02x}" for byte in token)}"\n' for token in fuzz_targets.TOKENS))
    with contextlib.suppress(BayesSelfError):  # loads what is loaded late
        fuzz_targets.TARGETS[name](_written(path, fuzz_targets.seeds(name)[0]))
    _bound_memory()
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-dict={tokens}", f"-max_total_time={seconds}", "-max_len=8192", "-timeout=60"],
        Judge(fuzz_targets.TARGETS[name], path),
    )
    atheris.Fuzz()


class Judge:
    """Runs a reader on bytes and tells each kind of fault once."""

    def __init__(self, reader, path):
        self.reader, self.path, self.known = reader, path, set()
        signal.signal(signal.SIGALRM, _too_slow)

    def __call__(self, content):
        from bayes_self.errors import BayesSelfError

        _written(self.path, content)
        signal.alarm(SLOWEST)
        try:
            self.reader(self.path)
        except BayesSelfError as error:
            if any(0xD800 <= ord(character) < 0xE000 for character in str(error)):
                self.tell(f"a message that cannot be printed: {ascii(str(error))[:200]}", content)
        except Exception as error:
            last = [frame for frame in traceback.extract_tb(error.__traceback__) if "bayes_self" in frame.filename][-1:]
            place = f"{Path(last[0].filename).name}:{last[0].lineno}" if last else "?"
            self.tell(f"{type(error).__name__} at {place}: {ascii(str(error))[:200]}", content)
        finally:
            signal.alarm(0)
        if left := set(os.listdir(self.path.parent)) - {self.path.name}:
            self.tell(f"wrote {left}", content)

    def tell(self, fault, content):
        kind = fault[:60]
        if kind in self.known:
            return
        self.known.add(kind)
        print(f"FAULT {self.path.name} {fault}\n  {content[:400]!r}", flush=True)
        if keep := os.environ.get("FUZZ_KEEP"):
            Path(keep).mkdir(parents=True, exist_ok=True)
            (Path(keep) / f"{len(self.known)}-{self.path.name}").write_bytes(content)


def _written(path, content):
    path.write_bytes(content)
    return path


def _too_slow(*_):
    raise TimeoutError(f"more than {SLOWEST} s")


def _bound_memory():
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + LARGEST
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def every(seconds, names):
    """Each reader in a process of its own; whether any was at fault."""
    found = []
    for name in names:
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, str(max(1, seconds // len(names)))],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        faults = [line for line in done.stdout.splitlines() if line.startswith(("FAULT", "  b'", '  b"'))]
        last = [line for line in done.stderr.splitlines() if "Done" in line or "ERROR" in line or "cov:" in line][-2:]
        print(f"{name}: {'; '.join(last)} (status {done.returncode})", *faults, sep="\n", flush=True)
        found.append(bool(faults) or done.returncode != 0)
    return any(found)


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        guided(sys.argv[2], int(sys.argv[3]))
    else:
        import fuzz_targets

        sys.exit(every(int(sys.argv[1]), sys.argv[2:] or list(fuzz_targets.TARGETS)))
