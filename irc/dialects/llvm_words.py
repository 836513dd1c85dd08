"""What all types of the `llvm` dialect have in common, and those of them that are one word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Self

from irc.ir.interning import Interned
from irc.ir.types import Type
from irc.ods.registry import register_type

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

Spell = Callable[[Interned], str]


class LLVMType(Type):
    """Base of the types of the `llvm` dialect."""

    stored: ClassVar[bool] = True
    """Whether memory holds such values, so that arrays and structs may have them as elements."""
    returned: ClassVar[bool] = True
    """Whether a function may have such a result."""
    passed: ClassVar[bool] = True
    """Whether a function may have such a parameter."""


class _Word(LLVMType):
    """Base of types without parameters."""

    @classmethod
    def parse(cls, _stream: TokenStream) -> Self:
        return cls()

    def text(self, _spell: Spell) -> str:
        return ""


class VoidType(_Word):
    """`!llvm.void`, the result of a function that has none."""

    name: ClassVar[str] = "llvm.void"
    stored: ClassVar[bool] = False
    passed: ClassVar[bool] = False


class TokenType(_Word):
    """`!llvm.token`, a value that nothing may hide from the optimiser."""

    name: ClassVar[str] = "llvm.token"
    stored: ClassVar[bool] = False


class LabelType(_Word):
    """`!llvm.label`, a basic block."""

    name: ClassVar[str] = "llvm.label"
    stored: ClassVar[bool] = False
    returned: ClassVar[bool] = False


class MetadataType(_Word):
    """`!llvm.metadata`, embedded metadata."""

    name: ClassVar[str] = "llvm.metadata"
    stored: ClassVar[bool] = False
    returned: ClassVar[bool] = False


class X86MMXType(_Word):
    """`!llvm.x86_mmx`, a register of MMX."""

    name: ClassVar[str] = "llvm.x86_mmx"


class PPCFloatType(_Word):
    """`!llvm.ppc_fp128`, a float of 128 bits that is the sum of two doubles."""

    name: ClassVar[str] = "llvm.ppc_fp128"


for _cls in (VoidType, TokenType, LabelType, MetadataType, X86MMXType, PPCFloatType):
    register_type(_cls)
