"""What the reference shows of a declaration."""

from __future__ import annotations

import sys

import pytest

from docs.generate.examples import examples, prose
from docs.generate.rules import text_of
from docs.generate.source import definition, expression, helpers
from docs.generate.syntax import syntax
from irc.ods.op import Op
from irc.ods.registry import lookup_op
from irc.rewrite.pattern import ops, variables


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("nd.add", "%result = nd.add %lhs, %rhs (into %into)? attr-dict : type(%result)"),
        ("nd.reshape", "%result = nd.reshape %x ((%dims...))? attr-dict : type(%x) -> type(%result)"),
        (
            "nd.slice",
            "%result = nd.slice %x ranges($starts, $limits, $strides) (into %into)? attr-dict"
            " : type(%x) -> type(%result)",
        ),
        ("arith.addf", "%result = arith.addf %lhs, %rhs (fastmath<$fastmath>)? attr-dict : type(%result)"),
        (
            "func.call",
            "%outputs... = func.call $callee(%inputs...) attr-dict : (type(%inputs...)) -> type(%outputs...)",
        ),
        (
            "bufferization.to_tensor",
            "%result = bufferization.to_tensor %memref (restrict)? (writable)? attr-dict : type(%memref)",
        ),
        ("index.cmp", "%result = index.cmp $pred(%lhs, %rhs) attr-dict"),
        ("llvm.extractvalue", "%res = llvm.extractvalue %container[$position] attr-dict : type(%container)"),
        (
            "llvm.intr.memset",
            '"llvm.intr.memset"(%dst, %val, %len) <{isVolatile = $isVolatile}> : (type(%dst), type(%val), type(%len)) -> ()',
        ),
        ("scf.for", None),
    ],
)
def test_syntax(name: str, line: str | None) -> None:
    assert syntax(lookup_op(name)) == line


class Shared(Op):
    """A base.

    %y = {op} %x : f32
    """


class Own(Shared, name="docstest.own"):
    """A sentence.

    More of it, with `docstest.own` in it.

    %a, %b = docstest.own %x : i32
    """


class Inheriting(Shared, name="docstest.inheriting"):
    """A sentence."""


def test_an_example_is_the_ops_own_or_that_of_its_base() -> None:
    assert examples(Own) == ["%a, %b = docstest.own %x : i32"]
    assert prose(Own) == ["A sentence.", "More of it, with `docstest.own` in it."]
    assert examples(Inheriting) == ["%y = docstest.inheriting %x : f32"]


def test_sides_of_rules() -> None:
    nd = ops("nd")
    x, a = variables("x a")
    rule = nd.negative(nd.sum(x, axes=a)) >> nd.add(x, -0.0)
    assert text_of(rule.left) == "nd.negative(nd.sum(x, axes=a))"
    assert text_of(rule.right) == "nd.add(x, -0.0)"


def named(x: int) -> int:
    """Helps."""
    return x + used(x)


def used(x: int) -> int:
    return x


FORMULAS = (lambda x: x + 1, lambda x: x * sum(y + 1 for y in (x,)), lambda x: -1, lambda y: named(y))


def test_formulas_are_told_apart_on_one_line() -> None:
    assert [expression(formula) for formula in FORMULAS] == [
        "x + 1",
        "x * sum((y + 1 for y in (x,)))",
        "-1",
        "named(y)",
    ]
    assert expression(named) == "named(x)"


def test_helpers_come_with_what_they_use() -> None:
    assert helpers([FORMULAS[3]], sys.modules[__name__]) == [named, used]
    assert definition(used) == "def used(x: int) -> int:\n    return x\n"
