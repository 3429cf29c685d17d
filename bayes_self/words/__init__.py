"""How numbers, names and lines are written for people. Nothing here knows a scenario or a result."""
