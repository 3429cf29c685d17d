"""The explorer: a page on this machine on which every number of a scenario can be pushed, and beliefs follow.

A small server from the standard library stands between one browser and the engine, small on purpose: it answers to
a handful of addresses, knows no folder, and keeps nothing between two questions; every answer is computed by the same
functions that the command uses. (A framework would bring an event loop, a router and file serving to be locked down.)
"""
