"""What a function gives without computing it: shapes and dtypes, and the text of its program."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from irc.tracing.array import as_array
from irc.tracing.jit import Jitted, Lowered, jit
from irc.tracing.structs import ShapeDtypeStruct


def eval_shape(fun: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """The results of a call as `ShapeDtypeStruct`: it is traced and not computed; arguments may be such structures."""
    return (fun if isinstance(fun, Jitted) else jit(fun)).eval_shape(*args, **kwargs)


def make_jaxpr(
    fun: Callable[..., Any], static_argnums: Any = (), axis_env: Any = None, return_shape: bool = False
) -> Callable[..., Any]:
    """A function that gives the program of a call of `fun`: the text of `nd`, which `print` shows (`Lowered`)."""

    @functools.wraps(fun)
    def traced(*args: Any, **kwargs: Any) -> Any:
        compiled = fun if isinstance(fun, Jitted) and not static_argnums else jit(fun, static_argnums=static_argnums)
        lowered: Lowered = compiled.lower(*args, **kwargs)
        return (lowered, lowered.out_info) if return_shape else lowered

    return traced


def typeof(x: Any) -> ShapeDtypeStruct:
    """Shape and dtype of an array."""
    array = as_array(x)
    return ShapeDtypeStruct(array.shape, array.dtype, weak_type=array.weak_type)


__all__ = ["ShapeDtypeStruct", "eval_shape", "make_jaxpr", "typeof"]
