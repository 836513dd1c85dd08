"""The names of all declared ops, types and attributes; dialect modules are imported when a name of theirs is met.

A dialect is a module of one of `DIALECT_PACKAGES`; its file's name is its prefix, so there is no list to keep.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from typing import Any

DIALECT_PACKAGES = ["irc.dialects"]

OPAQUE_DIALECTS = frozenset({"mhlo", "nvvm", "quant", "rocdl", "sdy", "spirv"})
"""Dialects whose types and attributes are carried along as text."""

OPS: dict[str, Any] = {}
TYPES: dict[str, Any] = {}
ATTRIBUTES: dict[str, Any] = {}
_loaded: dict[str, bool] = {}


def register_op(cls: Any) -> None:
    """Called for each op class by its metaclass."""
    if cls.name in OPS:
        raise TypeError(f"op '{cls.name}' is declared twice")
    OPS[cls.name] = cls


def register_type(cls: Any) -> None:
    """Make a dialect's type known by its `name`; usable as a class decorator through `dialect_type`."""
    TYPES[cls.name] = cls


def register_attribute(cls: Any) -> None:
    """Make a dialect's attribute known by its `name`."""
    ATTRIBUTES[cls.name] = cls


def load_dialect(prefix: str) -> bool:
    """Import the dialect `prefix`; whether there is one."""
    found = _loaded.get(prefix)
    if found is None:
        found = False
        for package in DIALECT_PACKAGES:
            if prefix.isidentifier() and importlib.util.find_spec(f"{package}.{prefix}") is not None:
                importlib.import_module(f"{package}.{prefix}")
                found = True
        _loaded[prefix] = found
    return found


def allows_unknown_operations(prefix: str) -> bool:
    """Whether operations of the dialect that are not declared are read in generic form (attributes as text, and types),
    where unregistered ones are allowed: those of unknown dialects, and of those whose module says
    `ALLOWS_UNKNOWN_OPERATIONS` since it declares only a part of upstream's."""
    return not load_dialect(prefix) or _says(prefix, "ALLOWS_UNKNOWN_OPERATIONS")


def allows_unknown_types(prefix: str) -> bool:
    """As `allows_unknown_operations`, but of the types alone, which a dialect may have declared before its operations:
    its module then says `DECLARES_ALL_TYPES`."""
    return allows_unknown_operations(prefix) and not _says(prefix, "DECLARES_ALL_TYPES")


def is_kept_as_text(name: str) -> bool:
    """Whether the attribute `dialect.mnemonic` is one of which the dialect says no more than its name: those in
    `ATTRIBUTES_AS_TEXT` of its module."""
    prefix, _, mnemonic = name.partition(".")
    if not load_dialect(prefix):
        return False
    modules = [sys.modules.get(f"{package}.{prefix}") for package in DIALECT_PACKAGES]
    return any(mnemonic in getattr(module, "ATTRIBUTES_AS_TEXT", ()) for module in modules)


def _says(prefix: str, flag: str) -> bool:
    modules = [sys.modules.get(f"{package}.{prefix}") for package in DIALECT_PACKAGES]
    return any(getattr(module, flag, False) for module in modules)


def _lookup(table: dict[str, Any], name: str) -> Any:
    found = table.get(name)
    if found is None and load_dialect(name.partition(".")[0]):
        found = table.get(name)
    return found


def lookup_op(name: str) -> Any:
    """The op class of a full name such as `arith.addf`, `None` if there is none."""
    return _lookup(OPS, name)


def lookup_type(name: str) -> Any:
    """The class of a dialect's type, `None` if there is none."""
    return _lookup(TYPES, name)


def lookup_attribute(name: str) -> Any:
    """The class of a dialect's attribute, `None` if there is none."""
    return _lookup(ATTRIBUTES, name)


def known_dialects() -> list[str]:
    """The prefixes of all dialects that can be loaded; the parts of a large one, `nd_shape`, are not dialects."""
    found: set[str] = set()
    for package in DIALECT_PACKAGES:
        path = importlib.import_module(package).__path__
        found.update(module.name for module in pkgutil.iter_modules(path) if not module.name.startswith("_"))
    return sorted(name for name in found if "_" not in name or name.partition("_")[0] not in found)


def all_op_names() -> list[str]:
    """The names of all ops of all dialects; loads every dialect."""
    for prefix in known_dialects():
        load_dialect(prefix)
    return sorted(OPS)
