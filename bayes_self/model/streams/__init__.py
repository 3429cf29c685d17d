"""How each kind of stream speaks: pretraining, spec, and the two that observe (rl, introspection)."""
