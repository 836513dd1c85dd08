"""The llvm dialect as LLVM IR text, which LLVM itself must accept."""

from __future__ import annotations

import re

import llvmlite.binding as llvm
import numpy as np
import pytest
from unit.codegen.native import run_both

from irc.codegen.cpu.llvm_constants import bytes_text, type_text
from irc.codegen.cpu.llvm_loops import Loops
from irc.codegen.cpu.llvm_text import write_module
from irc.ir.diagnostic import DiagnosedError
from irc.ir.verifier import verify_or_raise
from irc.text.parser import parse_module


def written(text: str) -> str:
    """The LLVM IR of a module, checked by LLVM."""
    module = parse_module(text, "test.mlir")
    verify_or_raise(module)
    result = write_module(module).text
    llvm.parse_assembly(result).verify()
    return result


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        ("i47", "i47"),
        ("f16", "half"),
        ("bf16", "bfloat"),
        ("vector<4xf32>", "<4 x float>"),
        ("vector<[2]xi8>", "<vscale x 2 x i8>"),
        ("!llvm.ptr<3>", "ptr addrspace(3)"),
        ("!llvm.struct<packed (i8, ptr)>", "<{ i8, ptr }>"),
        ("!llvm.array<2 x array<3 x f64>>", "[2 x [3 x double]]"),
        ("!llvm.func<void (i32, ...)>", "void (i32, ...)"),
    ],
)
def test_types(type, expected):
    module = parse_module(f'"test.op"() {{t = {type}}} : () -> ()', "test.mlir", allow_unregistered=True)
    (op,) = module.nested_ops()
    assert type_text(op.attributes["t"].type) == expected


def constant(value: str, type: str) -> str:
    text = written(f"""llvm.func @f() -> {type} {{
      %0 = llvm.mlir.constant({value}) : {type}
      llvm.return %0 : {type}
    }}""")
    match = re.search(r"ret (.*)", text)
    assert match is not None
    return match.group(1)


@pytest.mark.parametrize(
    ("value", "type", "expected"),
    [
        ("-1 : i32", "i32", "i32 -1"),
        ("true", "i1", "i1 true"),
        ("0.1 : f32", "f32", "float 0x3FB99999A0000000"),
        ("-0.0 : f64", "f64", "double 0x8000000000000000"),
        ("0x7FC00000 : f32", "f32", "float 0x7FF8000000000000"),
        ("1.0 : f16", "f16", "half 0xH3C00"),
        ("1.0 : bf16", "bf16", "bfloat 0xR3F80"),
        ("dense<0> : vector<4xi32>", "vector<4xi32>", "<4 x i32> zeroinitializer"),
        ("dense<7> : vector<4xi32>", "vector<4xi32>", "<4 x i32> splat (i32 7)"),
        ("dense<[true, false]> : vector<2xi1>", "vector<2xi1>", "<2 x i1> <i1 true, i1 false>"),
        (
            "dense<[[1, 2], [3, 4]]> : tensor<2x2xi8>",
            "!llvm.array<2 x array<2 x i8>>",
            "[2 x [2 x i8]] [[2 x i8] [i8 1, i8 2], [2 x i8] [i8 3, i8 4]]",
        ),
    ],
)
def test_constants(value, type, expected):
    assert constant(value, type) == expected


def test_bytes():
    assert bytes_text(b'a"\\\n\xff') == r'c"a\22\5C\0A\FF"'


def test_block_arguments_are_phi_nodes():
    text = written("""llvm.func @f(%c: i1, %x: i32) -> i32 {
      llvm.cond_br %c, ^bb1(%x : i32), ^bb2
    ^bb1(%y: i32):
      llvm.return %y : i32
    ^bb2:
      %0 = llvm.mlir.constant(3 : i32) : i32
      llvm.br ^bb1(%0 : i32)
    }""")
    assert "%v2 = phi i32 [%v1, %b0], [3, %b2]" in text


@pytest.mark.parametrize(("condition", "expected"), [(True, 1), (False, 2)])
def test_two_edges_to_one_block_with_other_values(condition, expected):
    text = """
    func.func @f(%c: i1, %x: i32, %y: i32) -> i32 {
      cf.cond_br %c, ^bb1(%x : i32), ^bb1(%y : i32)
    ^bb1(%z: i32):
      return %z : i32
    }"""
    assert run_both(text, np.bool_(condition), np.int32(1), np.int32(2)) == [expected]


def test_private_functions_are_internal():
    text = written("""
    llvm.func @f() attributes {sym_visibility = "private"} { llvm.return }
    llvm.func @g() { llvm.call @f() : () -> () llvm.return }""")
    assert "define internal void @f()" in text


def test_atomic_changes_of_memory_are_written():
    text = written("""
    llvm.func @f(%p: !llvm.ptr, %x: i32, %f: f32) {
      %0 = llvm.atomicrmw volatile _and %p, %x syncscope("agent") acq_rel {alignment = 4 : i64} : !llvm.ptr, i32
      %1 = llvm.atomicrmw fadd %p, %f monotonic : !llvm.ptr, f32
      %2 = llvm.cmpxchg weak volatile %p, %x, %x seq_cst acquire : !llvm.ptr, i32
      llvm.fence syncscope("agent") seq_cst
      %3 = llvm.addrspacecast %p : !llvm.ptr to !llvm.ptr<1>
      llvm.return
    }""")
    assert 'atomicrmw volatile and ptr %v0, i32 %v1 syncscope("agent") acq_rel, align 4' in text
    assert 'fence syncscope("agent") seq_cst' in text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("%0 = llvm.call %p(%n) : !llvm.ptr, (i32) -> i32", "'llvm.call' op of an address is not supported"),
        ("%0 = llvm.alloca inalloca %n x i8 : (i32) -> !llvm.ptr", "'llvm.alloca' op with 'inalloca' is not supported"),
        ("%0 = llvm.intr.expect %n, %n : i32", "'llvm.intr.expect' op cannot be written as LLVM IR"),
        (
            "%0 = llvm.load %p atomic acquire {alignment = 16 : i64} : !llvm.ptr -> i128",
            "'llvm.load' op that is atomic on a value of type 'i128' is not supported",
        ),
        (
            "%0 = llvm.atomicrmw add %p, %n acquire {alignment = 2 : i64} : !llvm.ptr, i32",
            "'llvm.atomicrmw' op that is atomic with an alignment below 4 is not supported",
        ),
        ("%0 = llvm.addrspacecast %p : !llvm.ptr to !llvm.ptr", "'llvm.addrspacecast' op from an address space to the"),
    ],
)
def test_what_native_code_does_not_do_is_reported(line: str, message: str) -> None:
    with pytest.raises(DiagnosedError, match=re.escape(message)):
        written(f"llvm.func @f(%p: !llvm.ptr, %n: i32) {{ {line} llvm.return }}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("llvm.mlir.global internal thread_local @g(1 : i32) : i32", "with 'thread_local_' is not supported"),
        ("llvm.mlir.global @g() {addr_space = 1 : i32} : i32", "in another address space than 0 is not supported"),
        ("llvm.func @f(...) { llvm.return }", "that is variadic and has a body is not supported"),
    ],
)
def test_symbols_that_native_code_does_not_have_are_reported(text: str, message: str) -> None:
    with pytest.raises(DiagnosedError, match=re.escape(message)):
        written(text)


def test_an_op_of_another_dialect_is_reported():
    module = parse_module("llvm.func @f(%x: i32) { %0 = arith.addi %x, %x : i32 llvm.return }", "test.mlir")
    with pytest.raises(DiagnosedError, match=re.escape("'arith.addi' op cannot be written as LLVM IR")):
        write_module(module)


def test_every_op_that_is_not_rare_has_a_text():
    from irc.codegen.cpu.llvm_instructions import INSTRUCTIONS  # noqa: PLC0415
    from irc.dialects.llvm_module import Func, Global  # noqa: PLC0415
    from irc.ods.registry import OPS, load_dialect  # noqa: PLC0415

    load_dialect("llvm")
    rare = {f"irc.dialects.llvm_{part}" for part in ("rare", "rare_intrinsics", "exceptions", "initialization")}
    ours = {cls for name, cls in OPS.items() if name.startswith("llvm.") and cls.__module__ not in rare}
    assert ours - set(INSTRUCTIONS) == {Func, Global}


def test_loops_say_what_they_are_not_to_become() -> None:
    """Each loop has a node of metadata of its own; other annotations are hints that are left out."""
    text = written(
        """
        llvm.func @f(%c: i1) {
          llvm.br ^bb1
        ^bb1:
          llvm.cond_br %c, ^bb1, ^bb2 {loop_annotation = #llvm.loop_annotation<unroll = <disable = true>>}
        ^bb2:
          llvm.br ^bb2 {loop_annotation = #llvm.loop_annotation<vectorize = <disable = true>, unroll = <disable = true>>}
        }
        llvm.func @g() {
          llvm.br ^bb1
        ^bb1:
          llvm.br ^bb1 {loop_annotation = #llvm.loop_annotation<mustProgress = true>}
        }
        """
    )
    first, second = re.findall(r"!llvm\.loop (!\d+)", text)
    assert first != second
    assert f"{first} = distinct !{{{first}, !3}}" in text
    assert f"{second} = distinct !{{{second}, !2, !3}}" in text
    assert '!2 = !{!"llvm.loop.vectorize.enable", i1 false}' in text
    assert '!3 = !{!"llvm.loop.unroll.disable"}' in text


ANNOTATION = "#llvm.loop_annotation"


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("llvm.br ^bb1", Loops.OPEN),
        (f"llvm.br ^bb1 {{loop_annotation = {ANNOTATION}<unroll = <disable = true>>}}", Loops.OPEN),
        (f"llvm.br ^bb1 {{loop_annotation = {ANNOTATION}<vectorize = <disable = true>>}}", Loops.SHORT),
        (
            f"llvm.br ^bb1 {{loop_annotation = {ANNOTATION}<vectorize = <disable = true>, unroll = <disable = true>>}}",
            Loops.FINAL,
        ),
        ("llvm.return", Loops.FINAL),
    ],
)
def test_what_llvm_may_do_with_loops_is_found(end: str, expected: Loops) -> None:
    module = parse_module(f"llvm.func @f() {{\n  llvm.br ^bb1\n^bb1:\n  {end}\n}}")
    assert write_module(module).loops is expected
