"""Walking visits an operation, then what is inside it, in the order of the text."""

from __future__ import annotations

from unit.ir.build import block, names, op


def _tree():
    """`root { a { b, c } d }, { e }`, the last in a block of its own."""
    a = op("a", blocks=[block(op("b"), op("c"))])
    return op("root", blocks=[block(a, op("d")), block(op("e"))])


def test_parents_come_before_what_they_hold() -> None:
    assert names(_tree().walk()) == "root a b c d e"


def test_nested_ops_are_those_one_level_down() -> None:
    assert names(_tree().nested_ops()) == "a d e"


def test_a_leaf_is_walked_alone() -> None:
    assert names(op("leaf").walk()) == "leaf"


def test_the_op_just_met_may_be_erased_with_all_that_is_in_it() -> None:
    root, met = _tree(), []
    for each in root.walk():
        met.append(each)
        if each.name == "test.a":
            each.erase()
    assert names(met) == "root a d e"
    assert names(root.walk()) == "root d e"


def test_an_op_inserted_behind_the_one_just_met_is_not_missed() -> None:
    root, met = _tree(), []
    for each in root.walk():
        met.append(each)
        if each.name == "test.b":
            assert each.parent is not None
            each.parent.append(op("new"))
    assert names(met) == "root a b c new d e"


def test_deep_nesting_needs_no_deep_stack() -> None:
    inner = op("leaf")
    for _ in range(5000):
        inner = op("level", blocks=[block(inner)])
    assert sum(1 for _ in inner.walk()) == 5001
