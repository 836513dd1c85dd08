"""Whether a value may still be read once an operation has run: order, branches, loops, graphs of blocks."""

from __future__ import annotations

import pytest

from irc.analysis.liveness import is_live_after, is_used_inside, outermost_loop
from irc.text.parser import parse_module


def names(text: str):
    """The operations of a text whose `name` is their discardable attribute `n`."""
    module = parse_module(text, allow_unregistered=True)
    return {op.get_attribute("n").value: op for op in module.walk() if op.get_attribute("n") is not None}


STRAIGHT = """
  %x = "test.def"() {n = "x"} : () -> tensor<?xf32>
  "test.use"(%x) {n = "first"} : (tensor<?xf32>) -> ()
  "test.use"() {n = "between"} : () -> ()
  "test.use"(%x) {n = "last"} : (tensor<?xf32>) -> ()
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?xf32>
"""

BRANCHES = """
func.func @f(%c: i1) {
  %x = "test.def"() {n = "x"} : () -> f32
  scf.if %c {
    "test.use"(%x) {n = "then"} : (f32) -> ()
  } else {
    "test.use"(%x) {n = "else"} : (f32) -> ()
  } {n = "if"}
  return
}"""

LOOP = """
func.func @f(%a: index) {
  %x = "test.def"() {n = "x"} : () -> f32
  "test.use"() {n = "before"} : () -> ()
  scf.for %i = %a to %a step %a {
    "test.use"(%x) {n = "early"} : (f32) -> ()
    %own = "test.def"() {n = "own"} : () -> f32
    "test.use"(%own) {n = "late"} : (f32) -> ()
  } {n = "for"}
  "test.use"() {n = "after"} : () -> ()
  return
}"""

BLOCKS = """
func.func @f() {
  %x = "test.def"() {n = "x"} : () -> f32
  "test.use"() {n = "here"} : () -> ()
  cf.br ^b
^b:
  "test.use"(%x) {n = "there"} : (f32) -> ()
  "test.use"() {n = "end"} : () -> ()
  return
}"""

CYCLE = """
func.func @f(%c: i1) {
  %x = "test.def"() {n = "x"} : () -> f32
  cf.br ^loop
^loop:
  "test.use"(%x) {n = "early"} : (f32) -> ()
  scf.if %c {
    "test.use"() {n = "nested"} : () -> ()
  }
  %own = "test.def"() {n = "own"} : () -> f32
  "test.use"(%own) {n = "late"} : (f32) -> ()
  cf.cond_br %c, ^loop, ^end
^end:
  "test.use"() {n = "out"} : () -> ()
  return
}"""


@pytest.mark.parametrize(
    ("text", "value", "after", "live"),
    [
        (STRAIGHT, "x", "first", True),
        (STRAIGHT, "x", "between", True),
        (STRAIGHT, "x", "last", False),  # reading the size needs no elements
        (BRANCHES, "x", "then", False),
        (BRANCHES, "x", "else", False),
        (BRANCHES, "x", "if", False),
        (LOOP, "x", "before", True),
        (LOOP, "x", "early", True),  # in the next iteration
        (LOOP, "x", "late", True),
        (LOOP, "own", "late", False),
        (LOOP, "x", "for", False),
        (LOOP, "x", "after", False),
        (BLOCKS, "x", "here", True),
        (BLOCKS, "x", "end", False),
        (CYCLE, "x", "early", True),  # when the branch comes back
        (CYCLE, "x", "late", True),
        (CYCLE, "x", "nested", True),
        (CYCLE, "own", "late", False),
        (CYCLE, "x", "out", True),  # any other block counts as later
    ],
)
def test_liveness(text: str, value: str, after: str, live: bool) -> None:
    found = names(text)
    assert is_live_after(found[value].results[0], found[after]) is live


def test_use_inside_an_operation() -> None:
    found = names(LOOP)
    assert is_used_inside(found["x"].results[0], found["for"])
    assert not is_used_inside(found["x"].results[0], found["early"])


def test_the_outermost_loop_around_an_operation_within_a_block() -> None:
    found = names(LOOP)
    assert outermost_loop(found["early"], found["x"].parent) is found["for"]
    assert outermost_loop(found["early"], found["own"].parent) is None
    assert outermost_loop(found["after"], found["x"].parent) is None
