"""Names of values and blocks: scopes, several results under one name, uses before definitions, numbering."""

from __future__ import annotations

import pytest
from unit.text.texts import body, errors, first, parse

DEF, USE = '"test.def"() : () -> i32', "(i32) -> ()"


def test_results_are_numbered_in_order() -> None:
    assert body(f"%x = {DEF}\n%a = {DEF}") == f"%0 = {DEF}\n%1 = {DEF}"


def test_several_results_share_a_name() -> None:
    text = '%0:3 = "test.def"() : () -> (i32, f32, i1)\n"test.use"(%0#2, %0#0) : (i1, i32) -> ()'
    assert body(text) == text


def test_results_under_several_names() -> None:
    text = '%a, %b:2 = "test.def"() : () -> (i32, i32, i32)\n"test.use"(%a, %b#1, %b) : (i32, i32, i32) -> ()'
    assert body(text).endswith('"test.use"(%0#0, %0#2, %0#1) : (i32, i32, i32) -> ()')


def test_names_may_hold_signs() -> None:
    assert body(f'%a.b-c$d_1 = {DEF}\n"test.use"(%a.b-c$d_1) : {USE}').startswith("%0 = ")


def test_a_constant_is_named_after_its_value() -> None:
    text = "%c1_i32 = arith.constant 1 : i32\n%c1_i32_0 = arith.constant 1 : i32\n%true = arith.constant true"
    assert body(text) == text


def test_entry_arguments_and_block_arguments() -> None:
    text = '"test.op"() ({\n^bb0(%arg0: i32):\n  "test.branch"(%arg0)[^bb1] : (i32) -> ()\n^bb1(%0: i32):  // pred: ^bb0\n}) : () -> ()'
    assert body(text) == text


def test_sibling_regions_use_the_same_numbers_again() -> None:
    text = f'"test.op"() ({{\n  %0 = {DEF}\n}}, {{\n  %0 = {DEF}\n}}) : () -> ()'
    assert body(text) == text


def test_nested_regions_go_on_counting() -> None:
    text = f'%0 = {DEF}\n"test.op"() ({{\n  %1 = {DEF}\n}}) : () -> ()'
    assert body(text) == text


def test_functions_start_again() -> None:
    function = "func.func @{}(%arg0: i32) {{\n  %0 = arith.addi %arg0, %arg0 : i32\n  return\n}}"
    text = f"{function.format('f')}\n{function.format('g')}"
    assert body(text) == text


def test_a_use_may_precede_its_definition() -> None:
    text = f'"test.use"(%0) : {USE}\n%0 = {DEF}'
    assert body(text) == text


def test_one_of_several_results_may_be_used_before_its_definition() -> None:
    text = '"test.use"(%0#1) : (f32) -> ()\n%0:2 = "test.def"() : () -> (i32, f32)'
    assert body(text) == text


def test_a_nested_region_may_use_what_is_defined_after_it() -> None:
    text = f'"test.op"() ({{\n  "test.use"(%0) : {USE}\n}}, {{\n  "test.use"(%0) : {USE}\n}}) : () -> ()\n%0 = {DEF}'
    assert body(text) == text


def test_the_users_of_a_value_used_early_are_known() -> None:
    user = first(f'"test.use"(%x, %x) : (i32, i32) -> ()\n%x = {DEF}')
    assert user.operands[0].users == {user: 2}
    assert user.operands[0].defining_op is user.next


def test_a_block_may_use_a_value_of_a_later_block() -> None:
    text = f'"test.op"() ({{\n  "test.branch"()[^bb2] : () -> ()\n^bb1:  // pred: ^bb2\n  "test.use"(%0) : {USE}\n^bb2:  // pred: ^bb0\n  %0 = "test.def"()[^bb1] : () -> i32\n}}) : () -> ()'
    assert body(text) == text


def test_names_in_a_region_end_with_it() -> None:
    assert errors(f'"test.op"() ({{%x = {DEF}}}) : () -> ()\n"test.use"(%x) : {USE}') == [
        "2:12: use of undeclared SSA value name '%x'"
    ]


def test_a_name_may_be_used_again_in_a_sibling_region() -> None:
    assert len(parse(f'"test.op"() ({{%x = {DEF}}}, {{%x = {DEF}}}) : () -> ()').body.entry) == 1


WRONG = {
    f"%x = {DEF}\n%x = {DEF}": "2:1: redefinition of SSA value '%x'",
    f'%x = {DEF}\n"test.op"() ({{%x = {DEF}}}) : () -> ()': "2:15: redefinition of SSA value '%x'",
    '"test.op"() ({^a(%x: i32, %x: i32):}) : () -> ()': "1:27: redefinition of SSA value '%x'",
    f'"test.use"(%x) : {USE}': "1:12: use of undeclared SSA value name '%x'",
    f'%value = {DEF}\n"test.use"(%valu) : {USE}': "2:12: use of undeclared SSA value name '%valu'; did you mean '%value'?",
    f'%x = {DEF}\n"test.use"(%x#1) : {USE}': "2:12: reference to invalid result number 1 of '%x'",
    f'"test.use"(%x#1) : {USE}\n%x = {DEF}': "1:12: reference to invalid result number 1 of '%x'",
    f'%x = {DEF}\n"test.use"(%x) : (f32) -> ()': "2:12: use of value '%x' expects different type than prior uses: 'f32' vs 'i32'",
    f'"test.use"(%x) : (f32) -> ()\n%x = {DEF}': "2:1: definition of SSA value '%x' has type 'i32'",
    f'"test.op"() ({{"test.use"(%x) : {USE}}}, {{"test.use"(%x) : (f32) -> ()}}) : () -> ()\n%x = {DEF}': (
        "1:58: use of value '%x' expects different type than prior uses: 'f32' vs 'i32'"
    ),
    '%x:0 = "test.def"() : () -> ()': "1:1: expected named operation to have at least 1 result",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_diagnosed(text: str) -> None:
    assert errors(text) == [WRONG[text]]
