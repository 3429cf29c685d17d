"""Every command that writes something, asked of a small scenario; OUT stands for the place."""

FEW = ("--draws", 4, "--warmup", 4, "--chains", 2)
WRITERS = {
    "run": ("run", "small.toml", "--out", "OUT"),
    "runs": ("run", "small.toml", "--runs", 2, "--out", "OUT"),
    "measure": ("measure", "attribution", "small.toml", "--identity", "jfk", "--out", "OUT"),
    "infer": ("infer", "small.toml", "--unknown", "streams.rl.reliability", *FEW, "--out", "OUT"),
    "sweep": ("sweep", "small.toml", "--over", "coherence=0:1:3", "--out", "OUT"),
    "questionnaire": ("questionnaire", "small.toml", "--out", "OUT", "--answers", 1),
    "report": ("report", "small.toml", "--out", "OUT/page.html", "--no-robustness"),
    "new": ("new", "OUT/new.toml"),
}  # fmt: skip
