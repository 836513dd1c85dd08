"""The assembly-format language: each of its elements, parsed, printed and parsed again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest

from irc.ir.attributes import (
    ArrayAttr,
    Attribute,
    DenseArrayAttr,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    TypeAttr,
    UnitAttr,
)
from irc.ir.block import Block
from irc.ir.diagnostic import DiagnosedError, VerifyError
from irc.ir.region import Region
from irc.ir.types import TensorType, Type, element_type, i64
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import I1, AnyInteger, Index, Tensor, Var
from irc.ods.enums import EnumAttr
from irc.ods.fields import (
    attribute,
    operand,
    optional_result,
    region,
    result,
    successor,
    variadic,
    variadic_results,
)
from irc.ods.op import Op, TypesMatch
from irc.text.assembly import FormatError
from irc.text.assembly_parse import custom_parser
from irc.text.assembly_print import custom_printer
from irc.text.parser import parse_module
from irc.text.printer import print_op

T = Var("T", AnyInteger)


class Literals(Op, name="format.literals"):
    """Punctuation takes the spaces of MLIR's printer."""

    x: Value = operand(Index)
    y: Value = operand(Index)
    assembly = "`at` `(` $x `,` $y `)` `->` `here` `:` attr-dict"


class Glued(Op, name="format.glued"):
    """An empty literal takes back a space."""

    x: Value = operand(Index)
    assembly = "`a` `` `[` $x `]` attr-dict"


class Spaced(Op, name="format.spaced"):
    """A blank as a literal is a space where there would be none."""

    x: Sequence[Value] = variadic(Index)
    assembly = "`a` ` ` `(` $x `)` attr-dict"


class Single(Op, name="format.single"):
    """Types that constraints allow alone are not stated; an optional result may be left out."""

    x: Sequence[Value] = variadic(Index)
    flag: Value | None = operand(I1, default=None)
    y: Value | None = optional_result(AnyInteger)
    assembly = "$x (`if` $flag^)? (`->` type($y)^)? attr-dict"


class Tied(Op, name="format.tied"):
    """One type for all, stated once."""

    lhs: Value = operand(T)
    rhs: Value = operand(T)
    result: Value = result(T)
    assembly = "$lhs `,` $rhs attr-dict `:` type($result)"


class Taken(Op, name="format.taken"):
    """Names that Python has taken."""

    in_: Value = operand(AnyInteger)
    name_: StringAttr = attribute(StringAttr)
    type_: StringAttr | None = attribute(StringAttr, default=None)
    assembly = "$in $name (`as` $type^)? attr-dict `:` type($in)"


class Attributes(Op, name="format.attributes"):
    """An attribute of each kind that has a form of its own."""

    number: IntegerAttr = attribute(IntegerAttr)
    size: IntegerAttr = attribute(IntegerAttr, where=I64)
    axes: DenseArrayAttr = attribute(DenseArrayAttr)
    element: TypeAttr = attribute(TypeAttr)
    callee: SymbolRefAttr = attribute(SymbolRefAttr)
    any: Attribute = attribute(StringAttr, ArrayAttr)
    assembly = "$number `,` $size `,` $axes `,` $element `,` $callee `,` $any attr-dict"


class Named(Op, name="format.named"):
    """A symbol may have a name and a flag."""

    sym_name: StringAttr | None = attribute(StringAttr, default=None)
    flag: UnitAttr | None = attribute(UnitAttr, default=None)
    assembly = "($sym_name^)? (`flag` $flag^)? attr-dict"


class Mode(EnumAttr):
    """How."""

    name = "format.mode"
    cases = ("slow", "fast")


class Flags(EnumAttr):
    """How, in several words."""

    name = "format.flags"
    cases = ("a", "b")
    is_set = True


class Enums(Op, name="format.enums"):
    """Enumerations print as their words."""

    mode: Mode = attribute(Mode, default=Mode("slow"))
    flags: Flags = attribute(Flags, default=Flags("a"))
    assembly = "($mode^)? (`flags` $flags^)? attr-dict"


class Groups(Op, name="format.groups"):
    """Optional parts, and what stands there instead."""

    x: Value | None = operand(AnyInteger, default=None)
    rest: Sequence[Value] = variadic(AnyInteger, default=())
    assembly = "(`with` $x^ `:` type($x)):(`without`)? (`[` $rest^ `:` type($rest) `]`)? attr-dict"


class Whole(Op, name="format.whole"):
    """All operands and all results at once."""

    inputs: Sequence[Value] = variadic()
    outputs: Sequence[Value] = variadic_results()
    assembly = "operands attr-dict `:` type(operands) `to` type(results)"


class NamedWhole(Op, name="format.named_whole"):
    """Operands by name, their types all at once."""

    x: Value = operand()
    y: Value | None = operand(default=None)
    rest: Sequence[Value] = variadic(default=())
    assembly = "$x (`and` $y^)? `(` $rest `)` attr-dict `:` type(operands)"


class Function(Op, name="format.function"):
    """Operands by name, all types as those of a function."""

    x: Value = operand()
    y: Value = operand()
    outputs: Sequence[Value] = variadic_results()
    assembly = "$x `by` $y attr-dict `:` functional-type(operands, results)"


class FieldFunction(Op, name="format.field_function"):
    """The type of a function from one field to another."""

    inputs: Sequence[Value] = variadic()
    result: Value = result()
    assembly = "`(` $inputs `)` attr-dict `:` functional-type($inputs, $result)"


class Keyword(Op, name="format.keyword"):
    """The dictionary has a keyword before it, where a region may follow."""

    body: Region = region()
    assembly = "attr-dict-with-keyword $body"


class Branch(Op, name="format.branch"):
    """A successor."""

    target: Block = successor()
    assembly = "$target attr-dict"


class Matched(Op, name="format.matched"):
    """The type of one operand follows from that of another."""

    tensor: Value = operand(Tensor)
    element: Value = operand()
    result: Value = result()
    types_match: ClassVar[TypesMatch] = {"element": ("tensor", element_type)}
    assembly = "$element `into` $tensor attr-dict `:` type($tensor)"

    def infer(self) -> Sequence[Type]:
        if not isinstance(self.tensor.type, TensorType) or self.tensor.type.rank == 0:
            raise VerifyError("needs a rank")
        return [self.tensor.type]


class Custom(Op, name="format.custom"):
    """A part that is read and written by hand."""

    x: Value = operand()
    count: IntegerAttr = attribute(IntegerAttr)
    assembly = "custom<TypedCount>($x, type($x), $count) attr-dict"


def parse_typed_count(p):
    """`%x: type * count`."""
    x = p.operand()
    p.stream.expect(":")
    type = p.type()
    p.stream.expect("*")
    return x, type, IntegerAttr(p.integer(), i64)


def print_typed_count(p, op) -> None:
    p.value(op.x)
    p(": ")
    p.type(op.x.type)
    p(f" * {op.count.value}")


DEFINITIONS = """
  %i = "test.value"() : () -> index
  %a = "test.value"() : () -> i32
  %b = "test.value"() : () -> f32
  %c = "test.value"() : () -> i1
  %t = "test.value"() : () -> tensor<4xf32>
"""

FORMS = [
    "format.literals at(%i, %i) -> here :",
    "format.literals at(%i, %i) -> here : {note = 1 : i64}",
    "format.glued a[%i]",
    "format.spaced a (%i, %i)",
    "format.single %i",
    "%r = format.single %i, %i if %c -> i32",
    "%r = format.tied %a, %a : i32",
    "%r = format.tied %a, %a {x} : i32",
    'format.taken %a "n" : i32',
    'format.taken %a "n" as "t" : i32',
    'format.attributes 5 : i32, 7, [1, -2], tensor<4xf32>, @f::@g, "s"',
    'format.attributes 5 : i64, -7, [], i32, @f, [1, "s"]',
    "format.attributes 5 : index, 7, [1], (i32) -> (), @f, []",
    "format.named",
    "format.named @f",
    "format.named @f flag",
    "format.named flag {other}",
    "format.enums",
    "format.enums fast",
    "format.enums fast flags <a,b>",
    "format.groups without",
    "format.groups with %a : i32",
    "format.groups without[%a, %a : i32, i32]",
    "format.groups with %a : i32[%a : i32]",
    "format.whole %a, %b : i32, f32 to ",
    "%r:2 = format.whole %a : i32 to f32, tensor<4xf32>",
    "%r = format.whole  :  to index",
    "format.named_whole %a() : i32",
    "format.named_whole %a and %b() : i32, f32",
    "format.named_whole %a and %b(%i, %a) : i32, f32, index, i32",
    "format.function %a by %b : (i32, f32) -> ()",
    "%r = format.function %a by %b : (i32, f32) -> i1",
    "%r:2 = format.function %a by %b : (i32, f32) -> (i1, i1)",
    "%r = format.field_function() : () -> i32",
    "%r = format.field_function(%a, %b) : (i32, f32) -> i32",
    "format.keyword {\n  }",
    "format.keyword attributes {a = 1 : i64} {\n    format.named\n  }",
    "%r = format.matched %b into %t : tensor<4xf32>",
    "format.custom %a: i32 * 3",
]


def parsed(form: str):
    """The last operation of a module."""
    return parse_module(DEFINITIONS + form, "t", allow_unregistered=True)


def last_form(module) -> str:
    """The text of the last operation, with the names of the test."""
    text = print_op(module).removeprefix("module {\n").removesuffix("\n}\n")
    _, _, form = text.partition("() : () -> tensor<4xf32>\n  ")
    for number, name in enumerate("iabctr"):
        form = form.replace(f"%{number}", f"%{name}")
    return form


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_printed_as_it_was_read(form: str) -> None:
    assert last_form(parsed(form)) == form


@pytest.mark.parametrize("form", FORMS)
def test_the_generic_form_says_the_same(form: str) -> None:
    module = parsed(form)
    again = parse_module(print_op(module, generic=True), allow_unregistered=True)
    assert print_op(again) == print_op(module)


def test_successors_are_printed() -> None:
    text = '"test.graph"() ({\n  format.branch ^a\n^a:\n  format.branch ^a {x}\n}) : () -> ()'
    printed = print_op(parse_module(text, allow_unregistered=True))
    assert "format.branch ^bb1\n" in printed
    assert "format.branch ^bb1 {x}\n" in printed
    assert print_op(parse_module(printed, allow_unregistered=True)) == printed


def test_a_default_is_filled_in() -> None:
    op = parsed("format.enums").body.entry.last
    assert (op.mode, op.flags) == (Mode("slow"), Flags("a"))


def test_a_property_in_the_dictionary_is_a_property() -> None:
    op = parsed("format.enums {mode = #format.mode<fast>}").body.entry.last
    assert op.mode is Mode("fast")
    assert dict(op.attributes) == {}


def test_the_sizes_of_groups_follow_from_the_text() -> None:
    op = parsed("format.named_whole %a(%i, %i) : i32, index, index").body.entry.last
    assert op.get_attribute("operandSegmentSizes") is DenseArrayAttr.i32((1, 0, 2))


WRONG = {
    "format.literals at(%i %i) -> here :": "expected ',', got '%i'",
    "%r = format.tied %a, %b : i32": "expects different type than prior uses: 'i32' vs 'f32'",
    'format.attributes "x", 7, [], i32, @f, "s"': "expected an attribute of kind IntegerAttr",
    "format.attributes 5, 7 : i32, [], i32, @f, []": "expected ',', got ':'",
    "format.attributes 5, 7, [], i32, @f, 5": "expected an attribute of kind StringAttr or ArrayAttr",
    "format.enums flags <c>": "expected one of a, b, got 'c'",
    "format.whole %a, %b : i32 to": "2 operands present, but expected 1",
    "%r = format.field_function (%a) : (i32) -> (i32, i32)": "expected one type, got 2",
    "%r = format.matched %a into %t : tensor<4xf32>": "expects different type than prior uses: 'f32' vs 'i32'",
    '%e = "test.value"() : () -> tensor<f32>\n%r = format.matched %b into %e : tensor<f32>': "'format.matched' op needs a rank",
}


@pytest.mark.parametrize("form", WRONG)
def test_what_does_not_fit_the_format_is_diagnosed(form: str) -> None:
    with pytest.raises(DiagnosedError) as caught:
        parsed(form)
    assert WRONG[form] in str(caught.value)


BAD_FORMATS = {
    "$nothing attr-dict": "unknown field",
    "`open attr-dict": "cannot read the format",
    "$x `:` type($x)": "no attr-dict",
    "attr-dict": "does not show the operand 'x'",
    "$x attr-dict": "nothing in the format gives the type of 'x'",
    "$x (`a`)? attr-dict `:` type($x)": "needs an anchor",
    "operands attr-dict": "needs 'type(operands)'",
    "$x oops attr-dict `:` type($x)": "unexpected 'oops'",
    "$x `:` type($x attr-dict": "expected ')'",
}


@pytest.mark.parametrize("form", BAD_FORMATS)
def test_a_format_that_makes_no_sense_is_a_mistake_of_the_dialect(form: str) -> None:
    name = f"format.bad{list(BAD_FORMATS).index(form)}"

    class Bad(Op, name=name):
        """Has a wrong format."""

        x: Value = operand()
        assembly = form

    with pytest.raises(FormatError, match=name) as caught:
        custom_parser(Bad)
    assert BAD_FORMATS[form] in str(caught.value)


def test_an_op_without_a_format_has_the_generic_form_only() -> None:
    class Plain(Op, name="format.plain"):
        """Has no custom form."""

    assert custom_printer(Plain) is None
    assert print_op(Plain()) == '"format.plain"() : () -> ()\n'
    with pytest.raises(DiagnosedError, match="has no custom form; write it as"):
        parse_module("format.plain")
