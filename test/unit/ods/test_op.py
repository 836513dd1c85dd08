"""What the declaration of an op gives: a constructor, accessors, a verifier, inferred types, defaults."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from irc.ir.attributes import Attribute, DenseArrayAttr, IntegerAttr, StringAttr, bool_attr, i64_attr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.location import FileLineColLoc
from irc.ir.operation import UnregisteredOp
from irc.ir.region import Region
from irc.ir.traits import Commutative, Pure, has_parent
from irc.ir.types import Type, f32, i1, i32, i64
from irc.ir.value import Value
from irc.ods.attribute_constraints import I64
from irc.ods.constraints import AnyFloat, AnyInteger, Constraint, Var
from irc.ods.fields import (
    attribute,
    operand,
    optional_result,
    region,
    result,
    successor,
    variadic,
    variadic_regions,
    variadic_results,
    variadic_successors,
)
from irc.ods.op import Op
from irc.ods.registry import lookup_op

T = Var("T", AnyInteger)


class Add(Op, name="declared.add", traits=[Pure, Commutative]):
    """Two operands and a result of one type."""

    lhs: Value = operand(T)
    rhs: Value = operand(T)
    result: Value = result(T)


class Into(Op, name="declared.into"):
    """An optional operand and a group that are tied to the result behind them."""

    into: Value | None = operand(T, default=None)
    others: Sequence[Value] = variadic(T, default=())
    result: Value = result(T)


class Flexible(Op, name="declared.flexible"):
    """One group of any size between two single operands."""

    first: Value = operand(AnyInteger)
    middle: Sequence[Value] = variadic()
    last: Value = operand(AnyFloat)


class Maybe(Op, name="declared.maybe"):
    """An operand that may be left out."""

    x: Value = operand()
    extra: Value | None = operand(AnyFloat, default=None)


class Groups(Op, name="declared.groups"):
    """Several groups, whose sizes are a property."""

    a: Sequence[Value] = variadic(AnyInteger)
    b: Value | None = operand(default=None)
    c: Sequence[Value] = variadic(default=())


class Attributes(Op, name="declared.attributes"):
    """A required property, one with a default, one that may be absent, one whose name Python has taken."""

    size: IntegerAttr = attribute(IntegerAttr, where=I64)
    flag: IntegerAttr = attribute(IntegerAttr, default=bool_attr(False))
    note: StringAttr | None = attribute(StringAttr, default=None)
    name_: Attribute | None = attribute(StringAttr, IntegerAttr, default=None)


class Many(Op, name="declared.many"):
    """Results, regions and successors of every kind."""

    first: Value = result()
    rest: Sequence[Value] = variadic_results()
    body: Region = region()
    others: Sequence[Region] = variadic_regions()
    target: Block = successor()
    targets: Sequence[Block] = variadic_successors()


class Perhaps(Op, name="declared.perhaps"):
    """A result, and one that may be left out."""

    first: Value = result()
    second: Value | None = optional_result(AnyInteger)


class Inferred(Op, name="declared.inferred"):
    """Says itself what its result is."""

    x: Value = operand(AnyInteger)
    result: Value = result()

    def infer(self) -> Sequence[Type]:
        if self.x.type is i1:
            raise VerifyError("cannot widen a bit")
        return [i64]

    def verify(self) -> None:
        if self.result.type is not i64:
            raise VerifyError("gives an i64")


class Base(Op):
    """Shares fields and traits, and is no op itself."""

    x: Value = operand(AnyFloat)


class Derived(Base, name="declared.derived", traits=[has_parent("declared.many")]):
    """Adds a field to those of its base."""

    y: Value = operand(AnyFloat)


def value(type: Type = i32) -> Value:
    return UnregisteredOp.of("test.value", (), result_types=[type]).result


def refused(op: Op) -> str:
    """What the op's own verifier says."""
    with pytest.raises(VerifyError) as caught:
        op.verify_op()
    return caught.value.message


# -- declarations ----------------------------------------------------------------------------------------------------


def test_a_declared_op_is_known_by_its_name() -> None:
    assert lookup_op("declared.add") is Add
    assert Add.name == "declared.add"
    assert Commutative in Add.traits


def test_a_name_is_declared_once() -> None:
    with pytest.raises(TypeError, match=r"op 'declared.add' is declared twice"):

        class Again(Op, name="declared.add"):
            """Another op of the same name."""


def test_a_base_is_no_op() -> None:
    assert lookup_op("declared.base") is None


def test_fields_and_traits_are_inherited() -> None:
    x, y = value(f32), value(f32)
    assert Derived(x, y).operands == (x, y)
    assert list(Derived.op_fields) == ["x", "y"]


def test_only_operands_may_have_several_groups() -> None:
    with pytest.raises(TypeError, match="at most one variadic result"):

        class Two(Op, name="declared.two"):
            """Cannot say which result is in which group."""

            a: Sequence[Value] = variadic_results()
            b: Sequence[Value] = variadic_results()


# -- constructor and accessors ---------------------------------------------------------------------------------------


def test_fields_are_arguments_in_declared_order() -> None:
    x, y = value(), value()
    add = Add(x, y)
    assert (add.lhs, add.rhs) == (x, y)
    assert Add(rhs=x, lhs=y).operands == (y, x)
    assert x.users[add] == 1


def test_a_missing_argument_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="rhs"):
        Add(value())  # type: ignore[call-arg]  # the point of the test


def test_a_result_has_the_type_of_the_operands_it_is_tied_to() -> None:
    assert Add(value(i64), value(i64)).result.type is i64


def test_a_result_type_can_be_stated() -> None:
    assert Add(value(i64), value(i64), result_types=[i32]).result.type is i32


def test_a_result_type_that_nothing_gives_must_be_stated() -> None:
    with pytest.raises(TypeError, match=r"must be given as result_types="):
        Many(Region(), [], Block(), [])


def test_the_op_infers_its_result_type() -> None:
    assert Inferred(value()).result.type is i64
    with pytest.raises(VerifyError, match="cannot widen a bit"):
        Inferred(value(i1))


def test_location_and_attributes_are_keywords_of_every_op() -> None:
    here = FileLineColLoc("f", 1, 1)
    add = Add(value(), value(), location=here, attributes={"a": i64_attr(1)})
    assert (add.location, add.attributes) == (here, {"a": i64_attr(1)})


@pytest.mark.parametrize("size", [0, 1, 3])
def test_a_variadic_group_lies_between_single_operands(size: int) -> None:
    first, middle, last = value(), [value() for _ in range(size)], value(f32)
    op = Flexible(first, middle, last)
    assert (op.first, list(op.middle), op.last) == (first, middle, last)
    op.verify_op()


def test_an_optional_operand_is_there_or_none() -> None:
    x, y = value(), value(f32)
    assert (Maybe(x).x, Maybe(x).extra) == (x, None)
    assert Maybe(x, y).extra is y


def test_the_sizes_of_several_groups_are_a_property() -> None:
    a, b, c = [value(), value()], value(f32), [value(f32)]
    op = Groups(a, b, c)
    assert (list(op.a), op.b, list(op.c)) == (a, b, c)
    assert op.get_attribute("operandSegmentSizes") is DenseArrayAttr.i32((2, 1, 1))
    assert (list(Groups(a).a), Groups(a).b, list(Groups(a).c)) == (a, None, [])


def test_properties_have_defaults() -> None:
    op = Attributes(i64_attr(3))
    assert (op.size.value, op.flag, op.note) == (3, bool_attr(False), None)
    assert op.property_dict() == {"size": i64_attr(3), "flag": bool_attr(False)}


def test_properties_can_be_assigned() -> None:
    op = Attributes(i64_attr(3))
    op.note = StringAttr("n")
    op.set_attribute("size", i64_attr(4))
    assert (op.note, op.size) == (StringAttr("n"), i64_attr(4))
    op.note = None
    assert op.get_attribute("note") is None


def test_an_attribute_that_is_no_property_is_discardable() -> None:
    op = Attributes(i64_attr(3))
    op.set_attribute("other", i64_attr(1))
    assert dict(op.attributes) == {"other": i64_attr(1)}
    op.set_attribute("other", None)
    assert dict(op.attributes) == {}


def test_a_field_whose_name_python_has_taken() -> None:
    op = Attributes(i64_attr(3), name_=StringAttr("n"))
    assert op.name == "declared.attributes"
    assert op.name_ is StringAttr("n")
    assert op.get_attribute("name") is StringAttr("n")


def test_results_regions_and_successors() -> None:
    body, other, target, more = Region(), Region(), Block(), Block()
    op = Many(body, [other], target, [more], result_types=[i32, f32, i1])
    assert (op.first.type, [each.type for each in op.rest]) == (i32, [f32, i1])
    assert (op.body, list(op.others), body.parent) == (body, [other], op)
    assert (op.target, list(op.targets), target.predecessors) == (target, [more], {op: 1})


# -- verifier --------------------------------------------------------------------------------------------------------


def test_a_right_op_is_right() -> None:
    for op in (Add(value(), value()), Maybe(value()), Groups([value()]), Attributes(i64_attr(1)), Inferred(value())):
        op.verify_op()


def test_operands_that_must_agree() -> None:
    message = "failed to verify that all of {lhs, rhs, result} have same type"
    assert refused(Add(value(i32), value(i64))) == message


def test_optional_operands_and_groups_must_agree_too() -> None:
    message = "failed to verify that all of {into, others, result} have same type"
    assert refused(Into(value(i64), result_types=[i32])) == message
    assert refused(Into(None, [value(i32), value(i64)], result_types=[i32])) == message
    Into(value(), [value()], result_types=[i32]).verify_op()
    Into(result_types=[i32]).verify_op()


def test_the_type_of_an_operand() -> None:
    assert refused(Flexible(value(), [], value())) == "operand #1 must be floating-point, but got 'i32'"


def test_the_type_of_one_of_a_group() -> None:
    message = "operand #1 must be variadic of integer, but got 'f32'"
    assert refused(Groups([value(), value(f32)])) == message


def test_the_number_of_operands() -> None:
    assert refused(Add.create([value()], [i32])) == "expected 2 operands, but found 1"
    assert refused(Flexible.create([value()])) == "expected 2 or more operands, but found 1"
    assert refused(Maybe.create([])) == "expected 1 or more operands, but found 0"


@pytest.mark.parametrize("sizes", [(1, 1, 1), (2, 1, -1), (0, 2, 0), (2,), (2, 0, 0, 0)])
def test_the_sizes_of_the_groups_fit_the_operands(sizes: tuple[int, ...]) -> None:
    op = Groups([value(), value()])
    op.set_segments(sizes)
    assert refused(op) == "operandSegmentSizes does not match the operands"


def test_the_sizes_of_the_groups_are_an_array() -> None:
    op = Groups([value()])
    op.set_attribute("operandSegmentSizes", i64_attr(1))
    assert refused(op) == "operandSegmentSizes does not match the operands"


def test_a_required_attribute() -> None:
    assert refused(Attributes.create(properties=(None, bool_attr(True), None, None))) == "requires attribute 'size'"


def test_the_class_of_an_attribute() -> None:
    op = Attributes(i64_attr(1))
    op.set_attribute("note", i64_attr(1))
    expected = "attribute 'note' failed to satisfy constraint: StringAttr, got"
    assert refused(op).startswith(expected)


def test_the_type_of_an_integer_attribute() -> None:
    expected = "attribute 'size' failed to satisfy constraint: 64-bit signless integer attribute"
    assert refused(Attributes(IntegerAttr(1, i32))).startswith(expected)


def test_the_op_has_the_last_word() -> None:
    assert refused(Inferred(value(), result_types=[i32])) == "gives an i64"


def test_a_trait_checks_too() -> None:
    assert refused(Derived(value(f32), value(f32))) == "expects parent op 'declared.many'"


def test_constraints_are_joined_with_or() -> None:
    either = AnyInteger | AnyFloat
    assert either.accepts(i32)
    assert either.accepts(f32)
    assert either.description == "integer or floating-point"


def test_a_constraint_remembers_what_it_accepted() -> None:
    asked: list[Type] = []

    def accept(type: Type) -> bool:
        asked.append(type)
        return True

    constraint = Constraint("asked", accept)
    assert constraint.accepts(i32)
    assert constraint.accepts(i32)
    assert asked == [i32]


def test_a_result_may_be_left_out() -> None:
    assert Perhaps(result_types=[f32]).second is None
    both = Perhaps(result_types=[f32, i32])
    assert both.second is both.results[1]
    both.verify_op()


def test_an_optional_result_is_checked() -> None:
    assert refused(Perhaps(result_types=[f32, f32])) == "result #1 must be integer, but got 'f32'"
    assert refused(Perhaps(result_types=[f32, i32, i32])) == "expected 1 or more results, but found 3"
