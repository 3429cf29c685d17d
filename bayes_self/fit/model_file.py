"""`--model NAME|FILE`: a program by its name, or a TOML file that names one and says what answers mean.

    program = "self-model"
    none = ["none"]                                # names of "no persona"; default ["none"]
    [persona]                                      # {probe: outcomes that are the persona's value}
    identification = ["persona"]
    [self]                                         # {probe: outcomes that are the self's}
    identification = ["other"]

With a name, the reading of personascope-bench that is shipped is used.
"""

import tomllib
from pathlib import Path

from bayes_self.errors import BayesSelfError
from bayes_self.files.reading import content_of, text_in
from bayes_self.fit.meaning import Meaning, meaning_of, personascope
from bayes_self.scenario.load import is_scenario
from bayes_self.words.spelling import did_you_mean

PROGRAMS = (
    *("self-model", "self-model-owned", "persona-selection", "simulator"),
    *("two-parameter-interactions", "two-parameter", "rasch", "configuration-mean", "item-mean", "constant"),
)
_KEYS = {"program", "none", "persona", "self"}


def model_of(asked: str) -> tuple[str, Meaning]:
    """The program and the reading that are asked for.

    Raises:
        BayesSelfError: no program and no file of that name, or a file that is none of ours.

    """
    if asked in PROGRAMS:
        return asked, personascope()
    path = Path(asked)
    if not path.is_file():
        hint = did_you_mean(asked, PROGRAMS) or f"one of {', '.join(PROGRAMS)}, or a TOML file"
        raise BayesSelfError(f"--model {asked}: there is no program and no file of that name; {hint}")
    return _from_file(path)


def _from_file(path: Path) -> tuple[str, Meaning]:
    try:
        document = tomllib.loads(text_in(content_of(path, "a TOML file"), path).replace("\r\n", "\n"))
    except BayesSelfError:
        raise
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or a number that Python refuses to read
        raise BayesSelfError(f"{path}: no TOML: {error}") from None
    if is_scenario(document):
        raise BayesSelfError(
            f"{path}: this is a scenario, which says what a self-model believes; expected a file with `program`, "
            "[persona] and [self], which say what answers mean"
        )
    if unknown := sorted(set(document) - _KEYS):
        raise BayesSelfError(f"{path}: got the key {unknown[0]!r}, expected {', '.join(sorted(_KEYS))}")
    name = document.get("program", PROGRAMS[0])
    if name not in PROGRAMS:
        raise BayesSelfError(f"{path}: program: got {name!r}, expected one of {', '.join(PROGRAMS)}")
    return name, meaning_of(document, str(path))
