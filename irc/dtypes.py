"""Questions about dtypes, by the names of `jax.dtypes`."""

from __future__ import annotations

from typing import Any

from irc.numpy.data_types import bfloat16, finfo, iinfo, issubdtype, result_type
from irc.tracing.dtypes import DType, TypePromotionError, as_dtype


def canonicalize_dtype(dtype: Any, allow_extended_dtype: bool = False) -> DType:
    """The dtype that arrays of `dtype` have."""
    return as_dtype(dtype)


__all__ = ["TypePromotionError", "bfloat16", "canonicalize_dtype", "finfo", "iinfo", "issubdtype", "result_type"]
