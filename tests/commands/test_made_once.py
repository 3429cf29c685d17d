"""A scenario is taken to pieces once, whatever a command goes on to ask of it."""

import pytest
from commanded import told

from bayes_self.world import self_model

COMMANDS = {
    "run": ["run", "jfk_coder"],
    "run --out": ["run", "naming", "--out", "OUT"],
    "compare": ["compare", "jfk_coder", "--a", "assistant", "--b", "jfk"],
    "measure landscape": ["measure", "landscape", "jfk_coder"],
    "measure probe-value": ["measure", "probe-value", "jfk_coder", "--about", "frame"],
    "measure viability": ["measure", "viability", "jfk_coder"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_names_numbers_and_world_are_made_once(command, tmp_path, monkeypatch):
    calls = {"coordinates_of": 0, "parameters_of": 0, "world_of": 0}

    def counted(name, make):
        def counting(*args):
            calls[name] += 1
            return make(*args)

        return counting

    for name in calls:
        monkeypatch.setattr(self_model, name, counted(name, getattr(self_model, name)))
    told(*[str(tmp_path / "out") if word == "OUT" else word for word in COMMANDS[command]])
    assert calls == {"coordinates_of": 1, "parameters_of": 1, "world_of": 1}
