"""Reductions and windows of JAX's `lax`, by a function of the user or by the names of the usual ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from irc.dialects import nd
from irc.ir.attributes import DenseArrayAttr
from irc.ir.builder import Builder
from irc.ir.value import Value
from irc.lax import strict
from irc.lax.scans import map as one_by_one
from irc.numpy import ufuncs
from irc.numpy.reductions import axes_of
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.dims import Dim, Size
from irc.tracing.dtypes import DType, is_inexact, is_integer, limits
from irc.tracing.elementwise import apply, broadcast, cast
from irc.tracing.elementwise import reduce as reduced
from irc.tracing.primitive import Primitive, bind
from irc.tracing.regions import Combiner, combiner, same_number
from irc.tracing.shaping import expanded, show
from irc.tracing.trees import flatten, unflatten

# -- the usual functions -------------------------------------------------------------------------------------------------


def _least(dtype: DType) -> Any:
    return False if dtype.kind == "b" else -np.inf if is_inexact(dtype) else limits(dtype).min


def _greatest(dtype: DType) -> Any:
    return True if dtype.kind == "b" else np.inf if is_inexact(dtype) else limits(dtype).max


def _ones(dtype: DType) -> Any:
    return True if dtype.kind == "b" else -1 if dtype.kind == "i" else limits(dtype).max


class Usual(NamedTuple):
    """An associative operation of `nd`, its reduction where there is one, and what it leaves as it is."""

    op: Any
    reduction: Any
    neutral: Callable[[DType], Any]


SUM = Usual(nd.Add, nd.Sum, lambda _: 0)
PRODUCT = Usual(nd.Multiply, nd.Prod, lambda _: 1)
LARGEST = Usual(nd.Maximum, nd.Max, _least)
SMALLEST = Usual(nd.Minimum, nd.Min, _greatest)
AND = Usual(nd.BitwiseAnd, None, _ones)
OR = Usual(nd.BitwiseOr, None, lambda dtype: False if dtype.kind == "b" else 0)
XOR = Usual(nd.BitwiseXor, None, lambda dtype: False if dtype.kind == "b" else 0)
_KNOWN: dict[Any, Usual] = {
    ufuncs.add: SUM, ufuncs.multiply: PRODUCT, ufuncs.maximum: LARGEST, ufuncs.minimum: SMALLEST,
    strict.add: SUM, strict.mul: PRODUCT, strict.max: LARGEST, strict.min: SMALLEST,
}  # fmt: skip


def _combiner_of(function: Callable[..., Any], arrays: Sequence[Array], structure: Any, what: str) -> Combiner:
    """A function of two trees of elements, as one of their leaves."""
    dtypes = [array.dtype for array in arrays]
    count = len(dtypes)

    def flat(*elements: Array) -> Any:
        return function(unflatten(structure, list(elements[:count])), unflatten(structure, list(elements[count:])))

    return combiner(flat, [*dtypes, *dtypes], dtypes, what)


def _usual_of(computation: Any, function: Combiner, arrays: Sequence[Array]) -> Usual | None:
    """The usual function of numbers that `computation` is, or that it computes."""
    if len(arrays) != 1 or arrays[0].dtype.kind == "b":
        return None
    known = _KNOWN.get(computation)
    if known is not None:
        return known
    dtype = arrays[0].dtype
    return next((usual for usual in _KNOWN.values() if _usual_combiner(usual, dtype, "it") == function), None)


def _usual_combiner(usual: Usual, dtype: DType, what: str) -> Combiner:
    return combiner(lambda x, y: apply(usual.op, x, y), [dtype, dtype], [dtype], what)


def _with_inits(operands: Any, init_values: Any, what: str) -> tuple[list[Array], list[Array], Any]:
    """The leaves of operands and initial values, in one dtype each. Raises `TypeError`."""
    leaves, structure = flatten(operands)
    starts, start_structure = flatten(init_values)
    if structure != start_structure:
        raise TypeError(f"{what} takes initial values of the structure {structure}, got {start_structure}")
    arrays = [as_array(leaf) for leaf in leaves]
    inits = [as_array(start) for start in starts]
    if not arrays:
        raise ValueError(f"{what} needs an array")
    for array, init in zip(arrays, inits, strict=True):
        if init.shape:
            raise TypeError(f"{what} takes initial values without axes, got shape {show(init.shape)}")
        if array.shape != arrays[0].shape:
            raise TypeError(f"{what} takes arrays of one shape, got {show(arrays[0].shape)} and {show(array.shape)}")
        if init.dtype != array.dtype and not init.weak_type:
            raise TypeError(f"{what} takes an initial value of {array.dtype}, got {init.dtype}")
    return arrays, [cast(init, array.dtype) for array, init in zip(arrays, inits, strict=True)], structure


def _batched(primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, **how: Any) -> Any:
    """Arrays with a further axis in front; initial values that differ between the examples go one by one."""
    count = len(inputs) // 2
    if any(flags[count:]):
        spread = expanded(inputs, flags, size)
        found = one_by_one(lambda each: bind(primitive, *each, **how), tuple(spread))
        return tuple(found) if isinstance(found, tuple | list) else found
    arrays = expanded(inputs[:count], flags[:count], size)
    return bind(primitive, *arrays, *inputs[count:], **_WIDER[primitive](how))


# -- reductions ----------------------------------------------------------------------------------------------------------


def _emit_reduce(b: Builder, *operands: Value, function: Combiner, axes: tuple[int, ...]) -> Any:
    count = len(operands) // 2
    op = nd.Reduce(operands[:count], operands[count:], DenseArrayAttr.i64(axes), function.region())
    op = b.insert(op)
    return op.results[0] if count == 1 else op.results


REDUCE = Primitive("reduce", _emit_reduce, _batched)


def reduce(operands: Any, init_values: Any, computation: Callable[[Any, Any], Any], dimensions: Sequence[int]) -> Any:
    """The elements along these axes combined by `computation`, an associative function of two trees of elements.

    Each initial value is used once for each result. Axes are dropped.
    """
    arrays, inits, structure = _with_inits(operands, init_values, "reduce")
    axes = axes_of(tuple(dimensions), arrays[0].ndim)
    function = _combiner_of(computation, arrays, structure, "reduce")
    usual = _usual_of(computation, function, arrays)
    if usual is not None:
        return unflatten(structure, [_with_init(usual, arrays[0], inits[0], axes)])
    found = bind(REDUCE, *arrays, *inits, function=function, axes=axes)
    return unflatten(structure, list(found) if isinstance(found, tuple) else [found])


def _with_init(usual: Usual, x: Array, init: Array, axes: Sequence[int]) -> Array:
    if usual.reduction in (nd.Max, nd.Min) and any(
        x.shape[axis] == 0 or isinstance(x.shape[axis], Dim) for axis in axes
    ):
        function = _usual_combiner(usual, x.dtype, "reduce")
        found: Array = bind(REDUCE, x, init, function=function, axes=tuple(axes))
        return found
    total = reduced(usual.reduction, x, axes)
    neutral = usual.neutral(x.dtype)
    known = same_number(init, neutral)
    return total if known and axes else apply(usual.op, *broadcast(init, total))


def _named(usual: Usual, operand: Any, axes: Sequence[int], what: str) -> Array:
    array = as_array(operand)
    found = axes_of(tuple(axes), array.ndim)
    if usual.reduction is not None and array.dtype.kind != "b":
        return _with_init(usual, array, ConcreteArray(np.asarray(usual.neutral(array.dtype), array.dtype)), found)
    init = ConcreteArray(np.asarray(usual.neutral(array.dtype), array.dtype))
    function = _usual_combiner(usual, array.dtype, what)
    result: Array = bind(REDUCE, array, init, function=function, axes=found)
    return result


def reduce_sum(operand: Any, axes: Sequence[int]) -> Array:
    """The sum along the axes, in the dtype of the elements."""
    return _named(SUM, operand, axes, "reduce_sum")


def reduce_prod(operand: Any, axes: Sequence[int]) -> Array:
    """The product along the axes, in the dtype of the elements."""
    return _named(PRODUCT, operand, axes, "reduce_prod")


def reduce_max(operand: Any, axes: Sequence[int]) -> Array:
    """The largest element along the axes, the least number there is where there are none."""
    return _named(LARGEST, operand, axes, "reduce_max")


def reduce_min(operand: Any, axes: Sequence[int]) -> Array:
    """The smallest element along the axes, the greatest number there is where there are none."""
    return _named(SMALLEST, operand, axes, "reduce_min")


def _logic(usual: Usual, operand: Any, axes: Sequence[int], what: str) -> Array:
    array = as_array(operand)
    if array.dtype.kind != "b" and not is_integer(array.dtype):
        raise TypeError(f"{what} is a function of integers and booleans, got {array.dtype}")
    return _named(usual, array, axes, what)


def reduce_and(operand: Any, axes: Sequence[int]) -> Array:
    """The bits that are set in all elements along the axes."""
    return _logic(AND, operand, axes, "reduce_and")


def reduce_or(operand: Any, axes: Sequence[int]) -> Array:
    """The bits that are set in one of the elements along the axes."""
    return _logic(OR, operand, axes, "reduce_or")


def reduce_xor(operand: Any, axes: Sequence[int]) -> Array:
    """The bits that are set in an odd number of the elements along the axes."""
    return _logic(XOR, operand, axes, "reduce_xor")


# -- windows -------------------------------------------------------------------------------------------------------------


class Windows(NamedTuple):
    """How windows move along each axis; the names are those of `nd.reduce_window`."""

    window: tuple[int, ...]
    strides: tuple[int, ...]
    base_dilations: tuple[int, ...]
    window_dilations: tuple[int, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]

    def wider(self) -> Windows:
        """With an axis in front along which a window is one element."""
        return Windows((1, *self[0]), (1, *self[1]), (1, *self[2]), (1, *self[3]), (0, *self[4]), (0, *self[5]))


def _emit_reduce_window(b: Builder, *operands: Value, function: Combiner, windows: Windows) -> Any:
    count = len(operands) // 2
    lists: dict[str, Any] = {name: DenseArrayAttr.i64(numbers) for name, numbers in windows._asdict().items()}
    window = lists.pop("window")
    op = nd.ReduceWindow(operands[:count], operands[count:], window, function.region(), **lists)
    op = b.insert(op)
    return op.results[0] if count == 1 else op.results


REDUCE_WINDOW = Primitive("reduce_window", _emit_reduce_window, _batched)

_WIDER: dict[Primitive, Callable[[dict[str, Any]], dict[str, Any]]] = {
    REDUCE: lambda how: {**how, "axes": tuple(axis + 1 for axis in how["axes"])},
    REDUCE_WINDOW: lambda how: {**how, "windows": how["windows"].wider()},
}


def padding_of(
    padding: Any, sizes: Sequence[Size], window: Sequence[int], strides: Sequence[int]
) -> list[tuple[int, int]]:
    """Amounts before and after each axis: "VALID" is none, "SAME" as many as give a position for each stride."""
    if not isinstance(padding, str):
        pairs = [(int(low), int(high)) for low, high in padding]
        if len(pairs) != len(sizes):
            raise ValueError(f"padding needs a pair for each of {len(sizes)} axes, got {len(pairs)}")
        return pairs
    name = padding.upper()
    if name == "VALID":
        return [(0, 0)] * len(sizes)
    if name not in ("SAME", "SAME_LOWER"):
        raise ValueError(f"padding is 'VALID', 'SAME', 'SAME_LOWER' or pairs of amounts, got {padding!r}")
    found = []
    for size, extent, stride in zip(sizes, window, strides, strict=True):
        if isinstance(size, Dim) and stride != 1:
            raise ValueError(f"padding {padding!r} with a stride needs an axis of a known size: give amounts instead")
        positions = size if stride == 1 else -(-size // stride)
        total = extent - 1 if stride == 1 else max(0, (positions - 1) * stride + extent - size)
        small, large = total // 2, total - total // 2
        found.append((small, large) if name == "SAME" else (large, small))
    return found


def reduce_window(
    operand: Any,
    init_value: Any,
    computation: Callable[[Any, Any], Any],
    window_dimensions: Sequence[int],
    window_strides: Sequence[int] | None = None,
    padding: Any = "VALID",
    base_dilation: Sequence[int] | None = None,
    window_dilation: Sequence[int] | None = None,
) -> Any:
    """The elements of each window combined by `computation`, an associative function of two trees of elements.

    Padding, and what dilation of the arrays puts between elements, is the initial value, which must be neutral.
    """
    arrays, inits, structure = _with_inits(operand, init_value, "reduce_window")
    rank = arrays[0].ndim
    lists = [
        tuple(map(int, each)) if each is not None else (1,) * rank
        for each in (window_dimensions, window_strides, base_dilation, window_dilation)
    ]
    if any(len(each) != rank for each in lists):
        raise ValueError(f"reduce_window needs numbers for each of {rank} axes, got {lists}")
    window, strides, base, dilation = lists
    sizes = [(n - 1) * d + 1 if not isinstance(n, int) or n else 0 for n, d in zip(arrays[0].shape, base, strict=True)]
    extents = [(n - 1) * d + 1 for n, d in zip(window, dilation, strict=True)]
    pairs = padding_of(padding, sizes, extents, strides)
    low, high = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    windows = Windows(window, strides, base, dilation, low, high)
    function = _combiner_of(computation, arrays, structure, "reduce_window")
    found = bind(REDUCE_WINDOW, *arrays, *inits, function=function, windows=windows)
    return unflatten(structure, list(found) if isinstance(found, tuple) else [found])


__all__ = [
    "reduce", "reduce_and", "reduce_max", "reduce_min", "reduce_or", "reduce_prod", "reduce_sum", "reduce_window",
    "reduce_xor",
]  # fmt: skip
