"""Calls by name: the targets that JAX emits on a CPU as what they compute, LAPACK's routines among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from irc import numpy as jnp
from irc.conversion.from_stablehlo.dynamic_windows import dynamic_reduce_window
from irc.conversion.from_stablehlo.structured import top_k
from irc.conversion.from_stablehlo.traced import as_types, traced
from irc.conversion.from_stablehlo.values import (
    as_type,
    constant,
    element_of,
    filled,
    ints,
    size,
    typed,
    unsupported,
)
from irc.custom_calls import is_registered
from irc.dialects import cf, nd, tensor
from irc.dialects import stablehlo as hlo
from irc.dialects._amounts import as_value
from irc.dialects.nd_custom_call import call_of
from irc.ir.attributes import (
    Attribute,
    DenseElementsAttr,
    DictionaryAttr,
    IntegerAttr,
    StringAttr,
    UnitAttr,
    bool_attr,
)
from irc.ir.builder import Builder
from irc.ir.dense import to_numpy
from irc.ir.diagnostic import VerifyError
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ir.verifier import verify

Target = Callable[["Call"], Sequence[Value]]


class Call:
    """A custom call: its operands, the types of its results, and its options."""

    def __init__(self, op: hlo.CustomCall, b: Builder) -> None:
        self.op, self.b = op, b
        # Where sizes are computed, the shapes of the results are operands as well; types and operands tell them, too.
        shapes = op.get_attribute("indices_of_shape_operands")
        given = set(to_numpy(shapes).ravel().tolist()) if isinstance(shapes, DenseElementsAttr) else set()
        self.operands = [value for i, value in enumerate(op.inputs) if i not in given]
        self.types = [result.type for result in op.results]
        configs = (op.backend_config, op.get_attribute("mhlo.backend_config"), op.get_attribute("mhlo.attributes"))
        self.options: dict[str, Attribute] = {}
        for config in configs:
            if isinstance(config, DictionaryAttr):
                self.options |= dict(config.entries)

    def letter(self, name: str) -> str:
        """An option of LAPACK, which is the number of a letter."""
        found = self.options.get(name)
        return chr(found.value) if isinstance(found, IntegerAttr) else ""

    def number(self, name: str, default: int) -> int:
        found = self.options.get(name)
        return int(found.value) if isinstance(found, IntegerAttr) else default

    def done(self, like: int) -> Value:
        """LAPACK's report that all went well, one for each matrix."""
        type, batch = typed(self.op.results[like]), typed(self.operands[0]).shape[:-2]
        if len(type.shape) != len(batch) or any(
            None not in (m, n) and m != n for m, n in zip(type.shape, batch, strict=True)
        ):
            raise ValueError(f"there is a report for each of the matrices, got '{type}'")
        return self.zeros(type)

    def zeros(self, type: Type) -> Value:
        """Zeros of a type; sizes that it leaves open are those of the first operand."""
        assert isinstance(type, TensorType)
        zero = constant(self.b, 0, type.element_type)
        return self.b.insert(nd.BroadcastTo(zero, self.dims([type], self.operands), result_types=[type])).result

    def dims(self, types: Sequence[Type], inputs: Sequence[Value]) -> list[Value]:
        """The sizes that types leave open: those of the first input along the same axes."""
        return [
            as_value(self.b, size(self.b, inputs[0], axis))
            for type in types
            for axis, known in enumerate(getattr(type, "shape", ()))
            if known is None
        ]

    def call(self, name: str, inputs: Sequence[Value], types: Sequence[Type], **options: Attribute) -> list[Value]:
        dims = self.dims(types, inputs)
        return list(self.b.insert(call_of(name, inputs, types, options, dims)).outputs)

    def traced(self, function: Callable[..., Any], operands: Sequence[Value] | None = None) -> list[Value]:
        found = traced(self.b, function, self.operands if operands is None else operands)
        return as_types(self.b, found, self.types)


# -- LAPACK --------------------------------------------------------------------------------------------------------------


def _getrf(call: Call) -> Sequence[Value]:
    """The factors in one matrix, pivots that count from 1."""
    factors, pivots = call.call("irc.lu", call.operands, call.types[:2])
    one = filled(call.b, constant(call.b, 1, element_of(pivots)), pivots)
    return [factors, call.b.insert(nd.Add(pivots, one)).result, call.done(2)]


def _potrf(call: Call) -> Sequence[Value]:
    lower = bool_attr(call.letter("uplo") != "U")
    return [call.b.insert(nd.Cholesky(call.operands[0], lower)).result, call.done(1)]


def _geqrf(call: Call) -> Sequence[Value]:
    return call.call("irc.geqrf", call.operands, call.types)


def _orgqr(call: Call) -> Sequence[Value]:
    return call.call("irc.orgqr", call.operands, call.types)


def _syevd(call: Call) -> Sequence[Value]:
    vectors, values = call.types[:2]
    lower = bool_attr(call.letter("uplo") != "U")
    found = call.call("irc.eigh", call.operands, [values, vectors], lower=lower)
    return [found[1], found[0], call.done(2)]


def _gesdd(call: Call) -> Sequence[Value]:
    x, s, u, v = call.types[:4]
    if call.letter("mode") == "N":
        (values,) = call.call("irc.svd", call.operands, [s])
        rest = [call.zeros(type) for type in call.types[2:4]]
        return [call.operands[0], values, *rest, call.done(4)]
    found = call.call("irc.svd", call.operands, [u, s, v])
    assert x is call.operands[0].type
    return [call.operands[0], found[1], found[0], found[2], call.done(4)]


def _geev(call: Call) -> Sequence[Value]:
    """Eigenvalues, of real matrices as their parts; the eigenvectors of both sides, of which the left ones are left out."""
    parts = 2 if len(call.types) == 5 else 1
    vectors = call.types[-2]
    shape = typed(call.op.results[0]).shape
    assert isinstance(vectors, TensorType)
    values = TensorType(shape, vectors.element_type)
    found = call.call("irc.eig", call.operands, [values, vectors])
    if call.letter("compute_left") == "V":
        raise unsupported(call.op, f"@{call.op.call_target_name.value} for left eigenvectors is not supported")
    first = [found[0]] if parts == 1 else [call.b.insert(part(found[0])).result for part in (nd.Real, nd.Imag)]
    return [*first, found[1], found[1], call.done(len(call.types) - 1)]


def _trsm(call: Call) -> Sequence[Value]:
    a, rhs = call.operands[:2]
    left, lower, unit = (
        bool_attr(call.letter(name) == letter) for name, letter in (("side", "L"), ("uplo", "L"), ("diag", "U"))
    )
    how = {"T": "TRANSPOSE", "C": "ADJOINT"}.get(call.letter("trans_x"), "NO_TRANSPOSE")
    return [call.b.insert(nd.TriangularSolve(a, rhs, left, lower, unit, nd.Transpose(how))).result]


def _gtsv(call: Call) -> Sequence[Value]:
    (x,) = call.call("irc.tridiagonal_solve", call.operands, [call.types[3]])
    return [*call.operands[:3], x, call.done(4)]


LAPACK: dict[str, Target] = {
    "geev": _geev, "geqrf": _geqrf, "gesdd": _gesdd, "getrf": _getrf, "gtsv": _gtsv, "heevd": _syevd, "orgqr": _orgqr,
    "potrf": _potrf, "syevd": _syevd, "trsm": _trsm, "ungqr": _orgqr,
}  # fmt: skip
"""Routines by their names without the letter of the type."""

_LAPACK = re.compile(r"(?:lapack|blas)_[sdcz](\w+?)(?:_ffi)?")

# -- others --------------------------------------------------------------------------------------------------------------


def _identity(call: Call) -> Sequence[Value]:
    return [as_type(call.b, value, type) for value, type in zip(call.operands, call.types, strict=True)]


def _assertion(call: Call) -> Sequence[Value]:
    """An assertion on sizes. What its message says of them at run time, `(= {0})`, is left out: the error that is raised
    tells the shapes."""
    message = call.op.get_attribute("error_message")
    text = message.value if isinstance(message, StringAttr) else "shape assertion failed"
    holds = call.b.insert(tensor.Extract(call.operands[0], [])).result
    call.b.insert(cf.Assert(holds, StringAttr(_NUMBER.sub("", text))))
    return []


_NUMBER = re.compile(r" ?\(?= ?\{[0-9]+\}\)?")


def _top_k(call: Call) -> Sequence[Value]:
    k = call.number("k", typed(call.op.results[0]).shape[-1] or 0)
    found = top_k(call.b, call.operands[0], k, bool(call.number("largest", 1)))
    return as_types(call.b, found, call.types)


def _dynamic_top_k(call: Call) -> Sequence[Value]:
    k = typed(call.op.results[0]).shape[-1]
    if k is None:
        raise unsupported(
            call.op, "@stablehlo.dynamic_top_k with a number of elements that is computed is not supported"
        )
    return as_types(call.b, top_k(call.b, call.operands[0], k), call.types)


def _approximate_top_k(call: Call) -> Sequence[Value]:
    """The exact answer, which is an approximate one as well. The comparator's name says which end is sought."""
    largest = not any("_lt_" in str(name) for name in call.op.called_computations.elements)
    x, at = call.operands[:2]
    rank = typed(x).rank
    axis = call.number("reduction_dim", -1) % rank
    # Where they are not aggregated, there may be more than are asked for.
    k = typed(call.op.results[0]).shape[axis] or call.number("top_k", 1)
    order = [*(i for i in range(rank) if i != axis), axis]
    last = axis == rank - 1
    if not last:
        x, at = (call.b.insert(nd.PermuteDims(value, ints(order))).result for value in (x, at))
    found = top_k(call.b, x, k, largest, at)
    if not last:
        back = [order.index(i) for i in range(rank)]
        found = [call.b.insert(nd.PermuteDims(value, ints(back))).result for value in found]
    return as_types(call.b, found, call.types)


def _dynamic_reduce_window(call: Call) -> Sequence[Value]:
    found = dynamic_reduce_window(call.op, call.b, call.operands)
    return as_types(call.b, found, call.types)


def _elementwise(function: Callable[..., Any]) -> Target:
    def target(call: Call) -> Sequence[Value]:
        (x,) = call.operands
        return call.traced(function, [x])

    return target


def _erf(call: Call) -> Sequence[Value]:
    (x,) = call.operands
    return [call.b.insert(nd.Erf(x)).result]


TARGETS: dict[str, Target] = {
    "ApproxTopK": _approximate_top_k,
    "LayoutConstraint": _identity,
    "MoveToDevice": _identity,
    "MoveToHost": _identity,
    "SPMDFullToShardShape": _identity,
    "SPMDShardToFullShape": _identity,
    "Sharding": _identity,
    "annotate_device_placement": _identity,
    "mhlo.acos": _elementwise(jnp.acos),
    "mhlo.acosh": _elementwise(jnp.acosh),
    "mhlo.asin": _elementwise(jnp.asin),
    "mhlo.asinh": _elementwise(jnp.asinh),
    "mhlo.atanh": _elementwise(jnp.atanh),
    "mhlo.cosh": _elementwise(jnp.cosh),
    "mhlo.erf": _erf,
    "mhlo.sinh": _elementwise(jnp.sinh),
    "mhlo.tan": _elementwise(jnp.tan),
    "mhlo.topk": _top_k,
    "shape_assertion": _assertion,
    "stablehlo.dynamic_reduce_window": _dynamic_reduce_window,
    "stablehlo.dynamic_top_k": _dynamic_top_k,
    "xla.sdy.FuncResultSharding": _identity,
}


def _own(call: Call, name: str) -> Sequence[Value]:
    """A function that is registered under the very name."""
    made = call_of(name, call.operands, call.types, call.options)
    if call.op.has_side_effect.value:
        made.side_effects = UnitAttr()
    return call.b.insert(made).outputs


def _checked(call: Call, target: Target) -> Sequence[Value]:
    """What a target becomes. Raises `DiagnosedError` where its operands, results or options are none that it has."""
    op = call.op
    before = op.prev
    try:
        found = list(target(call))
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError, VerifyError) as problem:
        raise _wrong(op) from problem
    first = before.next if before is not None else op.parent.first if op.parent is not None else None
    while first is not None and first is not op:
        # The ops of a region are still to be converted.
        if not first.regions and verify(first):
            raise _wrong(op)
        first = first.next
    if len(found) != len(call.types) or any(
        not _fits(value.type, type) for value, type in zip(found, call.types, strict=True)
    ):
        raise _wrong(op)
    return found


def _fits(found: Type, expected: Type) -> bool:
    """Whether a value of one type is one of another, which may leave other sizes open."""
    if not isinstance(found, TensorType) or not isinstance(expected, TensorType):
        return found is expected
    return (
        found.element_type is expected.element_type
        and len(found.shape) == len(expected.shape)
        and all(None in (m, n) or m == n for m, n in zip(found.shape, expected.shape, strict=True))
    )


def _wrong(op: hlo.CustomCall) -> Exception:
    """The error that a target is not called as it is defined."""
    types = ", ".join(str(value.type) for value in op.inputs)
    results = ", ".join(str(result.type) for result in op.results)
    return unsupported(op, f"@{op.call_target_name.value} does not take ({types}) and give ({results})")


def lower_custom_call(op: hlo.CustomCall, b: Builder) -> Sequence[Value]:
    name = op.call_target_name.value
    matched = _LAPACK.fullmatch(name)
    target = LAPACK.get(matched.group(1)) if matched else TARGETS.get(name)
    call = Call(op, b)
    if target is not None:
        return _checked(call, target)
    if is_registered(name):
        return _own(call, name)
    raise unsupported(op, f"@{name} is not known; irc.custom_calls.register gives it a meaning")


LOWERINGS: dict[Any, Any] = {hlo.CustomCall: lower_custom_call}
