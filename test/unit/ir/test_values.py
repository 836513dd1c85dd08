"""Values know their users: an operand set, replaced or dropped keeps both sides right."""

from __future__ import annotations

import pytest
from unit.ir.build import block, op, value

from irc.ir.block import Block
from irc.ir.types import i32


def test_an_operand_makes_its_op_a_user() -> None:
    x = value().result
    user = op("use", x)
    assert x.users == {user: 1}
    assert x.has_one_use


def test_using_a_value_twice_counts_twice() -> None:
    x = value().result
    user = op("use", x, x)
    assert x.users == {user: 2}
    assert not x.has_one_use


def test_replacing_one_of_two_uses_leaves_one() -> None:
    x, y = value().result, value().result
    user = op("use", x, x)
    user.set_operand(1, y)
    assert user.operands == (x, y)
    assert x.users == {user: 1}
    assert y.users == {user: 1}


def test_replacing_all_uses_changes_every_operand_of_every_user() -> None:
    x, y = value().result, value().result
    first, second = op("first", x, x), op("second", y, x)
    x.replace_all_uses_with(y)
    assert first.operands == (y, y)
    assert second.operands == (y, y)
    assert x.users == {}
    assert y.users == {first: 2, second: 2}


def test_a_value_replaced_by_itself_stays_used() -> None:
    x = value().result
    user = op("use", x)
    x.replace_all_uses_with(x)
    assert x.users == {user: 1}


def test_users_are_in_order_of_first_use() -> None:
    x = value().result
    users = [op(name, x) for name in "abc"]
    assert list(x.users) == users


def test_an_erased_op_uses_nothing() -> None:
    x = value()
    user = op("use", x.result)
    block(x, user)
    user.erase()
    assert x.result.users == {}
    assert user.parent is None


def test_erasing_an_op_erases_the_uses_inside_it() -> None:
    x = value()
    outer = op("outer", blocks=[block(op("use", x.result))])
    block(x, outer)
    outer.erase()
    assert x.result.users == {}


def test_an_op_with_users_cannot_be_erased() -> None:
    x = value()
    block(x, op("use", x.result))
    with pytest.raises(AssertionError, match=r"'test.value' op still has users"):
        x.erase()


def test_replacing_an_op_needs_a_value_for_each_result() -> None:
    x = op("two", results=[i32, i32])
    with pytest.raises(ValueError, match="zip"):
        x.replace_all_uses_with([value().result])


def test_replacing_an_op_erases_it() -> None:
    old, new = value(), value()
    user = op("use", old.result)
    where = block(new, old, user)
    old.replace_with(new.results)
    assert list(where) == [new, user]
    assert user.operands == new.results


def test_successors_know_their_predecessors() -> None:
    target, other = Block(), Block()
    branch = op("branch", to=[target, target])
    assert target.predecessors == {branch: 2}
    branch.successors = (target, other)
    assert target.predecessors == {branch: 1}
    assert other.predecessors == {branch: 1}
    branch.drop_uses_and_erase()
    assert target.predecessors == {}


def test_a_value_knows_where_it_comes_from() -> None:
    x = value()
    where = block(x, arguments=[i32])
    assert x.result.defining_op is x
    assert x.result.parent_block is where
    assert where.arguments[0].defining_op is None
    assert where.arguments[0].parent_block is where


def test_result_is_the_only_result() -> None:
    with pytest.raises(ValueError, match="too many values"):
        _ = op("two", results=[i32, i32]).result
