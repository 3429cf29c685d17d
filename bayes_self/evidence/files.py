"""Files of evidence: CSV, Parquet or JSON Lines, read with every fault told at once, and written whole."""

import os

from bayes_self.errors import EvidenceError, Fault
from bayes_self.evidence.evidence import Evidence
from bayes_self.evidence.rows import add_up, read_rows
from bayes_self.files.formats import write_rows
from bayes_self.scenario import Scenario


def read_evidence(path: str | os.PathLike[str], scenario: Scenario) -> Evidence:
    """The evidence in a CSV (.csv), Parquet (.parquet), JSON Lines (.jsonl, .ndjson) or JSON (.json, an array) file.

    A header without rows is no evidence; a file without a byte in it is a fault. A byte-order mark, carriage
    returns and empty lines are tolerated; columns other than the four are not, because they would be ignored.

    Raises:
        EvidenceError: with every fault of the file: its line (of Parquet its row), what was got and expected.

    """
    try:
        return Evidence(add_up(scenario, read_rows(path)))
    except EvidenceError as error:
        raise EvidenceError(error.faults, str(path)) from None


def write_evidence(path: str | os.PathLike[str], evidence: Evidence, scenario: Scenario) -> None:
    """Write the evidence in the format that the suffix names; `read_evidence` gives it back to the last bit.

    All or nothing: what was there before stays until the new file is complete.

    Raises:
        EvidenceError: the suffix names no format of evidence, or streams of one's own said something, which is no
            count of anything.
        OSError: the folder cannot be written to.

    """
    if evidence.potentials:
        got, hint = f"log potentials of {', '.join(evidence.potentials)}", "write Evidence(evidence.counts), and listen"
        raise EvidenceError([Fault("", None, got, "counts, which a table can hold", hint + " again")], str(path))
    write_rows(path, evidence.rows(scenario))
