"""The old place of `files.writing`, for modules that still import it from here."""

from bayes_self.files.writing import whole_file

__all__ = ["whole_file"]
