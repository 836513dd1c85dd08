"""Strided layouts of memrefs: strides and offsets in elements, `None` where they are known only at run time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from irc.dialects._reassociation import Groups
from irc.ir.affine import AffineBinary, AffineConstant, AffineDim, AffineExpr
from irc.ir.attributes import AffineMapAttr, StridedLayoutAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.types import Dimension, MemRefType, Shape, row_major_strides


def multiply(a: Dimension, b: Dimension) -> Dimension:
    """The product; zero times anything is zero."""
    if a == 0 or b == 0:
        return 0
    return None if a is None or b is None else a * b


def add(a: Dimension, b: Dimension) -> Dimension:
    return None if a is None or b is None else a + b


def strides_of(type: MemRefType) -> tuple[Shape, Dimension]:
    """The strides and the offset of a memref; raises `VerifyError` where its layout is not strided."""
    layout = type.layout
    if layout is None:
        return row_major_strides(type.shape), 0
    if isinstance(layout, StridedLayoutAttr):
        return layout.strides, layout.offset
    if isinstance(layout, AffineMapAttr) and len(layout.map.results) == 1:
        strides: list[Dimension] = [0] * type.rank
        offset = _linear(layout.map.results[0], strides)
        return tuple(strides), offset
    if isinstance(layout, AffineMapAttr) and layout.map.is_permutation:
        return _permuted(type, layout), 0
    raise VerifyError(f"requires a strided layout, but got '{type}'")


def _linear(expr: AffineExpr, strides: list[Dimension]) -> Dimension:
    """Add the coefficients of the dimensions in `expr` to `strides`; the rest, which is the offset."""
    match expr:
        case AffineConstant():
            return expr.value
        case AffineDim():
            strides[expr.position] = add(strides[expr.position], 1)
            return 0
        case AffineBinary(kind="+"):
            return add(_linear(expr.lhs, strides), _linear(expr.rhs, strides))
        case AffineBinary(kind="*", lhs=AffineDim(position=position)):
            factor = expr.rhs.value if isinstance(expr.rhs, AffineConstant) else None
            strides[position] = add(strides[position], factor)
            return 0
        case AffineBinary(kind="mod" | "floordiv" | "ceildiv"):
            raise VerifyError("requires a strided layout")
    return None


def _permuted(type: MemRefType, layout: AffineMapAttr) -> Shape:
    positions = layout.map.dim_positions()
    assert positions is not None
    inner = row_major_strides(tuple(type.shape[i] for i in positions))
    strides: list[Dimension] = [None] * type.rank
    for stride, position in zip(inner, positions, strict=True):
        strides[position] = stride
    return tuple(strides)


def strided_type(like: MemRefType, shape: Shape, strides: Shape, offset: Dimension) -> MemRefType:
    """A memref of the element type and memory space of `like`, with an explicit strided layout; what does not fit into 64
    bits is not known."""
    layout = StridedLayoutAttr(tuple(map(_representable, strides)), _representable(offset))
    return MemRefType(shape, like.element_type, layout, like.memory_space)


def _representable(size: Dimension) -> Dimension:
    return size if size is not None and -(1 << 63) < size < 1 << 63 else None


def expanded_layout(type: MemRefType, shape: Shape, groups: Groups) -> MemRefType:
    """`type` with its dimensions cut up into those of `shape`; the default layout stays the default."""
    if type.layout is None:
        return MemRefType(shape, type.element_type, None, type.memory_space)
    strides, offset = strides_of(type)
    expanded: list[Dimension] = []
    for stride, group in zip(strides, groups, strict=True):
        steps: list[Dimension] = []
        for i in reversed(group):
            steps.append(stride)
            stride = None if stride is None or shape[i] is None else multiply(stride, shape[i])
        expanded += reversed(steps)
    return strided_type(type, shape, tuple(expanded), offset)


def collapsed_layout(type: MemRefType, shape: Shape, groups: Groups) -> MemRefType:
    """`type` with groups of dimensions joined; raises `VerifyError` where they are known not to be contiguous."""
    if type.layout is None:
        return MemRefType(shape, type.element_type, None, type.memory_space)
    strides, offset = strides_of(type)
    return strided_type(type, shape, tuple(_joined(type.shape, strides, group) for group in groups), offset)


def _joined(shape: Shape, strides: Shape, group: Sequence[int]) -> Dimension:
    # Unit dimensions are passed over, because their strides place nothing.
    lasting = [i for i in group if shape[i] != 1] or list(group[-1:])
    for outer, inner in pairwise(lasting):
        step, size, found = strides[inner], shape[inner], strides[outer]
        if step is not None and size is not None and found is not None and found != step * size:
            raise VerifyError("invalid source layout map or collapsing non-contiguous dims")
    return strides[lasting[-1]] if lasting else 1
