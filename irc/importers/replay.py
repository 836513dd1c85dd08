"""A block of `nd` run again on other arrays: each operation by the primitive whose batching rule knows it.

The arrays are mapped over, or have sizes that the types of the block leave open. Index values, which only sizes and positions
are, are Python integers or integer arrays without axes; what is computed from numbers that are known is known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from irc import lax
from irc import numpy as jnp
from irc.dialects import arith, cf, nd, scf, tensor
from irc.dialects.nd_base import integers, tensor_type
from irc.importers.known import folded
from irc.importers.widened import copied
from irc.ir.attributes import IntegerAttr
from irc.ir.block import Block
from irc.ir.dense import dtype_of, to_numpy
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.traits import Elementwise
from irc.ir.types import IndexType
from irc.ir.value import Value
from irc.rewrite.constants import constant_value
from irc.tracing import dynamic_slices, elementwise, factors, gathers, orders, shaping, slicing
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.bits import reinterpret
from irc.tracing.dims import Dim

Scope = dict[Value, Any]
Rule = Callable[[Any, Any], Any]
"""From an operation and a function that gives the array of a value, to the results."""


def replayed(block: Block, arguments: Sequence[Any], outer: Scope | None = None) -> list[Any]:
    """What the terminator of a block hands on, for these values of its arguments."""
    scope: Scope = dict(outer or {})
    scope.update(zip(block.arguments, arguments, strict=True))

    def of(value: Value) -> Any:
        return scope[value]

    for op in block:
        if op is block.terminator:
            break
        known = folded(op, [of(operand) for operand in op.operands])
        if known is not None:
            scope[op.results[0]] = known
            continue
        rule = RULES.get(type(op))
        if rule is None and Elementwise in op.traits and op.name.startswith("nd."):
            rule = _elementwise
        if isinstance(op, scf.For | scf.If | scf.While):
            found = _CONTROL[type(op)](op, scope)
        elif rule is not None:
            found = rule(op, of)
        else:
            found = copied(op, [of(operand) for operand in op.operands])
        results = list(found) if isinstance(found, tuple | list) else [found]
        scope.update(zip(op.results, results, strict=bool(op.results)))
    return [scope[value] for value in block.terminator.operands]


def _dtype(value: Value) -> Any:
    return dtype_of(tensor_type(value).element_type)


def _elementwise(op: Any, of: Any) -> Array:
    return elementwise.apply(type(op), *(of(operand) for operand in op.operands))


def _shape(op: Operation, sizes: Sequence[Value], of: Any) -> tuple[Any, ...]:
    """The shape of a result, of which `sizes` are the sizes that its type leaves open."""
    found = iter([of(size) for size in sizes])
    shape = tuple(next(found) if size is None else size for size in tensor_type(op.results[0]).shape)
    for size in shape:
        if not isinstance(size, int | Dim):
            raise error(
                op.location,
                f"'{op.name}' op gives a size that depends on the values of arrays, which are not known yet",
            )
    return shape


def _assert(op: cf.Assert, of: Any) -> tuple[()]:
    """What is found not to hold ends the program before it runs; what only running tells is left out."""
    condition = of(op.arg)
    if isinstance(condition, ConcreteArray) and not condition.data:
        raise error(op.location, op.msg.value)
    return ()


def _constant(op: nd.Constant, of: Any) -> Array:
    return ConcreteArray(np.asarray(to_numpy(op.value)))


def _slice(op: nd.Slice, of: Any) -> Array:
    groups = (integers(op.starts), integers(op.limits), integers(op.strides))
    return slicing.slice_ranges(of(op.x), list(zip(*groups, strict=True)))


def _starts(values: Sequence[Any]) -> list[Array]:
    return [as_array(np.int32(each)) if isinstance(each, int) else each for each in values]


def _pad(op: nd.Pad, of: Any) -> Array:
    return slicing.pad(of(op.x), of(op.value), integers(op.low), integers(op.high), integers(op.interior))


def _concat(op: nd.Concat, of: Any) -> Array:
    return slicing.concat([of(each) for each in op.inputs], op.axis.value)


def _gather(op: nd.Gather, of: Any) -> Array:
    """The index vectors are along the last axis of the primitive's indices."""
    indices, dims = of(op.indices), op.dims
    if dims.index_vector_dim == indices.ndim:
        indices = shaping.reshape(indices, (*indices.shape, 1))
    elif dims.index_vector_dim != indices.ndim - 1:
        rest = [i for i in range(indices.ndim) if i != dims.index_vector_dim]
        indices = shaping.permute_dims(indices, [*rest, dims.index_vector_dim])
    return gathers.gather(of(op.x), indices, gathers.GatherDims(*dims[:5]), integers(op.sizes))


def _convolution(op: nd.Conv, of: Any) -> Array:
    (batch, features, input_dims), (inner, outer, kernel_dims), (to_batch, to_features, result_dims) = op.layouts
    numbers = lax.ConvDimensionNumbers(
        (batch, features, *input_dims), (outer, inner, *kernel_dims), (to_batch, to_features, *result_dims)
    )
    x, kernel = of(op.lhs), of(op.rhs)
    spatial = [axis for axis, flag in zip(numbers.rhs_spec[2:], op.is_reversed, strict=True) if flag]
    if spatial:
        kernel = orders.reverse(kernel, spatial)
    found: Array = lax.conv_general_dilated(
        x, kernel, op.listed("strides", 1), list(zip(op.listed("low", 0), op.listed("high", 0), strict=True)),
        op.listed("lhs_dilation", 1), op.listed("rhs_dilation", 1), numbers, op.feature_groups.value,
        op.batch_groups.value, preferred_element_type=_dtype(op.result),
    )  # fmt: skip
    return found


def _triangular(op: nd.TriangularSolve, of: Any) -> Array:
    left, lower, unit = (bool(flag.value) for flag in (op.left_side, op.lower, op.unit_diagonal))
    return factors.triangular_solve(
        of(op.a), of(op.b), left_side=left, lower=lower, unit_diagonal=unit, transpose_a=op.transpose_a.value
    )


# -- sizes and positions -------------------------------------------------------------------------------------------------


def _number(op: arith.Constant, of: Any) -> Any:
    value = constant_value(op.result)
    assert isinstance(value, IntegerAttr)
    return (
        value.value
        if isinstance(op.result.type, IndexType)
        else ConcreteArray(np.asarray(value.value, dtype_of(value.type)))
    )


def _extract(op: tensor.Extract, of: Any) -> Any:
    x = of(op.tensor)
    for index in op.indices:
        x = lax.dynamic_index_in_dim(x, of(index), 0, keepdims=False)
    return x


def _from_elements(op: tensor.FromElements, of: Any) -> Array:
    dtype = _dtype(op.result)
    parts = [as_array(np.asarray(each, dtype)) if isinstance(each, int) else each for each in map(of, op.elements)]
    shape = tensor_type(op.result).static_shape
    if not shape:
        return parts[0]
    return shaping.reshape(slicing.concat([shaping.reshape(part, (1,)) for part in parts], 0), shape)


def _index_cast(op: arith.IndexCast, of: Any) -> Any:
    value = of(op.in_)
    if isinstance(op.result.type, IndexType):
        return value
    dtype = dtype_of(op.result.type)
    return as_array(np.asarray(value, dtype)) if isinstance(value, int) else elementwise.cast(value, dtype)


def _arithmetic(function: Callable[[Any, Any], Any]) -> Rule:
    return lambda op, of: function(*(of(operand) for operand in op.operands))


def _compared(op: arith.CmpI, of: Any) -> Any:
    lhs, rhs = (of(operand) for operand in op.operands)
    functions = (jnp.equal, jnp.not_equal, jnp.less, jnp.less_equal, jnp.greater, jnp.greater_equal)
    return functions[op.predicate.value](lhs, rhs)


RULES: dict[Any, Rule] = {
    arith.AddI: _arithmetic(lambda x, y: x + y),
    arith.CmpI: _compared,
    arith.Constant: _number,
    arith.IndexCast: _index_cast,
    arith.MaxSI: _arithmetic(
        lambda x, y: max(x, y) if isinstance(x, int) and isinstance(y, int) else jnp.maximum(x, y)
    ),
    arith.MinSI: _arithmetic(
        lambda x, y: min(x, y) if isinstance(x, int) and isinstance(y, int) else jnp.minimum(x, y)
    ),
    arith.MulI: _arithmetic(lambda x, y: x * y),
    arith.SubI: _arithmetic(lambda x, y: x - y),
    cf.Assert: _assert,
    nd.Bitcast: lambda op, of: reinterpret(of(op.x), _dtype(op.result)),
    nd.BroadcastTo: lambda op, of: shaping.broadcast_to(of(op.x), _shape(op, op.dims, of)),
    nd.Cast: lambda op, of: elementwise.cast(of(op.x), _dtype(op.result)),
    nd.Cholesky: lambda op, of: factors.cholesky(of(op.a), bool(op.lower.value)),
    nd.Concat: _concat,
    nd.Constant: _constant,
    nd.Conv: _convolution,
    nd.DynamicSlice: lambda op, of: dynamic_slices.dynamic_slice(
        of(op.x), _starts([*map(of, op.starts)]), _shape(op, op.dims, of)
    ),
    nd.DynamicUpdateSlice: lambda op, of: dynamic_slices.dynamic_update_slice(
        of(op.x), of(op.update), _starts([*map(of, op.starts)])
    ),
    nd.Fft: lambda op, of: factors.fft(of(op.x), op.kind.value, integers(op.length)),
    nd.Gather: _gather,
    nd.Iota: lambda op, of: shaping.iota(_shape(op, op.dims, of), op.axis.value, _dtype(op.result)),
    nd.MatMul: lambda op, of: jnp.matmul(of(op.lhs), of(op.rhs)),
    nd.Pad: _pad,
    nd.PermuteDims: lambda op, of: shaping.permute_dims(of(op.x), integers(op.axes)),
    nd.Reshape: lambda op, of: shaping.reshape(of(op.x), _shape(op, op.dims, of)),
    nd.Reverse: lambda op, of: orders.reverse(of(op.x), integers(op.axes)),
    nd.Slice: _slice,
    nd.TriangularSolve: _triangular,
    tensor.Cast: lambda op, of: of(op.source),
    tensor.Dim: lambda op, of: of(op.source).shape[of(op.index)],
    tensor.Extract: _extract,
    tensor.FromElements: _from_elements,
    **{
        cls: lambda op, of, cls=cls: elementwise.reduce(cls, of(op.x), integers(op.axes))  # type: ignore[misc]
        for cls in (nd.All, nd.Any, nd.Max, nd.Min, nd.Prod, nd.Sum)
    },
}

# -- control flow --------------------------------------------------------------------------------------------------------


def _for(op: scf.For, scope: Scope) -> Any:
    lower, upper = (scope[value] for value in (op.lower_bound, op.upper_bound))
    inits = tuple(scope[value] for value in op.inits)
    return lax.fori_loop(lower, upper, lambda i, state: tuple(replayed(op.body.entry, [i, *state], scope)), inits)


def _if(op: scf.If, scope: Scope) -> Any:
    condition = scope[op.condition]
    if isinstance(condition, ConcreteArray):
        region = op.then_region if condition.data else op.else_region
        return tuple(replayed(region.entry, (), scope)) if region.first is not None else ()
    branches = [
        (lambda region=region: tuple(replayed(region.entry, (), scope))) for region in (op.then_region, op.else_region)
    ]
    return lax.cond(condition, *branches)


def _while(op: scf.While, scope: Scope) -> Any:
    """Both regions take the same values, as the import of a `while` makes it."""
    inits = tuple(scope[value] for value in op.inits)

    def decides(state: Any) -> Any:
        return replayed(op.before.entry, state, scope)[0]

    def works(state: Any) -> Any:
        handed = replayed(op.before.entry, state, scope)[1:]
        return tuple(replayed(op.after.entry, handed, scope))

    last = lax.while_loop(decides, works, inits)
    return tuple(replayed(op.before.entry, last, scope)[1:])


_CONTROL: dict[Any, Any] = {scf.For: _for, scf.If: _if, scf.While: _while}
