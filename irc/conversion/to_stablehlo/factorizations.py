"""Factorizations of matrices as the calls of LAPACK's routines that JAX makes on a CPU.

StableHLO has no ops for them, so only what knows these calls by name runs them: XLA with the routines of jaxlib, and irc.
Matrices are handed over by columns, which the layouts say; a routine reports for each whether it went well, and what did not
is NaN. https://docs.jax.dev/en/latest/ffi.html
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc import lax
from irc import numpy as jnp
from irc.conversion.to_stablehlo.composed import composed
from irc.conversion.to_stablehlo.values import Export, Rule, no_counterpart, result_type, typed
from irc.dialects import nd
from irc.dialects import stablehlo as hlo
from irc.dialects.stablehlo_calls import TYPED_FFI
from irc.ir.attributes import ArrayAttr, Attribute, DictionaryAttr, IntegerAttr, StringAttr, true
from irc.ir.dense import from_numpy
from irc.ir.lazy_numpy import np
from irc.ir.types import ComplexType, IntegerType, TensorType, Type, f32, f64, i32, index
from irc.ir.value import Value

Factors = Callable[["_Call"], Sequence[Value]]

LETTERS: dict[Type, str] = {f32: "s", f64: "d", ComplexType(f32): "c", ComplexType(f64): "z"}
"""How the names of routines start, by the type of the elements."""


class _Call:
    """A factorization, computed in the types that LAPACK has."""

    def __init__(self, op: nd.CustomCall, operands: Sequence[Value], to: Export) -> None:
        self.op, self.to = op, to
        self.operands = [self.converted(x, self.wide(typed(x).element_type)) for x in operands[: len(op.inputs)]]
        self.types = [result_type(op, i) for i in range(len(op.results))]
        if any(not type.has_static_shape for type in (*map(typed, self.operands), *self.types)):
            raise no_counterpart(op, "of sizes that are computed has no counterpart in stablehlo")

    @staticmethod
    def wide(element: Type) -> Type:
        return element if element in LETTERS else f32

    def converted(self, x: Value, element: Type) -> Value:
        type = typed(x)
        if type.element_type is element:
            return x
        return self.to.b.insert(hlo.Convert(x, result_types=[TensorType(type.shape, element)])).result

    @property
    def matrix(self) -> TensorType:
        """The type of the first operand."""
        return typed(self.operands[0])

    @property
    def real(self) -> Type:
        """The type of the parts of an element."""
        element = self.matrix.element_type
        return element.element_type if isinstance(element, ComplexType) else element

    def shaped(self, *shape: int, element: Type | None = None) -> TensorType:
        """The type of something of this shape for each of the matrices."""
        return TensorType((*self.matrix.shape[:-2], *shape), element or self.matrix.element_type)

    def lapack(self, routine: str, inputs: Sequence[Value], types: Sequence[Type], **options: str) -> list[Value]:
        """The results of a routine; options are letters."""
        letters = [(name, IntegerAttr(ord(letter), IntegerType(8, "unsigned"))) for name, letter in options.items()]
        made = hlo.CustomCall(
            inputs, StringAttr(f"lapack_{LETTERS[self.matrix.element_type]}{routine}_ffi"),
            api_version=IntegerAttr(TYPED_FFI, i32), backend_config=DictionaryAttr.of(dict(letters)),
            operand_layouts=self._layouts([typed(x) for x in inputs]), result_layouts=self._layouts(types),
            result_types=types,
        )  # fmt: skip
        return list(self.to.b.insert(made).results)

    def _layouts(self, types: Sequence[Type]) -> ArrayAttr:
        return ArrayAttr(tuple(_layout(type, getattr(type, "rank", 0) == self.matrix.rank) for type in types))

    def finished(self, report: Value, values: Sequence[Value]) -> list[Value]:
        """Results, NaN where the report says that there are none."""

        def checked(done: Any, *found: Any) -> list[Any]:
            return [jnp.where(jnp.expand_dims(done == 0, tuple(range(done.ndim, x.ndim))), x, jnp.nan) for x in found]

        return composed(self.to, checked, [report, *values])


def _layout(type: Type, is_matrix: bool) -> Attribute:
    """The order of the dimensions in memory, the last one first; the rows of a matrix come before its columns."""
    assert isinstance(type, TensorType)
    order = list(reversed(range(type.rank)))
    if is_matrix:
        order[:2] = reversed(order[:2])
    return from_numpy(np.array(order, np.int64), TensorType((type.rank,), index))


# -- the factorizations ----------------------------------------------------------------------------------------------


def _lu(call: _Call) -> Sequence[Value]:
    m, n = call.matrix.static_shape[-2:]
    steps = min(m, n)
    types = [call.matrix, call.shaped(steps, element=i32), call.shaped(element=i32)]
    factors, pivots, _ = call.lapack("getrf", call.operands, types)

    def counted(pivots: Any) -> Any:
        """Pivots from 0, and what their swaps make of the numbers of the rows."""
        pivots = pivots - 1
        places = jnp.arange(m, dtype=jnp.int32)

        def swap(i: Any, rows: Any) -> Any:
            other = lax.dynamic_slice_in_dim(pivots, i, 1, axis=-1)
            first = lax.dynamic_slice_in_dim(rows, i, 1, axis=-1)
            second = jnp.sum(jnp.where(places == other, rows, 0), axis=-1, keepdims=True, dtype=jnp.int32)
            return jnp.where(places == i, second, jnp.where(places == other, first, rows))

        rows = jnp.broadcast_to(places, (*pivots.shape[:-1], m))
        return pivots, lax.fori_loop(0, steps, swap, rows) if len(call.types) > 2 else rows

    return [factors, *composed(call.to, counted, [pivots])]


def _qr(call: _Call) -> Sequence[Value]:
    m, n = call.matrix.static_shape[-2:]
    columns, rows = call.types[0].static_shape[-1], call.types[1].static_shape[-2]
    factors, tau = call.lapack("geqrf", call.operands, [call.matrix, call.shaped(min(m, n))])

    def parts(factors: Any) -> Any:
        """What the reflectors are in, as wide as q, and r."""
        wide = jnp.pad(factors, [(0, 0)] * (factors.ndim - 1) + [(0, max(0, columns - n))])
        return wide[..., :columns], jnp.triu(factors[..., :rows, :])

    reflectors, r = composed(call.to, parts, [factors])
    return [*_orthogonal(call, [reflectors, tau]), r]


def _orthogonal(call: _Call, operands: Sequence[Value]) -> list[Value]:
    routine = "ungqr" if isinstance(call.matrix.element_type, ComplexType) else "orgqr"
    return call.lapack(routine, operands, [typed(operands[0])])


def _geqrf(call: _Call) -> Sequence[Value]:
    return call.lapack("geqrf", call.operands, [call.matrix, call.shaped(min(call.matrix.static_shape[-2:]))])


def _orgqr(call: _Call) -> Sequence[Value]:
    return _orthogonal(call, call.operands)


def _eigh(call: _Call) -> Sequence[Value]:
    routine = "heevd" if isinstance(call.matrix.element_type, ComplexType) else "syevd"
    lower = dict(call.op.options.entries).get("lower", true)
    size = call.matrix.static_shape[-1]
    vectors, values, report = call.lapack(
        routine, call.operands, [call.matrix, call.shaped(size, element=call.real), call.shaped(element=i32)],
        mode="V" if len(call.types) > 1 else "N", uplo="L" if lower == true else "U",
    )  # fmt: skip
    return call.finished(report, [values, vectors][: len(call.types)])


def _svd(call: _Call) -> Sequence[Value]:
    m, n = call.matrix.static_shape[-2:]
    k = min(m, n)
    full = len(call.types) == 3 and call.types[0].static_shape[-1] == m and call.types[2].static_shape[-2] == n
    u, v = (m, n) if full else (k, k)
    types = [
        call.matrix, call.shaped(k, element=call.real), call.shaped(m, u), call.shaped(v, n), call.shaped(element=i32)
    ]  # fmt: skip
    mode = "N" if len(call.types) == 1 else "A" if full else "S"
    _, s, left, right, report = call.lapack("gesdd", call.operands, types, mode=mode)
    return call.finished(report, [s] if len(call.types) == 1 else [left, s, right])


def _eig(call: _Call) -> Sequence[Value]:
    size, element = call.matrix.static_shape[-1], call.matrix.element_type
    is_complex = isinstance(element, ComplexType)
    vectors = call.shaped(size, size, element=element if is_complex else ComplexType(call.real))
    parts = [call.shaped(size)] * (1 if is_complex else 2)
    *values, _, right, report = call.lapack(
        "geev", call.operands, [*parts, vectors, vectors, call.shaped(element=i32)],
        compute_left="N", compute_right="V" if len(call.types) > 1 else "N",
    )  # fmt: skip
    whole = values if is_complex else [call.to.b.insert(hlo.Complex(*values)).result]
    return call.finished(report, [*whole, right][: len(call.types)])


FACTORIZATIONS: dict[str, Factors] = {
    "irc.eig": _eig, "irc.eigh": _eigh, "irc.geqrf": _geqrf, "irc.lu": _lu, "irc.orgqr": _orgqr, "irc.qr": _qr,
    "irc.svd": _svd,
}  # fmt: skip


def _custom_call(op: nd.CustomCall, operands: Sequence[Value], to: Export) -> Sequence[Value]:
    factors = FACTORIZATIONS.get(op.target.value)
    if factors is None:
        raise no_counterpart(op)
    call = _Call(op, operands, to)
    found = factors(call)
    return [call.converted(x, type.element_type) for x, type in zip(found, call.types, strict=False)]


RULES: dict[Any, Rule] = {nd.CustomCall: _custom_call}
