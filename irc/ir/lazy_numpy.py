"""NumPy and ml_dtypes, loaded when something of them is first used: a text without dense elements needs neither."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ml_dtypes
    import numpy as np
else:

    class _Lazy(ModuleType):
        """Stands for the module of its name."""

        def __getattr__(self, name: str) -> Any:
            module = importlib.import_module(self.__name__)
            # From here on, what the module has is found without this detour.
            self.__dict__.update(module.__dict__)
            return getattr(module, name)

    np, ml_dtypes = _Lazy("numpy"), _Lazy("ml_dtypes")

__all__ = ["ml_dtypes", "np"]
