"""irc: a multi-level compiler for tensor programs whose textual IR is MLIR."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from irc.transforms import (
        Array,
        checkpoint,
        checkpoint_loops,
        checkpoint_policies,
        closure_convert,
        custom_jvp,
        custom_vjp,
        grad,
        hessian,
        hvp,
        jacfwd,
        jacobian,
        jacrev,
        jit,
        jvp,
        linearize,
        max_dim,
        min_dim,
        remat,
        value_and_grad,
        vjp,
        vmap,
    )

__version__ = "0.1.0"

_MODULES = (
    "ad_checkpoint", "custom_batching", "custom_derivatives", "debug", "dlpack", "dtypes", "errors",
    "experimental", "flatten_util", "image", "lax", "nn", "numpy", "ops", "profiler", "random", "scipy", "sharding", "stages",
    "tree", "tree_util", "typing",
)  # fmt: skip
"""What the tools, which start often, do not load; `irc.transforms` has the functions."""


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"irc.{name}")
    if not name.startswith("_"):
        found = getattr(importlib.import_module("irc.transforms"), name, None)
        if found is not None:
            return found
    raise AttributeError(f"module 'irc' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES, *importlib.import_module("irc.transforms").__all__})


__all__ = [
    "Array", "__version__", "checkpoint", "checkpoint_loops", "checkpoint_policies", "closure_convert", "custom_jvp",
    "custom_vjp", "grad", "hessian", "hvp", "jacfwd", "jacobian", "jacrev", "jit", "jvp", "linearize", "max_dim",
    "min_dim", "remat", "value_and_grad", "vjp", "vmap",
]  # fmt: skip
