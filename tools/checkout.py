"""Running the tools from a checkout, without installing them."""

import os
import os.path
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))


def enter() -> None:
    """Make `irc` of this checkout the one that is imported. Outside of virtual environments the Python of `.venv` takes
    over, where there is one: it has the packages that irc needs."""
    python = os.path.join(ROOT, ".venv", "bin", "python")
    if sys.prefix == sys.base_prefix and os.access(python, os.X_OK):
        os.execv(python, [python, *sys.argv])
    sys.path[0] = ROOT
