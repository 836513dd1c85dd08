"""Attributes of the `stablehlo` dialect that are lists of named parameters: `#stablehlo.gather<offset_dims = [0], …>`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from irc.dialects.stablehlo_enums import ResultAccuracyMode
from irc.ir.attributes import Attribute, FloatAttr, IntegerAttr
from irc.ir.interning import Interned
from irc.ir.types import Type, f64
from irc.ods.registry import register_attribute
from irc.text.numbers import parse_integer
from irc.text.types import parse_type

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

Dims = tuple[int, ...]
Parse = Callable[["TokenStream"], Any]


def parse_dims(stream: TokenStream) -> Dims:
    """`[0, 1]`."""
    stream.expect("[")
    dims: list[int] = []
    while not stream.accept("]"):
        if dims:
            stream.expect(",")
        dims.append(parse_integer(stream))
    return tuple(dims)


def dims_text(dims: Sequence[int]) -> str:
    return f"[{', '.join(map(str, dims))}]"


def parse_struct(stream: TokenStream, fields: Mapping[str, Parse], end: str = ">") -> dict[str, Any]:
    """`name = value, …` in any order up to and including `end`, maybe with a last comma; the fields that are there."""
    found: dict[str, Any] = {}
    while not stream.accept(end):
        position = stream.pos
        key = stream.next()
        if key not in fields:
            raise stream.error(f"expected one of: {', '.join(f'`{name}`' for name in fields)}", position)
        if key in found:
            raise stream.error(f"duplicated `{key}` entry", position)
        stream.expect("=")
        found[key] = fields[key](stream)
        if not stream.accept(","):
            stream.expect(end)
            break
    return found


def _parse_bool(stream: TokenStream) -> bool:
    if stream.accept("true"):
        return True
    stream.expect("false")
    return False


def _parse_mode(stream: TokenStream) -> Attribute:
    return stream.parse_attribute()


def _parse_float(stream: TokenStream) -> float:
    found = stream.parse_attribute()
    if isinstance(found, FloatAttr | IntegerAttr):
        return float(found.value)
    raise stream.error("expected a number", stream.pos - 1)


PARSERS: dict[str, Parse] = {
    "Dims": parse_dims, "int": parse_integer, "bool": _parse_bool, "float": _parse_float, "Type": parse_type,
    "ResultAccuracyMode": _parse_mode,
}  # fmt: skip
"""How a field of a struct is read, by its annotation."""


class StructAttr(Attribute):
    """Base: the fields in the order in which they are printed; those that are zero or empty are left out."""

    shows_all: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        register_attribute(cls)

    @classmethod
    def parse(cls, stream: TokenStream) -> Attribute:
        position = stream.pos
        stream.expect("<")
        found = parse_struct(stream, {name: PARSERS[cls.__annotations__[name]] for name in cls.fields})
        missing = [name for name in cls.fields if name not in found and name not in cls.defaults]
        if missing:
            raise stream.error(f"struct is missing required parameter: {missing[0]}", position)
        try:
            return cls(**found)
        except ValueError as problem:
            raise stream.error(str(problem), position) from None

    def text(self, spell: Callable[[Interned], str]) -> str:
        parts = []
        for name in type(self).fields:
            value = getattr(self, name)
            if value or type(self).shows_all:
                parts.append(f"{name} = {_field_text(value, spell)}")
        return f"<{', '.join(parts)}>"


def _field_text(value: Any, spell: Callable[[Interned], str]) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case tuple():
            return dims_text(value)
        case Interned():
            return spell(value)
    return str(value)


class ScatterDimensionNumbers(StructAttr):
    """How the dimensions of a scatter's operand, indices and updates belong together."""

    name = "stablehlo.scatter"

    update_window_dims: Dims = ()
    inserted_window_dims: Dims = ()
    input_batching_dims: Dims = ()
    scatter_indices_batching_dims: Dims = ()
    scatter_dims_to_operand_dims: Dims = ()
    index_vector_dim: int = 0


class GatherDimensionNumbers(StructAttr):
    """How the dimensions of a gather's operand, indices and result belong together."""

    name = "stablehlo.gather"

    offset_dims: Dims = ()
    collapsed_slice_dims: Dims = ()
    operand_batching_dims: Dims = ()
    start_indices_batching_dims: Dims = ()
    start_index_map: Dims = ()
    index_vector_dim: int = 0


class DotDimensionNumbers(StructAttr):
    """The dimensions that a `dot_general` pairs, and those over which it sums."""

    name = "stablehlo.dot"

    lhs_batching_dimensions: Dims = ()
    rhs_batching_dimensions: Dims = ()
    lhs_contracting_dimensions: Dims = ()
    rhs_contracting_dimensions: Dims = ()


class DotAlgorithm(StructAttr):
    """With which types and in how many products a dot is computed."""

    name = "stablehlo.dot_algorithm"
    shows_all = True

    lhs_precision_type: Type
    rhs_precision_type: Type
    accumulation_type: Type
    lhs_component_count: int
    rhs_component_count: int
    num_primitive_operations: int
    allow_imprecise_accumulation: bool

    def check(self) -> None:
        for name in ("lhs_component_count", "rhs_component_count", "num_primitive_operations"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name.replace('_', ' ')} must be positive")
        if not self._is_known():
            raise ValueError(
                "dot algorithm not known to be supported on any hardware: "
                f"{{lhs:'{self.lhs_precision_type}', rhs:'{self.rhs_precision_type}', "
                f"accum:'{self.accumulation_type}', lhs_components:{self.lhs_component_count}, "
                f"rhs_components:{self.rhs_component_count}, primitive_ops:{self.num_primitive_operations}, "
                f"imprecise:{int(self.allow_imprecise_accumulation)}}}"
            )

    def _is_known(self) -> bool:
        types = str(self.lhs_precision_type), str(self.rhs_precision_type), str(self.accumulation_type)
        if (self.lhs_component_count, self.rhs_component_count) != (1, 1):
            return False
        if types[0] in _F8 and types[1] in _F8:
            return types[2] == "f32" and self.num_primitive_operations == 1
        products = _PRODUCTS.get(" ".join(types), ())
        return self.num_primitive_operations in products and not self.allow_imprecise_accumulation


_F8 = ("f8E3M4", "f8E4M3", "f8E4M3FN", "f8E5M2", "f8E4M3FNUZ", "f8E4M3B11FNUZ", "f8E5M2FNUZ")

_PRODUCTS = {
    "f16 f16 f16": (1,), "f16 f16 f32": (1,), "bf16 bf16 bf16": (1,), "bf16 bf16 f32": (1, 3, 6, 9),
    "tf32 tf32 f32": (1, 3), "f32 f32 f32": (1,), "f64 f64 f64": (1,),
}  # fmt: skip
"""How many products hardware makes of one, by the types of lhs, rhs and accumulator."""


class ChannelHandle(StructAttr):
    """The channel of a communication: 1 is device to device, 2 device to host, 3 host to device."""

    name = "stablehlo.channel_handle"
    shows_all = True

    handle: int
    type: int


class OutputOperandAlias(StructAttr):
    """A part of a custom call's result that lies in a part of an operand."""

    name = "stablehlo.output_operand_alias"
    shows_all = True

    output_tuple_indices: Dims
    operand_index: int
    operand_tuple_indices: Dims


class ResultAccuracy(StructAttr):
    """How exact the result of an elementary function has to be: absolute or relative error, units in the last place."""

    name = "stablehlo.result_accuracy"

    atol: float = 0.0
    rtol: float = 0.0
    ulps: int = 0
    mode: ResultAccuracyMode = ResultAccuracyMode("DEFAULT")

    def check(self) -> None:
        if not isinstance(self.mode, ResultAccuracyMode):
            raise ValueError("expected a result_accuracy_mode")
        exact = not (self.atol or self.rtol or self.ulps)
        if self.mode.value != "TOLERANCE" and not exact:
            raise ValueError(
                "Invalid tolerances for ResultAccuracyAttr with mode HIGHEST or DEFAULT, must be all zero."
            )

    def text(self, spell: Callable[[Interned], str]) -> str:
        parts = [
            f"{name} = {spell(FloatAttr.of(value, f64)).partition(' ')[0]}"
            for name, value in (("atol", self.atol), ("rtol", self.rtol))
            if value
        ]
        parts += [f"ulps = {self.ulps}"] if self.ulps else []
        return f"<{', '.join([*parts, f'mode = {spell(self.mode)}'])}>"
