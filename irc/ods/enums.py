"""Attributes that are one word of a list: `#arith.fastmath<contract>`, `#vector.kind<add>`."""

from __future__ import annotations

from typing import Any, ClassVar

from irc.ir.attributes import Attribute
from irc.ods.registry import register_attribute


class EnumAttr(Attribute):
    """Base of a dialect's enumerations: `name` is the full name, `cases` the words; `is_set` where several may be joined.

    A `bare` one stands without brackets of its own: `#index<cmp_predicate slt>`.
    """

    cases: ClassVar[tuple[str, ...]] = ()
    is_set: ClassVar[bool] = False
    bare: ClassVar[bool] = False

    value: str

    def __init_subclass__(cls) -> None:
        if cls.name:
            register_attribute(cls)

    def check(self) -> None:
        words = self.value.split(",") if type(self).is_set else [self.value]
        for word in words:
            if word not in type(self).cases:
                raise ValueError(f"expected one of {', '.join(type(self).cases)}, got '{word}'")

    @classmethod
    def parse(cls, stream: Any) -> EnumAttr:
        """`<word>` or, for a set, `<word, word>`; the word alone if the class is `bare`."""
        if cls.bare:
            return cls(stream.next())
        stream.expect("<")
        words = [stream.next()]
        while cls.is_set and stream.accept(","):
            words.append(stream.next())
        stream.expect(">")
        return cls(",".join(words))

    def text(self, _spell: Any = None) -> str:
        """What follows the name: `<word>`."""
        return f" {self.value}" if type(self).bare else f"<{self.value}>"


class FlagsAttr(EnumAttr):
    """Base of sets of flags: kept in the order of `cases`, whose first is the empty set.

    `everything` is the word for all flags at once, where there is one; `separator` stands between printed flags.
    """

    is_set: ClassVar[bool] = True
    separator: ClassVar[str] = ","
    everything: ClassVar[str] = ""

    @classmethod
    def canonical(cls, value: str) -> tuple[str]:
        empty, *flags = [case for case in cls.cases if case != cls.everything]
        words = [word for word in value.split(",") if word != empty]
        unknown = [word for word in words if word not in cls.cases]
        known = [flag for flag in flags if flag in words]
        if cls.everything and (cls.everything in words or len(known) == len(flags)):
            known = [cls.everything]
        return (",".join(known + unknown) or empty,)

    def text(self, _spell: Any = None) -> str:
        return f"<{self.value.replace(',', type(self).separator)}>"
