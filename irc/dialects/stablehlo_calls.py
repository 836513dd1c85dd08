"""Calls out of the program, and of functions that stand for an op."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects.stablehlo_attributes import OutputOperandAlias
from irc.dialects.stablehlo_base import StablehloOp
from irc.dialects.stablehlo_shapes import elements
from irc.ir.attributes import (
    ArrayAttr,
    Attribute,
    DenseElementsAttr,
    DictionaryAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    bool_attr,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.region import Region
from irc.ir.symbols import SymbolTables
from irc.ir.traits import Symbol
from irc.ir.types import FunctionType, TensorType, TupleType, Type, i32, index
from irc.ir.value import Value
from irc.ods import attribute_constraints as ac
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter

_NAME = re.compile(r"[a-zA-Z][\w$]*(\.[\w$]+)+")

TYPED_FFI = 4
"""The version of the calling convention whose configuration is a dictionary."""


class CustomCall(StablehloOp, MemoryEffects, name="stablehlo.custom_call"):
    """A call of something that the implementation knows by name.

    %y = stablehlo.custom_call @foo(%x) {api_version = 4 : i32, backend_config = {k = 1 : i64}} : (tensor<f32>) -> tensor<f32>
    """

    inputs: Sequence[Value] = f.variadic(ty.CallValue)
    call_target_name: StringAttr = f.attribute(StringAttr)
    has_side_effect: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=bool_attr(False), where=ac.Bool)
    backend_config: StringAttr | DictionaryAttr | None = f.attribute(StringAttr, DictionaryAttr, default=None)
    api_version: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=IntegerAttr(1, i32), where=ac.I32)
    called_computations: ArrayAttr = f.attribute(ArrayAttr, default=None, absent=ArrayAttr(()))
    operand_layouts: ArrayAttr | None = f.attribute(ArrayAttr, default=None)
    result_layouts: ArrayAttr | None = f.attribute(ArrayAttr, default=None)
    output_operand_aliases: ArrayAttr = f.attribute(ArrayAttr, default=None, absent=ArrayAttr(()))
    outputs: Sequence[Value] = f.variadic_results(ty.CallValue)

    def effects(self) -> Sequence[Effect]:
        return (Effect("read"), Effect("write")) if self.has_side_effect.value else ()

    def verify(self) -> None:
        layouts = self.operand_layouts, self.result_layouts
        if (layouts[0] is None) != (layouts[1] is None):
            raise VerifyError("Layout attributes should be specified for either both operands and results or none.")
        if layouts[0] is not None and layouts[1] is not None:
            results: Sequence[Type] = [value.type for value in self.results]
            if len(results) == 1 and isinstance(results[0], TupleType):
                results = results[0].types
            _check_layouts([value.type for value in self.inputs], layouts[0], "operand")
            _check_layouts(results, layouts[1], "result")
        for alias in self.output_operand_aliases.elements:
            self._check_alias(alias)
        typed = self.api_version.value == TYPED_FFI
        if self.backend_config is not None and isinstance(self.backend_config, DictionaryAttr) != typed:
            version = _API_VERSIONS.get(self.api_version.value, str(self.api_version.value))
            kind = "dictionary" if typed else "string"
            raise VerifyError(f"backend_config for api_version {version} must be a {kind} attribute.")

    def _check_alias(self, alias: Attribute) -> None:
        if not isinstance(alias, OutputOperandAlias):
            raise VerifyError(
                "attribute 'output_operand_aliases' failed to satisfy constraint: "
                "Aliasing attribute for outputs and operands of CustomCall"
            )
        if not 0 <= alias.operand_index < len(self.inputs):
            raise VerifyError(
                "expects operandIndex in the output_operand_alias attribute to be in range "
                f"[0, {len(self.inputs)}); got: {alias.operand_index}."
            )
        results = [value.type for value in self.results]
        whole = results[0] if len(results) == 1 else TupleType(tuple(results))
        operand = _part(self.inputs[alias.operand_index].type, alias.operand_tuple_indices, "operand")
        output = _part(whole, alias.output_tuple_indices, "output")
        if operand is not output:
            raise VerifyError(
                "shapes mismatch in the output_operand_alias attribute: operand part has type "
                f"'{operand}' and output part has type '{output}'"
            )

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        target = p.symbol_name()
        operands = p.operand_list("(", ")")
        attributes = {**p.attr_dict(), "call_target_name": target}
        p.stream.expect(":")
        signature = p.function_type()
        return p.build(cls, p.resolve_all(operands, signature.inputs), signature.results, attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.symbol(self.call_target_name.value)
        p("(")
        p.values(self.inputs)
        p(")")
        p.attr_dict(self, ("call_target_name",))
        p(" : ")
        p.functional_type(self.inputs, self.results)


_API_VERSIONS = dict(
    enumerate(
        f"API_VERSION_{word}"
        for word in ("UNSPECIFIED", "ORIGINAL", "STATUS_RETURNING", "STATUS_RETURNING_UNIFIED", "TYPED_FFI")
    )
)


def _part(type: Type, path: Sequence[int], name: str) -> Type:
    for i in path:
        if not isinstance(type, TupleType) or not 0 <= i < len(type.types):
            raise VerifyError(f"{name}_tuple_indices in the output_operand_alias attribute out of bounds")
        type = type.types[i]
    return type


def _is_permutation(layout: DenseElementsAttr, rank: int) -> bool:
    return layout.type.num_elements == rank and sorted(elements(layout) or ()) == list(range(rank))


def _check_layouts(types: Sequence[Type], layouts: ArrayAttr, name: str) -> None:
    if len(types) != len(layouts.elements):
        raise VerifyError(
            f"Number of {name}s must match the number of {name} layouts, {len(types)} != {len(layouts.elements)}"
        )
    for i, (type, layout) in enumerate(zip(types, layouts.elements, strict=True)):
        if not isinstance(layout, DenseElementsAttr) or layout.type.rank != 1 or layout.type.element_type is not index:
            raise VerifyError(
                f"attribute '{name}_layouts' failed to satisfy constraint: "
                "Array of layout (1D tensor of index type) attributes"
            )
        if isinstance(type, TupleType):
            raise VerifyError("Tuple types are not fully supported with layout constraints yet")
        if isinstance(type, TensorType) and not _is_permutation(layout, type.rank):
            raise VerifyError(
                f"incorrect layout {layout} for type '{type}', layout must be a permutation of [0, {type.rank})"
            )
        if not isinstance(type, TensorType) and layout.type.num_elements and not hasattr(type, "shape"):
            raise VerifyError(
                f"Only tensor types can have non-empty layout: {name} #{i} of type '{type}' has layout {layout}"
            )


class Composite(StablehloOp, name="stablehlo.composite"):
    """An op made of others, which the function `decomposition` spells out.

    %y = stablehlo.composite "my.op" %x {decomposition = @f} : (tensor<f32>) -> tensor<f32>
    """

    inputs: Sequence[Value] = f.variadic(ty.ValueOrTuple)
    name_: StringAttr = f.attribute(StringAttr)
    decomposition: SymbolRefAttr = f.attribute(SymbolRefAttr)
    composite_regions: Sequence[Region] = f.variadic_regions()
    composite_attributes: DictionaryAttr = f.attribute(DictionaryAttr, default=None, absent=DictionaryAttr(()))
    version: IntegerAttr = f.attribute(IntegerAttr, default=None, absent=IntegerAttr(0, i32), where=ac.I32)
    outputs: Sequence[Value] = f.variadic_results(ty.ValueOrTuple)

    def verify(self) -> None:
        if _NAME.fullmatch(self.name_.value) is None:
            raise VerifyError(
                "name must be a valid namespaced op name, i.e. it must match the following regular expression: "
                '[a-zA-Z][a-zA-Z0-9_]*([.][a-zA-Z0-9_$]+)+ e.g. "my_namespace.my_op"'
            )

    def verify_symbols(self, tables: SymbolTables) -> None:
        function = tables.lookup(self, self.decomposition)
        stated = function.get_attribute("function_type") if function is not None and Symbol in function.traits else None
        signature = stated.type if isinstance(stated, TypeAttr) else None
        if not isinstance(signature, FunctionType):
            raise VerifyError(f"'{self.decomposition.root}' does not reference a valid function")
        for name, values, types in (
            ("operand", self.inputs, signature.inputs), ("result", self.results, signature.results),
        ):  # fmt: skip
            if len(values) != len(types):
                raise VerifyError(f"has {len(values)} {name}(s), but decomposition has {len(types)}")
            for i, (value, type) in enumerate(zip(values, types, strict=True)):
                if value.type is not type:
                    raise VerifyError(
                        f"{name} at index {i} has type '{value.type}', but decomposition has type '{type}'"
                    )

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        name = p.attribute()
        operands = p.operand_list()
        regions: list[Region] = []
        if p.stream.accept("("):
            while not p.stream.accept(")"):
                if regions:
                    p.stream.expect(",")
                regions.append(p.region())
        attributes = {**p.attr_dict(), "name": name}
        p.stream.expect(":")
        signature = p.function_type()
        return p.build(cls, p.resolve_all(operands, signature.inputs), signature.results, attributes, regions)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.attribute(self.name_)
        p(" ")
        p.values(self.inputs)
        if self.composite_regions:
            p(" (")
            for i, region in enumerate(self.composite_regions):
                p(", " if i else "")
                p.region(region, bare=False)
            p(")")
        p.attr_dict(self, ("name",))
        p(" : ")
        p.functional_type(self.inputs, self.results)
