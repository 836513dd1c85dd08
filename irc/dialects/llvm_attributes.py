"""The attributes of the `llvm` dialect: fast-math and overflow flags, linkage, predicates of comparisons."""

from __future__ import annotations

from typing import ClassVar

from irc.ods.enums import EnumAttr
from irc.ods.registry import register_attribute


class _Flags(EnumAttr):
    """A set of flags, kept in the order of `cases`; the first case is the empty set."""

    is_set: ClassVar[bool] = True

    @classmethod
    def canonical(cls, value: str) -> tuple[str]:
        words = [word for word in value.split(",") if word and word != "none"]
        known = [case for case in cls.cases if case in words]
        return (",".join(known + [word for word in words if word not in cls.cases]) or "none",)

    def text(self, _spell: object = None) -> str:
        return f"<{self.value.replace(',', ', ')}>"


class FastMath(_Flags):
    """`#llvm.fastmath<nnan, contract>`."""

    name: ClassVar[str] = "llvm.fastmath"
    cases: ClassVar[tuple[str, ...]] = (
        "none", "nnan", "ninf", "nsz", "arcp", "contract", "afn", "reassoc", "fast",
    )  # fmt: skip


class Overflow(_Flags):
    """`#llvm.overflow<nsw, nuw>`: wrapping in a signed (unsigned) sense gives poison."""

    name: ClassVar[str] = "llvm.overflow"
    cases: ClassVar[tuple[str, ...]] = ("none", "nsw", "nuw")


class Linkage(EnumAttr):
    """`#llvm.linkage<internal>`."""

    name: ClassVar[str] = "llvm.linkage"
    cases: ClassVar[tuple[str, ...]] = (
        "private", "internal", "available_externally", "linkonce", "weak", "common", "appending", "extern_weak",
        "linkonce_odr", "weak_odr", "external",
    )  # fmt: skip


for _cls in (FastMath, Overflow, Linkage):
    register_attribute(_cls)

no_fastmath = FastMath("none")
no_overflow = Overflow("none")
external = Linkage("external")
internal = Linkage("internal")

ICMP_PREDICATES = ("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge")
FCMP_PREDICATES = (
    "_false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une", "uno", "_true",
)  # fmt: skip
"""The words of the predicates; a predicate's number is its position."""
