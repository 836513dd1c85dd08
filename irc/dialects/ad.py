"""The `ad` dialect: requests for derivatives, which the pass `differentiate` replaces, and what is said about derivatives."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._ad_checks import (
    FIRST,
    check_arguments,
    check_types,
    float_types,
    is_cost,
    positions_in,
    signature_of,
    wrt_positions,
)
from irc.dialects.ad_checkpoint import Barrier, Checkpoint, CheckpointName, Yield
from irc.dialects.ad_custom import CustomJVP, CustomVJP
from irc.dialects.ad_linear import Linear, Linearize, Pullback, Pushforward
from irc.dialects.ad_stacks import Push
from irc.ir.attributes import ArrayAttr, SymbolRefAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.symbols import SymbolTables
from irc.ir.traits import Pure
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods.constraints import AnyType
from irc.ods.fields import attribute, operand, result, variadic, variadic_results
from irc.ods.op import Op

__all__ = [
    "JVP", "VJP", "Barrier", "Checkpoint", "CheckpointName", "CustomJVP", "CustomVJP", "Linear", "Linearize", "Pullback",
    "Push", "Pushforward", "StopGradient", "ValueAndGrad", "Yield", "float_types", "wrt_positions",
]  # fmt: skip


class ValueAndGrad(Op, name="ad.value_and_grad"):
    """The results of a function and the gradient of the first with respect to the arguments in `wrt`.

    With `costs` there is a gradient of each of these results, one after the other, and the function runs once for all. Costs
    are float scalars, or float tensors of rank 0; other results are passed through. The gradient with respect to a complex
    z = x + iy is the derivative by x minus i times that by y, as in JAX.

    %y, %dx = ad.value_and_grad @f(%x, %w) {wrt = [0]} : (tensor<4xf32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
    """

    callee: SymbolRefAttr = attribute(SymbolRefAttr)
    arguments: Sequence[Value] = variadic()
    wrt: ArrayAttr = attribute(ArrayAttr, default=FIRST)
    costs: ArrayAttr = attribute(ArrayAttr, default=FIRST)
    outputs: Sequence[Value] = variadic_results()

    assembly = "$callee `(` $arguments `)` attr-dict `:` functional-type($arguments, $outputs)"

    def verify_symbols(self, tables: SymbolTables) -> None:
        signature = signature_of(self, tables, self.callee)
        positions = check_arguments(signature, self.arguments, self.wrt)
        if not signature.results:
            raise VerifyError(f"'{self.callee}' must return a float scalar first, got nothing")
        costs = positions_in("costs", self.costs, len(signature.results), "result")
        for i in costs:
            if not is_cost(signature.results[i]):
                which = "first" if self.costs is FIRST else f"as result {i}"
                raise VerifyError(f"'{self.callee}' must return a float scalar {which}, got '{signature.results[i]}'")
        gradients = [signature.inputs[i] for i in positions] * len(costs)
        check_types("results", self.results, (*signature.results, *gradients))


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
        signature = signature_of(self, tables, self.callee)
        positions = check_arguments(signature, self.arguments, self.wrt)
        check_types("results", self.results, (*signature.results, *(signature.inputs[i] for i in positions)))
        check_types("cotangents", self.cotangents, signature.results)


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
        signature = signature_of(self, tables, self.callee)
        positions = check_arguments(signature, self.arguments, self.wrt)
        check_types("tangents", self.tangents, [signature.inputs[i] for i in positions])
        check_types("results", self.results, (*signature.results, *float_types(signature.results)))


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
