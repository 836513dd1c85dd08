"""The greedy driver: a fixed point, also where a pattern moves code, and an end where patterns undo each other."""

from __future__ import annotations

import pytest

from irc.dialects import arith
from irc.ir.verifier import verify_or_raise
from irc.rewrite.constants import materialize
from irc.rewrite.greedy import GreedyDriver, Merged, Patterns
from irc.rules.canonical import CANONICAL
from irc.text.parser import parse_module
from irc.text.printer import print_op


def _run(text: str, patterns: Patterns, max_visits: int = 100) -> tuple[str, dict[str, int]]:
    module = parse_module(text, "test.mlir")
    driver = GreedyDriver(module, patterns, materialize, "test", max_visits)
    driver.run()
    verify_or_raise(module)
    return print_op(module), driver.counts


def test_code_that_leaves_a_decided_branch_is_simplified_too() -> None:
    text, _ = _run(
        """
        func.func @f(%n: index, %m: memref<4xi32>) {
          %true = arith.constant true
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          scf.if %true {
            scf.for %i = %c0 to %n step %c1 {
              %c2 = arith.constant 2 : i32
              %c3 = arith.constant 3 : i32
              %s = arith.addi %c2, %c3 : i32
              memref.store %s, %m[%i] : memref<4xi32>
            }
          }
          return
        }
        """,
        CANONICAL,
    )
    assert "arith.addi" not in text
    assert "arith.constant 5 : i32" in text


def test_patterns_that_undo_each_other_end() -> None:
    def swap(op, rewriter) -> bool:
        op.operands = op.operands[::-1]
        return True

    text = "func.func @f(%x: i32, %y: i32) -> i32 {\n %z = arith.subi %x, %y : i32\n return %z : i32\n}"
    _, counts = _run(text, {arith.SubI: [swap]}, max_visits=3)
    # Three operations and one more, three times each; the two that have no rules are not visited.
    assert counts == {"swap": 12}


def test_constants_of_one_value_and_type_are_one_op_at_the_entry() -> None:
    text, counts = _run(
        """
        func.func @f(%c: i1) -> (i32, i64) {
          %r:2 = scf.if %c -> (i32, i64) {
            %a = arith.constant 7 : i32
            %b = arith.constant 7 : i64
            scf.yield %a, %b : i32, i64
          } else {
            %a = arith.constant 7 : i32
            %b = arith.constant 8 : i64
            scf.yield %a, %b : i32, i64
          }
          return %r#0, %r#1 : i32, i64
        }
        """,
        {},
    )
    assert text.count("arith.constant 7 : i32") == 1
    assert text.index("arith.constant 8 : i64") < text.index("scf.if")
    assert counts == {"shared-constant": 1}


def test_constants_do_not_leave_an_isolated_region() -> None:
    text, _ = _run(
        """
        func.func @f() -> i32 {
          %a = arith.constant 7 : i32
          return %a : i32
        }
        func.func @g() -> i32 {
          %a = arith.constant 7 : i32
          return %a : i32
        }
        """,
        {},
    )
    assert text.count("arith.constant 7") == 2


def test_a_chain_of_dead_ops_goes_in_one_run() -> None:
    lines = "\n".join(f"%v{i + 1} = arith.addi %v{i}, %v{i} : i32" for i in range(50))
    text, counts = _run(f"func.func @f(%v0: i32) {{\n{lines}\nreturn\n}}", {})
    assert "arith" not in text
    assert counts == {"dead": 50}


def test_tables_are_merged_in_order_per_class() -> None:
    def first(op, rewriter) -> bool:
        return False

    def second(op, rewriter) -> bool:
        return False

    assert dict(Merged({arith.AddI: [first]}, {arith.AddI: [second], arith.SubI: [first]})) == {
        arith.AddI: [first, second],
        arith.SubI: [first],
    }


@pytest.mark.parametrize("size", [0, 1])
def test_an_empty_root_is_left(size: int) -> None:
    assert _run("func.func private @f()\n" * size, CANONICAL)[1] == {}
