"""Functions and globals of the `llvm` dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from irc.dialects import llvm_types as ty
from irc.dialects._signatures import check_dictionaries, dictionaries
from irc.dialects.llvm_attributes import (
    FUNCTION_ATTRIBUTES,
    UNNAMED_ADDRS,
    VISIBILITIES,
    CConv,
    Linkage,
    VScaleRange,
    ccc,
    external,
)
from irc.dialects.llvm_constants import is_complex_constant
from irc.dialects.llvm_initialization import check_initializer
from irc.ir.attributes import (
    ArrayAttr,
    Attribute,
    DenseElementsAttr,
    DictionaryAttr,
    FloatAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
    i64_attr,
    unit,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.location import Location
from irc.ir.region import Region
from irc.ir.symbols import SymbolTables
from irc.ir.traits import IsolatedFromAbove, NoRegionArguments, NoTerminator, Pure, Symbol
from irc.ir.types import Type, i32
from irc.ir.value import Value
from irc.ods.fields import attribute, region, result
from irc.ods.op import Op
from irc.text.attributes import parse_symbol_ref

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

_NO_ATTRIBUTES = DictionaryAttr(())
_ZERO = i64_attr(0)
_WORDS = ("visibility_", "unnamed_addr")

LINK_NAME = "irc.link_name"
"""The attribute of an external function whose symbol in the module is another, because the module uses that name."""


class Func(Op, name="llvm.func", traits=[IsolatedFromAbove, Symbol, NoTerminator]):
    """A function; without a body, a declaration.

    `passthrough` holds LLVM's function attributes: strings, or pairs of a key and a value.

    llvm.func @f(%x: i32) -> i32 {
      llvm.return %x : i32
    }
    """

    sym_name: StringAttr = attribute(StringAttr)
    function_type: TypeAttr = attribute(TypeAttr)
    body: Region = region()
    linkage: Linkage = attribute(Linkage, default=external)
    arg_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)
    res_attrs: ArrayAttr | None = attribute(ArrayAttr, default=None)
    passthrough: ArrayAttr | None = attribute(ArrayAttr, default=None)
    sym_visibility: StringAttr | None = attribute(StringAttr, default=None)
    CConv: CConv = attribute(CConv, default=ccc)
    personality: SymbolRefAttr | None = attribute(SymbolRefAttr, default=None)
    unnamed_addr: IntegerAttr = attribute(IntegerAttr, default=_ZERO)
    visibility__: IntegerAttr = attribute(IntegerAttr, default=_ZERO)
    comdat: SymbolRefAttr | None = attribute(SymbolRefAttr, default=None)
    vscale_range: VScaleRange | None = attribute(VScaleRange, default=None)
    for _name, _kind in FUNCTION_ATTRIBUTES.items():
        vars()[_name] = attribute(_kind, default=None)
    del _name, _kind

    @staticmethod
    def declare(name: str, type: ty.FunctionType) -> Func:
        """A declaration of an external function."""
        return Func(StringAttr(name), TypeAttr(type), Region(), sym_visibility=StringAttr("private"))

    @property
    def link_name(self) -> str:
        """The name by which the linker knows an external function."""
        name = self.attributes.get(LINK_NAME)
        return name.value if isinstance(name, StringAttr) else self.sym_name.value

    @property
    def type(self) -> ty.FunctionType:
        type = self.function_type.type
        assert isinstance(type, ty.FunctionType)
        return type

    @property
    def is_declaration(self) -> bool:
        return self.body.is_empty

    def argument_attributes(self, index: int) -> DictionaryAttr:
        """The attributes of a parameter."""
        entry = self.arg_attrs.elements[index] if self.arg_attrs is not None else _NO_ATTRIBUTES
        return entry if isinstance(entry, DictionaryAttr) else _NO_ATTRIBUTES

    def verify(self) -> None:
        if not isinstance(self.function_type.type, ty.FunctionType):
            raise VerifyError("requires 'function_type' attribute of wrapped LLVM function type")
        check_dictionaries(self.arg_attrs, len(self.type.parameters), "arguments")
        check_dictionaries(self.res_attrs, 1, "results")
        if self.is_declaration:
            if self.linkage.value not in ("external", "extern_weak"):
                raise VerifyError("external functions must have 'external' or 'extern_weak' linkage")
            return
        types = tuple([argument.type for argument in self.body.entry.arguments])
        if types != self.type.parameters:
            raise VerifyError("entry block argument types must match the function's parameters")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes = _parse_linkage(p)
        attributes["CConv"] = CConv(stream.next()) if stream.peek() in CConv.cases else ccc
        if stream.peek() in ("private", "public", "nested"):
            attributes["sym_visibility"] = StringAttr(stream.next())
        attributes["sym_name"] = p.symbol_name()
        position = stream.pos
        parameters, arguments, argument_attributes, locations, vararg = _parse_parameters(p)
        results, result_attributes = _parse_results(p)
        if len(results) > 1:
            raise stream.error("failed to construct function type: expected zero or one function result")
        if any(argument_attributes):
            attributes["arg_attrs"] = dictionaries(argument_attributes)
        if any(result_attributes):
            attributes["res_attrs"] = dictionaries(result_attributes)
        for types, what in ((parameters, "arguments"), (results, "results")):
            if not all(map(ty.is_compatible, types)):
                raise stream.error(
                    f"failed to construct function type: expected LLVM type for function {what}", position
                )
        try:
            type = ty.FunctionType(results[0] if results else ty.void, tuple(parameters), vararg)
        except ValueError as problem:
            raise stream.error(f"failed to construct function type: {problem}", position) from None
        attributes["function_type"] = TypeAttr(type)
        if stream.accept("vscale_range"):
            attributes["vscale_range"] = _parse_vscale_range(p)
        attributes |= _parse_comdat(p)
        attributes = p.more_attributes(attributes, keyword=True)
        body = Region()
        if stream.peek() == "{":
            if len(arguments) != len(parameters):
                raise stream.error("expected the names of the arguments of a function with a body")
            body = p.region(arguments, isolated=True, locations=locations)
        return p.build(cls, (), (), attributes, [body])

    def print(self, p: OpPrinter) -> None:
        p(f" {self.linkage.value} " if self.linkage is not external else " ")
        p(_words(self))
        p(f"{self.CConv.value} " if self.CConv is not ccc else "")
        p.symbol(self.sym_name.value)
        p("(")
        declaration = self.is_declaration
        for i, type in enumerate(self.type.parameters):
            p(", " if i else "")
            if not declaration:
                p.value(self.body.entry.arguments[i])
                p(": ")
            p.type(type)
            entries = self.argument_attributes(i).entries
            if entries:
                p(" ")
                p.dictionary(entries)
            p(p.origin(self.body.entry.arguments[i]) if not declaration else "")
        if self.type.is_vararg:
            p(", ..." if self.type.parameters else "...")
        p(")")
        if self.type.result is not ty.void:
            p(" -> ")
            self.print_result(p)
        if self.vscale_range is not None:
            p(f" vscale_range({self.vscale_range.least}, {self.vscale_range.most})")
        _print_comdat(p, self.comdat)
        shown = (
            "sym_name", "function_type", "linkage", "arg_attrs", "res_attrs", "CConv", "comdat", "vscale_range", *_WORDS,
        )  # fmt: skip
        p.attr_dict(self, shown, keyword=True)
        if not declaration:
            p(" ")
            p.region(self.body)

    def print_result(self, p: OpPrinter) -> None:
        if self.res_attrs is None:
            p.type(self.type.result)
            return
        (entry,) = self.res_attrs.elements
        assert isinstance(entry, DictionaryAttr)
        p("(")
        p.type(self.type.result)
        p(" ")
        p.dictionary(entry.entries)
        p(")")


def _parse_vscale_range(p: OpParser) -> VScaleRange:
    """`(1, 16)`."""
    p.stream.expect("(")
    least = p.integer(32)
    p.stream.expect(",")
    most = p.integer(32)
    p.stream.expect(")")
    return VScaleRange(least, most)


def _parse_comdat(p: OpParser) -> dict[str, Attribute]:
    """`comdat(@group::@name)`, or nothing."""
    if not p.stream.accept("comdat"):
        return {}
    p.stream.expect("(")
    comdat = parse_symbol_ref(p.stream)
    p.stream.expect(")")
    return {"comdat": comdat}


def _print_comdat(p: OpPrinter, comdat: SymbolRefAttr | None) -> None:
    if comdat is not None:
        p(" comdat(")
        p.attribute(comdat)
        p(")")


def _words(op: Func | Global) -> str:
    """What is seen of a symbol and of its address, each word with a space behind it."""
    thread = "thread_local" if isinstance(op, Global) and op.thread_local__ is not None else ""
    words = VISIBILITIES[op.visibility__.value], thread, UNNAMED_ADDRS[op.unnamed_addr.value]
    return "".join([f"{word} " for word in words if word])


def _parse_linkage(p: OpParser, *, local: bool = False) -> dict[str, Attribute]:
    """`internal hidden unnamed_addr`, of which each may be missing, and `thread_local` where there may be one."""
    stream = p.stream
    attributes: dict[str, Attribute] = {
        "linkage": Linkage(stream.next()) if stream.peek() in Linkage.cases else external
    }
    for name, words in zip(_WORDS, (VISIBILITIES, UNNAMED_ADDRS), strict=True):
        if local and name == "unnamed_addr" and stream.accept("thread_local"):
            attributes["thread_local_"] = unit
        attributes[name] = i64_attr(words.index(stream.next())) if stream.peek() in words else _ZERO
    return attributes


def _parse_parameters(
    p: OpParser,
) -> tuple[list[Type], list[tuple[int, Type]], list[dict[str, Attribute]], list[Location], bool]:
    """`(%a: t {…} loc(…), …)`: types, named arguments, their attributes and locations, and whether `...` ends the list."""
    stream = p.stream
    types: list[Type] = []
    arguments: list[tuple[int, Type]] = []
    attributes: list[dict[str, Attribute]] = []
    locations: list[Location] = []
    stream.expect("(")
    while not stream.accept(")"):
        if types:
            stream.expect(",")
        position = stream.pos
        if stream.accept("..."):
            stream.expect(")")
            return types, arguments, attributes, locations, True
        if stream.peek()[:1] == "%":
            name = p.operand()
            stream.expect(":")
            types.append(p.type())
            arguments.append((name, types[-1]))
        else:
            types.append(p.type())
        attributes.append(p.attr_dict())
        locations.append(p.argument_location(position))
    return types, arguments, attributes, locations, False


def _parse_results(p: OpParser) -> tuple[list[Type], list[dict[str, Attribute]]]:
    """`-> t` or `-> (t {…})`."""
    stream = p.stream
    if not stream.accept("->"):
        return [], []
    if not stream.accept("("):
        return [p.type()], []
    types: list[Type] = []
    attributes: list[dict[str, Attribute]] = []
    while not stream.accept(")"):
        if types:
            stream.expect(",")
        types.append(p.type())
        attributes.append(p.attr_dict())
    return types, attributes


class Global(Op, name="llvm.mlir.global", traits=[IsolatedFromAbove, Symbol, NoTerminator, NoRegionArguments]):
    """A global variable or constant.

    llvm.mlir.global internal constant @s("text\\00") : !llvm.array<5 x i8>
    """

    sym_name: StringAttr = attribute(StringAttr)
    global_type: TypeAttr = attribute(TypeAttr)
    initializer: Region = region()
    linkage: Linkage = attribute(Linkage, default=external)
    constant: UnitAttr | None = attribute(UnitAttr, default=None)
    value: Attribute | None = attribute(StringAttr, IntegerAttr, FloatAttr, DenseElementsAttr, ArrayAttr, default=None)
    alignment: IntegerAttr | None = attribute(IntegerAttr, default=None)
    addr_space: IntegerAttr = attribute(IntegerAttr, default=IntegerAttr(0, i32))
    unnamed_addr: IntegerAttr = attribute(IntegerAttr, default=_ZERO)
    visibility__: IntegerAttr = attribute(IntegerAttr, default=_ZERO)
    thread_local__: UnitAttr | None = attribute(UnitAttr, default=None)
    comdat: SymbolRefAttr | None = attribute(SymbolRefAttr, default=None)
    dso_local: UnitAttr | None = attribute(UnitAttr, default=None)
    externally_initialized: UnitAttr | None = attribute(UnitAttr, default=None)
    section: StringAttr | None = attribute(StringAttr, default=None)
    dbg_expr: Attribute | None = attribute(Attribute, default=None)

    def verify(self) -> None:
        if self.value is not None and not self.initializer.is_empty:
            raise VerifyError("cannot have both initializer value and region")
        type = self.global_type.type
        check_initializer(self.initializer, type)
        if isinstance(self.value, ArrayAttr) and not is_complex_constant(self.value, type):
            raise VerifyError(f"attribute '{self.value}' does not fit the type '{type}'")
        if isinstance(self.value, StringAttr) and type is not ty.string_type(self.value.value):
            raise VerifyError("requires an i8 array type of the length equal to that of the string attribute")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        attributes = _parse_linkage(p, local=True)
        if stream.accept("constant"):
            attributes["constant"] = unit
        attributes["sym_name"] = p.symbol_name()
        stream.expect("(")
        value = p.attribute() if stream.peek() != ")" else None
        stream.expect(")")
        if value is not None:
            attributes["value"] = value
        attributes |= _parse_comdat(p)
        position = stream.pos
        attributes = p.more_attributes(attributes)
        if "global_type" in attributes:
            raise stream.error("attribute 'global_type' occurs more than once in the attribute list", position)
        if stream.accept(":"):
            attributes["global_type"] = TypeAttr(p.type())
        elif isinstance(value, StringAttr):
            attributes["global_type"] = TypeAttr(ty.string_type(value.value))
        else:
            raise stream.unexpected("':' and the type of the global")
        initializer = p.region(isolated=True) if stream.peek() == "{" else Region()
        return p.build(cls, (), (), attributes, [initializer])

    def print(self, p: OpPrinter) -> None:
        p(f" {self.linkage.value} {_words(self)}{'constant ' if self.constant is not None else ''}")
        p.symbol(self.sym_name.value)
        p("(")
        if self.value is not None:
            p.attribute(self.value)
        p(")")
        _print_comdat(p, self.comdat)
        entries = {"addr_space": self.addr_space, **self.attributes}
        for name in ("alignment", "dso_local", "externally_initialized", "section", "dbg_expr"):
            attribute = self.get_attribute(name)
            if attribute is not None:
                entries[name] = attribute
        p(" ")
        p.dictionary(entries.items())
        if not isinstance(self.value, StringAttr):
            p(" : ")
            p.type(self.global_type.type)
        if not self.initializer.is_empty:
            p(" ")
            p.region(self.initializer)


class AddressOf(Op, name="llvm.mlir.addressof", traits=[Pure]):
    """The address of a global or a function.

    %p = llvm.mlir.addressof @s : !llvm.ptr
    """

    global_name: SymbolRefAttr = attribute(SymbolRefAttr)
    res: Value = result(ty.Pointer)
    assembly = "$global_name attr-dict `:` type($res)"

    def verify_symbols(self, tables: SymbolTables) -> None:
        found = tables.lookup(self, self.global_name)
        if found is None or found.name not in ("llvm.mlir.global", "llvm.func"):
            raise VerifyError("must reference a global defined by 'llvm.mlir.global' or 'llvm.func'")
