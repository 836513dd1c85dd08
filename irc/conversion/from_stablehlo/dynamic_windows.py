"""`@stablehlo.dynamic_reduce_window`: windows whose amounts are computed.

JAX writes it where sizes are symbolic: running sums along such an axis, windows that hold all of it, and padding that depends
on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.conversion.from_stablehlo.reductions import amounts
from irc.conversion.from_stablehlo.regions import Combined, accumulating, taken
from irc.conversion.from_stablehlo.slices import padded
from irc.conversion.from_stablehlo.values import ints, listed, size, sizes_like, typed, unsupported
from irc.dialects import cf, func, nd
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import Amount, add, as_value, compare
from irc.dialects._windows import Window
from irc.ir.attributes import StringAttr, SymbolRefAttr, UnitAttr, i64_attr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping, clone
from irc.ir.region import Region
from irc.ir.symbols import SymbolTable
from irc.ir.types import TensorType
from irc.ir.value import Value


class _Windows:
    """The operands of a call, sorted: along each axis a size, a stride, two dilations and two amounts of padding."""

    def __init__(self, op: hlo.CustomCall, b: Builder, operands: Sequence[Value]) -> None:
        count = len(op.results)
        self.op, self.b = op, b
        self.inputs, self.inits = operands[:count], operands[count : 2 * count]
        self.size, self.stride, self.base, self.dilation, padding = (
            listed(b, value) for value in operands[2 * count :]
        )
        self.low, self.high = padding[::2], padding[1::2]
        self.rank = len(self.size)

    def axes(self, computed: Sequence[Amount]) -> list[int]:
        """Where an amount is computed."""
        return [axis for axis, amount in enumerate(computed) if isinstance(amount, Value)]

    def is_single(self, axis: int) -> bool:
        """Whether the window is one element, and there is one for each."""
        along = (self.size, self.stride, self.base, self.dilation)
        return all(part[axis] == 1 for part in along) and self.low[axis] == 0 and self.high[axis] == 0

    def expect(self, found: Amount, wanted: Amount, message: str) -> None:
        """A check at run time."""
        self.b.insert(cf.Assert(compare(self.b, "eq", as_value(self.b, found), wanted), StringAttr(message)))

    def combined(self) -> Combined:
        """The operands and what combines them, whose ops are still to be converted if those of the function are."""
        (name,) = self.op.called_computations.elements
        module = next(outer for outer in self.op.ancestors() if outer.parent is None)
        function = SymbolTable(module).lookup(name.root if isinstance(name, SymbolRefAttr) else "")
        if not isinstance(function, func.Func):
            raise LookupError("there is no such function")
        body = function.body.entry
        block = Block([argument.type for argument in body.arguments])
        mapping = IRMapping(dict(zip(body.arguments, block.arguments, strict=True)))
        with self.b.at(InsertPoint.at_end(block)):
            for op in body:
                self.b.insert(clone(op, mapping))
        return accumulating(self.b, Region(block), self.inputs, self.inits)


def dynamic_reduce_window(op: hlo.CustomCall, b: Builder, operands: Sequence[Value]) -> Sequence[Value]:
    """The results of a call. Raises `DiagnosedError` for windows that `nd` does not have."""
    windows = _Windows(op, b, operands)
    computed = windows.axes(windows.size)
    others = [axis for axis in range(windows.rank) if axis not in computed]
    known = not windows.axes([*windows.stride, *windows.base, *windows.dilation])
    if not computed and known:
        return _padded(windows)
    if len(computed) == 1 and known and all(map(windows.is_single, others)):
        (axis,) = computed
        if windows.axes([windows.low[axis]]) != windows.axes([windows.high[axis]]):
            return _running(windows, axis)
    if known and all(map(windows.is_single, others)) and not windows.axes([*windows.low, *windows.high]):
        return _whole(windows, computed)
    raise unsupported(
        op,
        "@stablehlo.dynamic_reduce_window of other computed windows than those of running sums and of whole axes is not "
        "supported",
    )


def _padded(windows: _Windows) -> Sequence[Value]:
    """Windows of which at most the padding is computed: it is put around the operands first."""
    b, found = windows.b, windows.combined()
    inputs, low, high = found.inputs, windows.low, windows.high
    if windows.axes([*low, *high]):
        if any(n != 1 for n in windows.base):
            raise unsupported(windows.op, "@stablehlo.dynamic_reduce_window with dilated operands is not supported")
        inputs = [
            padded(b, x, init, low, high, _around(x, low, high))
            for x, init in zip(found.inputs, found.inits, strict=True)
        ]
        low = high = [0] * windows.rank
    parts = zip(windows.size, windows.stride, low, high, windows.base, windows.dilation, strict=True)
    each = [Window(*(n for n in part if isinstance(n, int))) for part in parts]
    made = nd.ReduceWindow(
        inputs, found.inits, ints([window.size or 0 for window in each]), taken(found.region), **amounts(each)
    )  # fmt: skip
    return b.insert(made).results


def _around(x: Value, low: Sequence[Amount], high: Sequence[Amount]) -> TensorType:
    """The type of an operand with padding around it."""
    sums = [
        n + a + c if n is not None and isinstance(a, int) and isinstance(c, int) else None
        for n, a, c in zip(typed(x).shape, low, high, strict=True)
    ]
    return TensorType(tuple(sums), typed(x).element_type)


def _running(windows: _Windows, axis: int) -> Sequence[Value]:
    """Windows that hold an element and all before it, or all behind it."""
    b, message = windows.b, "a window of '@stablehlo.dynamic_reduce_window' does not take what lies before"
    low, high = windows.low[axis], windows.high[axis]
    reverse = low == 0
    if any(n != 1 for n in (windows.stride[axis], windows.base[axis], windows.dilation[axis])) or (
        (low if reverse else high) != 0
    ):
        raise unsupported(windows.op, "@stablehlo.dynamic_reduce_window of strided windows is not supported")
    length = size(b, windows.inputs[0], axis)
    windows.expect(windows.size[axis], length, message)
    windows.expect(high if reverse else low, add(b, [length, -1]), message)
    found = windows.combined()
    made = nd.Cumulative(found.inputs, i64_attr(axis), taken(found.region), UnitAttr() if reverse else None)
    return list(b.insert(made).results)[: len(windows.inputs)]


def _whole(windows: _Windows, axes: Sequence[int]) -> Sequence[Value]:
    """Windows that hold everything along some axes, of which one place is left."""
    b = windows.b
    if any(
        windows.low[axis] or windows.high[axis] or windows.dilation[axis] != 1 or windows.base[axis] != 1
        for axis in axes
    ):
        raise unsupported(windows.op, "@stablehlo.dynamic_reduce_window of padded windows is not supported")
    for axis in axes:
        message = "a window of '@stablehlo.dynamic_reduce_window' does not hold the whole axis"
        windows.expect(windows.size[axis], size(b, windows.inputs[0], axis), message)
    found = windows.combined()
    kept = [
        TensorType(tuple(n for i, n in enumerate(typed(x).shape) if i not in axes), typed(x).element_type)
        for x in found.inputs
    ]
    made = b.insert(nd.Reduce(found.inputs, found.inits, ints(axes), taken(found.region), result_types=kept))
    return [_with_ones(b, value, axes) for value in made.results]


def _with_ones(b: Builder, x: Value, axes: Sequence[int]) -> Value:
    """`x` with axes of one element put in."""
    shape, rest = [], iter(typed(x).shape)
    for axis in range(typed(x).rank + len(axes)):
        shape.append(1 if axis in axes else next(rest))
    type = TensorType(tuple(shape), typed(x).element_type)
    return b.insert(nd.Reshape(x, sizes_like(b, x), result_types=[type])).result
