"""Types of arguments, by the names of `jax.typing`."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from irc.tracing.array import Array

ArrayLike: TypeAlias = Array | np.ndarray[Any, Any] | np.generic | bool | int | float | complex
DTypeLike: TypeAlias = Any

__all__ = ["ArrayLike", "DTypeLike"]
