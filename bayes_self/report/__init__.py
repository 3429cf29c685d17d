"""Results told to people in a terminal: bars, verdicts, and one sentence that says what happened. A report a file."""
