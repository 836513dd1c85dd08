"""Random IR: operations of no dialect with everything that the text can show, as a Hypothesis strategy."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from irc.dialects.builtin import Module
from irc.ir import attributes as at
from irc.ir import types as ty
from irc.ir.affine import AffineDim, AffineMap, AffineSymbol, binary
from irc.ir.block import Block
from irc.ir.dense import from_numpy
from irc.ir.location import UNKNOWN, CallSiteLoc, FileLineColLoc, NameLoc, fuse
from irc.ir.operation import Operation, UnregisteredOp
from irc.ir.region import Region
from irc.ir.value import Value

WORDS = st.text(min_size=1, max_size=4)

# -- types -----------------------------------------------------------------------------------------------------------

INTEGERS = st.builds(ty.IntegerType, st.integers(1, 70), st.sampled_from(["signless", "signed", "unsigned"]))
FLOATS = st.sampled_from(["f16", "bf16", "f32", "f64", "f8E4M3FN", "f6E2M3FN"]).map(ty.FloatType)
SCALARS = INTEGERS | FLOATS | st.just(ty.index)
SIZES = st.integers(0, 3)
SHAPES = st.lists(SIZES | st.none(), max_size=3).map(tuple)
STRIDES = st.none() | st.integers(-2, 9).filter(bool)
LAYOUTS = st.builds(at.StridedLayoutAttr, st.lists(STRIDES, max_size=2).map(tuple), SIZES | st.none())


@st.composite
def memrefs(draw: Any) -> ty.Type:
    shape, element, space = draw(SHAPES), draw(SCALARS), draw(st.none() | st.builds(at.i64_attr, SIZES))
    strides = draw(st.none() | st.lists(STRIDES, min_size=len(shape), max_size=len(shape)).map(tuple))
    layout = at.StridedLayoutAttr(strides, draw(SIZES | st.none())) if strides is not None else None
    return ty.MemRefType(shape, element, layout, space)


def _compound(inner: Any) -> Any:
    several = st.lists(inner, max_size=3).map(tuple)
    return st.builds(ty.TupleType, several) | st.builds(ty.FunctionType, several, several)


TYPES = st.recursive(
    SCALARS
    | st.just(ty.none)
    | st.builds(ty.ComplexType, FLOATS)
    | st.builds(ty.TensorType, SHAPES, SCALARS)
    | st.builds(ty.VectorType, st.lists(st.integers(1, 3), max_size=2).map(tuple), SCALARS)
    | memrefs()
    | st.builds(ty.UnrankedTensorType, SCALARS)
    | st.sampled_from(["other.t", "other.t<1, (a) -> b>"]).map(ty.OpaqueType),
    _compound,
    max_leaves=4,
)

# -- attributes ------------------------------------------------------------------------------------------------------

NUMBERS = st.integers(-(1 << 80), 1 << 80)
EXPRESSIONS = st.recursive(
    st.sampled_from([AffineDim(0), AffineDim(1), AffineSymbol(0)]),
    lambda inner: (
        st.builds(lambda a, b: a + b, inner, inner | st.integers(-4, 4))
        | st.builds(lambda a, b: a * b, inner, st.integers(-4, 4))
        | st.builds(binary, st.sampled_from(["mod", "floordiv", "ceildiv"]), inner, st.just(AffineSymbol(0)))
    ),
    max_leaves=4,
)


@st.composite
def dense_elements(draw: Any) -> at.Attribute:
    shape = tuple(draw(st.lists(SIZES, max_size=2)))
    element, values = draw(
        st.sampled_from([(ty.f32, st.floats(width=32)), (ty.i8, st.integers(-128, 127)), (ty.i1, st.booleans())])
    )
    kind = ty.TensorType(shape, element)
    return from_numpy(draw(st.lists(values, min_size=kind.num_elements, max_size=kind.num_elements)), kind)


LEAVES = (
    st.just(at.unit)
    | st.builds(at.IntegerAttr, NUMBERS, INTEGERS | st.just(ty.index))
    | st.builds(at.FloatAttr.of, st.floats(), FLOATS)
    | st.builds(at.StringAttr, st.text(max_size=5))
    | st.builds(at.TypeAttr, TYPES)
    | st.builds(at.SymbolRefAttr, WORDS, st.lists(WORDS, max_size=2).map(tuple))
    | st.builds(lambda results: at.AffineMapAttr(AffineMap(2, 1, tuple(results))), st.lists(EXPRESSIONS, max_size=3))
    | LAYOUTS
    | st.builds(at.DenseArrayAttr, st.just(ty.i64), st.lists(st.integers(-9, 9), max_size=3).map(tuple))
    | st.builds(at.DenseArrayAttr, st.just(ty.f32), st.lists(st.floats(width=32), max_size=3).map(tuple))
    | dense_elements()
    | st.sampled_from(['other.a<"x>">', "other.a"]).map(at.OpaqueAttr)
)


def _dictionaries(inner: Any) -> Any:
    return st.dictionaries(WORDS, inner, max_size=3)


ATTRIBUTES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(at.ArrayAttr, st.lists(inner, max_size=3).map(tuple)) | _dictionaries(inner).map(at.DictionaryAttr.of)
    ),
    max_leaves=4,
)

# -- locations -------------------------------------------------------------------------------------------------------

LOCATIONS = st.recursive(
    st.just(UNKNOWN) | st.builds(FileLineColLoc, WORDS, st.integers(0, 99), st.integers(0, 99)),
    lambda inner: (
        st.builds(NameLoc, WORDS, inner)
        | st.builds(CallSiteLoc, inner, inner)
        | st.builds(fuse, st.lists(inner, max_size=3).map(tuple), st.none() | LEAVES)
    ),
    max_leaves=4,
)

# -- operations ------------------------------------------------------------------------------------------------------


@st.composite
def modules(draw: Any) -> Module:
    """A module of nested regions with graphs of blocks. Operands are any values that are visible, earlier or later."""
    block = Block()
    pending: list[tuple[Operation, list[Value]]] = []
    _fill(draw, block, [], 2, pending)
    for op, visible in pending:
        if visible:
            op.operands = draw(st.lists(st.sampled_from(visible), max_size=3))
        region = op.parent.parent if op.parent is not None else None
        if region is not None and op.next is None:
            op.successors = draw(st.lists(st.sampled_from(list(region)), max_size=2))
    return Module(Region(block))


def _fill(draw: Any, block: Block, visible: list[Value], depth: int, pending: list[Any]) -> None:
    for _ in range(draw(st.integers(0, 3))):
        properties = draw(_dictionaries(ATTRIBUTES))
        regions = [_region(draw, visible, depth - 1, pending) for _ in range(draw(st.integers(0, 2)))] if depth else []
        op = UnregisteredOp.of(
            draw(st.sampled_from(["test.a", "test.b", "test.c"])),
            tuple(properties),
            properties=tuple(properties.values()),
            attributes=draw(_dictionaries(ATTRIBUTES)),
            result_types=draw(st.lists(TYPES, max_size=3)),
            regions=regions,
            location=draw(LOCATIONS),
        )
        block.append(op)
        visible += op.results
        pending.append((op, visible))


def _region(draw: Any, outer: list[Value], depth: int, pending: list[Any]) -> Region:
    region = Region()
    visible = list(outer)
    for _ in range(draw(st.integers(0, 3))):
        block = Block(draw(st.lists(TYPES, max_size=2)))
        region.append(block)
        visible += block.arguments
        _fill(draw, block, visible, depth, pending)
    return region
