"""`sdy`: where the parts of tensors lie on a mesh of devices (https://openxla.org/shardy/sdy_dialect).

JAX annotates `stablehlo` programs with it. Its attributes are carried as text; of its ops there are those that a program
needs before it is partitioned.
"""

from __future__ import annotations

from typing import Any

from irc.ir.attributes import Attribute, OpaqueAttr, StringAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure, Symbol, has_parent
from irc.ir.value import Value
from irc.ods import fields as f
from irc.ods.constraints import AnyTensor, Var
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter
from irc.text.types import balanced_text

T = Var("T", AnyTensor)


def _parse(p: OpParser, name: str) -> OpaqueAttr:
    """`<…>`: an attribute of which the op leaves out the name."""
    if p.stream.peek() != "<":
        raise p.stream.unexpected("'<'")
    return OpaqueAttr(name + balanced_text(p.stream))


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


class ShardingConstraint(Op, name="sdy.sharding_constraint", traits=[Pure]):
    """The operand, which lies as the attribute says.

    %y = sdy.sharding_constraint %x <@m, [{"x"}, {}]> : tensor<8x8xf32>
    """

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
