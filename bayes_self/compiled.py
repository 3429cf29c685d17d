"""Compiled code is kept for as long as a process runs; who meets hundreds of shapes has to let go of it in time."""

from pathlib import Path

_MANY = 25_000
"""Linux gives a process some 65,000 memory maps; a shape of scenario that is compiled for all measures takes 150."""


def let_go_when_much() -> None:
    """Drop all compiled code of this process (JAX's caches and our own) where it takes up many memory maps.

    Beyond the system's limit compilation fails with "Cannot allocate memory". What is dropped is compiled again when it
    is asked for. Where the system does not tell its maps nothing is done.
    """
    maps = Path("/proc/self/maps")
    if maps.exists() and maps.read_bytes().count(b"\n") > _MANY:
        import jax

        from bayes_self.executables import let_go

        jax.clear_caches()
        let_go()
