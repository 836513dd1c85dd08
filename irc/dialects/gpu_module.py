"""Modules of code for a device: kernels and the functions that they call, or the code that these became."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects._signatures import (
    HasSignature,
    check_dictionaries,
    dictionaries,
    parse_arguments,
    parse_results,
    print_signature,
    signature_attributes,
)
from irc.dialects.gpu_attributes import Objects, OffloadingHandler, SelectObject, Targets
from irc.dialects.gpu_attributions import (
    WORKGROUP_ATTRIBUTIONS,
    parse_attributions,
    print_attributions,
    states_attributions,
    verify_attributions,
    workgroup_attributions,
)
from irc.ir.attributes import ArrayAttr, Attribute, DenseArrayAttr, StringAttr, TypeAttr, i64_attr, unit
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import (
    AllocationScope,
    IsolatedFromAbove,
    NoRegionArguments,
    Pure,
    ReturnLike,
    SingleBlock,
    Symbol,
    SymbolTable,
    Terminator,
    has_parent,
)
from irc.ir.types import FunctionType, i32
from irc.ir.value import Value
from irc.ods.fields import attribute, region, variadic
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

KERNEL = "gpu.kernel"
"""The attribute of functions that a host may launch."""


KNOWN_SIZES = ("gpu.known_block_size", "gpu.known_grid_size")
"""The attributes of functions that are only launched with certain sizes."""


class ModuleEnd(Op, name="gpu.module_end", traits=[Terminator, has_parent("gpu.module")]):
    """Ends a `gpu.module`; texts leave it out.

    gpu.module_end
    """

    assembly = "attr-dict"


class Module(
    Op,
    name="gpu.module",
    traits=[IsolatedFromAbove, SymbolTable, Symbol, SingleBlock, NoRegionArguments],
):
    """Code for a device, with the targets that it is compiled for and what will load the objects.

    gpu.module @kernels <#gpu.select_object<0 : i64>> [#nvvm.target] {
    }
    """

    sym_name: StringAttr = attribute(StringAttr)
    bodyRegion: Region = region()
    targets: ArrayAttr | None = attribute(ArrayAttr, default=None, where=Targets)
    offloadingHandler: Attribute | None = attribute(Attribute, default=None, where=OffloadingHandler)

    def verify(self) -> None:
        if self.bodyRegion.is_empty:
            raise VerifyError("region #0 ('bodyRegion') failed to verify constraint: region with 1 blocks")
        last = self.bodyRegion.entry.last
        if not isinstance(last, ModuleEnd):
            found = f"'{last.name}'" if last is not None else "nothing"
            raise VerifyError(f"expects regions to end with 'gpu.module_end', found {found}")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        attributes: dict[str, Attribute] = {"sym_name": p.symbol_name()}
        if p.stream.accept("<"):
            attributes["offloadingHandler"] = p.attribute()
            p.stream.expect(">")
        if p.stream.peek() == "[":
            attributes["targets"] = p.attribute()
        attributes |= p.attr_dict_with_keyword()
        body = p.region([], isolated=True, implicit_terminator=ModuleEnd)
        return p.build(cls, attributes=attributes, regions=[body])

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.symbol(self.sym_name.value)
        if self.offloadingHandler is not None:
            p(" <")
            p.attribute(self.offloadingHandler)
            p(">")
        if self.targets is not None:
            p(" ")
            p.attribute(self.targets)
        p.attr_dict(self, ("sym_name", "targets", "offloadingHandler"), keyword=True)
        p(" ")
        p.region(self.bodyRegion, terminator=False)


class Func(
    HasSignature, Op, name="gpu.func", traits=[IsolatedFromAbove, Symbol, AllocationScope, has_parent("gpu.module")]
):
    """A function for a device, with the buffers that each workgroup and each thread gets; a `kernel` may be launched.

    gpu.func @f(%x: memref<?xf32>) workgroup(%w : memref<32xf32, 3>) private(%p : memref<1xf32, 5>) kernel {
      gpu.return
    }
    """

    function_type: TypeAttr = attribute(TypeAttr)
    body: Region = region()
    arg_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)
    res_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)
    workgroup_attrib_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)
    private_attrib_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)

    @property
    def is_kernel(self) -> bool:
        return KERNEL in self.attributes

    def verify(self) -> None:
        if not isinstance(self.attributes.get("sym_name"), StringAttr):
            raise VerifyError("requires string attribute 'sym_name'")
        type = self.function_type.type
        if not isinstance(type, FunctionType):
            raise VerifyError("attribute 'function_type' failed to satisfy constraint: type attribute of function type")
        check_dictionaries(self.arg_attrs, len(type.inputs), "arguments")
        check_dictionaries(self.res_attrs, len(type.results), "results")
        if self.is_kernel and type.results:
            raise VerifyError("expected void return type for kernel function")
        if self.body.is_empty:
            raise VerifyError("expected body with at least one block")
        arguments = self.body.entry.arguments
        least = len(type.inputs) + workgroup_attributions(self)
        if len(arguments) < least:
            raise VerifyError(f"expected at least {least} arguments to body region")
        for i, input in enumerate(type.inputs):
            if arguments[i].type is not input:
                raise VerifyError(
                    f"expected body region argument #{i} to be of type '{input}', got '{arguments[i].type}'"
                )
        verify_attributions(self, arguments[len(type.inputs) :])
        for name in KNOWN_SIZES:
            sizes = self.attributes.get(name)
            if sizes is not None and (not isinstance(sizes, DenseArrayAttr) or sizes.element_type is not i32):
                raise VerifyError(f"{name} must be a dense i32 array")
            if isinstance(sizes, DenseArrayAttr) and len(sizes.values) != 3:
                raise VerifyError(f"{name} must contain exactly 3 elements")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        attributes: dict[str, Attribute] = {"sym_name": p.symbol_name()}
        position = p.stream.pos
        names, types, argument_attributes, locations = parse_arguments(p)
        if len(names) != len(types):
            raise p.stream.error("gpu.func requires named arguments", position)
        results, result_attributes = parse_results(p)
        attributes["function_type"] = TypeAttr(FunctionType(tuple(types), tuple(results)))
        attributes |= signature_attributes(argument_attributes, result_attributes)
        arguments = list(zip(names, types, strict=True))
        groups = [parse_attributions(p, keyword, with_attributes=True) for keyword in ("workgroup", "private")]
        for group, name in zip(groups, ("workgroup_attrib_attrs", "private_attrib_attrs"), strict=True):
            arguments += group.arguments
            locations += group.locations
            if any(group.attributes):
                attributes[name] = dictionaries(group.attributes)
        attributes[WORKGROUP_ATTRIBUTIONS] = i64_attr(len(groups[0].arguments))
        if p.stream.accept("kernel"):
            attributes[KERNEL] = unit
        attributes = p.more_attributes(attributes, keyword=True)
        body = p.region(arguments, isolated=True, locations=locations)
        return p.build(cls, attributes=attributes, regions=[body])

    def fits_custom_form(self) -> bool:
        return states_attributions(self)

    def print(self, p: OpPrinter) -> None:
        name = self.attributes["sym_name"]
        assert isinstance(name, StringAttr)
        p(" ")
        p.symbol(name.value)
        arguments = self.body.entry.arguments
        first = len(self.signature.inputs)
        private = first + workgroup_attributions(self)
        print_signature(p, self.signature, arguments, self.arg_attrs, self.res_attrs)
        print_attributions(p, "workgroup", arguments[first:private], self.workgroup_attrib_attrs)
        print_attributions(p, "private", arguments[private:], self.private_attrib_attrs)
        p(" kernel" if self.is_kernel else "")
        p.attr_dict(self, ("sym_name", KERNEL, WORKGROUP_ATTRIBUTIONS, *self.property_names), keyword=True)
        p(" ")
        p.region(self.body)


class Return(Op, name="gpu.return", traits=[Pure, Terminator, ReturnLike, has_parent("gpu.func")]):
    """Ends a `gpu.func` and gives its results.

    gpu.return %x : f32
    """

    inputs: Sequence[Value] = variadic(default=())
    assembly = "attr-dict ($inputs^ `:` type($inputs))?"

    def verify(self) -> None:
        parent = self.parent_op
        assert isinstance(parent, Func)
        expected = parent.signature.results
        if len(self.inputs) != len(expected):
            raise VerifyError(f"expected {len(expected)} result operands")
        for i, (value, type) in enumerate(zip(self.inputs, expected, strict=True)):
            if value.type is not type:
                raise VerifyError(f"unexpected type `'{value.type}'' for operand #{i}")


def parse_offloading_handler(p: OpParser) -> Attribute:
    """`<handler>`, or nothing for one that takes the first object."""
    if not p.stream.accept("<"):
        return SelectObject()
    handler = p.attribute()
    p.stream.expect(">")
    return handler


def print_offloading_handler(p: OpPrinter, op: Binary) -> None:
    """What `parse_offloading_handler` reads."""
    if op.offloadingHandler is not SelectObject():
        p("<")
        p.attribute(op.offloadingHandler)
        p(">")


class Binary(Op, name="gpu.binary", traits=[Symbol]):
    """The objects that a `gpu.module` was compiled to, and which of them is loaded.

    gpu.binary @kernels <#gpu.select_object<1 : i64>> [#gpu.object<#nvvm.target, bin = "\\00\\01">]
    """

    sym_name: StringAttr = attribute(StringAttr)
    objects: ArrayAttr = attribute(ArrayAttr, where=Objects)
    offloadingHandler: Attribute = attribute(Attribute, default=SelectObject(), where=OffloadingHandler)
    assembly = "$sym_name custom<OffloadingHandler>($offloadingHandler) attr-dict $objects"
