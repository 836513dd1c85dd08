"""The builder inserts at a point, and gives its location to operations that have none."""

from __future__ import annotations

from unit.ir.build import block, names, op

from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.location import FileLineColLoc

HERE = FileLineColLoc("f", 1, 2)
THERE = FileLineColLoc("f", 3, 4)


def test_ops_are_inserted_in_order_at_the_end() -> None:
    where = block(op("a"))
    builder = Builder(InsertPoint.at_end(where))
    builder.insert(op("b"))
    builder.insert(op("c"))
    assert names(where) == "a b c"


def test_ops_are_inserted_in_order_at_the_start() -> None:
    where = block(op("z"))
    builder = Builder(InsertPoint.at_start(where))
    builder.insert(op("a"))
    builder.insert(op("b"))
    assert names(where) == "a b z"


def test_before_and_after_an_op() -> None:
    middle = op("m")
    where = block(middle, op("z"))
    Builder(InsertPoint.before(middle)).insert(op("before"))
    Builder(InsertPoint.after(middle)).insert(op("after"))
    assert names(where) == "before m after z"


def test_after_the_last_op_is_the_end() -> None:
    last = op("last")
    where = block(last)
    Builder(InsertPoint.after(last)).insert(op("new"))
    assert names(where) == "last new"


def test_insert_returns_the_op() -> None:
    new = op("new")
    assert Builder(InsertPoint.at_end(Block())).insert(new) is new


def test_an_op_without_a_location_gets_the_builders() -> None:
    builder = Builder(InsertPoint.at_end(Block()), HERE)
    assert builder.insert(op("a")).location is HERE
    assert builder.insert(op("b", location=THERE)).location is THERE


def test_the_location_changes_for_a_while() -> None:
    builder = Builder(InsertPoint.at_end(Block()), HERE)
    with builder.located(THERE):
        assert builder.insert(op("a")).location is THERE
    assert builder.insert(op("b")).location is HERE


def test_the_point_changes_for_a_while() -> None:
    here, there = Block(), Block()
    builder = Builder(InsertPoint.at_end(here))
    with builder.at(InsertPoint.at_end(there)):
        builder.insert(op("a"))
    builder.insert(op("b"))
    assert (names(here), names(there)) == ("b", "a")
