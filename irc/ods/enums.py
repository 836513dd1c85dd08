"""Attributes that are one word of a list: `#arith.fastmath<contract>`, `#vector.kind<add>`."""

from __future__ import annotations

from typing import Any, ClassVar

from irc.ir.attributes import Attribute
from irc.ods.registry import register_attribute


class EnumAttr(Attribute):
    """Base of a dialect's enumerations: `name` is the full name, `cases` the words; `is_set` where several may be joined."""

    cases: ClassVar[tuple[str, ...]] = ()
    is_set: ClassVar[bool] = False

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
        """`<word>` or, for a set, `<word, word>`."""
        stream.expect("<")
        words = [stream.next()]
        while cls.is_set and stream.accept(","):
            words.append(stream.next())
        stream.expect(">")
        return cls(",".join(words))

    def text(self, _spell: Any = None) -> str:
        """What follows the name: `<word>`."""
        return f"<{self.value}>"
