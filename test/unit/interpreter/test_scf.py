"""Loops and choices in the interpreter."""

from __future__ import annotations

import numpy as np
import pytest

from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.text.parser import parse_module


def run(text, *arguments):
    return Interpreter(parse_module(text, "test.mlir")).call("f", *arguments)


SUM = """
func.func @f(%n: index, %step: index) -> index {
  %zero = arith.constant 0 : index
  %sum = scf.for %i = %zero to %n step %step iter_args(%acc = %zero) -> (index) {
    %next = arith.addi %acc, %i : index
    scf.yield %next : index
  }
  return %sum : index
}
"""


def test_for_carries_values():
    assert run(SUM, 10, 3) == [0 + 3 + 6 + 9]


def test_a_loop_without_iterations_gives_the_initial_value():
    assert run(SUM, 0, 1) == [0]


def test_a_step_of_zero_is_reported():
    with pytest.raises(DiagnosedError, match="op expected a positive step, got 0"):
        run(SUM, 10, 0)


def test_while_passes_values_on():
    text = """
    func.func @f(%x: i32) -> i32 {
      %limit = arith.constant 20 : i32
      %y = scf.while (%a = %x) : (i32) -> i32 {
        %product = arith.muli %a, %x : i32
        %more = arith.cmpi sle, %product, %limit : i32
        scf.condition(%more) %product : i32
      } do {
      ^bb0(%b: i32):
        scf.yield %b : i32
      }
      return %y : i32
    }
    """
    assert run(text, 2) == [32]


@pytest.mark.parametrize(("value", "expected"), [(2, 10), (5, 20), (7, 30)])
def test_index_switch(value, expected):
    text = """
    func.func @f(%i: index) -> i32 {
      %r = scf.index_switch %i -> i32
      case 2 {
        %a = arith.constant 10 : i32
        scf.yield %a : i32
      }
      case 5 {
        %a = arith.constant 20 : i32
        scf.yield %a : i32
      }
      default {
        %a = arith.constant 30 : i32
        scf.yield %a : i32
      }
      return %r : i32
    }
    """
    assert run(text, value) == [expected]


def test_if_without_else():
    text = """
    func.func @f(%c: i1, %m: memref<1xi32>) {
      %zero = arith.constant 0 : index
      %one = arith.constant 1 : i32
      scf.if %c {
        memref.store %one, %m[%zero] : memref<1xi32>
      }
      return
    }
    """
    buffer = np.zeros(1, np.int32)
    run(text, False, buffer)
    assert buffer[0] == 0
    run(text, True, buffer)
    assert buffer[0] == 1
