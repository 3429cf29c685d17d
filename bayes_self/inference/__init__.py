"""When numbers of a scenario are themselves unknown: their priors, NUTS over them, what it found, its calibration.

The identities, the values and the referents are summed out exactly; what is sampled is continuous and small.
"""
