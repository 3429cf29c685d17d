"""Whose turn it is at the engine: one question at a time, and a hand that pushes goes before a search."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Engine:
    """Each question uses the whole engine; a search holds it only until somebody else waits."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._waiting = 0

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """A turn as soon as there can be one: searches are told that somebody waits."""
        self._count(1)
        try:
            self._turn.acquire()
        finally:
            self._count(-1)
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def patiently(self) -> Iterator[None]:
        """A turn for a search, which is to end when `somebody_waits`."""
        with self._turn:
            yield

    def somebody_waits(self) -> bool:
        """Whether a question that should be answered at once waits for its turn."""
        return self._waiting > 0

    def finish(self, seconds: float) -> bool:
        """Come to an end of what is being answered, and begin nothing more; whether it has."""
        return self._turn.acquire(timeout=seconds)

    def _count(self, change: int) -> None:
        with self._counting:
            self._waiting += change
