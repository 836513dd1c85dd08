"""Any IR survives its text: what is printed is read back as the same, in the generic and in the pretty form."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from unit.text.random_ir import modules
from unit.text.texts import parse

from irc.text.printer import print_op

CHECKS = list(HealthCheck)


@settings(max_examples=25, deadline=None, suppress_health_check=CHECKS)
@given(modules())
def test_printing_is_a_fixed_point_of_parsing(module) -> None:
    for debuginfo in (False, True):
        for generic in (False, True):
            text = print_op(module, generic=generic, debuginfo=debuginfo)
            assert print_op(parse(text), generic=generic, debuginfo=debuginfo) == text


@settings(max_examples=15, deadline=None, suppress_health_check=CHECKS)
@given(modules())
def test_both_forms_say_the_same(module) -> None:
    pretty, generic = print_op(module, debuginfo=True), print_op(module, generic=True, debuginfo=True)
    assert print_op(parse(pretty), generic=True, debuginfo=True) == generic
    assert print_op(parse(generic), debuginfo=True) == pretty


@settings(max_examples=15, deadline=None, suppress_health_check=CHECKS)
@given(modules())
def test_what_is_read_is_shaped_as_what_was_printed(module) -> None:
    again = parse(print_op(module, debuginfo=True))
    for before, after in zip(module.walk(), again.walk(), strict=True):
        assert (before.name, before.location) == (after.name, after.location)
        assert before.property_dict() == after.property_dict()
        assert dict(before.attributes) == dict(after.attributes)
        assert [value.type for value in before.operands] == [value.type for value in after.operands]
        assert [_shape(region) for region in before.regions] == [_shape(region) for region in after.regions]


def _shape(region) -> list[list[str]]:
    return [[str(argument.type) for argument in block.arguments] for block in region]
