"""Writing the scalar bodies of named structured ops."""

from __future__ import annotations

from irc.ir.attributes import FloatAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.types import ComplexType, FloatType, IndexType, IntegerType, Type
from irc.ir.value import Value
from irc.ods.registry import lookup_op

ARITHMETIC = {
    "add": {"float": "arith.addf", "int": "arith.addi", "bool": "arith.ori", "complex": "complex.add"},
    "sub": {"float": "arith.subf", "int": "arith.subi", "complex": "complex.sub"},
    "mul": {"float": "arith.mulf", "int": "arith.muli", "bool": "arith.andi", "complex": "complex.mul"},
    "div": {"float": "arith.divf", "int": "arith.divsi", "complex": "complex.div"},
    "div_unsigned": {"int": "arith.divui"},
    "max": {"float": "arith.maximumf", "int": "arith.maxsi", "bool": "arith.ori"},
    "min": {"float": "arith.minimumf", "int": "arith.minsi", "bool": "arith.andi"},
    "max_unsigned": {"float": "arith.maximumf", "int": "arith.maxui", "bool": "arith.ori"},
    "min_unsigned": {"float": "arith.minimumf", "int": "arith.minui", "bool": "arith.andi"},
    "powf": {"float": "math.powf"},
    "exp": {"float": "math.exp"},
    "log": {"float": "math.log"},
    "abs": {"float": "math.absf"},
    "ceil": {"float": "math.ceil"},
    "floor": {"float": "math.floor"},
    "negf": {"float": "arith.negf"},
    "round": {"float": "math.round"},
    "sqrt": {"float": "math.sqrt"},
    "rsqrt": {"float": "math.rsqrt"},
    "tanh": {"float": "math.tanh"},
    "erf": {"float": "math.erf"},
}
"""Which op computes a function on numbers of a kind; these are the choices of MLIR's named structured ops."""


def kind_of(type: Type) -> str:
    match type:
        case FloatType():
            return "float"
        case IntegerType(width=1):
            return "bool"
        case IntegerType() | IndexType():
            return "int"
        case ComplexType():
            return "complex"
    raise VerifyError(f"no arithmetic on '{type}'")


class Payload:
    """Appends scalar ops to a body block."""

    __slots__ = ("block",)

    def __init__(self, block: Block) -> None:
        self.block = block

    def call(self, function: str, *values: Value) -> Value:
        """`function` of `ARITHMETIC` on values of one type; raises `VerifyError` if that type has none."""
        kind = kind_of(values[0].type)
        name = ARITHMETIC[function].get(kind)
        if name is None:
            raise VerifyError(f"'{function}' is not defined on '{values[0].type}'")
        return self.append(lookup_op(name)(*values))

    def cast(self, value: Value, target: Type, *, unsigned: bool = False) -> Value:
        """`value` as a number of type `target`; integers are signed unless `unsigned`."""
        source = value.type
        if source is target:
            return value
        name = _cast_name(source, target)
        if unsigned:
            name = _UNSIGNED.get(name, name)
        if name is None:
            raise VerifyError(f"no conversion from '{source}' to '{target}'")
        return self.append(lookup_op(name)(value, result_types=[target]))

    def one(self, type: Type) -> Value:
        """The number one of a float type; raises `VerifyError` for another type."""
        if not isinstance(type, FloatType):
            raise VerifyError(f"'{type}' is no float type")
        return self.append(lookup_op("arith.constant")(FloatAttr.of(1.0, type), result_types=[type]))

    def append(self, op: object) -> Value:
        self.block.append(op)  # type: ignore[arg-type]  # what lookup_op gives has no static type
        result: Value = op.results[0]  # type: ignore[attr-defined]  # see above
        return result


def _cast_name(source: Type, target: Type) -> str | None:
    match source, target:
        case FloatType(), FloatType():
            return "arith.extf" if source.width < target.width else "arith.truncf"
        case IntegerType(), IntegerType():
            return "arith.extsi" if source.width < target.width else "arith.trunci"
        case IntegerType(), FloatType():
            return "arith.sitofp"
        case FloatType(), IntegerType():
            return "arith.fptosi"
        case (IndexType(), IntegerType()) | (IntegerType(), IndexType()):
            return "arith.index_cast"
    return None


_UNSIGNED: dict[str | None, str] = {
    "arith.extsi": "arith.extui", "arith.sitofp": "arith.uitofp", "arith.fptosi": "arith.fptoui",
    "arith.index_cast": "arith.index_castui",
}  # fmt: skip
