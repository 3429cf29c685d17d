"""A report as one page that a browser shows and a printer prints, which needs nothing from elsewhere."""

from bayes_self.page.content import Content, content
from bayes_self.page.render import render

__all__ = ["Content", "content", "render"]
