"""Which values `affine` takes for dimensions and symbols, so that loops and accesses can be analysed.

A symbol does not change inside the affine scope (the next op around with the trait `AffineScope`): it is a constant, computed
directly in the scope, the size of a buffer, or made of symbols by `affine.apply`. A dimension is a symbol, the variable of an
affine loop, or made of dimensions. Of an unregistered op nothing is known, so it may be a scope.
"""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._shape_queries import SizeQuery
from irc.dialects.affine_maps import Apply
from irc.dialects.memref import Alloc, SubView, View
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation, UnregisteredOp
from irc.ir.region import Region
from irc.ir.traits import AffineScope, ConstantLike, IsolatedFromAbove
from irc.ir.types import MemRefType, index
from irc.ir.value import BlockArgument, Value

_LOOPS = ("affine.for", "affine.parallel")


def _is_scope(op: Operation | None) -> bool:
    return op is not None and (AffineScope in op.traits or isinstance(op, UnregisteredOp))


def _is_top_level(value: Value) -> bool:
    """Whether a value is computed directly in some scope."""
    block = value.parent_block
    return block is not None and _is_scope(block.parent_op)


class Scope:
    """The affine scope of an op: the region of it, and those around as far as its values may be used."""

    __slots__ = ("regions",)

    def __init__(self, op: Operation) -> None:
        self.regions: set[Region] = set()
        current = op
        while current.parent_op is not None and not _is_scope(current.parent_op):
            current = current.parent_op
        region = current.parent.parent if current.parent is not None else None
        while region is not None:
            self.regions.add(region)
            outer = region.parent
            if outer is None or IsolatedFromAbove in outer.traits or outer.parent is None:
                break
            region = outer.parent.parent

    def is_symbol(self, value: Value) -> bool:
        return self._is_made_of(value, dims=False)

    def is_dim(self, value: Value) -> bool:
        return self._is_made_of(value, dims=True)

    def _is_made_of(self, value: Value, dims: bool) -> bool:
        """Whether a value is a symbol (or with `dims` a dimension), or made of these."""
        pending, seen = [value], set[Value]()
        while pending:
            value = pending.pop()
            if value in seen:
                continue
            seen.add(value)
            if value.type is not index:
                return False
            block, op = value.parent_block, value.defining_op
            region = block.parent if block is not None else None
            if region is None or region in self.regions:  # of a value that stands nowhere, nothing is known
                continue
            if isinstance(value, BlockArgument):
                loop = value.owner.parent_op
                if not dims or loop is None or loop.name not in _LOOPS:
                    return False
            elif isinstance(op, Apply):
                pending.extend(op.operands)
            elif isinstance(op, SizeQuery):
                size = _size(op)
                if size is None:
                    return False
                pending.extend(size)
            elif op is None or ConstantLike not in op.traits:
                return False
        return True


def is_symbol(value: Value) -> bool:
    """Whether a value is a symbol where it comes into being, and so wherever it may be used."""
    if value.type is not index:
        return False
    op = value.defining_op
    return _is_top_level(value) or (op is not None and Scope(op).is_symbol(value))


def _size(op: SizeQuery) -> list[Value] | None:
    """What the size of a buffer depends on; `None` where that is not known."""
    if _is_top_level(op.source):
        return []
    producer, type, dimension = op.source.defining_op, op.source.type, op.constant_index
    if not isinstance(producer, Alloc | SubView | View) or not isinstance(type, MemRefType) or dimension is None:
        return None
    if not 0 <= dimension < type.rank:
        return None
    if type.shape[dimension] is not None:
        return []
    sizes = producer.dynamic_sizes if isinstance(producer, Alloc) else producer.sizes
    position = type.shape[:dimension].count(None)
    return [sizes[position]] if position < len(sizes) else None


def check_dims_and_symbols(op: Operation, operands: Sequence[Value], num_dims: int) -> None:
    """Raise `VerifyError` unless the first operands are dimensions and the others symbols."""
    scope = Scope(op) if operands else None
    for i, operand in enumerate(operands):
        assert scope is not None
        if i < num_dims and not scope.is_dim(operand):
            raise VerifyError("operand cannot be used as a dimension id")
        if i >= num_dims and not scope.is_symbol(operand):
            raise VerifyError("operand cannot be used as a symbol")


def check_indices(op: Operation, operands: Sequence[Value], what: str = "index") -> None:
    """Raise `VerifyError` unless all operands are dimensions or symbols."""
    scope = Scope(op) if operands else None
    if scope is not None and not all(map(scope.is_dim, operands)):
        raise VerifyError(f"{what} must be a valid dimension or symbol identifier")
