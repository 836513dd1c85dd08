"""The derivative of a function at a point as a pair of programs: one runs the function and returns what its derivative needs,
the other applies the derivative to that, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.autodiff.functions import Derivatives, call_of
from irc.autodiff.linear_maps import pushed
from irc.autodiff.missing import requested
from irc.autodiff.split import Split
from irc.dialects import ad, arith, func, tensor
from irc.ir.attributes import SymbolRefAttr
from irc.ir.builder import Builder
from irc.ir.cloning import IRMapping, clone
from irc.ir.operation import Operation
from irc.ir.recursion import frames
from irc.ir.types import MemRefType, TensorType, Type, i64, index
from irc.ir.value import Value
from irc.passes.differentiate import MAX_FRAMES, lower_part
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.carries import Kind, kind_of
from irc.tracing.compile import MAIN, Program, compile_module
from irc.tracing.current import is_tracing, user_location
from irc.tracing.dtypes import is_inexact
from irc.tracing.requests import is_nothing, traced
from irc.tracing.trace import FunctionTrace, TracedArray, new_module, type_of
from irc.tracing.trees import flatten, unflatten


class Linearized:
    """The derivative of a function at a point, with what its forward run has kept; `wrt` are the arguments that are floats."""

    def __init__(self, module: Operation, derivatives: Derivatives, split: Split, wrt: Sequence[int]) -> None:
        self._module, self._derivatives, self._split, self.wrt = module, derivatives, split, wrt
        self._types: list[Type] = []
        self._kept: list[Any] = []
        self._programs: dict[str, tuple[Program, list[int]]] = {}

    def run(
        self, trace: FunctionTrace, callee: func.Func, operands: Sequence[Value], arrays: Sequence[Any]
    ) -> list[Any]:
        """The results of the function for these arrays; what the derivative needs of them is kept."""
        split, count = self._split, len(callee.signature.results)
        b = trace.builder
        called = b.insert(call_of(split.forward or callee, operands, b.location)).results
        residuals = split.residual_values(operands, called[count:])
        self._types = [residual.type for residual in residuals]
        packed = [_packed(b, residual) for residual in residuals]
        trace.finish([TracedArray(trace, value) for value in (*called[:count], *packed)])
        results = self._compiled(trace)(arrays)
        self._kept = results[count:]
        return results[:count]

    def pulled_back(self, cotangents: Sequence[Any]) -> dict[int, Any]:
        """Of cotangents of the seeded results those of the arguments that they reach."""
        split = self._split

        def body(b: Builder, residuals: Sequence[Value], cts: Sequence[Value]) -> dict[int, Value]:
            found = b.insert(call_of(split.backward, [*residuals, *cts], b.location)).results
            return dict(zip(split.reached, found, strict=True))

        types = split.backward.signature.inputs[len(split.residuals) :]
        return self._applied("pull", types, body, cotangents)

    def pushed_forward(self, tangents: Sequence[Any]) -> dict[int, Any]:
        """Of tangents of the arguments in `wrt` those of the results that they reach."""
        split = self._split
        places = [self.wrt.index(i) for i in split.reached]

        def body(b: Builder, residuals: Sequence[Value], given: Sequence[Value]) -> dict[int, Value]:
            return pushed(self._derivatives, b, b.point.block.parent_op or split.backward, split, residuals, given)

        return self._applied("push", split.backward.signature.results, body, [tangents[i] for i in places])

    def _applied(
        self,
        name: str,
        types: Sequence[Type],
        body: Callable[[Builder, Sequence[Value], Sequence[Value]], dict[int, Value]],
        arrays: Sequence[Any],
    ) -> dict[int, Any]:
        """What `body` gives for what was kept and further arrays: a program that is written when it is first asked for."""
        if name not in self._programs:
            boundary = [_packed_type(type) for type in self._types]
            trace = FunctionTrace(self._module, MAIN, [*boundary, *types], private=False)
            with trace.active(), frames(MAX_FRAMES), requested(user_location()):
                trace.builder.location = user_location()
                values = [argument.value for argument in trace.arguments]
                kept = [_unpacked(trace.builder, *pair) for pair in zip(values, self._types, strict=False)]
                found = body(trace.builder, kept, values[len(kept) :])
                trace.finish([TracedArray(trace, value) for value in found.values()])
            self._programs[name] = self._compiled(trace), list(found)
        program, places = self._programs[name]
        return dict(zip(places, program([*self._kept, *arrays]), strict=True))

    def _compiled(self, trace: FunctionTrace) -> Program:
        """The program of a function of the module, which goes then."""
        program = compile_module(clone(self._module, IRMapping()))
        trace.function.drop_uses_and_erase()
        return program


def linearized(
    fun: Callable[..., Any], args: Sequence[Any], differentiated: Callable[[Any], Any]
) -> tuple[Any, list[Kind], Linearized] | None:
    """The results of `fun`, the kinds of those of them that `differentiated` takes out, and the derivative of these.

    `None` where there is no such program: while another one is traced, without floats, and for results of unknown sizes.
    """
    leaves, structure = flatten((tuple(args), {}))
    arrays = [as_array(leaf) for leaf in leaves]
    wrt = tuple(i for i, array in enumerate(arrays) if is_inexact(array.dtype))
    if is_tracing() or not wrt or not all(isinstance(array, ConcreteArray) for array in arrays):
        return None
    module, kinds = new_module(user_location()), [kind_of(array) for array in arrays]
    trace = FunctionTrace(module, MAIN, [type_of(array) for array in arrays], private=False, sources=arrays)
    with trace.active():
        function = traced(fun, structure, kinds, arrays, "reverse", ())
        callee, captured = function.trace.function, function.trace.captured
        places = flatten(differentiated(unflatten(function.structure, list(range(len(function.kinds))))))[0]
        seeded = tuple(i for i in places if is_inexact(function.kinds[i].dtype))
        if any(isinstance(type, TensorType) and not type.has_static_shape for type in callee.signature.results):
            return None
        operands = [*(each.value for each in trace.arguments), *(trace.value_of(array) for array in captured)]
        trace.builder.location = user_location()
        request = ad.Linearize(
            SymbolRefAttr(callee.sym_name.value), operands, location=user_location(), result_types=[]
        )
        derivatives = Derivatives(module, lower_part)
        with frames(MAX_FRAMES), requested(user_location()):
            split = derivatives.split(callee, wrt, seeded, request)
        request.drop_uses_and_erase()
        if any(isinstance(type, MemRefType) for type in split.backward.signature.inputs):
            return None
        found = Linearized(module, derivatives, split, wrt)
        numbers = [array.data for array in (*arrays, *trace.captured)]
        results = found.run(trace, callee, operands, numbers)
    made: list[Array] = [
        ConcreteArray(array, kind.weak_type) for array, kind in zip(results, function.kinds, strict=True)
    ]
    return unflatten(function.structure, made), [function.kinds[i] for i in places], found


# -- scalars are tensors where they leave and enter programs ---------------------------------------------------------


def _packed_type(type: Type) -> TensorType:
    if isinstance(type, TensorType):
        return TensorType(type.shape, _packed_element(type.element_type))
    return TensorType((), _packed_element(type))


def _packed_element(type: Type) -> Type:
    return i64 if type is index else type


def _packed(b: Builder, value: Value) -> Value:
    type = _packed_type(value.type)
    if type.element_type is not _element(value.type):
        whole = type if isinstance(value.type, TensorType) else type.element_type
        value = b.insert(arith.IndexCast(value, result_types=[whole])).result
    if isinstance(value.type, TensorType):
        return value
    return b.insert(tensor.FromElements([value], result_types=[type])).result


def _unpacked(b: Builder, value: Value, type: Type) -> Value:
    if not isinstance(type, TensorType):
        value = b.insert(tensor.Extract(value, [])).result
    return value if value.type is type else b.insert(arith.IndexCast(value, result_types=[type])).result


def _element(type: Type) -> Type:
    return type.element_type if isinstance(type, TensorType) else type


def at_hand(tree: Any) -> bool:
    """Whether all arrays of a tree are numbers, and nothing is being traced."""
    leaves = [leaf for leaf in flatten(tree)[0] if not is_nothing(leaf)]
    return not is_tracing() and all(isinstance(as_array(leaf), ConcreteArray) for leaf in leaves)
