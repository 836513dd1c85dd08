"""Intrinsics that irc itself has no use for: they are read, checked and printed. A table says what each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from irc.dialects import llvm_types as ty
from irc.dialects.llvm_attributes import FastMath, no_fastmath
from irc.dialects.llvm_words import TokenType
from irc.ir.attributes import Attribute, FloatAttr, IntegerAttr, OpaqueAttr
from irc.ir.traits import Pure, Trait
from irc.ir.types import FloatType, IntegerType, VectorType, f64, i8
from irc.ods import attribute_constraints as number
from irc.ods.attribute_constraints import AttrConstraint
from irc.ods.constraints import I1, I32, Constraint, Var, is_a
from irc.ods.fields import attribute, operand, result
from irc.ods.op import Op, OpMeta
from irc.text.numbers import number_attribute

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


def _vector_of(what: str, *classes: type) -> Constraint:
    return Constraint(
        f"LLVM dialect-compatible vector of {what}",
        lambda type: isinstance(type, VectorType) and isinstance(type.element_type, classes) and ty.is_compatible(type),
    )


_VALUES: dict[str, Constraint] = {
    "any": ty.Compatible,
    "bool": I1,
    "bools": Constraint(
        "LLVM dialect-compatible vector of 1-bit signless integer",
        lambda type: isinstance(type, VectorType) and type.element_type is IntegerType(1),
    ),
    "float": ty.Float,
    "floats": _vector_of("floating-point", FloatType),
    "i32": I32,
    "int": ty.ScalarInteger,
    "ints": _vector_of("signless integer", IntegerType),
    "num": ty.Integer,
    "default_ptr": Constraint("LLVM pointer type in address space 0", lambda type: type is ty.ptr, only=ty.ptr),
    "ptr": ty.Pointer,
    "ptrs": _vector_of("LLVM pointer type", ty.PointerType),
    "token": Constraint("LLVM token type", is_a(TokenType), only=TokenType()),
    "vec": ty.Vector,
}
_SHARED: dict[str, Var] = {f"{kind}!": Var("T", constraint) for kind, constraint in _VALUES.items()}
"""A kind of values, and the same for values of one type."""

_I8 = AttrConstraint("8-bit signless integer attribute", lambda a: isinstance(a, IntegerAttr) and a.type is i8, i8)
_ATTRIBUTES: dict[str, Any] = {
    "bool": lambda: attribute(IntegerAttr, where=number.Bool),
    "i8": lambda: attribute(IntegerAttr, where=_I8),
    "i32": lambda: attribute(IntegerAttr, where=number.I32),
    "i64": lambda: attribute(IntegerAttr, where=number.I64),
    "f64": lambda: attribute(FloatAttr),
    "text": lambda: attribute(OpaqueAttr),
    "attr": lambda: attribute(Attribute),
    "fast": lambda: attribute(FastMath, default=no_fastmath),
}

_CALL = "`(` operands `)` attr-dict `:` functional-type(operands, results)"
_LISTED = "operands attr-dict `:` functional-type(operands, results)"
_POINTER = "operands attr-dict `:` type(operands)"
_NONE = None


_EXAMPLE_TYPES = {
    "any": "f32", "bool": "i1", "bools": "vector<4xi1>", "float": "f32", "floats": "vector<4xf32>", "i32": "i32",
    "int": "i32", "ints": "vector<4xi32>", "num": "i32", "default_ptr": "!llvm.ptr", "ptr": "!llvm.ptr",
    "ptrs": "!llvm.vec<4 x ptr>", "struct": "!llvm.struct<(i32, i1)>", "token": "!llvm.token", "vec": "vector<4xf32>",
}  # fmt: skip
_EXAMPLE_ATTRIBUTES = {
    "attr": "4 : i32", "bool": "false", "f64": "0.5 : f64", "fast": "#llvm.fastmath<nnan>", "i8": "1 : i8",
    "i32": "2 : i32", "i64": "0 : i64", "text": "#llvm.di_label<>",
}  # fmt: skip


def _example(name: str, inputs: str, output: str) -> str:
    """The op in generic form."""
    entries = [each.split("=") for each in inputs.split() if "=" in each]
    operands = [each.split(":") for each in inputs.split() if "=" not in each]
    kinds = [_EXAMPLE_TYPES[kind.removesuffix("!")] for _, kind in operands]
    listed = ", ".join([f"{field} = {_EXAMPLE_ATTRIBUTES[kind]}" for field, kind in entries])
    target = "%r = " if output else ""
    result_type = _EXAMPLE_TYPES[output.removesuffix("!")] if output else "()"
    values = ", ".join([f"%{field}" for field, _ in operands])
    properties = f" <{{{listed}}}>" if listed else ""
    return f'{target}"llvm.intr.{name}"({values}){properties} : ({", ".join(kinds)}) -> {result_type}'


def _declare(name: str, signature: str, form: str | None, doc: str, traits: Iterable[Trait] = ()) -> Any:
    """An op class. `signature` lists operands, `field=kind` of attributes, and behind `->` the result."""
    inputs, _, output = signature.partition("->")
    output = output.strip()
    fields: dict[str, Any] = {}
    for each in inputs.split():
        if "=" in each:
            field, _, kind = each.partition("=")
            fields[field] = _ATTRIBUTES[kind]()
        else:
            field, _, kind = each.partition(":")
            fields[field] = operand(_SHARED.get(kind) or _VALUES[kind])
    if output:
        fields["res"] = result(ty.Aggregate if output == "struct" else _SHARED.get(output) or _VALUES[output])
    words = "".join(part.capitalize() for part in name.replace(".", "_").split("_"))
    namespace = {
        "__module__": __name__,
        "__qualname__": words,
        "__doc__": f"{doc}\n\n    {_example(name, inputs, output)}\n",
        "assembly": form,
        **fields,
    }
    return OpMeta(words, (Op,), namespace, name=f"llvm.intr.{name}", traits=list(traits))


def parse_probability(p: OpParser) -> Attribute:
    """A number of type `f64`, which is not written."""
    position = p.stream.pos
    return number_attribute(p.stream, p.stream.next(), False, f64, position)


def print_probability(p: OpPrinter, op: Any) -> None:
    p.attribute(op.prob, with_type=False)


_PURE = (
    ("expect", "value:int! expected:int! -> int!", "$value `,` $expected attr-dict `:` type($value)",
     "The value, which is most often the expected one."),
    ("expect.with.probability",
     "value:int! expected:int! prob=f64 -> int!",
     "$value `,` $expected `,` custom<Probability>($prob) attr-dict `:` type($value)",
     "The value, which is the expected one with a probability."),
    ("fshl", "a:num! b:num! c:num! -> num!", _CALL, "The high half of two integers side by side, shifted left."),
    ("fshr", "a:num! b:num! c:num! -> num!", _CALL, "The low half of two integers side by side, shifted right."),
    ("get.active.lane.mask", "base:int n:int -> bools", "operands attr-dict `:` type(operands) `to` type($res)",
     "Which of the numbers that follow the base are below a bound."),
    ("is.constant", "value:any -> bool", _NONE, "Whether the optimiser knows the value."),
    ("is.fpclass", "value:float bit=i32 -> num", _NONE, "Whether a float is of one of some classes, such as NaN."),
    ("llrint", "value:any -> any", _CALL, "Rounded to an integer in the current rounding mode."),
    ("llround", "value:any -> any", _CALL, "Rounded to the nearest integer, halves away from zero."),
    ("lrint", "value:any -> any", _CALL, "Rounded to an integer in the current rounding mode."),
    ("lround", "value:any -> any", _CALL, "Rounded to the nearest integer, halves away from zero."),
    ("matrix.multiply", "lhs:vec rhs:vec lhs_rows=i32 lhs_columns=i32 rhs_columns=i32 -> vec",
     "operands attr-dict `:` functional-type(operands, results)", "The product of two matrices that are vectors."),
    ("matrix.transpose", "matrix:vec rows=i32 columns=i32 -> vec", "$matrix attr-dict `:` type($matrix) `into` type($res)",
     "The transpose of a matrix that is a vector."),
    ("powi", "value:float! power:int fastmathFlags=fast -> float!", _CALL, "The first operand to an integer power."),
    ("sadd.with.overflow", "a:num! b:num! -> struct", _NONE, "The signed sum, and whether it is out of range."),
    ("smul.with.overflow", "a:num! b:num! -> struct", _NONE, "The signed product, and whether it is out of range."),
    ("ssub.with.overflow", "a:num! b:num! -> struct", _NONE, "The signed difference, and whether it is out of range."),
    ("uadd.with.overflow", "a:num! b:num! -> struct", _NONE, "The unsigned sum, and whether it is out of range."),
    ("umul.with.overflow", "a:num! b:num! -> struct", _NONE, "The unsigned product, and whether it is out of range."),
    ("usub.with.overflow", "a:num! b:num! -> struct", _NONE, "The unsigned difference, and whether it is out of range."),
    ("sshl.sat", "a:num! b:num! -> num!", _CALL, "Left shift, clamped to the range of the signed type."),
    ("ushl.sat", "a:num! b:num! -> num!", _CALL, "Left shift, clamped to the range of the unsigned type."),
    ("ssa.copy", "operand:any! -> any!", "$operand attr-dict `:` type($operand)", "The operand under another name."),
    ("experimental.stepvector", "-> ints", "attr-dict `:` type($res)", "The numbers from zero on."),
    ("vector.deinterleave2", "vec:vec -> struct", _NONE, "The elements at even places, and those at odd ones."),
    ("vector.interleave2", "vec1:vec! vec2:vec! -> vec", _NONE, "The elements of two vectors in turn."),
    ("vector.extract", "srcvec:vec pos=i64 -> vec", "$srcvec `[` $pos `]` attr-dict `:` type($res) `from` type($srcvec)",
     "Elements of a vector that follow each other."),
    ("vector.insert", "dstvec:vec! srcvec:vec pos=i64 -> vec!",
     "$srcvec `,` $dstvec `[` $pos `]` attr-dict `:` type($srcvec) `into` type($res)",
     "A vector of which some elements that follow each other are replaced."),
    ("vscale", "-> int", _NONE, "How many times longer than their least length vectors of unknown length are."),
)  # fmt: skip

_OTHERS = (
    ("annotation", "integer:int! annotation:ptr fileName:ptr line:i32 -> int!", _NONE, "An integer with a remark."),
    ("ptr.annotation", "ptr:ptr! annotation:ptr fileName:ptr line:i32 attr:ptr -> ptr!", _NONE, "A pointer with a remark."),
    ("var.annotation", "val:ptr annotation:ptr fileName:ptr line:i32 attr:ptr", _NONE, "A remark on a variable."),
    ("assume", "cond:bool", _NONE, "The condition holds."),
    ("coro.align", "-> int", "attr-dict `:` type($res)", "The alignment of a coroutine's frame."),
    ("coro.begin", "token:token mem:ptr -> ptr", _LISTED, "The frame of a coroutine."),
    ("coro.end", "handle:ptr unwind:bool retvals:token -> bool", _LISTED, "The end of a coroutine."),
    ("coro.free", "id:token handle:ptr -> ptr", _LISTED, "The memory of a coroutine's frame, to be freed."),
    ("coro.id", "align:i32 promise:ptr coroaddr:ptr fnaddrs:ptr -> token", _LISTED, "What tells one coroutine from others."),
    ("coro.promise", "handle:ptr align:i32 from:bool -> ptr", _LISTED, "The promise of a coroutine."),
    ("coro.resume", "handle:ptr", "$handle attr-dict `:` type($handle)", "Go on with a coroutine."),
    ("coro.save", "handle:ptr -> token", _LISTED, "Remember that a coroutine is suspended."),
    ("coro.size", "-> int", "attr-dict `:` type($res)", "The size of a coroutine's frame."),
    ("coro.suspend", "save:token final:bool -> int", "$save `,` $final attr-dict `:` type($res)", "Suspend a coroutine."),
    ("dbg.label", "label=text", "$label attr-dict", "A label of the source is here."),
    ("debugtrap", "", _NONE, "Stop in the debugger."),
    ("eh.typeid.for", "type_info:ptr -> i32", _LISTED, "The number of a type of exceptions."),
    ("experimental.noalias.scope.decl", "scope=text", "$scope attr-dict", "A scope of pointers that do not alias begins."),
    ("experimental.vp.strided.load", "ptr:ptr stride:int mask:bools evl:i32 -> vec", _NONE, "Read lanes that lie apart."),
    ("experimental.vp.strided.store", "val:vec ptr:ptr stride:int mask:bools evl:i32", _NONE, "Write lanes that lie apart."),
    ("invariant.start", "size=i64 ptr:ptr -> default_ptr", "$size `,` $ptr attr-dict `:` type($ptr)",
     "Memory does not change from here."),
    ("invariant.end", "start:default_ptr size=i64 ptr:ptr", "$start `,` $size `,` $ptr attr-dict `:` type($ptr)",
     "Memory may change again."),
    ("lifetime.start", "size=i64 ptr:ptr", "$size `,` $ptr attr-dict `:` type($ptr)", "Memory of the stack is used from here."),
    ("lifetime.end", "size=i64 ptr:ptr", "$size `,` $ptr attr-dict `:` type($ptr)",
     "Memory of the stack is not used any more."),
    ("masked.compressstore", "value:vec ptr:ptr mask:bools", _NONE, "Write the lanes whose mask is set one behind the other."),
    ("masked.expandload", "ptr:ptr mask:bools passthru:vec! -> vec!", _NONE,
     "Read the lanes whose mask is set one behind the other."),
    ("matrix.column.major.load", "data:ptr stride:int isVolatile=bool rows=i32 columns=i32 -> vec",
     "$data `,` `<` `stride` `=` $stride `>` attr-dict `:` type($res) `from` type($data) `stride` type($stride)",
     "Read a matrix, column after column."),
    ("matrix.column.major.store", "matrix:vec data:ptr stride:int isVolatile=bool rows=i32 columns=i32",
     "$matrix `,` $data `,` `<` `stride` `=` $stride `>` attr-dict `:` type($matrix) `to` type($data) `stride` type($stride)",
     "Write a matrix, column after column."),
    ("memcpy.inline", "dst:ptr src:ptr len=attr isVolatile=bool", _NONE, "Copy bytes without a call."),
    ("prefetch", "addr:ptr rw=i32 hint=i32 cache=i32", _NONE, "Memory is about to be used."),
    ("stackrestore", "ptr:ptr", "$ptr attr-dict `:` type($ptr)", "Free what the stack has got since it was saved."),
    ("stacksave", "-> ptr", "attr-dict `:` type($res)", "Where the stack ends."),
    ("threadlocal.address", "global:ptr -> ptr", _NONE, "The address of a variable of this thread."),
    ("trap", "", _NONE, "End the program."),
    ("ubsantrap", "failureKind=i8", _NONE, "End the program because of undefined behaviour."),
    ("vacopy", "dest_list:ptr src_list:ptr", "$src_list `to` $dest_list attr-dict `:` type(operands)",
     "Copy a list of arguments."),
    ("vaend", "arg_list:ptr", _POINTER, "End the reading of a list of arguments."),
    ("vastart", "arg_list:ptr", _POINTER, "Begin the reading of a list of arguments."),
)  # fmt: skip

_VP_MASKED = "mask:bools evl:i32"
_VP = (
    *[(f"vp.{name}", f"lhs:ints! rhs:ints! {_VP_MASKED} -> ints!")
      for name in ("add", "sub", "mul", "sdiv", "udiv", "srem", "urem", "ashr", "lshr", "shl", "or", "and", "xor")],
    *[(f"vp.{name}", f"lhs:floats! rhs:floats! {_VP_MASKED} -> floats!") for name in ("fadd", "fsub", "fmul", "fdiv", "frem")],
    *[(f"vp.{name}", f"op1:floats! op2:floats! op3:floats! {_VP_MASKED} -> floats!") for name in ("fma", "fmuladd")],
    ("vp.fneg", f"op:floats! {_VP_MASKED} -> floats!"),
    *[(f"vp.reduce.{name}", f"start:int! val:ints {_VP_MASKED} -> int!")
      for name in ("add", "mul", "and", "or", "xor", "smax", "smin", "umax", "umin")],
    *[(f"vp.reduce.{name}", f"start:float! val:floats {_VP_MASKED} -> float!") for name in ("fadd", "fmul", "fmax", "fmin")],
    *[(f"vp.{name}", "cond:bools true_val:vec! false_val:vec! evl:i32 -> vec!") for name in ("select", "merge")],
    *[(f"vp.{name}", f"src:{source} {_VP_MASKED} -> {target}")
      for name, source, target in (
          ("zext", "ints", "ints"), ("sext", "ints", "ints"), ("trunc", "ints", "ints"),
          ("fpext", "floats", "floats"), ("fptrunc", "floats", "floats"),
          ("fptoui", "floats", "ints"), ("fptosi", "floats", "ints"),
          ("uitofp", "ints", "floats"), ("sitofp", "ints", "floats"),
          ("ptrtoint", "ptrs", "ints"), ("inttoptr", "ints", "ptrs"),
      )],
    ("vp.load", f"ptr:ptr {_VP_MASKED} -> vec"),
    ("vp.store", f"val:vec ptr:ptr {_VP_MASKED}"),
)  # fmt: skip
"""The ops on the first lanes of vectors, as many as the last operand says, of which a mask may leave out some."""

for _name, _signature, _form, _doc in _PURE:
    _declare(_name, _signature, _form, _doc, [Pure])
for _name, _signature, _form, _doc in _OTHERS:
    _declare(_name, _signature, _form, _doc)
for _name, _signature in _VP:
    _declare(
        _name, _signature, _NONE, f"`{_name.removeprefix('vp.')}` on those of the first `evl` lanes whose mask is set."
    )
