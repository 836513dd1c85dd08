"""Rules as data: what patterns match, what they build, and which rule sets are refused."""

from __future__ import annotations

import pytest

from irc.ir.attributes import DenseArrayAttr, StringAttr
from irc.ir.location import FileLineColLoc, FusedLoc
from irc.passes.canonicalize import Canonicalize
from irc.rewrite.constants import materialize
from irc.rewrite.greedy import GreedyDriver
from irc.rewrite.pattern import ops, variables
from irc.rewrite.rules import RuleSet
from irc.text.parser import parse_module
from irc.text.printer import print_op

nd, arith = ops("nd"), ops("arith")
x, y, a = variables("x y a")


def _apply(rules: RuleSet, body: str, arguments: str = "%x: tensor<4xf32>, %y: tensor<4xf32>") -> tuple[str, dict]:
    """The body after the rules, and how often each was applied. The function returns `%r : tensor<4xf32>`."""
    text = f"func.func @f({arguments}) -> tensor<4xf32> {{\n{body}\nreturn %r : tensor<4xf32>\n}}"
    module = parse_module(text, "test.mlir")
    driver = GreedyDriver(module, rules.patterns, materialize, "test")
    driver.run()
    return print_op(module), driver.counts


def test_a_number_matches_a_splat_in_either_position() -> None:
    rules = RuleSet(multiply_one=nd.multiply(1, x) >> x)
    for operands in ("%x, %c", "%c, %x"):
        text, counts = _apply(
            rules, f"%c = nd.constant dense<1.0> : tensor<4xf32>\n%r = nd.multiply {operands} : tensor<4xf32>"
        )
        assert "return %arg0" in text
        assert counts["multiply_one"] == 1


def test_a_number_does_not_match_a_constant_of_several_values() -> None:
    rules = RuleSet(multiply_one=nd.multiply(x, 1) >> x)
    text, _ = _apply(
        rules, "%c = nd.constant dense<[1.0, 1.0, 1.0, 2.0]> : tensor<4xf32>\n%r = nd.multiply %x, %c : tensor<4xf32>"
    )
    assert "nd.multiply" in text


@pytest.mark.parametrize(("zero", "matches"), [("0.0", False), ("-0.0", True)])
def test_the_sign_of_a_zero_counts(zero: str, matches: bool) -> None:
    rules = RuleSet(add_zero=nd.add(x, -0.0) >> x)
    _, counts = _apply(rules, f"%c = nd.constant dense<{zero}> : tensor<4xf32>\n%r = nd.add %x, %c : tensor<4xf32>")
    assert ("add_zero" in counts) is matches


def test_a_variable_twice_wants_the_same_value() -> None:
    rules = RuleSet(maximum_same=nd.maximum(x, x) >> x)
    assert _apply(rules, "%r = nd.maximum %x, %x : tensor<4xf32>")[1] == {"maximum_same": 1}
    assert _apply(rules, "%r = nd.maximum %x, %y : tensor<4xf32>")[1] == {}


def test_a_commutative_op_matches_both_ways_round() -> None:
    rules = RuleSet(add_negative=nd.add(x, nd.negative(y)) >> nd.subtract(x, y))
    for operands in ("%x, %n", "%n, %x"):
        text, _ = _apply(rules, f"%n = nd.negative %y : tensor<4xf32>\n%r = nd.add {operands} : tensor<4xf32>")
        assert "nd.subtract %arg0, %arg1" in text


def test_the_first_rule_that_matches_wins() -> None:
    rules = RuleSet(special=nd.multiply(x, 1) >> x, general=nd.multiply(x, y) >> nd.add(x, y))
    body = "%c = nd.constant dense<1.0> : tensor<4xf32>\n%r = nd.multiply %x, %c : tensor<4xf32>"
    assert "special" in _apply(rules, body)[1]
    assert "general" in _apply(rules, "%r = nd.multiply %x, %y : tensor<4xf32>")[1]


def test_a_rule_that_declines_leaves_the_next_its_turn() -> None:
    rules = RuleSet(
        never=(nd.multiply(x, y) >> x).when(lambda x: False),
        declines=nd.multiply(x, y) >> (lambda x: None),
        applies=nd.multiply(x, y) >> y,
    )
    assert _apply(rules, "%r = nd.multiply %x, %y : tensor<4xf32>")[1] == {"applies": 1}


def test_an_op_with_a_destination_is_left_alone() -> None:
    rules = RuleSet(maximum_same=nd.maximum(x, x) >> x, inner=nd.abs(nd.abs(x)) >> nd.abs(x))
    body = """
      %s = nd.allocate() : tensor<4xf32>
      %t = nd.allocate() : tensor<4xf32>
      %m = nd.maximum %x, %x into %s : tensor<4xf32>
      %i = nd.abs %m into %t : tensor<4xf32>
      %r = nd.abs %i : tensor<4xf32>"""
    assert _apply(rules, body)[1] == {}


AXES = "%x: tensor<2x4xf32>, %y: tensor<2x4xf32>"


def test_an_attribute_is_bound_by_a_variable_and_passed_on() -> None:
    rules = RuleSet(sum_negative=nd.sum(nd.negative(x), axes=a) >> nd.negative(nd.sum(x, axes=a)))
    text, _ = _apply(
        rules,
        "%n = nd.negative %x : tensor<2x4xf32>\n%r = nd.sum %n axes = [0] : tensor<2x4xf32> -> tensor<4xf32>",
        AXES,
    )
    assert "nd.sum %arg0 axes = [0]" in text
    assert "nd.negative %0 : tensor<4xf32>" in text


def test_an_attribute_is_copied_from_a_root_of_the_same_class() -> None:
    rules = RuleSet(sum_twice_negated=nd.sum(nd.negative(nd.negative(x))) >> nd.sum(x))
    body = """
      %m = nd.negative %x : tensor<2x4xf32>
      %n = nd.negative %m : tensor<2x4xf32>
      %r = nd.sum %n axes = [0] : tensor<2x4xf32> -> tensor<4xf32>"""
    assert "nd.sum %arg0 axes = [0]" in _apply(rules, body, AXES)[0]


def test_a_given_attribute_must_be_the_same() -> None:
    body = "%r = nd.sum %x axes = [0] : tensor<2x4xf32> -> tensor<4xf32>"
    for axis, matches in ((0, True), (1, False)):
        axes = DenseArrayAttr.i64((axis,))
        rules = RuleSet(found=nd.sum(x, axes=axes) >> (lambda rewriter, op: op.results[0]))
        guarded = rules.patterns[nd.sum(x).cls][0]
        module = parse_module(
            f"func.func @f({AXES}) -> tensor<4xf32> {{\n{body}\nreturn %r : tensor<4xf32>\n}}", "test.mlir"
        )
        (op,) = [op for op in module.walk() if op.name == "nd.sum"]
        calls: list[object] = []

        class Recorder:
            def replace(self, op, values, calls=calls) -> None:
                calls.append(op)

        assert (guarded(op, Recorder()) == "found") is matches  # type: ignore[arg-type] # only replace is called
        assert bool(calls) is matches


def test_a_shadowed_rule_is_refused() -> None:
    with pytest.raises(TypeError, match="rule 'special' can never apply: 'general' comes first"):
        RuleSet(general=nd.multiply(x, y) >> x, special=nd.multiply(x, 1) >> x)
    with pytest.raises(TypeError, match="'two' can never apply"):
        RuleSet(one=nd.add(x, nd.negative(y)) >> nd.subtract(x, y), two=nd.add(nd.negative(x), y) >> x)


def test_a_rule_after_a_guarded_one_is_not_shadowed() -> None:
    RuleSet(general=(nd.multiply(x, y) >> x).when(lambda x: True), special=nd.multiply(x, 1) >> x)


def test_a_right_side_with_an_unknown_variable_is_refused() -> None:
    with pytest.raises(TypeError, match="rule 'bad': 'y' is not bound by the left side"):
        RuleSet(bad=nd.negative(x) >> y)


def test_an_unknown_attribute_is_refused() -> None:
    with pytest.raises(TypeError, match=r"'nd\.sum' has no attribute 'axis'"):
        RuleSet(bad=nd.sum(x, axis=a) >> x)


def test_an_unknown_op_is_an_error_where_it_is_written() -> None:
    with pytest.raises(AttributeError, match=r"no op 'nd\.multipy'"):
        nd.multipy(x, 1)


def test_a_marked_rule_states_its_domain() -> None:
    rule = (nd.log(nd.exp(x)) >> x).marked("x is small")
    assert rule.domain == "x is small"
    assert (nd.negative(x) >> x).domain == ""


def test_derived_ops_name_the_pass_and_the_line() -> None:
    rules = RuleSet(square=nd.pow(x, 2) >> nd.multiply(x, x))
    module = parse_module(
        "func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {\n%c = nd.constant dense<2.0> : tensor<4xf32>\n"
        "%r = nd.pow %x, %c : tensor<4xf32>\nreturn %r : tensor<4xf32>\n}",
        "test.mlir",
    )
    GreedyDriver(module, rules.patterns, materialize, Canonicalize.name).run()
    (product,) = [op for op in module.walk() if op.name == "nd.multiply"]
    assert product.location == FusedLoc((FileLineColLoc("test.mlir", 3, 6),), StringAttr("canonicalize"))
