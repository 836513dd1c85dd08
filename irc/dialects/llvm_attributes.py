"""The attributes of the `llvm` dialect: fast-math and overflow flags, linkage, predicates of comparisons."""

from __future__ import annotations

from typing import ClassVar

from irc.ods.enums import EnumAttr
from irc.ods.registry import register_attribute
from irc.text.lexer import TokenStream
from irc.text.strings import identifier_or_string, quote


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


class CConv(EnumAttr):
    """`#llvm.cconv<fastcc>`: how a function is called."""

    name: ClassVar[str] = "llvm.cconv"
    cases: ClassVar[tuple[str, ...]] = (
        "ccc", "fastcc", "coldcc", "cc_10", "cc_11", "anyregcc", "preserve_mostcc", "preserve_allcc", "swiftcc",
        "cxx_fast_tlscc", "tailcc", "cfguard_checkcc", "swifttailcc", "x86_stdcallcc", "x86_fastcallcc", "arm_apcscc",
        "arm_aapcscc", "arm_aapcs_vfpcc", "msp430_intrcc", "x86_thiscallcc", "ptx_kernelcc", "ptx_devicecc",
        "spir_funccc", "spir_kernelcc", "intel_ocl_bicc", "x86_64_sysvcc", "win64cc", "x86_vectorcallcc", "hhvmcc",
        "hhvm_ccc", "x86_intrcc", "avr_intrcc", "avr_builtincc", "amdgpu_vscc", "amdgpu_gscc", "amdgpu_cscc",
        "amdgpu_kernelcc", "x86_regcallcc", "amdgpu_hscc", "msp430_builtincc", "amdgpu_lscc", "amdgpu_escc",
        "aarch64_vectorcallcc", "aarch64_sve_vectorcallcc", "wasm_emscripten_invokecc", "amdgpu_gfxcc", "m68k_intrcc",
    )  # fmt: skip


class TailCallKind(EnumAttr):
    """`#llvm.tailcallkind<musttail>`: whether a call must, may or must not reuse the caller's frame."""

    name: ClassVar[str] = "llvm.tailcallkind"
    cases: ClassVar[tuple[str, ...]] = ("none", "tail", "musttail", "notail")


class FramePointerKind(EnumAttr):
    """`#llvm.framePointerKind<all>`: which functions keep the address of their frame in a register."""

    name: ClassVar[str] = "llvm.framePointerKind"
    cases: ClassVar[tuple[str, ...]] = ("none", "non-leaf", "all", "reserved")

    @classmethod
    def parse(cls, stream: TokenStream) -> FramePointerKind:
        stream.expect("<")
        word = identifier_or_string(stream, "expected a word or a string")
        stream.expect(">")
        return cls(word)

    def text(self, _spell: object = None) -> str:
        return f"<{self.value if self.value.isidentifier() else quote(self.value)}>"


AS_TEXT = frozenset((
    "access_group", "alias_scope", "alias_scope_domain", "comdat", "di_basic_type", "di_compile_unit",
    "di_composite_type", "di_derived_type", "di_expression", "di_expression_elem", "di_file",
    "di_global_variable", "di_global_variable_expression", "di_label", "di_lexical_block",
    "di_lexical_block_file", "di_local_variable", "di_module", "di_namespace", "di_null_type",
    "di_string_type", "di_subprogram", "di_subrange", "di_subroutine_type", "loop_annotation",
    "loop_distribute", "loop_interleave", "loop_licm", "loop_peeled", "loop_pipeline", "loop_unroll",
    "loop_unroll_and_jam", "loop_unswitch", "loop_vectorize", "memory_effects", "poison", "target_features",
    "tbaa_member", "tbaa_root", "tbaa_tag", "tbaa_type_desc", "undef", "vscale_range", "zero",
))  # fmt: skip
"""The attributes of upstream that are known by their names alone and carried as text."""

for _cls in (FastMath, Overflow, Linkage, CConv, TailCallKind):
    register_attribute(_cls)

no_fastmath = FastMath("none")
no_overflow = Overflow("none")
external = Linkage("external")
internal = Linkage("internal")
ccc = CConv("ccc")
no_tail_call = TailCallKind("none")

VISIBILITIES = ("", "hidden", "protected")
"""The words for `visibility_`, at the places of upstream's numbers."""

UNNAMED_ADDRS = ("", "local_unnamed_addr", "unnamed_addr")
"""The words for `unnamed_addr`, at the places of upstream's numbers."""

ORDERINGS = {
    0: "not_atomic", 1: "unordered", 2: "monotonic", 4: "acquire", 5: "release", 6: "acq_rel", 7: "seq_cst",
}  # fmt: skip
"""The words for the orderings of atomic accesses, by upstream's numbers."""

ATOMIC_OPERATIONS = (
    "xchg", "add", "sub", "_and", "nand", "_or", "_xor", "max", "min", "umax", "umin", "fadd", "fsub", "fmax", "fmin",
    "uinc_wrap", "udec_wrap",
)  # fmt: skip
"""The words for what `llvm.atomicrmw` does; an operation's number is its position."""

ICMP_PREDICATES = ("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge")
FCMP_PREDICATES = (
    "_false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une", "uno", "_true",
)  # fmt: skip
"""The words of the predicates; a predicate's number is its position."""
