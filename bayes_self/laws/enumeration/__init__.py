"""An independent statement of the model, by brute force, that the law of Bayes' rule compares the package with.

Plain NumPy on plain dicts: a scenario as `tomllib` parses it, and evidence rows {"stream", "probe", "outcome",
"count"}. It shares no code with the rest of the package and takes no shortcut: every table is the full joint over
(identity, value of facet 1, value of facet 2, ...), for every assignment of referents. So it is slow, and for small
scenarios only.
"""
