"""What is true, and what it shows: facts, the evidence that a world gives, and improvisation where nothing is true yet.

Inference never looks in here; it is given counts. `self_model` takes a scenario to pieces once: names, numbers, and a
world.
"""
