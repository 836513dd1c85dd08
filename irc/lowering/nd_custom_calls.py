"""`nd` ops that become calls of a library: Fourier transforms and linear algebra.

The functions, which `irc.custom_calls` has, check the sizes that are not known before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from irc.dialects import nd
from irc.dialects.nd_custom_call import call_of
from irc.ir.attributes import Attribute, StringAttr
from irc.ir.builder import Builder
from irc.ir.value import Value
from irc.lowering.sizes import shaped, size


def _call(
    b: Builder, op: Any, name: str, inputs: Sequence[Value], options: Mapping[str, Attribute], like: Value
) -> Value:
    """The call, whose result has the dynamic sizes of `like`."""
    into = [] if op.into is None else [op.into]
    missing = [axis for axis, known in enumerate(shaped(op.result).shape) if known is None]
    dims = [] if into else [size(b, like, axis) for axis in missing]
    return b.insert(call_of(name, inputs, [op.result.type], options, dims, into)).results[0]


def lower_fft(op: nd.Fft, b: Builder) -> Value:
    options = {"kind": StringAttr(op.kind.value), "length": op.length}
    return _call(b, op, "irc.fft", [op.x], options, op.x)


def lower_cholesky(op: nd.Cholesky, b: Builder) -> Value:
    return _call(b, op, "irc.cholesky", [op.a], {"lower": op.lower}, op.a)


def lower_triangular_solve(op: nd.TriangularSolve, b: Builder) -> Value:
    options = {
        "left_side": op.left_side, "lower": op.lower, "unit_diagonal": op.unit_diagonal,
        "transpose_a": StringAttr(op.transpose_a.value),
    }  # fmt: skip
    return _call(b, op, "irc.triangular_solve", [op.a, op.b], options, op.b)


LOWERINGS: dict[Any, Any] = {
    nd.Fft: lower_fft, nd.Cholesky: lower_cholesky, nd.TriangularSolve: lower_triangular_solve,
}  # fmt: skip
