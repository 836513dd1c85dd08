"""Functions of Python that a compiled program calls: for their results (`pure_callback`) or for what they do."""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc import custom_calls
from irc.dialects.nd_custom_call import call_of
from irc.ir.attributes import StringAttr, i64_attr
from irc.ir.builder import Builder
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import peel
from irc.tracing.dims import Dim, Size, index_of
from irc.tracing.dtypes import DType, as_dtype, element_type_of
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import expanded
from irc.tracing.trees import flatten, unflatten

Outputs = tuple[tuple[tuple[Size, ...], DType], ...]


def _emit(b: Builder, *inputs: Value, name: str, outputs: Outputs, axes: int, effects: bool, text: str) -> Any:
    types = [
        TensorType(tuple(None if isinstance(n, Dim) else n for n in shape), element_type_of(dtype))
        for shape, dtype in outputs
    ]
    dims = [index_of(n) for shape, _ in outputs for n in shape if isinstance(n, Dim)]
    options = {"axes": i64_attr(axes), "text": StringAttr(text)}
    return list(b.insert(call_of(name, inputs, types, options, dims, side_effects=effects)).outputs)


def _batch(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, outputs: Outputs, axes: int, **how: Any
) -> Any:  # fmt: skip
    wider = tuple(((size, *shape), dtype) for shape, dtype in outputs)
    return bind(primitive, *expanded(inputs, flags, size), outputs=wider, axes=axes + 1, **how)


def _now(*inputs: Any, name: str, outputs: Outputs, axes: int, effects: bool, text: str) -> Any:
    out = tuple(np.zeros(shape, dtype) for shape, dtype in outputs)
    options = {"axes": axes, "text": text}
    elements = [element_type_of(dtype) for _, dtype in outputs]
    custom_calls.call(name, options, [np.array(each) for each in inputs], out, elements)
    return out


CALLBACK = Primitive("callback", _emit, _batch, by_rank=False, view=_now)

_numbers = itertools.count()
_names: dict[Any, str] = {}


def _each_example(work: Callable[..., Any]) -> Callable[..., None]:
    """A target that does its work for each example of the batches that the leading `axes` axes are."""

    def target(*inputs: Any, out: Any, axes: int, text: str) -> None:
        arrays = [np.asarray(each) for each in inputs]
        shape = (*arrays, *out)[0].shape[:axes] if axes else ()
        for place in np.ndindex(*shape):
            work(text, [array[place] for array in arrays], [array[place] for array in out] if out else [], out, place)

    return target


def _registered(function: Callable[..., Any], work: Callable[..., Any]) -> str:
    """The name that programs call a function by."""
    name = _names.get(function)
    if name is None:
        name = _names[function] = f"irc.python.{next(_numbers)}"
        custom_calls.register(name, _each_example(work))
    return name


def effect(function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    """Let the program call `function`, with NumPy arrays, in the order of the program."""
    leaves, structure = flatten((tuple(args), kwargs))
    arrays = [as_array(leaf) for leaf in leaves]

    def work(text: str, inputs: Sequence[Any], *_: Any) -> None:
        given, named = unflatten(structure, list(inputs))
        function(*given, **named)

    key = (function, structure)
    name = _registered(key, work)  # type: ignore[arg-type]  # what it is known by
    bind(CALLBACK, *arrays, name=name, outputs=(), axes=0, effects=True, text="")


class _Named(string.Formatter):
    """What a format names is there, and all that is there is named; nothing is formatted."""

    def check_unused_args(self, used_args: Any, args: Any, kwargs: Any) -> None:
        unused = [
            *(i for i in range(len(args)) if i not in used_args),
            *(name for name in kwargs if name not in used_args),
        ]
        if unused:
            listed = ", ".join(map(str, unused))
            raise ValueError(
                f"debug.print got arguments that its format does not name: {listed}; an f-string names none"
            )

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return value

    def format_field(self, value: Any, format_spec: str) -> Any:
        return ""


def printed(fmt: str, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
    """Let the program print its arrays in a format of Python's.

    Raises `KeyError`, `IndexError` and `ValueError` where the format and the arrays do not fit together.
    """
    _Named().vformat(fmt, args, kwargs)
    leaves, structure = flatten((tuple(args), kwargs))
    arrays = [as_array(leaf) for leaf in leaves]

    def work(text: str, inputs: Sequence[Any], *_: Any) -> None:
        given, named = unflatten(structure, [ConcreteArray(np.array(each)) for each in inputs])
        print(text.format(*given, **named))

    name = _registered((printed, structure), work)  # type: ignore[arg-type]
    bind(CALLBACK, *arrays, name=name, outputs=(), axes=0, effects=True, text=fmt)


def pure_callback(
    callback: Callable[..., Any],
    result_shape_dtypes: Any,
    *args: Any,
    sharding: Any = None,
    vmap_method: str | None = None,
    **kwargs: Any,
) -> Any:
    """What a function of NumPy arrays gives, of the shapes and dtypes that a container of structures says.

    It may be left out or called again. Under `vmap` it is called for each example, whatever `vmap_method`.
    """
    return _called(callback, result_shape_dtypes, args, kwargs, effects=False)


def io_callback(
    callback: Callable[..., Any],
    result_shape_dtypes: Any,
    *args: Any,
    sharding: Any = None,
    ordered: bool = False,
    **kwargs: Any,
) -> Any:
    """`pure_callback` of a function that does more than to give a result: it is called once, in the order of the program.

    Under `vmap` it is called for each example, which an `ordered` one cannot be, as in JAX. Raises `ValueError`.
    """
    if ordered and any(peel(as_array(leaf))[1] for leaf in flatten((args, kwargs))[0]):
        raise ValueError("an ordered io_callback cannot be mapped by vmap: the examples have no order")
    return _called(callback, result_shape_dtypes, args, kwargs, effects=True)


def _called(callback: Callable[..., Any], results: Any, args: Any, kwargs: dict[str, Any], *, effects: bool) -> Any:
    wanted, result_structure = flatten(results)
    outputs = tuple((tuple(each.shape), as_dtype(each.dtype)) for each in wanted)
    leaves, structure = flatten((tuple(args), kwargs))
    arrays = [as_array(leaf) for leaf in leaves]

    def work(text: str, inputs: Sequence[Any], _: Any, out: Sequence[Any], place: tuple[int, ...]) -> None:
        given, named = unflatten(structure, list(inputs))
        found = flatten(callback(*given, **named))[0]
        if len(found) != len(out):
            raise ValueError(f"the callback gave {len(found)} arrays, not the {len(out)} that were announced")
        for array, value in zip(out, found, strict=True):
            part, expected = np.asarray(value), array[place]
            if part.shape != expected.shape:
                raise ValueError(f"the callback gave shape {part.shape}, not {expected.shape} as announced")
            array[place] = part

    name = _registered((callback, structure, result_structure, effects), work)  # type: ignore[arg-type]
    found = bind(CALLBACK, *arrays, name=name, outputs=outputs, axes=0, effects=effects, text="")
    return unflatten(result_structure, list(found))
