"""The `ub` dialect: values whose use is undefined behaviour."""

from __future__ import annotations

from typing import Any, ClassVar

from irc.ir.attributes import Attribute
from irc.ir.interfaces import FoldResult
from irc.ir.traits import ConstantLike, Pure
from irc.ir.value import Value
from irc.ods.constraints import AnyType
from irc.ods.fields import attribute, result
from irc.ods.op import Op
from irc.ods.registry import register_attribute


class PoisonAttr(Attribute):
    """`#ub.poison`: the value of a constant that is poison as a whole."""

    name: ClassVar[str] = "ub.poison"

    @classmethod
    def parse(cls, stream: Any) -> PoisonAttr:
        """Nothing follows the name."""
        return cls()

    def text(self, _spell: Any = None) -> str:
        return ""


register_attribute(PoisonAttr)

poison_attr = PoisonAttr()


class Poison(Op, name="ub.poison", traits=[Pure, ConstantLike]):
    """A value of any type that no program may depend on.

    %p = ub.poison : i32
    """

    value: Attribute = attribute(PoisonAttr, default=poison_attr)
    result: Value = result(AnyType)

    assembly = "attr-dict (`<` $value^ `>`)? `:` type($result)"

    def fold(self) -> FoldResult:
        return self.value
