"""A clone is a copy whose values, blocks and regions are its own; everything from outside is shared or mapped."""

from __future__ import annotations

from unit.ir.build import block, op, value

from irc.ir.block import Block
from irc.ir.cloning import IRMapping, clone, clone_region_into
from irc.ir.location import FileLineColLoc
from irc.ir.operation import UnregisteredOp
from irc.ir.region import Region
from irc.ir.types import i32
from irc.text.parser import parse_module
from irc.text.printer import print_op


def test_the_copy_is_detached_and_alike() -> None:
    where = FileLineColLoc("f", 1, 1)
    original = op("a", results=[i32], location=where)
    block(original)
    copy = clone(original)
    assert copy.parent is None
    assert (copy.name, copy.location, copy.result.type) == ("test.a", where, i32)


def test_operands_from_outside_are_shared() -> None:
    x = value().result
    copy = clone(op("use", x))
    assert copy.operands == (x,)
    assert x.users[copy] == 1


def test_operands_are_mapped() -> None:
    x, y = value().result, value().result
    assert clone(op("use", x), IRMapping({x: y})).operands == (y,)


def test_results_are_recorded() -> None:
    original, mapping = value(), IRMapping()
    copy = clone(original, mapping)
    assert mapping[original.result] is copy.result


def test_uses_inside_follow_the_copies() -> None:
    inside = Block([i32])
    inner = value("inner", inside.arguments[0])
    inside.append(inner)
    inside.append(op("use", inner.result))
    copy = clone(op("outer", blocks=[inside]))
    new = copy.regions[0].entry
    assert new is not inside
    assert new.first is not None
    assert new.first.operands == (new.arguments[0],)
    assert new.terminator.operands == new.first.results


def test_branches_go_to_the_copied_blocks() -> None:
    target = block(op("end"))
    original = op("outer", blocks=[block(op("branch", to=[target])), target])
    first, second = clone(original).regions[0]
    assert first.terminator.successors == (second,)
    assert second.predecessors == {first.terminator: 1}
    assert len(target.predecessors) == 1


def test_a_value_used_before_its_definition_in_another_block() -> None:
    late = value("late")
    defines, uses = block(late), block(op("use", late.result))
    copied_uses, copied_defines = clone(op("outer", blocks=[uses, defines])).regions[0]
    assert copied_uses.terminator.operands == copied_defines.terminator.results


def test_a_value_used_before_its_definition_from_a_nested_region() -> None:
    late = value("late")
    nested = op("nested", blocks=[block(op("use", late.result))])
    copied_uses, copied_defines = clone(op("outer", blocks=[block(nested), block(late)])).regions[0]
    use = copied_uses.terminator.regions[0].entry.terminator
    assert use.operands == copied_defines.terminator.results
    assert len(late.result.users) == 1


def test_properties_and_attributes_are_kept() -> None:
    text = '%0 = "test.a"() <{p = 1 : i32}> {d = "x"} : () -> i32'
    original = parse_module(text, allow_unregistered=True).body.entry.first
    copy = clone(original)
    assert isinstance(copy, UnregisteredOp)
    assert print_op(copy) == print_op(original)


def test_changing_the_copy_leaves_the_original() -> None:
    original = parse_module('"test.a"() {d = 1 : i32} : () -> ()', allow_unregistered=True).body.entry.first
    clone(original).set_attribute("d", None)
    assert original.get_attribute("d") is not None


def test_blocks_are_appended_to_a_region() -> None:
    source, target = Region(block(op("a"))), Region(Block())
    clone_region_into(source, target, IRMapping())
    assert len(target) == 2
    assert len(source) == 1


def test_a_module_clones_to_the_same_text() -> None:
    module = parse_module("""
      func.func @f(%n: index, %x: f32) -> f32 {
        %c0 = arith.constant 0 : index
        %c1 = arith.constant 1 : index
        %r = scf.for %i = %c0 to %n step %c1 iter_args(%acc = %x) -> (f32) {
          %y = arith.addf %acc, %x : f32
          scf.yield %y : f32
        }
        cf.br ^end(%r : f32)
      ^end(%z: f32):
        return %z : f32
      }""")
    assert print_op(clone(module)) == print_op(module)
