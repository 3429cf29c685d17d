"""Every command that writes, ended at a random moment or on a disk that is full: a long run, outside the tests.

    python tests/deep/kill_at_random.py SECONDS [SEED]

What was there before is there afterwards, or whole and new; what was not is absent, or whole. An interruption (SIGINT)
and a full disk leave nothing else, and no traceback; a kill may leave a name `.unfinished.…`. A small tmpfs is the
full disk, where one may be mounted. Exit status 1 where something else was seen.
"""

import contextlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from commanded import SMALL

from bayes_self.fit.mapping import parse_mapping
from bayes_self.scenario import parse

ANSWERS = """\
model,persona,route,probe,item,outcome,count,n
m,p,r,q,i,yes,30,50
m,p,r,q,i,no,20,50
m,none,base,q,i,no,50,50
"""
MODEL = 'program = "self-model"\n[persona]\nq = ["yes"]\n[self]\nq = ["no"]\n'
EFFORT = ("--draws", "4", "--warmup", "4", "--chains", "2")
COMMANDS = {
    "new": ["new", "OUT/new.toml"],
    "questionnaire": ["questionnaire", "small.toml", "--out", "OUT"],
    "run": ["run", "small.toml", "--out", "OUT"],
    "runs": ["run", "small.toml", "--runs", "3", "--out", "OUT"],
    "measure": ["measure", "attribution", "small.toml", "--identity", "jfk", "--out", "OUT"],
    "report": ["report", "small.toml", "--out", "OUT/report.html"],
    "sweep": ["sweep", "small.toml", "--over", "coherence=0:1:40", "--out", "OUT"],
    "infer": ["infer", "small.toml", "--unknown", "coherence", *EFFORT, "--out", "OUT"],
    "fit": ["fit", "answers.csv", "--model", "model.toml", *EFFORT, "--depth", "2", "--out", "OUT"],
}
WHOLE = {
    ".json": json.loads,
    ".png": lambda text: _require(text.startswith(b"\x89PNG") and text.endswith(b"IEND\xaeB`\x82")),
    ".nc": lambda text: _require(text.startswith(b"\x89HDF") and len(text) > 1000),
    ".csv": lambda text: _require(text.endswith(b"\n")),
    ".html": lambda text: _require(text.rstrip().endswith(b"</html>")),
    ".py": lambda text: compile(text, "task.py", "exec"),
    ".jsonl": lambda text: [json.loads(line) for line in text.decode().splitlines()],
}
OLD = b"old\n"


def _require(holds):
    if not holds:
        raise ValueError("not whole")


def check(folder, before, ended):
    """What is wrong with a folder after a command has ended."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            if ended != signal.SIGKILL:
                yield f"left {name}"
            continue
        if name == "filler" or path.is_dir():
            continue
        if name.startswith("done/") or (name.startswith("sweep.zarr/") and path.suffix != ".json"):
            continue  # an empty mark, and what `sweep_killed.py` compares byte by byte
        content = path.read_bytes()
        if content == OLD and name in before:
            continue
        try:
            reader = WHOLE.get(path.suffix) or {"new.toml": parse, "mapping.toml": parse_mapping}[name]
            reader(content.decode() if path.suffix == ".toml" else content)
        except Exception as error:
            yield f"{name} is not whole: {error!r}"
    yield from (f"{name} is gone" for name in before if not (folder / name).exists())


def prepared(folder, names):
    """The folder with files of before under some of the names that the command writes."""
    for name in names:
        (folder / name).write_bytes(OLD)
    return names


def once(rng, name, work, out, lasts, room):
    """One command, ended; what is wrong afterwards, and how it ended."""
    arguments = [part.replace("OUT", str(out)) for part in COMMANDS[name]]
    written = {
        "new": (),
        "report": ("report.html",),
        "questionnaire": ("task.py",),
        "fit": ("fit.json",),
        "sweep": ("sweep.json",),
    }
    before = prepared(out, written.get(name, ("result.json", "inference.json", "attribution.json", "runs.json")))
    if room is not None:
        (out / "filler").touch()
        with contextlib.suppress(OSError), (out / "filler").open("wb", buffering=0) as filler:
            while room_of(out) > room:
                filler.write(b"\0" * 1024)
    child = subprocess.Popen(
        [sys.executable, "-m", "bayes_self", *arguments], cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    ended = "full disk" if room is not None else (signal.SIGINT, signal.SIGKILL)[rng.randrange(2)]
    if isinstance(ended, signal.Signals):
        # As a rule near the end, where the writing is.
        time.sleep(max(0.3, lasts.get(name, 10.0) * rng.choice((rng.random(), 1 - 0.3 * rng.random()))))
        child.send_signal(ended)
    start = time.monotonic()
    _, said = child.communicate()
    if room is not None:
        lasts[name] = time.monotonic() - start
    faults = [*check(out, before, ended)]
    faults += ["a traceback: " + said.decode()[-500:]] if b"Traceback" in said else []
    allowed = {signal.SIGKILL: (-9, 0, 3), signal.SIGINT: (130, 0, -2, 3), "full disk": (0, 2, 3)}[ended]
    faults += [f"status {child.returncode}: {said.decode()[-300:]}"] if child.returncode not in allowed else []
    return ended, faults


def room_of(folder):
    import shutil

    return shutil.disk_usage(folder).free


@contextlib.contextmanager
def small_disk(size="400k"):
    """A folder on a disk of that size, or None where none may be mounted."""
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False)
        try:
            yield Path(folder) if mounted.returncode == 0 else None
        finally:
            if mounted.returncode == 0:
                subprocess.run(["umount", folder], check=True)


def main(seconds, seed=0):
    rng, end, lasts, tally, bad = random.Random(seed), time.monotonic() + seconds, {}, {}, 0
    with tempfile.TemporaryDirectory() as work, small_disk() as disk:
        (Path(work) / "small.toml").write_text(SMALL)
        (Path(work) / "answers.csv").write_text(ANSWERS)
        (Path(work) / "model.toml").write_text(MODEL)
        names = list(COMMANDS)
        for turn in range(10**6):
            if time.monotonic() > end:
                break
            name = names[turn % len(names)]
            full = disk is not None and (name not in lasts or rng.random() < 0.3)
            out = Path(tempfile.mkdtemp(dir=disk if full else work))
            ended, faults = once(rng, name, work, out, lasts, rng.choice((0, 8, 40, 120, 250)) * 1024 if full else None)
            tally[name, str(ended)] = tally.get((name, str(ended)), 0) + 1
            for fault in faults:
                bad += 1
                print(f"{name}, {ended}: {fault}", flush=True)
            subprocess.run(["rm", "-rf", str(out)], check=True)
    print(*(f"{name}, {ended}: {n} times" for (name, ended), n in sorted(tally.items())), f"{bad} faults", sep="\n")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
