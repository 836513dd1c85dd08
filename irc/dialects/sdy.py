"""`sdy`: where the parts of tensors lie on a mesh of devices (https://openxla.org/shardy/sdy_dialect).

JAX annotates `stablehlo` programs with it. Its attributes are carried as text; of its ops there are those that a program
needs before it is partitioned; the others, which passes of Shardy add, are read in generic form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.ir.attributes import Attribute, OpaqueAttr, StringAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import IsolatedFromAbove, Pure, ReturnLike, SingleBlock, Symbol, Terminator, has_parent
from irc.ir.value import Value
from irc.ods import fields as f
from irc.ods.constraints import AnyTensor, AnyType, Var
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter
from irc.text.types import balanced_text

ALLOWS_UNKNOWN_OPERATIONS = True

T = Var("T", AnyTensor)


def _balanced(p: OpParser, opening: str) -> str:
    if p.stream.peek() != opening:
        raise p.stream.unexpected(f"'{opening}'")
    return balanced_text(p.stream, opening)


def _parse(p: OpParser, name: str) -> OpaqueAttr:
    """`<…>`: an attribute of which the op leaves out the name."""
    return OpaqueAttr(name + _balanced(p, "<"))


def _print(p: OpPrinter, attribute: Attribute, name: str) -> None:
    p(p.spelled(attribute).removeprefix(f"#{name}"))


def _check(attribute: OpaqueAttr, name: str, field: str) -> None:
    if not attribute.text.startswith(f"{name}<"):
        raise VerifyError(f"attribute '{field}' failed to satisfy constraint: an attribute '#{name}'")


class Mesh(Op, name="sdy.mesh", traits=[Symbol, has_parent("builtin.module")]):
    """A mesh of devices, by the names and sizes of its axes.

    sdy.mesh @m = <["x"=2, "y"=4]>
    """

    sym_name: StringAttr = f.attribute(StringAttr)
    mesh: OpaqueAttr = f.attribute(OpaqueAttr)

    def verify(self) -> None:
        _check(self.mesh, "sdy.mesh", "mesh")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        name = p.symbol_name()
        p.stream.expect("=")
        mesh = _parse(p, "sdy.mesh")
        return p.build(cls, attributes={**p.attr_dict(), "sym_name": name, "mesh": mesh})

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.symbol(self.sym_name.value)
        p(" = ")
        _print(p, self.mesh, "sdy.mesh")
        p.attr_dict(self, ("sym_name", "mesh"))


class _Placed(Op, traits=[Pure]):
    """Base of what gives its operand, which lies as the attribute says."""

    input: Value = f.operand(T)
    sharding: OpaqueAttr = f.attribute(OpaqueAttr)
    result: Value = f.result(T)

    def verify(self) -> None:
        _check(self.sharding, "sdy.sharding", "sharding")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        operand = p.operand()
        sharding = _parse(p, "sdy.sharding")
        attributes = {**p.attr_dict(), "sharding": sharding}
        p.stream.expect(":")
        type = p.type()
        return p.build(cls, [p.resolve(operand, type)], [type], attributes)

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.input)
        p(" ")
        _print(p, self.sharding, "sdy.sharding")
        p.attr_dict(self, ("sharding",))
        p(" : ")
        p.type(self.results[0].type)


class ShardingConstraint(_Placed, name="sdy.sharding_constraint"):
    """The operand, which lies as the attribute says.

    %y = sdy.sharding_constraint %x <@m, [{"x"}, {}]> : tensor<8x8xf32>
    """


class Reshard(_Placed, name="sdy.reshard"):
    """The operand, moved to lie as the attribute says.

    %y = sdy.reshard %x <@m, [{"x"}, {}]> : tensor<8x8xf32>
    """


_PER_VALUE = "sdy.sharding_per_value<"
_AXES = "sdy<manual_axes"


class ManualComputation(Op, name="sdy.manual_computation", traits=[SingleBlock, IsolatedFromAbove]):
    """A computation on the parts of the operands that each device has along the manual axes (JAX's `shard_map`).

    %y = sdy.manual_computation(%x) in_shardings=[<@m, [{"a"}]>] out_shardings=[<@m, [{"a"}]>] manual_axes={"a"}
        (%part: tensor<4xf32>) {
      sdy.return %part : tensor<4xf32>
    } : (tensor<8xf32>) -> tensor<8xf32>
    """

    inputs: Sequence[Value] = f.variadic(AnyType)
    in_shardings: OpaqueAttr = f.attribute(OpaqueAttr)
    out_shardings: OpaqueAttr = f.attribute(OpaqueAttr)
    manual_axes: OpaqueAttr = f.attribute(OpaqueAttr)
    body: Region = f.region()
    outputs: Sequence[Value] = f.variadic_results(AnyType)

    def verify(self) -> None:
        for field, attribute in (("in_shardings", self.in_shardings), ("out_shardings", self.out_shardings)):
            _check(attribute, _PER_VALUE.removesuffix("<"), field)
        if not self.manual_axes.text.startswith(_AXES):
            raise VerifyError("attribute 'manual_axes' failed to satisfy constraint: an attribute '#sdy<manual_axes>'")
        if self.body.is_empty or len(self.body.entry.arguments) != len(self.inputs):
            raise VerifyError(f"expects a body with an argument for each of {len(self.inputs)} operands")
        last = self.body.entry.last
        if not isinstance(last, Return) or len(last.operands) != len(self.results):
            raise VerifyError(f"expects its body to end with 'sdy.return' of {len(self.results)} values")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        operands = p.operand_list("(", ")")
        attributes: dict[str, Attribute] = {}
        for field in ("in_shardings", "out_shardings"):
            p.stream.expect(field)
            p.stream.expect("=")
            attributes[field] = OpaqueAttr(f"{_PER_VALUE}{_balanced(p, '[')}>")
        p.stream.expect("manual_axes")
        p.stream.expect("=")
        attributes["manual_axes"] = OpaqueAttr(f"{_AXES}{_balanced(p, '{')}>")
        arguments = p.block_arguments()
        body = p.region(
            [(name, type) for name, type, _ in arguments], isolated=True, locations=[place for _, _, place in arguments]
        )
        attributes |= p.attr_dict()
        p.stream.expect(":")
        types = p.function_type()
        return p.build(cls, p.resolve_all(operands, types.inputs), types.results, attributes, [body])

    def print(self, p: OpPrinter) -> None:
        p("(")
        p.values(self.inputs)
        p(")")
        for field, attribute in (("in_shardings", self.in_shardings), ("out_shardings", self.out_shardings)):
            p(f" {field}={p.spelled(attribute).removeprefix('#' + _PER_VALUE).removesuffix('>')}")
        p(f" manual_axes={p.spelled(self.manual_axes).removeprefix('#' + _AXES).removesuffix('>')} (")
        for i, argument in enumerate(self.body.entry.arguments):
            p(", " if i else "")
            p.value(argument)
            p(": ")
            p.type(argument.type)
            p(p.origin(argument))
        p(") ")
        p.region(self.body)
        p.attr_dict(self, ("in_shardings", "out_shardings", "manual_axes"))
        p(" : ")
        p.functional_type(self.inputs, self.results)


class Return(Op, name="sdy.return", traits=[Pure, Terminator, ReturnLike, has_parent("sdy.manual_computation")]):
    """Ends the body of `sdy.manual_computation` and gives its values.

    sdy.return %x : tensor<4xf32>
    """

    inputs: Sequence[Value] = f.variadic(default=())
    assembly = "attr-dict ($inputs^ `:` type($inputs))?"
