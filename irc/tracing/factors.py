"""Primitives of linear algebra and Fourier transforms, over the last axes, and calls of registered Python functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc import custom_calls
from irc.dialects import nd
from irc.dialects.nd_custom_call import call_of
from irc.ir.attributes import DenseArrayAttr, bool_attr
from irc.ir.builder import Builder
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.tracing.array import Array
from irc.tracing.dims import Dim, Size, index_of
from irc.tracing.dtypes import DType, element_type_of
from irc.tracing.primitive import Primitive, bind
from irc.tracing.shaping import expanded


def _batch_leading(primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, **how: Any) -> Any:
    """These functions treat all leading axes alike."""
    return bind(primitive, *expanded(inputs, flags, size), **how)


# -- Fourier transforms ----------------------------------------------------------------------------------------------


def _emit_fft(b: Builder, x: Value, *, kind: str, length: tuple[int, ...]) -> Value:
    return b.insert(nd.Fft(x, nd.FftKind(kind), DenseArrayAttr.i64(length))).result


FFT = Primitive("fft", _emit_fft, _batch_leading)


def fft(x: Array, kind: str, length: Sequence[int]) -> Array:
    """A transform over the last axes; `kind` is FFT, IFFT, RFFT or IRFFT, `length` the real sizes."""
    found: Array = bind(FFT, x, kind=kind, length=tuple(length))
    return found


# -- factors -----------------------------------------------------------------------------------------------------------


def _emit_cholesky(b: Builder, a: Value, *, lower: bool) -> Value:
    return b.insert(nd.Cholesky(a, bool_attr(lower))).result


CHOLESKY = Primitive("cholesky", _emit_cholesky, _batch_leading)


def cholesky(a: Array, lower: bool = True) -> Array:
    """The Cholesky factors of matrices; NaN where one is not positive definite."""
    found: Array = bind(CHOLESKY, a, sizes=a.shape, lower=lower)
    return found


def _emit_triangular(
    b: Builder, a: Value, rhs: Value, *, left_side: bool, lower: bool, unit_diagonal: bool, transpose_a: str
) -> Value:
    flags = [bool_attr(flag) for flag in (left_side, lower, unit_diagonal)]
    build: Any = nd.TriangularSolve
    found: Value = b.insert(build(a, rhs, *flags, nd.Transpose(transpose_a))).result
    return found


TRIANGULAR_SOLVE = Primitive("triangular_solve", _emit_triangular, _batch_leading)


def triangular_solve(
    a: Array,
    b: Array,
    *,
    left_side: bool = True,
    lower: bool = False,
    unit_diagonal: bool = False,
    transpose_a: str = "NO_TRANSPOSE",
) -> Array:
    """The solutions of triangular systems; `transpose_a` is NO_TRANSPOSE, TRANSPOSE or ADJOINT."""
    found: Array = bind(
        TRIANGULAR_SOLVE,
        a,
        b,
        sizes=b.shape,
        left_side=left_side,
        lower=lower,
        unit_diagonal=unit_diagonal,
        transpose_a=transpose_a,
    )
    return found


# -- registered functions ----------------------------------------------------------------------------------------------

Output = tuple[tuple[Size, ...], DType]
"""Shape and dtype of a result."""


def _emit_call(
    b: Builder, *inputs: Value, name: str, outputs: tuple[Output, ...], options: tuple[tuple[str, bool], ...]
) -> Sequence[Value]:
    types = [
        TensorType(tuple(None if isinstance(n, Dim) else int(n) for n in shape), element_type_of(dtype))
        for shape, dtype in outputs
    ]
    dims = [index_of(n) for shape, _ in outputs for n in shape if isinstance(n, Dim)]
    attributes = {key: bool_attr(value) for key, value in options}
    return list(b.insert(call_of(name, inputs, types, attributes, dims)).outputs)


def _batch_call(
    primitive: Primitive, inputs: Sequence[Array], flags: Sequence[bool], size: Size, *, outputs: Any, **how: Any
) -> Any:
    wider = tuple(((size, *shape), dtype) for shape, dtype in outputs)
    return bind(primitive, *expanded(inputs, flags, size), outputs=wider, **how)


def _called(*inputs: Any, name: str, outputs: tuple[Output, ...], options: tuple[tuple[str, bool], ...]) -> Any:
    """The call, which is one of Python anyway."""
    out = tuple(np.zeros(shape, dtype) for shape, dtype in outputs)
    arrays = [np.array(each) for each in inputs]
    custom_calls.call(name, dict(options), arrays, out, [element_type_of(dtype) for _, dtype in outputs])
    return out


CALL = Primitive("custom_call", _emit_call, _batch_call, by_rank=False, view=_called)


def call(name: str, inputs: Sequence[Array], outputs: Sequence[Output], **options: bool) -> tuple[Array, ...]:
    """The results of a registered function, of these shapes and dtypes; leading axes of all arrays are alike."""
    given = tuple((tuple(shape), dtype) for shape, dtype in outputs)
    found: tuple[Array, ...] = bind(
        CALL, *inputs, name=name, outputs=given, options=tuple(sorted(options.items()))
    )  # fmt: skip
    return found
