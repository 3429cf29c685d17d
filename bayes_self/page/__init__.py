"""A report as one page that a browser shows and a printer prints, which needs nothing from elsewhere."""

from bayes_self.page.render import render
from bayes_self.page.told import Told, told

__all__ = ["Told", "render", "told"]
