"""Results told to people in a terminal: bars, verdicts, a sentence that says what happened; a file for each report."""
