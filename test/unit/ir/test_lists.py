"""Blocks hold operations and regions hold blocks: inserting, erasing, moving, splitting."""

from __future__ import annotations

import pytest
from unit.ir.build import block, names, op, value

from irc.ir.block import Block
from irc.ir.region import Region
from irc.ir.types import f32, i32


def test_ops_are_in_order_of_insertion() -> None:
    a, b, c = op("a"), op("b"), op("c")
    where = block(a, c)
    where.insert_before(b, c)
    assert names(where) == "a b c"
    assert names(list(reversed(where))) == "c b a"
    assert (where.first, where.last, len(where)) == (a, c, 3)


def test_inserting_before_nothing_appends() -> None:
    where = block(op("a"))
    where.insert_before(op("b"), None)
    assert names(where) == "a b"


def test_inserting_before_the_first_makes_it_the_first() -> None:
    first = op("b")
    where = block(first)
    where.insert_before(op("a"), first)
    assert names(where) == "a b"


def test_an_op_is_in_one_block_only() -> None:
    a = op("a")
    block(a)
    with pytest.raises(AssertionError, match="already in a list"):
        Block().append(a)


def test_an_op_cannot_be_removed_from_another_block() -> None:
    a = op("a")
    block(a)
    with pytest.raises(AssertionError, match="in another list"):
        Block().remove(a)


def test_the_neighbours_of_a_removed_op_meet() -> None:
    a, b, c = op("a"), op("b"), op("c")
    where = block(a, b, c)
    b.detach()
    assert (a.next, c.prev) == (c, a)
    assert (b.parent, b.prev, b.next) == (None, None, None)
    assert names(where) == "a c"


def test_a_block_can_be_emptied() -> None:
    a = op("a")
    where = block(a)
    a.erase()
    assert (where.first, where.last, len(where)) == (None, None, 0)


def test_an_empty_block_is_still_true() -> None:
    assert Block()


def test_the_op_just_met_may_be_erased() -> None:
    where = block(op("a"), op("b"), op("c"))
    for each in where:
        each.erase()
    assert len(where) == 0


def test_moving_takes_an_op_out_of_its_old_block() -> None:
    a, b = op("a"), op("b")
    source, target = block(a), block(b)
    a.move_before(b)
    assert names(source) == ""
    assert names(target) == "a b"
    assert a.parent is target


def test_order_in_a_block_survives_changes() -> None:
    a, b, c = op("a"), op("b"), op("c")
    where = block(a, c)
    assert a.is_before_in_block(c)
    where.insert_before(b, a)
    assert b.is_before_in_block(a)
    c.move_before(b)
    assert c.is_before_in_block(b)
    assert not a.is_before_in_block(a)


def test_splitting_moves_the_rest_to_a_block_that_follows() -> None:
    a, b, c = op("a"), op("b"), op("c")
    head, behind = block(a, b, c), Block()
    region = Region(head, behind)
    tail = head.split_before(b)
    assert (names(head), names(tail)) == ("a", "b c")
    assert list(region) == [head, tail, behind]
    assert b.parent is tail


def test_splitting_keeps_the_branch_at_the_end() -> None:
    target = Block()
    a, branch = op("a"), op("branch", to=[target])
    head = block(a, branch)
    Region(head, target)
    tail = head.split_before(a)
    assert target.predecessors == {branch: 1}
    assert branch.parent is tail


def test_the_first_block_is_the_entry() -> None:
    first, second = Block(), Block()
    region = Region(second)
    region.insert_before(first, second)
    assert region.entry is first
    assert first.is_entry
    assert not second.is_entry


def test_the_only_block_must_be_the_only_one() -> None:
    with pytest.raises(AssertionError):
        _ = Region(Block(), Block()).block


def test_blocks_move_between_regions() -> None:
    source, target = Region(Block(), Block()), Region(Block())
    moved = list(source)
    target.take_blocks(source)
    assert source.is_empty
    assert list(target)[1:] == moved
    assert moved[0].parent is target


def test_erasing_a_block_drops_the_uses_in_it() -> None:
    x = value()
    doomed = block(value("inner"), op("use", x.result))
    op("use", doomed.terminator.operands[0])
    region = Region(block(x), doomed)
    doomed.erase()
    assert names(list(x.result.users)) == "use"
    assert len(region) == 1


def test_arguments_are_numbered_in_order() -> None:
    where = Block([i32])
    last = where.add_argument(i32)
    first = where.insert_argument(0, f32)
    assert [argument.index for argument in where.arguments] == [0, 1, 2]
    assert (where.arguments[0], where.arguments[2]) == (first, last)


def test_erasing_an_argument_renumbers_the_rest() -> None:
    where = Block([i32, f32])
    where.erase_argument(0)
    assert [(argument.index, argument.type) for argument in where.arguments] == [(0, f32)]


def test_an_argument_with_users_cannot_be_erased() -> None:
    where = Block([i32])
    where.append(op("use", where.arguments[0]))
    with pytest.raises(AssertionError, match="still has users"):
        where.erase_argument(0)


def test_regions_know_what_is_inside_them() -> None:
    inner = op("inner", blocks=[Block()])
    outer = op("outer", blocks=[block(inner)])
    (outer_region,), (inner_region,) = outer.regions, inner.regions
    assert outer_region.is_ancestor_of(inner_region)
    assert outer_region.is_ancestor_of(outer_region)
    assert not inner_region.is_ancestor_of(outer_region)
    assert outer.is_ancestor_of(inner)
    assert list(inner.ancestors()) == [outer]
