"""What was observed: counts of outcomes, files of them, and streams of evidence that a user writes in Python."""
