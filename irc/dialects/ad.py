"""The `ad` dialect: requests for derivatives, which the pass `differentiate` replaces, and derivatives that are given."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.func import Func
from irc.ir.attributes import ArrayAttr, IntegerAttr, SymbolRefAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTables
from irc.ir.traits import Pure
from irc.ir.types import ComplexType, FloatType, FunctionType, ShapedType, TensorType, Type, element_type
from irc.ir.value import Value
from irc.ods.constraints import AnyType, Index, Tensor
from irc.ods.fields import attribute, operand, result, variadic, variadic_results
from irc.ods.op import Op

FIRST = ArrayAttr((i64_attr(0),))
"""The default of `wrt`: the first argument."""


class ValueAndGrad(Op, name="ad.value_and_grad"):
    """The results of a function and the gradient of the first with respect to the arguments in `wrt`.

    The first result is a float scalar, or a float tensor of rank 0; other results are passed through. The gradient with
    respect to a complex z = x + iy is the derivative by x minus i times that by y, as in JAX.

    %y, %dx = ad.value_and_grad @f(%x, %w) {wrt = [0]} : (tensor<4xf32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
    """

    callee: SymbolRefAttr = attribute(SymbolRefAttr)
    arguments: Sequence[Value] = variadic()
    wrt: ArrayAttr = attribute(ArrayAttr, default=FIRST)
    outputs: Sequence[Value] = variadic_results()

    assembly = "$callee `(` $arguments `)` attr-dict `:` functional-type($arguments, $outputs)"

    def verify_symbols(self, tables: SymbolTables) -> None:
        signature = _signature(self, tables, self.callee)
        _check(signature, self.arguments, self.wrt, self.results)
        if not signature.results or not _is_cost(signature.results[0]):
            found = f"'{signature.results[0]}'" if signature.results else "nothing"
            raise VerifyError(f"'{self.callee}' must return a float scalar first, got {found}")


class VJP(Op, name="ad.vjp"):
    """The results of a function, and the products of their cotangents with its Jacobian for the arguments in `wrt`.

    There is a cotangent for each result.

    %y, %dx = ad.vjp @f(%x) cotangents(%ct) {wrt = [0]} : (tensor<4xf32>), (tensor<3xf32>) -> (tensor<3xf32>, tensor<4xf32>)
    """

    callee: SymbolRefAttr = attribute(SymbolRefAttr)
    arguments: Sequence[Value] = variadic()
    cotangents: Sequence[Value] = variadic()
    wrt: ArrayAttr = attribute(ArrayAttr, default=FIRST)
    outputs: Sequence[Value] = variadic_results()

    assembly = (
        "$callee `(` $arguments `)` `cotangents` `(` $cotangents `)` attr-dict `:` "
        "`(` type($arguments) `)` `,` functional-type($cotangents, $outputs)"
    )

    def verify_symbols(self, tables: SymbolTables) -> None:
        signature = _signature(self, tables, self.callee)
        _check(signature, self.arguments, self.wrt, self.results)
        _check_types("cotangents", self.cotangents, signature.results)


class Push(Op, name="ad.push", traits=[Pure]):
    """A stack with `rows` at the positions from `top` on: that of one more iteration than was known of when it began.

    The first axis of the stack is as long as it needs to be for the rows, and grows by at least its own length, so that n
    pushes copy O(n) rows. What is above the rows is undefined.

    %t = ad.push %row, %s[%n] : tensor<1x4xf32>, tensor<?x4xf32>
    """

    rows: Value = operand(Tensor)
    stack: Value = operand(Tensor)
    top: Value = operand(Index)
    pushed: Value = result(Tensor)

    assembly = "$rows `,` $stack `[` $top `]` attr-dict `:` type($rows) `,` type($stack)"

    def infer(self) -> Sequence[Type]:
        return [self.stack.type]

    def verify(self) -> None:
        rows, stack = self.rows.type, self.stack.type
        assert isinstance(rows, TensorType) and isinstance(stack, TensorType)
        if stack.rank == 0 or stack.shape[0] is not None:
            raise VerifyError(f"the first axis of the stack must be '?', got '{stack}'")
        if rows.element_type is not stack.element_type or rows.shape[1:] != stack.shape[1:]:
            raise VerifyError(f"rows of type '{rows}' do not fit on a stack of type '{stack}'")


class JVP(Op, name="ad.jvp"):
    """The results of a function, and the tangents of its float results for tangents of the arguments in `wrt`.

    The other arguments are constant. The tangent of a buffer is a buffer.

    %y, %dy = ad.jvp @f(%x) tangents(%dx) {wrt = [0]} : (tensor<4xf32>), (tensor<4xf32>) -> (tensor<3xf32>, tensor<3xf32>)
    """

    callee: SymbolRefAttr = attribute(SymbolRefAttr)
    arguments: Sequence[Value] = variadic()
    tangents: Sequence[Value] = variadic()
    wrt: ArrayAttr = attribute(ArrayAttr, default=FIRST)
    outputs: Sequence[Value] = variadic_results()

    assembly = (
        "$callee `(` $arguments `)` `tangents` `(` $tangents `)` attr-dict `:` "
        "`(` type($arguments) `)` `,` functional-type($tangents, $outputs)"
    )

    def verify_symbols(self, tables: SymbolTables) -> None:
        signature = _signature(self, tables, self.callee)
        positions = _check_arguments(signature, self.arguments, self.wrt)
        _check_types("tangents", self.tangents, [signature.inputs[i] for i in positions])
        _check_types("results", self.results, (*signature.results, *float_types(signature.results)))


class StopGradient(Op, name="ad.stop_gradient", traits=[Pure]):
    """The operand, which counts as a constant when derivatives are taken.

    %y = ad.stop_gradient %x : tensor<4xf32>
    """

    input: Value = operand(AnyType)
    output: Value = result(AnyType)
    assembly = "$input attr-dict `:` type($input)"

    def infer(self) -> Sequence[Type]:
        return [self.input.type]

    def verify(self) -> None:
        if self.input.type is not self.output.type:
            raise VerifyError(f"must give its operand, of type '{self.input.type}', got '{self.output.type}'")


class CustomJVP(Op, name="ad.custom_jvp"):
    """The derivative of the first function is the second one, in both modes.

    It takes the arguments of the first and then tangents of those of float type, in which it is linear; it returns its
    results and then their tangents, where they are of float type.

    ad.custom_jvp @f, @f_jvp
    """

    primal: SymbolRefAttr = attribute(SymbolRefAttr)
    jvp: SymbolRefAttr = attribute(SymbolRefAttr)
    assembly = "$primal `,` $jvp attr-dict"

    def verify_symbols(self, tables: SymbolTables) -> None:
        primal, jvp = (_signature(self, tables, symbol) for symbol in (self.primal, self.jvp))
        _check_signature(
            self.jvp,
            jvp,
            (*primal.inputs, *float_types(primal.inputs)),
            f"the arguments of '{self.primal}' and tangents of the float ones",
            (*primal.results, *float_types(primal.results)),
            f"the results of '{self.primal}' and tangents of the float ones",
        )


class CustomVJP(Op, name="ad.custom_vjp"):
    """The derivative of the first function in reverse mode is given by the two others.

    The second takes the arguments of the first, and returns its results and then residuals, of any types. The third takes
    the residuals and then cotangents of the results of float type, and returns cotangents of the arguments of float type.

    ad.custom_vjp @f, @f_fwd, @f_bwd
    """

    primal: SymbolRefAttr = attribute(SymbolRefAttr)
    forward: SymbolRefAttr = attribute(SymbolRefAttr)
    backward: SymbolRefAttr = attribute(SymbolRefAttr)
    assembly = "$primal `,` $forward `,` $backward attr-dict"

    def verify_symbols(self, tables: SymbolTables) -> None:
        primal, forward, backward = (
            _signature(self, tables, symbol) for symbol in (self.primal, self.forward, self.backward)
        )
        count = len(primal.results)
        residuals = forward.results[count:]
        _check_signature(
            self.forward,
            forward,
            primal.inputs,
            f"the arguments of '{self.primal}'",
            (*primal.results, *residuals),
            f"the results of '{self.primal}' and then residuals",
        )
        _check_signature(
            self.backward,
            backward,
            (*residuals, *float_types(primal.results)),
            f"the residuals of '{self.forward}' and cotangents of the float results of '{self.primal}'",
            float_types(primal.inputs),
            f"cotangents of the float arguments of '{self.primal}'",
        )


def float_types(types: Sequence[Type]) -> list[Type]:
    """Those of the types whose values have tangents."""
    return [type for type in types if isinstance(element_type(type), FloatType | ComplexType)]


def _check_signature(
    symbol: SymbolRefAttr,
    found: FunctionType,
    inputs: Sequence[Type],
    inputs_are: str,
    results: Sequence[Type],
    results_are: str,
) -> None:
    for what, given, expected, meaning in (
        ("take", found.inputs, inputs, inputs_are),
        ("return", found.results, results, results_are),
    ):
        if tuple(given) != tuple(expected):
            raise VerifyError(f"'{symbol}' must {what} {meaning}, ({_listed(expected)}), got ({_listed(given)})")


def _listed(types: Sequence[Type]) -> str:
    return ", ".join(map(str, types))


def wrt_positions(wrt: ArrayAttr) -> list[int]:
    """The argument positions in a `wrt` attribute."""
    if not all(isinstance(position, IntegerAttr) for position in wrt.elements):
        raise VerifyError(f"'wrt' must be an array of integers, got '{wrt}'")
    return [position.value for position in wrt.elements if isinstance(position, IntegerAttr)]


def _signature(op: Operation, tables: SymbolTables, callee: SymbolRefAttr) -> FunctionType:
    function = tables.lookup(op, callee)
    if not isinstance(function, Func):
        raise VerifyError(f"'{callee}' does not reference a valid function")
    return function.signature


def _check(signature: FunctionType, arguments: Sequence[Value], wrt: ArrayAttr, results: Sequence[Value]) -> None:
    positions = _check_arguments(signature, arguments, wrt)
    _check_types("results", results, (*signature.results, *(signature.inputs[i] for i in positions)))


def _check_arguments(signature: FunctionType, arguments: Sequence[Value], wrt: ArrayAttr) -> list[int]:
    _check_types("arguments", arguments, signature.inputs)
    positions = wrt_positions(wrt)
    if len(set(positions)) != len(positions):
        raise VerifyError(f"'wrt' names an argument twice: {positions}")
    for i in positions:
        if not 0 <= i < len(signature.inputs):
            raise VerifyError(f"'wrt' names argument {i}, but the function has {len(signature.inputs)}")
        if not isinstance(element_type(signature.inputs[i]), FloatType | ComplexType):
            raise VerifyError(f"'wrt' names argument {i} of type '{signature.inputs[i]}', which is not of float type")
    return positions


def _check_types(what: str, values: Sequence[Value], expected: Sequence[Type]) -> None:
    if len(values) != len(expected):
        raise VerifyError(f"expected {len(expected)} {what}, got {len(values)}")
    for i, (value, type) in enumerate(zip(values, expected, strict=True)):
        if value.type is not type:
            raise VerifyError(f"{what} #{i} must have type '{type}', got '{value.type}'")


def _is_cost(type: Type) -> bool:
    return isinstance(element_type(type), FloatType) and (not isinstance(type, ShapedType) or type.rank == 0)
