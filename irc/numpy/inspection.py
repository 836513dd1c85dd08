"""What the namespace can do, as the Array API standard asks."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.numpy.data_types import check_device, isdtype
from irc.tracing.dtypes import DType

_DTYPES = {
    name: np.dtype(name)
    for name in ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64",
                 "complex64", "complex128")
}  # fmt: skip


class NamespaceInfo:
    """The answer of `__array_namespace_info__`."""

    def capabilities(self) -> dict[str, Any]:
        """Masks and sizes that depend on elements are there outside of traced functions."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self) -> str:
        """The device of new arrays."""
        return "cpu"

    def devices(self) -> list[str]:
        """All devices."""
        return ["cpu"]

    def default_dtypes(self, *, device: Any = None) -> dict[str, DType]:
        """The dtypes of new arrays."""
        check_device(device)
        kinds = {
            "real floating": "float32",
            "complex floating": "complex64",
            "integral": "int32",
            "indexing": "int32",
        }
        return {kind: np.dtype(name) for kind, name in kinds.items()}

    def dtypes(self, *, device: Any = None, kind: Any = None) -> dict[str, DType]:
        """The dtypes of the standard, of a kind."""
        check_device(device)
        return {name: dtype for name, dtype in _DTYPES.items() if kind is None or isdtype(dtype, kind)}


def __array_namespace_info__() -> NamespaceInfo:
    """What the namespace can do."""
    return NamespaceInfo()


__array_api_version__ = "2024.12"

__all__ = ["__array_api_version__", "__array_namespace_info__"]
