"""Parts of vectors that are taken out, put in, repeated, exchanged or combined to no effect, or with less to do."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects import arith, vector
from irc.dialects._slices import Mixed
from irc.dialects.arith_attributes import FastMath
from irc.dialects.vector_memory import vector_type
from irc.ir.attributes import DenseArrayAttr
from irc.ir.operation import Operation
from irc.ir.types import FloatType, Type, VectorType
from irc.ir.value import Value
from irc.rewrite.greedy import Patterns
from irc.rewrite.rewriter import Rewriter


def _broadcast(value: Value, type: Type, rewriter: Rewriter) -> Value:
    if value.type is type:
        return value
    return rewriter.insert(vector.Broadcast(value, result_types=[type])).vector


def _rank(type: Type) -> int:
    return type.rank if isinstance(type, VectorType) else 0


# -- vector.extract --------------------------------------------------------------------------------------------------


def extract_once(op: vector.Extract, rewriter: Rewriter) -> bool:
    """A part of a part is one part."""
    inner = op.vector.defining_op
    if not isinstance(inner, vector.Extract) or op.dynamic_position or inner.dynamic_position:
        return False
    return _extract(op, inner.vector, (*inner.position, *op.position), rewriter)


def _extract(op: vector.Extract, source: Value, position: Sequence[Mixed], rewriter: Rewriter) -> bool:
    """Replace `op` by what stands at a position of `source`, or by `source` where the position is empty."""
    value = source if not position else rewriter.insert(vector.Extract.of(source, position)).result
    if value.type is not op.result.type:
        if value is not source:
            rewriter.erase(value.owner)  # type: ignore[arg-type]  # the op that was just inserted
        return False
    rewriter.replace(op, [value])
    return True


def extract_repeated(op: vector.Extract, rewriter: Rewriter) -> bool:
    """A part of what was repeated is that, or it repeated less often."""
    inner, type = op.vector.defining_op, op.result.type
    if isinstance(inner, vector.Splat):
        rewriter.replace(op, [_broadcast(inner.input, type, rewriter)])
        return True
    if not isinstance(inner, vector.Broadcast):
        return False
    source = inner.source
    outer = _rank(inner.vector.type) - _rank(source.type)
    if _rank(source.type) <= _rank(type):
        # Only new dimensions and such of size one have been left.
        rewriter.replace(op, [_broadcast(source, type, rewriter)])
        return True
    # A dimension of size one that was stretched has one position.
    sizes = vector_type(source).shape
    position = [0 if size == 1 else at for at, size in zip(op.position[outer:], sizes, strict=False)]
    return _extract(op, source, position, rewriter)


def extract_inserted(op: vector.Extract, rewriter: Rewriter) -> bool:
    """What was put in at the position is what stands there; elsewhere it does not matter."""
    inner = op.vector.defining_op
    if not isinstance(inner, vector.Insert):
        return False
    there, here = inner.position, op.position
    common = list(zip(there, here, strict=False))
    if all(a is b or (isinstance(a, int) and a == b) for a, b in common) and len(there) <= len(here):
        return _extract(op, inner.source, here[len(there) :], rewriter)
    if any(isinstance(a, int) and isinstance(b, int) and a != b for a, b in common):
        return _extract(op, inner.dest, here, rewriter)
    return False


# -- vector.insert ---------------------------------------------------------------------------------------------------


def insert_whole(op: vector.Insert, rewriter: Rewriter) -> bool:
    """What is put in is all there is."""
    source, type = op.source.type, vector_type(op.dest)
    if not isinstance(source, VectorType) or source.num_elements != type.num_elements:
        return False
    if source.scalable.count(True) != type.scalable.count(True):
        return False
    rewriter.replace(op, [_broadcast(op.source, type, rewriter)])
    return True


def insert_same(op: vector.Insert, rewriter: Rewriter) -> bool:
    """A repeated number put into the same repeated number."""
    into, what = op.dest.defining_op, op.source.defining_op
    if not isinstance(into, vector.Splat) or not isinstance(what, vector.Splat) or what.input is not into.input:
        return False
    rewriter.replace(op, [op.dest])
    return True


# -- others ----------------------------------------------------------------------------------------------------------


def broadcast_once(op: vector.Broadcast, rewriter: Rewriter) -> bool:
    """A repetition of a repetition is one."""
    inner = op.source.defining_op
    if not isinstance(inner, vector.Broadcast):
        return False
    rewriter.replace(op, [_broadcast(inner.source, op.vector.type, rewriter)])
    return True


def transpose_once(op: vector.Transpose, rewriter: Rewriter) -> bool:
    """Two orders of dimensions are one; of a repeated number any order is the same."""
    inner, type = op.vector.defining_op, op.result.type
    if isinstance(inner, vector.Transpose):
        first = inner.permutation.values
        order = DenseArrayAttr.i64(tuple(int(first[int(i)]) for i in op.permutation.values))
        rewriter.replace(op, [rewriter.insert(vector.Transpose(inner.vector, order)).result])
        return True
    if isinstance(inner, vector.Splat):
        rewriter.replace(op, [rewriter.insert(vector.Splat(inner.input, result_types=[type])).aggregate])
        return True
    if isinstance(inner, vector.Broadcast) and _is_one_number(inner.source.type):
        rewriter.replace(op, [_broadcast(inner.source, type, rewriter)])
        return True
    return False


def _is_one_number(type: Type) -> bool:
    return not isinstance(type, VectorType) or (type.num_elements == 1 and not any(type.scalable))


def reshape_repeated(op: vector.ShapeCast, rewriter: Rewriter) -> bool:
    """A repeated number under any shape."""
    inner = op.source.defining_op
    if not isinstance(inner, vector.Broadcast) or isinstance(inner.source.type, VectorType):
        return False
    rewriter.replace(op, [_broadcast(inner.source, op.result.type, rewriter)])
    return True


def shuffle_known(op: vector.Shuffle, rewriter: Rewriter) -> bool:
    """A choice of elements that is one of the vectors, or both in turns."""
    first, second = vector_type(op.v1), vector_type(op.v2)
    count, positions = (first.shape[0] if first.rank else 1) or 0, op.positions
    for value, start in ((op.v1, 0), (op.v2, count)):
        size = vector_type(value).shape[0] if vector_type(value).rank else None
        if size is not None and positions == tuple(range(start, start + size)) and value.type is op.vector.type:
            rewriter.replace(op, [value])
            return True
    turns = tuple(at for i in range(count) for at in (i, count + i))
    if positions != turns or first is not second or first.rank != 1:
        return False
    rewriter.replace(op, [rewriter.insert(vector.Interleave(op.v1, op.v2, result_types=[op.vector.type])).results[0]])
    return True


_ON_FLOATS: dict[str, type[Operation]] = {
    "add": arith.AddF, "mul": arith.MulF, "minimumf": arith.MinimumF, "maximumf": arith.MaximumF, "minnumf": arith.MinNumF,
    "maxnumf": arith.MaxNumF,
}  # fmt: skip
_ON_INTEGERS: dict[str, type[Operation]] = {
    "add": arith.AddI, "mul": arith.MulI, "minui": arith.MinUI, "minsi": arith.MinSI, "maxui": arith.MaxUI,
    "maxsi": arith.MaxSI, "and": arith.AndI, "or": arith.OrI, "xor": arith.XOrI,
}  # fmt: skip


def combine(kind: vector.CombiningKind, a: Value, b: Value, fastmath: FastMath, rewriter: Rewriter) -> Value:
    """Two values combined as the elements of a reduction are."""
    is_float = isinstance(getattr(a.type, "element_type", a.type), FloatType)
    make: type = (_ON_FLOATS if is_float else _ON_INTEGERS)[kind.value]
    op: Operation = make(a, b, fastmath=fastmath) if is_float else make(a, b)
    return rewriter.insert(op).results[0]


def reduce_one(op: vector.Reduction, rewriter: Rewriter) -> bool:
    """A vector of one element is reduced to that."""
    type = vector_type(op.vector)
    if type.shape != (1,) or any(type.scalable) or isinstance(op.parent_op, vector.Mask):
        return False
    value = rewriter.insert(vector.Extract.of(op.vector, [0])).result
    if op.acc is not None:
        value = combine(op.kind, value, op.acc, op.fastmath, rewriter)
    rewriter.replace(op, [value])
    return True


VECTOR_PARTS: Patterns = {
    vector.Extract: [extract_once, extract_repeated, extract_inserted],
    vector.Insert: [insert_whole, insert_same],
    vector.Broadcast: [broadcast_once],
    vector.Transpose: [transpose_once],
    vector.ShapeCast: [reshape_repeated],
    vector.Shuffle: [shuffle_known],
    vector.Reduction: [reduce_one],
}
