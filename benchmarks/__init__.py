"""How fast beliefs are, next to other software: `python -m benchmarks`. See README.md."""
