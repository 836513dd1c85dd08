"""Calling functions in the interpreter: arguments, results, branches, calls, and what goes wrong."""

from __future__ import annotations

import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module


def run(text, *arguments):
    return Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)


def test_results_have_the_types_of_the_function():
    (number, array) = run(
        """
        func.func @f(%x: i32, %t: tensor<2xf32>) -> (i32, tensor<2xf32>) {
          return %x, %t : i32, tensor<2xf32>
        }
        """,
        3,
        [1.0, 2.0],
    )
    assert type(number) is np.int32
    assert array.dtype == np.float32


def test_branches_pass_block_arguments():
    (found,) = run(
        """
        func.func @f(%n: i64) -> i64 {
          %zero = arith.constant 0 : i64
          %one = arith.constant 1 : i64
          cf.br ^loop(%n, %one : i64, i64)
        ^loop(%i: i64, %product: i64):
          %more = arith.cmpi sgt, %i, %zero : i64
          cf.cond_br %more, ^body, ^done(%product : i64)
        ^body:
          %next = arith.subi %i, %one : i64
          %grown = arith.muli %product, %i : i64
          cf.br ^loop(%next, %grown : i64, i64)
        ^done(%result: i64):
          return %result : i64
        }
        """,
        5,
    )
    assert found == 120


def test_a_recursive_call_has_its_own_values():
    text = """
    func.func @f(%n: i64) -> i64 {
      %zero = arith.constant 0 : i64
      %one = arith.constant 1 : i64
      %more = arith.cmpi sgt, %n, %zero : i64
      %result = scf.if %more -> (i64) {
        %less = arith.subi %n, %one : i64
        %inner = func.call @f(%less) : (i64) -> i64
        %sum = arith.addi %inner, %n : i64
        scf.yield %sum : i64
      } else {
        scf.yield %zero : i64
      }
      return %result : i64
    }
    """
    assert run(text, 500) == [125250]
    with pytest.raises(DiagnosedError, match="calls are nested more than"):
        run(text, 5000)


def test_a_memref_argument_is_written_in_place():
    buffer = np.zeros(3, np.float32)
    run(
        """
        func.func @f(%m: memref<?xf32>, %i: index, %x: f32) {
          memref.store %x, %m[%i] : memref<?xf32>
          return
        }
        """,
        buffer,
        1,
        2.5,
    )
    assert buffer.tolist() == [0, 2.5, 0]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        (np.zeros(3, np.float32), r"must be 'tensor<2xf32>', got shape \(3,\)"),
        (np.zeros((2, 2), np.float32), r"must be 'tensor<2xf32>', got shape \(2, 2\)"),
        ("two", "must be 'tensor<2xf32>', got a str"),
        (np.zeros(2), "must be 'tensor<2xf32>', got dtype float64"),
        ([1.0, [2.0]], "lists of different lengths"),
    ],
)
def test_arguments_are_checked(argument, message):
    with pytest.raises(DiagnosedError, match=message):
        run("func.func @f(%t: tensor<2xf32>) { return }", argument)


def test_a_failure_is_reported_at_the_op():
    with pytest.raises(DiagnosedError) as caught:
        run(
            """func.func @f(%b: i1) {
              cf.assert %b, "must hold"
              return
            }""",
            False,
        )
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.message == "'cf.assert' op assertion failed: must hold"
    assert "test.mlir:2:" in str(diagnostic.location)


def test_wrong_calls():
    module = parse_module("func.func private @g(i32)\nfunc.func @f(%x: i32) { return }", "test.mlir")
    with pytest.raises(DiagnosedError, match="there is no function 'h'"):
        Interpreter(module).call("h")
    with pytest.raises(DiagnosedError, match="function 'g' has no body"):
        Interpreter(module).call("g", 1)
    with pytest.raises(DiagnosedError, match=r"@f takes 1 argument \(i32\), but 2 are given"):
        Interpreter(module).call("f", 1, 2)


def test_a_function_is_a_value():
    text = """
    func.func @twice(%x: i32) -> (i32, i32) { return %x, %x : i32, i32 }
    func.func @swap(%x: i32) -> (i32, i32) {
      %y = arith.constant 7 : i32
      return %y, %x : i32, i32
    }
    func.func @f(%c: i1, %x: i32) -> (i32, i32) {
      %twice = func.constant @twice : (i32) -> (i32, i32)
      %swap = func.constant @swap : (i32) -> (i32, i32)
      %g = arith.select %c, %twice, %swap : (i32) -> (i32, i32)
      %r:2 = func.call_indirect %g(%x) : (i32) -> (i32, i32)
      return %r#0, %r#1 : i32, i32
    }"""
    assert run(text, True, 3) == [3, 3]
    assert run(text, False, 3) == [7, 3]


def test_a_function_value_without_a_body_is_not_called():
    text = """
    func.func private @g()
    func.func @f() {
      %g = func.constant @g : () -> ()
      func.call_indirect %g() : () -> ()
      return
    }"""
    with pytest.raises(DiagnosedError, match="cannot call a function without a body"):
        run(text)
