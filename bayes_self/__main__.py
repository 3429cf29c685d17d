"""`python -m bayes_self` is the command `bayes-self`."""

from bayes_self.cli import main

if __name__ == "__main__":
    main()
