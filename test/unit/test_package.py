"""The package as a whole."""

from __future__ import annotations

from importlib.metadata import version

import irc


def test_the_installed_version_is_that_of_the_source() -> None:
    assert version("irc") == irc.__version__
