"""Passes by name. A pass is the class in the module of its name, so there is no list to keep."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from functools import cache

from irc.passes.base import Pass

PASS_PACKAGES = ["irc.passes", "irc.lowering", "irc.conversion"]


@cache
def find_pass(name: str) -> type[Pass] | None:
    """The pass `name`, such as `nd-to-linalg`; its module is imported now. `None` if there is none."""
    module = name.replace("-", "_")
    if not module.isidentifier():
        return None
    for package in PASS_PACKAGES:
        if importlib.util.find_spec(f"{package}.{module}") is not None:
            found = importlib.import_module(f"{package}.{module}")
            for value in vars(found).values():
                if isinstance(value, type) and issubclass(value, Pass) and value.name == name:
                    return value
    return None


def all_passes() -> list[type[Pass]]:
    """Every pass, by name; imports all their modules."""
    found: dict[str, type[Pass]] = {}
    for package in PASS_PACKAGES:
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
            cls = find_pass(module.name.replace("_", "-"))
            if cls is not None:
                found[cls.name] = cls
    return [found[name] for name in sorted(found)]
