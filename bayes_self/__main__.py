"""`python -m bayes_self` is `bayes-self`: it loads the command where an interruption is already no traceback."""

import sys

INTERRUPTED = 130


def main() -> None:
    """The entry point of `bayes-self`."""
    try:
        from bayes_self.commands.app import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
