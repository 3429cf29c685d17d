"""The model: numbers become potentials, potentials are summed over self-models, and the sums are beliefs.

`parameters` has every number of a scenario as arrays, `streams` what each kind of evidence says, `referent` the sum
over identities and values, `beliefs` the log evidence and the probabilities. Every array may have leading axes.
NumPy and JAX run the same lines; only NumPy sums products first, and logarithms where those are not certified.
"""
