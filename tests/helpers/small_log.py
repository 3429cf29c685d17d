"""A small log of Inspect: two samples under two scorers, a judge that gives no answer and a reader that does."""

from typing import Any

SPEC = {"task": "t", "task_id": "task-1", "eval_id": "eval-1", "run_id": "run-1", "model": "m"}
SPEC |= {"created": "2026-01-01T00:00:00+00:00", "dataset": {"name": "d"}, "config": {}}


def log_of(spec=(), **changes) -> Any:
    """The log, with changes to it and to what it says of its evaluation."""
    from inspect_ai.log import EvalLog, EvalSample  # pyright: ignore[reportMissingImports]
    from inspect_ai.scorer import Score  # pyright: ignore[reportMissingImports]

    log = EvalLog.model_validate({"eval": SPEC | dict(spec), "status": "success"} | changes)
    log.samples = [
        EvalSample(
            id=f"q{i}",
            epoch=1,
            input="?",
            target="A",
            metadata={"persona": "Curie", "route": "system", "facet": "substrate"},
            uuid=f"sample-{i} of {log.eval.task_id}",
            scores={
                "judge": Score(value={"human": 0.75, "machine": 0}, explanation="it says so"),
                "reader": Score(value="C", answer="human brain", metadata={"sure": True}),
            },
        )
        for i in range(2)
    ]
    return log


def write(log, path) -> Any:
    """Write the log in the format of the suffix."""
    from inspect_ai.log import write_eval_log  # pyright: ignore[reportMissingImports]

    path.parent.mkdir(exist_ok=True, parents=True)
    write_eval_log(log, str(path))
    return log
