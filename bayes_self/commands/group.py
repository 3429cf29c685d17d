"""How the command fails: one readable message on standard error, an exit status, and no traceback."""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from bayes_self.commands.output import visible
from bayes_self.errors import BayesSelfError

BAD_INPUT = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports of a process that was ended by SIGPIPE or SIGINT."""


class Commands(TyperGroup):
    """The commands in the order in which they are written, and what happens when one fails."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        try:
            with _until_the_end():
                result = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()  # here, where a full disk or a closed pipe can still be told
            return result
        except BayesSelfError as error:
            return _fail(str(error))
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _forget_output()
            raise typer.Exit(PIPE_CLOSED) from None
        except OSError as error:
            _forget_output()
            return _fail(_in_words(error))
        except MemoryError:
            return _fail("there is not enough memory for this scenario")


_AT_THE_END: list[contextlib.ExitStack] = []
"""What each command that runs in this process gives back when it ends."""


@contextlib.contextmanager
def _until_the_end() -> Iterator[None]:
    with contextlib.ExitStack() as held:
        _AT_THE_END.append(held)
        held.callback(_AT_THE_END.pop)
        yield


def hold(claim: contextlib.AbstractContextManager[None]) -> None:
    """Enter a claim, and leave it when the command that runs ends."""
    _AT_THE_END[-1].enter_context(claim)


def _fail(message: str) -> None:
    typer.echo(visible(f"bayes-self: {message}"), err=True)
    raise typer.Exit(BAD_INPUT)


def _in_words(error: OSError) -> str:
    what = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {what}" if error.filename else what


def _forget_output() -> None:
    """Where standard output is what failed, keep Python from failing again when it flushes it on its way out."""
    try:
        sys.stdout.flush()
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, ValueError):
        pass  # there is none, or it is closed
