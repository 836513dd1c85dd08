"""What the ops of `ad` check alike: signatures of functions, and which arguments they name."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.func import Func
from irc.ir.attributes import ArrayAttr, IntegerAttr, SymbolRefAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTables
from irc.ir.types import ComplexType, FloatType, FunctionType, ShapedType, Type, element_type
from irc.ir.value import Value

FIRST = ArrayAttr((i64_attr(0),))
"""The first argument or result."""


def float_types(types: Sequence[Type]) -> list[Type]:
    """Those of the types whose values have tangents."""
    return [type for type in types if isinstance(element_type(type), FloatType | ComplexType)]


def check_signature(
    symbol: SymbolRefAttr,
    found: FunctionType,
    inputs: Sequence[Type],
    inputs_are: str,
    results: Sequence[Type],
    results_are: str,
) -> None:
    """Check that a function that gives a derivative takes and returns what it should."""
    for what, given, expected, meaning in (
        ("take", found.inputs, inputs, inputs_are),
        ("return", found.results, results, results_are),
    ):
        if tuple(given) != tuple(expected):
            raise VerifyError(f"'{symbol}' must {what} {meaning}, ({listed(expected)}), got ({listed(given)})")


def listed(types: Sequence[Type]) -> str:
    return ", ".join(map(str, types))


def check_constants(constants: ArrayAttr, signature: FunctionType) -> None:
    """Raise `VerifyError` unless these are positions of arguments."""
    for position in wrt_positions(constants, "constants"):
        if not 0 <= position < len(signature.inputs):
            raise VerifyError(f"'constants' names argument {position} of a function of {len(signature.inputs)}")


def wrt_positions(wrt: ArrayAttr, name: str = "wrt") -> list[int]:
    """The positions of arguments in a `wrt` attribute, or those of results in one of another name."""
    if not all(isinstance(position, IntegerAttr) for position in wrt.elements):
        raise VerifyError(f"'{name}' must be an array of integers, got '{wrt}'")
    return [position.value for position in wrt.elements if isinstance(position, IntegerAttr)]


def positions_in(name: str, numbers: ArrayAttr, count: int, what: str) -> list[int]:
    """The positions in an attribute, each once and below `count`."""
    positions = wrt_positions(numbers, name)
    if len(set(positions)) != len(positions):
        raise VerifyError(f"'{name}' names an {what} twice: {positions}".replace("an result", "a result"))
    for i in positions:
        if not 0 <= i < count:
            raise VerifyError(f"'{name}' names {what} {i}, but the function has {count}")
    return positions


def signature_of(op: Operation, tables: SymbolTables, callee: SymbolRefAttr) -> FunctionType:
    """The type of the function that `callee` names."""
    function = tables.lookup(op, callee)
    if not isinstance(function, Func):
        raise VerifyError(f"'{callee}' does not reference a valid function")
    return function.signature


def check_arguments(signature: FunctionType, arguments: Sequence[Value], wrt: ArrayAttr) -> list[int]:
    """Check arguments and the positions that are named; gives these."""
    check_types("arguments", arguments, signature.inputs)
    positions = positions_in("wrt", wrt, len(signature.inputs), "argument")
    for i in positions:
        if not isinstance(element_type(signature.inputs[i]), FloatType | ComplexType):
            raise VerifyError(f"'wrt' names argument {i} of type '{signature.inputs[i]}', which is not of float type")
    return positions


def check_types(what: str, values: Sequence[Value], expected: Sequence[Type]) -> None:
    """Check how many values there are, and of which types."""
    if len(values) != len(expected):
        raise VerifyError(f"expected {len(expected)} {what}, got {len(values)}")
    for i, (value, type) in enumerate(zip(values, expected, strict=True)):
        if value.type is not type:
            raise VerifyError(f"{what} #{i} must have type '{type}', got '{value.type}'")


def is_cost(type: Type) -> bool:
    """Whether a gradient can be taken of a value of this type."""
    return isinstance(element_type(type), FloatType) and (not isinstance(type, ShapedType) or type.rank == 0)
