"""Sweeps: beliefs at every point of a grid, or of a quasi-random sample, of a scenario's numbers."""
