"""The llvm dialect on the interpreter: memory is checked, and the C library is there."""

from __future__ import annotations

import re

import numpy as np
import pytest

from irc.dialects import llvm
from irc.dialects.llvm_layout import alignment, byte_size, element_offset, member_offsets
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.ir.types import VectorType, f32, i1, i8, i32, i64
from irc.ir.verifier import verify_or_raise
from irc.text.parser import parse_module

LIBRARY = """
llvm.func @malloc(i64) -> !llvm.ptr
llvm.func @free(!llvm.ptr)
llvm.func @printf(!llvm.ptr, ...) -> i32
llvm.func @expf(f32) -> f32
llvm.func @unknown(f32) -> f32
"""


def run(body: str, *arguments, parameters: str = "", result: str = "i32", more: str = ""):
    """The result of a function with this body."""
    text = f"{LIBRARY}{more}llvm.func @f({parameters}) -> {result} {{\n{body}\nllvm.return %r : {result}\n}}"
    module = parse_module(text, "test.mlir")
    verify_or_raise(module)
    (found,) = Interpreter(module).call("f", *arguments)
    return found


MEMORY = """
%size = llvm.mlir.constant(16 : i64) : i64
%p = llvm.call @malloc(%size) : (i64) -> !llvm.ptr
%x = llvm.mlir.constant(7 : i32) : i32
"""


def test_memory_is_bytes():
    body = """
    llvm.store %x, %p : i32, !llvm.ptr
    %q = llvm.getelementptr %p[1] : (!llvm.ptr) -> !llvm.ptr, i8
    %b = llvm.load %q : !llvm.ptr -> i8
    %l = llvm.load %p : !llvm.ptr -> i8
    %w = llvm.sext %l : i8 to i32
    %v = llvm.sext %b : i8 to i32
    %r = llvm.add %w, %v : i32"""
    assert run(MEMORY + body) == 7


def test_structs_arrays_and_pointers_in_memory():
    type = "!llvm.struct<(i8, ptr, array<2 x i16>)>"
    body = f"""
    %u = llvm.mlir.undef : {type}
    %c = llvm.mlir.constant(-5 : i16) : i16
    %u1 = llvm.insertvalue %p, %u[1] : {type}
    %u2 = llvm.insertvalue %c, %u1[2, 1] : {type}
    %n = llvm.mlir.constant(1 : i64) : i64
    %s = llvm.alloca %n x {type} : (i64) -> !llvm.ptr
    llvm.store %u2, %s : {type}, !llvm.ptr
    %v = llvm.load %s : !llvm.ptr -> {type}
    %p2 = llvm.extractvalue %v[1] : {type}
    llvm.store %x, %p2 : i32, !llvm.ptr
    %at = llvm.getelementptr %s[0, 2, 1] : (!llvm.ptr) -> !llvm.ptr, {type}
    %d = llvm.load %at : !llvm.ptr -> i16
    %e = llvm.sext %d : i16 to i32
    %y = llvm.load %p : !llvm.ptr -> i32
    %r = llvm.add %e, %y : i32"""
    assert run(MEMORY + body) == 2


ERRORS = [
    ("%q = llvm.getelementptr %p[4] : (!llvm.ptr) -> !llvm.ptr, i32\n %r = llvm.load %q : !llvm.ptr -> i32",
     "'llvm.load' op failed: reads bytes 16 to 20 of a block of 16 bytes: out of bounds"),
    ("%q = llvm.getelementptr %p[-1] : (!llvm.ptr) -> !llvm.ptr, i8\n llvm.store %x, %q : i32, !llvm.ptr\n"
     "%r = llvm.mlir.constant(0 : i32) : i32", "writes bytes -1 to 3 of a block of 16 bytes: out of bounds"),
    ("llvm.call @free(%p) : (!llvm.ptr) -> ()\n %r = llvm.load %p : !llvm.ptr -> i32", "reads memory that was freed"),
    ("llvm.call @free(%p) : (!llvm.ptr) -> ()\n llvm.call @free(%p) : (!llvm.ptr) -> ()\n"
     "%r = llvm.mlir.constant(0 : i32) : i32", "frees memory that was freed before"),
    ("%z = llvm.mlir.zero : !llvm.ptr\n %r = llvm.load %z : !llvm.ptr -> i32", "reads through the null pointer"),
    ("%z = llvm.mlir.constant(0 : i32) : i32\n %r = llvm.sdiv %x, %z : i32", "divides by zero"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "message"), ERRORS)
def test_what_a_program_must_not_do(body, message):
    with pytest.raises(DiagnosedError, match=re.escape(message)):
        run(MEMORY + body)


def test_constants_cannot_be_written():
    body = """
    %g = llvm.mlir.addressof @c : !llvm.ptr
    %x = llvm.load %g : !llvm.ptr -> i32
    llvm.store %x, %g : i32, !llvm.ptr
    %r = llvm.mlir.constant(0 : i32) : i32"""
    with pytest.raises(DiagnosedError, match="writes to constant memory"):
        run(body, more="llvm.mlir.global constant @c(5 : i32) : i32\n")


def test_printf(capsys):
    body = """
    %s = llvm.mlir.addressof @s : !llvm.ptr
    %x = llvm.mlir.constant(-3 : i64) : i64
    %y = llvm.mlir.constant(2.5 : f64) : f64
    %r = llvm.call @printf(%s, %x, %y) vararg(!llvm.func<i32 (ptr, ...)>) : (!llvm.ptr, i64, f64) -> i32"""
    assert run(body, more='llvm.mlir.global constant @s("%ld is %g%%\\0A\\00")\n') == 11
    assert capsys.readouterr().out == "-3 is 2.5%\n"


def test_library_functions():
    body = "%r = llvm.call @expf(%x) : (f32) -> f32"
    assert run(body, np.float32(1), parameters="%x: f32", result="f32") == np.exp(np.float32(1))
    with pytest.raises(DiagnosedError, match="calls @unknown, which has no body"):
        run(body.replace("expf", "unknown"), np.float32(1), parameters="%x: f32", result="f32")


def test_switch():
    body = """
    llvm.switch %x : i32, ^default [
      1: ^one,
      -2: ^two(%x : i32)
    ]
    ^one:
      %a = llvm.mlir.constant(10 : i32) : i32
      llvm.br ^two(%a : i32)
    ^default:
      %b = llvm.mlir.constant(20 : i32) : i32
      llvm.br ^two(%b : i32)
    ^two(%r: i32):"""
    assert [int(run(body, x, parameters="%x: i32")) for x in (1, -2, 5)] == [10, -2, 20]


UNARY = [
    ("llvm.intr.ctpop(%x) : (i32) -> i32", 0xFF, 8),
    ("llvm.intr.bitreverse(%x) : (i32) -> i32", 1, -(2**31)),
    ("llvm.intr.bswap(%x) : (i32) -> i32", 0x01020304, 0x04030201),
    ('"llvm.intr.ctlz"(%x) <{is_zero_poison = false}> : (i32) -> i32', 1, 31),
    ('"llvm.intr.cttz"(%x) <{is_zero_poison = false}> : (i32) -> i32', 8, 3),
    ('"llvm.intr.abs"(%x) <{is_int_min_poison = false}> : (i32) -> i32', -4, 4),
    ("llvm.intr.sadd.sat(%x, %x) : (i32, i32) -> i32", 2**31 - 1, 2**31 - 1),
    ("llvm.intr.usub.sat(%x, %x) : (i32, i32) -> i32", 3, 0),
]


@pytest.mark.parametrize(("op", "x", "expected"), UNARY)
def test_integer_intrinsics(op, x, expected):
    assert run(f"%r = {op}", x, parameters="%x: i32") == expected


def test_layout():
    struct = llvm.StructType((i8, llvm.ptr, i32))
    assert (byte_size(struct), alignment(struct), member_offsets(struct)) == (24, 8, (0, 8, 16))
    packed = llvm.StructType((i8, llvm.ptr, i32), True)
    assert (byte_size(packed), alignment(packed), member_offsets(packed)) == (13, 1, (0, 1, 9))
    assert byte_size(VectorType((3,), f32)) == 16
    assert byte_size(i1) == 1
    assert element_offset(llvm.ArrayType(4, struct), [1, 2, 1]) == 96 + 48 + 8
    assert byte_size(llvm.ArrayType(3, i64)) == 24


@pytest.mark.parametrize(
    ("word", "number", "expected"),
    [
        ("xchg", 5, 5), ("add", 5, 12), ("sub", 9, -2), ("_and", 3, 3), ("nand", 3, -4), ("_or", 8, 15), ("_xor", 1, 6),
        ("max", -1, 7), ("min", -1, -1), ("umax", -1, -1), ("umin", -1, 7), ("uinc_wrap", 9, 8), ("uinc_wrap", 7, 0),
        ("udec_wrap", 9, 6), ("udec_wrap", 3, 3),
    ],
)  # fmt: skip
def test_atomic_changes_of_memory(word, number, expected):
    """The old value is the result; the new one is read by an atomic load, here and in native code."""
    body = f"""
    llvm.store %x, %p : i32, !llvm.ptr
    %y = llvm.mlir.constant({number} : i32) : i32
    %old = llvm.atomicrmw {word} %p, %y acq_rel : !llvm.ptr, i32
    %new = llvm.load %p atomic acquire {{alignment = 4 : i64}} : !llvm.ptr -> i32
    %k = llvm.mlir.constant(1000 : i32) : i32
    %s = llvm.mul %old, %k : i32
    %r = llvm.add %s, %new : i32"""
    assert run(MEMORY + body) == 7000 + expected


def test_compare_and_exchange():
    body = """
    llvm.store %x, %p atomic release {alignment = 4 : i64} : i32, !llvm.ptr
    %y = llvm.mlir.constant(9 : i32) : i32
    llvm.fence seq_cst
    %a = llvm.cmpxchg %p, %x, %y acq_rel monotonic : !llvm.ptr, i32
    %b = llvm.cmpxchg %p, %x, %x acq_rel monotonic : !llvm.ptr, i32
    %old = llvm.extractvalue %b[0] : !llvm.struct<(i32, i1)>
    %first = llvm.extractvalue %a[1] : !llvm.struct<(i32, i1)>
    %second = llvm.extractvalue %b[1] : !llvm.struct<(i32, i1)>
    %one = llvm.zext %first : i1 to i32
    %two = llvm.sext %second : i1 to i32
    %sum = llvm.add %old, %one : i32
    %both = llvm.freeze %sum : i32
    %r = llvm.add %both, %two : i32"""
    assert run(MEMORY + body) == 10
