"""The feature names that a test's REQUIRES, UNSUPPORTED and XFAIL lines may use; lit and pytest share them."""

from __future__ import annotations

import importlib.util
import platform
import sys


def available_features() -> set[str]:
    """The features of this machine: its operating system, its processor, and `cuda` where PyCUDA is installed."""
    optional = {"cuda": "pycuda"}
    return {sys.platform, platform.machine()} | {
        feature for feature, module in optional.items() if importlib.util.find_spec(module)
    }
