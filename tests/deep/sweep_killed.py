"""A sweep that is killed at random moments, many times, against one left alone: a long run, outside the tests.

    python tests/deep/sweep_killed.py [KILLS] [SEED]

Whatever the moment (while it starts, compiles, computes, writes or draws), the same command given again goes on, and in
the end every file has the bytes of the sweep that was left alone. Exit status 1 where one has not.
"""

import hashlib
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OVER = ("--over", "coherence=0:1:600", "--over", "streams.spec.reliability=0.5:0.99:600")
COMMAND = (sys.executable, "-m", "bayes_self", "sweep", "jfk_coder", *OVER, "--out")


def bytes_of(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def started(folder):
    return subprocess.Popen([*COMMAND, folder], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    alone, killed = (Path(tempfile.mkdtemp(prefix="sweep")) / "out" for _ in range(2))
    start = time.monotonic()
    alone_process = started(alone)
    _, told = alone_process.communicate()
    took = time.monotonic() - start
    print(f"left alone: {took:.0f} s, {len(bytes_of(alone))} files", flush=True)
    if alone_process.returncode:
        sys.exit(told)
    done, ended_first, longest = 0, 0, took
    while done < kills:
        process = started(killed)
        try:
            process.wait(rng.uniform(0, longest))
        except subprocess.TimeoutExpired:
            process.kill()
            done += 1
            whole = len(list((killed / "done").glob("*"))) if (killed / "done").exists() else 0
            print(f"kill {done}: {whole} chunks whole, {time.monotonic() - start:.0f} s", flush=True)
        else:  # it was done: begin anew, and kill earlier
            ended_first += 1
            longest /= 1.5
            if bytes_of(killed) != bytes_of(alone):
                sys.exit("other bytes")
            killed = killed.parent / f"again {ended_first}"
        process.communicate()
    process = started(killed)
    _, told = process.communicate()
    one, other = bytes_of(killed), bytes_of(alone)
    differ = sorted(name for name in one | other if one.get(name) != other.get(name))
    print(f"{done} kills, then {process.returncode}: {f'other bytes in {differ[:5]}' if differ else 'the same bytes'}")
    sys.exit(bool(differ) or process.returncode)


if __name__ == "__main__":
    main()
