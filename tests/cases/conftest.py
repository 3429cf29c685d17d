"""A folder of its own with a small scenario in it."""

from pathlib import Path

import pytest
from commanded import SMALL


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text(SMALL)
    return tmp_path
