"""What all tests share: the settings of property-based tests, and the corpus of programs where there is one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared, so no deadline; in CI the same examples every time, so that a failure is the change's.
settings.register_profile("irc", deadline=None, max_examples=50, derandomize="CI" in os.environ)
settings.load_profile("irc")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder that IRC_CORPUS names: programs of other compilers, with inputs and results. Skips without one."""
    folder = os.environ.get("IRC_CORPUS")
    if not folder:
        pytest.skip("IRC_CORPUS is not set")
    return Path(folder)
