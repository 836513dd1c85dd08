"""Python functions of single elements as regions of operations of `nd`: combiners of reductions, windows and scatters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import func, nd
from irc.ir.block import Block
from irc.ir.cloning import IRMapping, clone
from irc.ir.location import UNKNOWN
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import TensorType
from irc.text.printer import print_op
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import BatchedArray
from irc.tracing.dtypes import DType, element_type_of, promote
from irc.tracing.elementwise import cast
from irc.tracing.shaping import show
from irc.tracing.trace import FunctionTrace, new_module
from irc.tracing.trees import flatten


class Combiner:
    """A function of elements as it was traced: two that compute the same in the same way are equal."""

    __slots__ = ("block", "text")

    def __init__(self, block: Block, text: str) -> None:
        self.block, self.text = block, text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Combiner) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return "combiner"

    def region(self) -> Region:
        """A region of an operation, which ends in `nd.yield`."""
        mapping = IRMapping()
        block = Block([argument.type for argument in self.block.arguments])
        mapping.values.update(zip(self.block.arguments, block.arguments, strict=True))
        for op in self.block:
            if isinstance(op, func.Return):
                block.append(nd.Yield([mapping[value] for value in op.operands]))
            else:
                block.append(clone(op, mapping))
        return Region(block)


def combiner(function: Callable[..., Any], arguments: Sequence[DType], results: Sequence[DType], what: str) -> Combiner:
    """`function`, which is called with an array without axes for each of `arguments`, traced.

    `what` is the name of the user's function. Raises `TypeError` where it uses arrays from outside, or gives anything but
    elements of `results`.
    """
    module: Operation = new_module(UNKNOWN)
    trace = FunctionTrace(
        module, "combiner", [TensorType((), element_type_of(dtype)) for dtype in arguments], private=True
    )
    with trace.active():
        leaves = [as_array(leaf) for leaf in flatten(function(*trace.arguments))[0]]
        trace.finish(_checked(leaves, results, what))
    if trace.captured:
        raise TypeError(
            f"the function that {what} combines elements with uses {trace.captured[0]!r} from outside: it may use only "
            "its arguments and numbers that are known"
        )
    return Combiner(trace.entry, print_op(module))


def _checked(found: Sequence[Array], wanted: Sequence[DType], what: str) -> list[Array]:
    if len(found) != len(wanted):
        raise TypeError(f"the function that {what} combines elements with must give {len(wanted)}, got {len(found)}")
    results = []
    for array, dtype in zip(found, wanted, strict=True):
        fits = not array.shape and promote([(array.dtype, array.weak_type), (dtype, False)])[0] == dtype
        if isinstance(array, BatchedArray) or not fits or (array.dtype != dtype and not array.weak_type):
            raise TypeError(
                f"the function that {what} combines elements with must give a {dtype} without axes, got "
                f"{array.dtype}{show(array.shape)}{' that differs between examples' * isinstance(array, BatchedArray)}"
            )
        results.append(cast(array, dtype))
    return results


def same_number(array: Array, number: Any) -> bool:
    """Whether an array is known to be one number."""
    return isinstance(array, ConcreteArray) and not array.shape and array.data == number
