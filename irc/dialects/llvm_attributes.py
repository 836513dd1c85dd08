"""The attributes of the `llvm` dialect: fast-math and overflow flags, linkage, predicates of comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from irc.ir.attributes import Attribute, IntegerAttr, OpaqueAttr, StringAttr, UnitAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ods.enums import EnumAttr
from irc.ods.registry import register_attribute
from irc.text.diagnostics import did_you_mean
from irc.text.lexer import TokenStream
from irc.text.numbers import parse_integer
from irc.text.strings import identifier_or_string, quote

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser


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


class VScaleRange(Attribute):
    """`#llvm.vscale_range<minRange = 1 : i32, maxRange = 16 : i32>`: how much longer vectors of unknown length may be."""

    name: ClassVar[str] = "llvm.vscale_range"

    least: int
    most: int

    @classmethod
    def parse(cls, stream: TokenStream) -> VScaleRange:
        bounds = []
        for word, before in (("minRange", "<"), ("maxRange", ",")):
            stream.expect(before)
            stream.expect(word)
            stream.expect("=")
            bounds.append(parse_integer(stream, 32))
            if stream.accept(":"):
                stream.expect("i32")
        stream.expect(">")
        return cls(*bounds)

    def text(self, _spell: object = None) -> str:
        return f"<minRange = {self.least} : i32, maxRange = {self.most} : i32>"


AS_TEXT = frozenset((
    "access_group", "alias_scope", "alias_scope_domain", "comdat", "di_basic_type", "di_compile_unit",
    "di_composite_type", "di_derived_type", "di_expression", "di_expression_elem", "di_file",
    "di_global_variable", "di_global_variable_expression", "di_label", "di_lexical_block",
    "di_lexical_block_file", "di_local_variable", "di_module", "di_namespace", "di_null_type",
    "di_string_type", "di_subprogram", "di_subrange", "di_subroutine_type", "loop_annotation",
    "loop_distribute", "loop_interleave", "loop_licm", "loop_peeled", "loop_pipeline", "loop_unroll",
    "loop_unroll_and_jam", "loop_unswitch", "loop_vectorize", "memory_effects", "poison", "target_features",
    "tbaa_member", "tbaa_root", "tbaa_tag", "tbaa_type_desc", "undef", "zero",
))  # fmt: skip
"""The attributes of upstream that are known by their names alone and carried as text."""

FUNCTION_ATTRIBUTES: dict[str, type[Attribute]] = {
    **dict.fromkeys(
        ("always_inline", "arm_in_za", "arm_inout_za", "arm_locally_streaming", "arm_new_za", "arm_out_za",
         "arm_preserves_za", "arm_streaming", "arm_streaming_compatible", "convergent", "dso_local", "no_inline",
         "no_unwind", "optimize_none", "will_return"),
        UnitAttr,
    ),
    **dict.fromkeys(
        ("approx_func_fp_math", "no_infs_fp_math", "no_nans_fp_math", "no_signed_zeros_fp_math", "unsafe_fp_math",
         "alignment", "function_entry_count"),
        IntegerAttr,
    ),
    **dict.fromkeys(
        ("denormal_fp_math", "denormal_fp_math_f32", "fp_contract", "garbageCollector", "section", "target_cpu", "tune_cpu"),
        StringAttr,
    ),
    "frame_pointer": FramePointerKind,
    "memory": OpaqueAttr,
    "target_features": OpaqueAttr,
}  # fmt: skip
"""What `llvm.func` says to LLVM beside what irc needs, by the kind of attribute."""

for _cls in (FastMath, Overflow, Linkage, CConv, TailCallKind, FramePointerKind, VScaleRange):
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

ASM_DIALECTS = ("att", "intel")
COMDATS = ("any", "exactmatch", "largest", "nodeduplicate", "samesize")
ROUNDINGS = ("towardzero", "tonearest", "upward", "downward", "tonearestaway")
EXCEPTIONS = ("ignore", "maytrap", "strict")
"""Words that texts have for numbers; a word's number is its position."""


def parse_word(p: OpParser, words: Sequence[str], what: str = "word") -> IntegerAttr:
    """The number of the word that follows, which must be one of `words`."""
    position = p.stream.pos
    word = p.enumerator()
    if word not in words:
        raise p.stream.error(f"unknown {what} '{word}'{did_you_mean(word, words)}", position)
    return i64_attr(words.index(word))


def word_at(words: Sequence[str], number: IntegerAttr, field: str, constraint: str) -> str:
    """The word for a number. Raises `VerifyError` for one that has none."""
    if not 0 <= number.value < len(words):
        raise VerifyError(f"attribute '{field}' failed to satisfy constraint: {constraint}")
    return words[number.value]
