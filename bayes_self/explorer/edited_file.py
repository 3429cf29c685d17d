"""An edited scenario as a file: the text as it was written, comments and all, with the edits in it."""

from typing import Any

from bayes_self.explorer.question import Asked
from bayes_self.scenario.rewrite import NotRewritten, rewritten


def saved(asked: Asked) -> dict[str, Any]:
    """The file, what to call it, whether its comments were kept, and the command that does the same without it."""
    edited = asked.scenario.to_dict()  # refuses what would be no scenario
    try:
        text, commented = rewritten(asked.offer.text, asked.settings), True
    except NotRewritten:
        text, commented = asked.scenario.to_toml(), False
    return {
        "name": f"{asked.offer.name}{'_edited' if edited != asked.offer.scenario.to_dict() else ''}.toml",
        "text": text,
        "comments": commented,
        "command": asked.command,
    }
