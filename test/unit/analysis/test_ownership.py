"""Storage that was given away with `into` is not used afterwards: each way to misuse it, and what is no misuse."""

from __future__ import annotations

import pytest

from irc.analysis.ownership import check_ownership
from irc.ir.verifier import verify
from irc.text.parser import parse_module

T = "tensor<4xf32>"
GIVEN_AWAY = "use of storage after it was given away"

HEAD = """func.func @f(%x: tensor<4xf32>, %s: tensor<4xf32>, %c: i1, %n: index) -> tensor<4xf32> {
%c0 = arith.constant 0 : index
%c1 = arith.constant 1 : index
"""
HEAD_LINES = HEAD.count("\n")


def misuses(body: str) -> list[str]:
    """The problems of a function body: `line: message`, the lines counted from the start of the body."""
    module = parse_module(f"{HEAD}{body.strip()}\n}}", "t")
    assert verify(module) == []
    return [f"{next(p.location.files()).line - HEAD_LINES}: {p.message}" for p in check_ownership(module)]


RIGHT = {
    "the result is the storage": """
      %y = nd.add %x, %x into %s : tensor<4xf32>
      return %y : tensor<4xf32>""",
    "reading it before": """
      %y = nd.sin %s : tensor<4xf32>
      %z = nd.add %y, %x into %s : tensor<4xf32>
      return %z : tensor<4xf32>""",
    "an elementwise op that reads what it writes": """
      %y = nd.add %s, %x into %s : tensor<4xf32>
      return %y : tensor<4xf32>""",
    "handing the result on": """
      %y = nd.add %x, %x into %s : tensor<4xf32>
      %z = nd.multiply %y, %x into %y : tensor<4xf32>
      return %z : tensor<4xf32>""",
    "another use in the other branch": """
      %y = scf.if %c -> (tensor<4xf32>) {
        %z = nd.add %x, %x into %s : tensor<4xf32>
        scf.yield %z : tensor<4xf32>
      } else {
        %z = nd.sin %s : tensor<4xf32>
        scf.yield %z : tensor<4xf32>
      }
      return %y : tensor<4xf32>""",
    "a loop that carries it": """
      %y = scf.for %i = %c0 to %n step %c1 iter_args(%a = %s) -> (tensor<4xf32>) {
        %z = nd.add %a, %x into %a : tensor<4xf32>
        scf.yield %z : tensor<4xf32>
      }
      return %y : tensor<4xf32>""",
    "a loop that makes its own": """
      %y = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<4xf32>) {
        %own = nd.allocate() : tensor<4xf32>
        %z = nd.add %a, %x into %own : tensor<4xf32>
        scf.yield %z : tensor<4xf32>
      }
      return %y : tensor<4xf32>""",
    "another use in a block that control does not reach from here": """
        cf.cond_br %c, ^one, ^two
      ^one:
        %y = nd.add %x, %x into %s : tensor<4xf32>
        return %y : tensor<4xf32>
      ^two:
        return %s : tensor<4xf32>""",
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right(case: str) -> None:
    assert misuses(RIGHT[case]) == []


WRONG = {
    "reading it afterwards": (
        """
      %y = nd.add %x, %x into %s : tensor<4xf32>
      %z = nd.sin %s : tensor<4xf32>
      return %z : tensor<4xf32>""",
        [f"2: {GIVEN_AWAY}"],
    ),
    "returning it": (
        """
      %y = nd.add %x, %x into %s : tensor<4xf32>
      return %s : tensor<4xf32>""",
        [f"2: {GIVEN_AWAY}"],
    ),
    "giving it away twice": (
        """
      %y = nd.add %x, %x into %s : tensor<4xf32>
      %z = nd.sin %x into %s : tensor<4xf32>
      return %y : tensor<4xf32>""",
        [f"2: {GIVEN_AWAY}"],
    ),
    "reading it in a region afterwards": (
        """
      %y = nd.add %x, %x into %s : tensor<4xf32>
      scf.if %c {
        %z = nd.sin %s : tensor<4xf32>
      }
      return %y : tensor<4xf32>""",
        [f"3: {GIVEN_AWAY}"],
    ),
    "giving it away in one branch and reading it behind": (
        """
      scf.if %c {
        %y = nd.add %x, %x into %s : tensor<4xf32>
      }
      return %s : tensor<4xf32>""",
        [f"4: {GIVEN_AWAY}"],
    ),
    "reading it in a block that follows": (
        """
        %y = nd.add %x, %x into %s : tensor<4xf32>
        cf.br ^next
      ^next:
        return %s : tensor<4xf32>""",
        [f"4: {GIVEN_AWAY}"],
    ),
    "reading it under another name": (
        """
      %r = nd.reshape %s : tensor<4xf32> -> tensor<2x2xf32>
      %y = nd.add %x, %x into %s : tensor<4xf32>
      %z = nd.sin %r : tensor<2x2xf32>
      return %y : tensor<4xf32>""",
        [f"3: {GIVEN_AWAY}"],
    ),
    "giving it away under another name": (
        """
      %r = nd.reshape %s : tensor<4xf32> -> tensor<2x2xf32>
      %o = nd.reshape %x : tensor<4xf32> -> tensor<2x2xf32>
      %y = nd.sin %o into %r : tensor<2x2xf32>
      return %s : tensor<4xf32>""",
        [f"4: {GIVEN_AWAY}"],
    ),
    "giving it away again in the next iteration": (
        """
      scf.for %i = %c0 to %n step %c1 {
        %y = nd.add %x, %x into %s : tensor<4xf32>
      }
      return %x : tensor<4xf32>""",
        ["2: 'nd.add' op gives storage away in every iteration of a loop that does not carry it"],
    ),
    "giving it away again through a branch back": (
        """
        cf.br ^loop
      ^loop:
        %y = nd.add %x, %x into %s : tensor<4xf32>
        cf.cond_br %c, ^loop, ^end
      ^end:
        return %y : tensor<4xf32>""",
        ["3: 'nd.add' op gives storage away in every iteration of a loop that does not carry it"],
    ),
    "reading what is written, out of order": (
        """
      %m = arith.constant dense<1.0> : tensor<4x4xf32>
      %y = nd.matmul %m, %s into %s : tensor<4x4xf32>, tensor<4xf32> -> tensor<4xf32>
      return %y : tensor<4xf32>""",
        ["2: 'nd.matmul' op reads the storage that it writes; only elementwise operations may"],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong(case: str) -> None:
    body, expected = WRONG[case]
    assert misuses(body) == expected


def test_the_note_says_where_it_was_given_away() -> None:
    body = "%y = nd.add %x, %x into %s : tensor<4xf32>\nreturn %s : tensor<4xf32>"
    (problem,) = check_ownership(parse_module(f"{HEAD}{body}\n}}", "t"))
    (note,) = problem.notes
    assert note.message == "the storage was given away here"
    assert next(note.location.files()).line == HEAD_LINES + 1
