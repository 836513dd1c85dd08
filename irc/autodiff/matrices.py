"""Helpers of formulas on batches of matrices, which are the last two axes."""

from __future__ import annotations

from irc.autodiff.expr import Expr, functions
from irc.autodiff.shaping import broadcast_like, reshape, transpose_matrix
from irc.dialects import nd as ops
from irc.ir.attributes import DenseArrayAttr, bool_attr, i64_attr
from irc.ir.types import ComplexType, TensorType, Type, element_type, i64

nd = functions("nd")


def is_complex(x: Expr) -> bool:
    return isinstance(element_type(x.type), ComplexType)


def conj(x: Expr) -> Expr:
    """The conjugate of complex numbers; real ones as they are."""
    return nd.complex(nd.real(x), -nd.imag(x)) if is_complex(x) else x


def real(x: Expr) -> Expr:
    """The real part; real numbers as they are."""
    return nd.real(x) if is_complex(x) else x


def as_type_of(x: Expr, like: Expr) -> Expr:
    """Real numbers as complex ones where those of `like` are, complex ones as their real parts where those are real."""
    if is_complex(like) and not is_complex(x):
        return nd.complex(x, x.like(0))
    return x if is_complex(like) else real(x)


def adjoint(x: Expr) -> Expr:
    """The conjugate transpose."""
    return conj(transpose_matrix(x))


def matmul(*factors: Expr) -> Expr:
    """The product of matrices, from the left."""
    product, *rest = factors
    for factor in rest:
        product = nd.matmul(product, factor)
    return product


def positions(x: Expr, axis: int) -> Expr:
    """The position along one of the last two axes, for one matrix."""
    type = TensorType(x.shape[-2:], i64)
    dims = x.dims[len(x.dims) - type.num_dynamic_dims :]
    return Expr.of(x.builder, x.builder.insert(ops.Iota(i64_attr(axis), dims, result_types=[type])).result)


def spread(mask: Expr, x: Expr) -> Expr:
    """A mask for one matrix as one for each of a batch."""
    return mask if mask.rank == x.rank else broadcast_like(mask, x)


def on_diagonal(x: Expr) -> Expr:
    """Where the diagonal is."""
    return spread(nd.equal(positions(x, 0), positions(x, 1)), x)


def masked(x: Expr, lower: bool, diagonal: float) -> Expr:
    """A triangle of matrices, with zeros outside and the diagonal times a factor."""
    rows, columns = positions(x, 0), positions(x, 1)
    inside = nd.greater(rows, columns) if lower else nd.less(rows, columns)
    zeros = x.like(0)
    diagonals = zeros if diagonal == 0 else x * diagonal
    mask, diagonal_mask = (spread(each, x) for each in (inside, nd.equal(rows, columns)))
    return nd.where(mask, x, nd.where(diagonal_mask, diagonals, zeros))


def diagonal_of(x: Expr) -> Expr:
    """The matrices with zeros off the diagonal."""
    return nd.where(on_diagonal(x), x, x.like(0))


def row(vector: Expr, like: Expr) -> Expr:
    """Vectors as the rows of matrices of the shape of `like`, all rows alike: a factor for each column."""
    return broadcast_like(reshape(vector, (*vector.shape[:-1], 1, vector.shape[-1]), vector.dims), like)


def column(vector: Expr, like: Expr) -> Expr:
    """A factor for each row of matrices of the shape of `like`."""
    return broadcast_like(reshape(vector, (*vector.shape, 1), vector.dims), like)


def with_diagonal(vector: Expr, like: Expr) -> Expr:
    """Square matrices of the shape of `like` with the vectors on the diagonal."""
    found = row(vector, like)
    return nd.where(on_diagonal(found), found, found.like(0))


def triangular_solve(a: Expr, b: Expr, left: bool, lower: bool, unit: bool, transpose: str) -> Expr:
    """The solution of a triangular system."""
    how = ops.Transpose(transpose)
    op = ops.TriangularSolve(a.value, b.value, bool_attr(left), bool_attr(lower), bool_attr(unit), how)
    return Expr.of(a.builder, a.builder.insert(op).result)


def one_hot(numbers: Expr, like: Expr) -> Expr:
    """For each number a row with 1 in the column of this number; the matrices are as those of `like`."""
    assert isinstance(numbers.type, TensorType)
    element = numbers.type.element_type
    type = TensorType(like.shape[-2:], element)
    dims = like.dims[len(like.dims) - type.num_dynamic_dims :]
    columns = Expr.of(like.builder, like.builder.insert(ops.Iota(i64_attr(1), dims, result_types=[type])).result)
    made = reshape(numbers, (*numbers.shape, 1), numbers.dims)
    hit = nd.equal(spread_to(made, element, like), spread_to(columns, element, like))
    return nd.where(hit, like.like(1), like.like(0))


def spread_to(x: Expr, element: Type, like: Expr) -> Expr:
    """`x` broadcast to the shape of `like`."""
    type = TensorType(like.shape, element)
    if x.type is type and type.has_static_shape:
        return x
    return Expr.of(x.builder, x.builder.insert(ops.BroadcastTo(x.value, like.dims, result_types=[type])).result)


def slice_of(x: Expr, rows: int, columns: int) -> Expr:
    """The first rows and columns, of matrices of known size."""
    limits = [ops.TO_THE_END] * (x.rank - 2) + [rows, columns]
    if x.shape[-2:] == (rows, columns):
        return x
    return nd.slice(
        x,
        starts=DenseArrayAttr.i64((0,) * x.rank),
        limits=DenseArrayAttr.i64(tuple(limits)),
        strides=DenseArrayAttr.i64((1,) * x.rank),
    )
