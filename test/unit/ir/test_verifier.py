"""The verifier, one invariant after the other as its file lists them: what breaks it, what is said, and where."""

from __future__ import annotations

import pytest
from unit.ir.build import block, op, value

from irc.dialects import arith, func
from irc.dialects.builtin import Module
from irc.ir.attributes import IntegerAttr, StringAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.diagnostic import DiagnosedError, Diagnostic
from irc.ir.location import FileLineColLoc
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import FunctionType, f32, i32
from irc.ir.verifier import MAX_DIAGNOSTICS, verify, verify_or_raise
from irc.text.parser import parse_module

HERE = FileLineColLoc("here", 1, 1)


def problems(text: str) -> list[Diagnostic]:
    """What the verifier finds in a text."""
    return verify(parse_module(text, "t", allow_unregistered=True))


def only(found: list[Diagnostic]) -> tuple[str, str]:
    """Message and place of the only problem."""
    (problem,) = found
    return problem.message, repr(problem.location)


def in_function(body: str) -> str:
    return f"func.func @f(%x: i32, %y: f32, %b: i1) {{\n{body}\n}}"


def test_what_is_right_is_right() -> None:
    assert problems(in_function("%z = arith.addi %x, %x : i32\nreturn")) == []


# -- 1: every operation satisfies its declaration --------------------------------------------------------------------

DECLARATIONS = {
    "number of operands": ('"arith.addi"(%x) : (i32) -> i32', "'arith.addi' op expected 2 operands, but found 1"),
    "number of results": (
        '"arith.addi"(%x, %x) : (i32, i32) -> ()',
        "'arith.addi' op requires one result, but found 0",
    ),
    "type of an operand": (
        '"arith.addi"(%y, %y) : (f32, f32) -> f32',
        "'arith.addi' op operand #0 must be signless-integer-like, but got 'f32'",
    ),
    "type of a result": (
        '"arith.cmpi"(%x, %x) <{predicate = 0 : i64}> : (i32, i32) -> i32',
        "'arith.cmpi' op result #0 must be bool-like, but got 'i32'",
    ),
    "types that must agree": (
        '"arith.addf"(%y, %y) <{fastmath = #arith.fastmath<none>}> : (f32, f32) -> f64',
        "'arith.addf' op requires the same type for all operands and results",
    ),
    "missing attribute": ('"arith.constant"() : () -> i32', "'arith.constant' op requires attribute 'value'"),
    "class of an attribute": (
        '"arith.constant"() <{value = "a"}> : () -> i32',
        "'arith.constant' op attribute 'value' failed to satisfy constraint:"
        " IntegerAttr or FloatAttr or ElementsAttr, got '\"a\"'",
    ),
    "number of regions": (
        '"scf.execute_region"() ({"scf.yield"() : () -> ()}, {"scf.yield"() : () -> ()}) : () -> ()',
        "'scf.execute_region' op requires one region, but found 2",
    ),
    "number of successors": ('"arith.addi"(%x, %x)[^b] : (i32, i32) -> i32\n^b:', "requires zero successors"),
    "trait": ('"scf.condition"(%b) : (i1) -> ()', "'scf.condition' op expects parent op 'scf.while'"),
    "own check": ('"arith.extf"(%y) : (f32) -> f32', "'arith.extf' op"),
}


@pytest.mark.parametrize("what", DECLARATIONS)
def test_1_the_declaration_is_kept(what: str) -> None:
    wrong, message = DECLARATIONS[what]
    found = problems(in_function(f"  {wrong}\nreturn"))
    assert found
    assert message in found[0].message
    assert repr(found[0].location) == "t:2:3"


# -- 2: definitions dominate uses ------------------------------------------------------------------------------------


def test_2_a_use_before_the_definition_in_the_same_block() -> None:
    (problem,) = problems(in_function("  %z = arith.addi %late, %x : i32\n  %late = arith.addi %x, %x : i32\n  return"))
    assert problem.message == "'arith.addi' op operand #0 does not dominate this use"
    assert repr(problem.location) == "t:2:8"
    (note,) = problem.notes
    assert (note.message, repr(note.location)) == ("operand defined here", "t:3:11")


def test_2_a_use_in_a_block_that_can_be_reached_without_the_definition() -> None:
    text = in_function("""
      cf.cond_br %b, ^one, ^two
    ^one:
      %z = arith.addi %x, %x : i32
      cf.br ^two
    ^two:
      "test.use"(%z) : (i32) -> ()
      return""")
    assert only(problems(text)) == ("'test.use' op operand #0 does not dominate this use", "t:8:7")


def test_2_a_use_outside_of_the_region_of_the_definition() -> None:
    inner = value("inner")
    outside = op("outside", inner.result, location=HERE)
    root = op("root", blocks=[block(op("holder", blocks=[block(inner)]), outside)])
    assert only(verify(root)) == ("'test.outside' op operand #0 does not dominate this use", "here:1:1")


def test_2_an_op_that_uses_its_own_result() -> None:
    assert "does not dominate" in only(problems(in_function("%z = arith.addi %z, %x : i32\nreturn")))[0]


def test_2_in_a_graph_region_the_order_is_free() -> None:
    assert problems('"test.use"(%x) : (i32) -> ()\n%x = "test.def"() : () -> i32') == []


def test_2_unreachable_code_may_use_anything() -> None:
    text = in_function(
        'return\n^dead:\n"test.use"(%z) : (i32) -> ()\n%z = "test.def"() : () -> i32\ncf.br ^dead2\n^dead2:\nreturn'
    )
    assert "does not dominate" in problems(text)[0].message  # inside one block the order still counts
    assert (
        problems(
            in_function(
                'return\n^a:\n"test.use"(%z) : (i32) -> ()\ncf.br ^b\n^b:\n%z = "test.def"() : () -> i32\nreturn'
            )
        )
        == []
    )


# -- 3: isolated operations use nothing from outside -----------------------------------------------------------------


def test_3_a_value_from_outside_of_an_isolated_operation() -> None:
    outside = arith.Constant(IntegerAttr(1, i32))
    function = func.Func(
        sym_name=StringAttr("f"), function_type=TypeAttr(FunctionType((), ())), body=Region(Block()), location=HERE
    )
    use = op("use", outside.result, location=FileLineColLoc("use", 2, 2))
    function.body.entry.append(use)
    function.body.entry.append(func.Return([]))
    (problem,) = verify(Module(Region(block(outside, function))))
    assert problem.message == "'test.use' op using value defined outside the region"
    assert repr(problem.location) == "use:2:2"
    (note,) = problem.notes
    assert (note.message, note.location) == ("required by region isolation constraints", HERE)


# -- 4: terminators end blocks ---------------------------------------------------------------------------------------


def test_4_a_block_without_a_terminator() -> None:
    message = "'arith.addi' op block with no terminator: the last operation must be a terminator"
    assert only(problems(in_function("  %z = arith.addi %x, %x : i32"))) == (message, "t:2:8")


def test_4_an_empty_block() -> None:
    assert only(problems(in_function("  return\n^empty:"))) == (
        "'func.func' op expects a non-empty block: empty block where a block with a terminator is expected",
        "t:1:1",
    )


def test_4_a_terminator_in_the_middle() -> None:
    found = problems(in_function("  return\n  return"))
    assert only(found) == ("'func.return' op must be the last operation in the parent block", "t:2:3")


def test_4_a_branch_in_the_middle() -> None:
    text = '"test.graph"() ({\n  "test.branch"()[^a] : () -> ()\n  "test.end"() : () -> ()\n^a:\n}) : () -> ()'
    assert only(problems(text)) == ("'test.branch' op with block successors must terminate its parent block", "t:2:3")


# -- 5: branches -----------------------------------------------------------------------------------------------------


def test_5_a_branch_into_another_region() -> None:
    elsewhere = Block()
    branch = op("branch", to=[elsewhere], location=HERE)
    root = op("root", blocks=[block(branch, op("holder", blocks=[elsewhere]))])
    branch.detach()
    root.regions[0].entry.append(branch)
    assert only(verify(root)) == ("'test.branch' op branching to block #0 of a different region", "here:1:1")


def test_5_a_branch_to_the_entry() -> None:
    text = "func.func @f() {\n^entry:\n  cf.br ^entry\n}"
    assert only(problems(text)) == ("'cf.br' op entry block of region may not have predecessors", "t:3:3")


def test_5_too_few_operands_for_a_block() -> None:
    text = in_function("  cf.br ^b\n^b(%z: i32):\n  return")
    assert only(problems(text)) == (
        "'cf.br' op branch has 0 operands for successor #0, but target block has 1 arguments",
        "t:2:3",
    )


def test_5_an_operand_of_another_type_than_the_argument() -> None:
    text = in_function("  cf.br ^b(%y : f32)\n^b(%z: i32):\n  return")
    assert only(problems(text)) == ("'cf.br' op type mismatch for bb argument #0 of successor #0", "t:2:3")


# -- 6: symbols ------------------------------------------------------------------------------------------------------


def test_6_two_symbols_of_one_name() -> None:
    (problem,) = problems("func.func private @f()\nfunc.func private @f()")
    assert (problem.message, repr(problem.location)) == ("redefinition of symbol named 'f'", "t:2:1")
    (note,) = problem.notes
    assert (note.message, repr(note.location)) == ("see existing symbol definition here", "t:1:1")


def test_6_one_name_in_two_tables() -> None:
    assert problems("func.func private @f()\nmodule @m { func.func private @f() }") == []


def test_6_a_symbol_that_is_not_there() -> None:
    found = problems(in_function("  func.call @g() : () -> ()\n  return"))
    assert only(found) == ("'func.call' op '@g' does not reference a valid function", "t:2:3")


def test_6_a_symbol_of_another_kind() -> None:
    found = problems("module @g {}\n" + in_function("  func.call @g() : () -> ()\n  return"))
    assert only(found) == ("'func.call' op '@g' does not reference a valid function", "t:3:3")


# -- 7: both sides of every link agree -------------------------------------------------------------------------------


def _linked() -> tuple[Operation, Operation, Operation]:
    """A region whose first block defines a value and uses it in the second; the root, the definition, the use."""
    definition = value()
    use = op("use", definition.result, location=HERE)
    second = block(use)
    return op("root", blocks=[block(definition, op("branch", to=[second])), second]), definition, use


def test_7_right_links_are_right() -> None:
    assert verify(_linked()[0]) == []


def test_7_a_use_that_the_value_does_not_know() -> None:
    root, definition, use = _linked()
    del definition.result.users[use]
    assert only(verify(root)) == ("'test.use' op is missing from the users of its operand #0", "here:1:1")


def test_7_a_use_that_is_counted_wrong() -> None:
    root, definition, use = _linked()
    definition.location = HERE
    definition.result.users[use] = 2
    assert only(verify(root)) == ("'test.value' op result #0 counts 2 uses by 'test.use', which has 1", "here:1:1")


def test_7_a_user_that_does_not_use_the_value() -> None:
    root, definition, _ = _linked()
    definition.location = HERE
    definition.result.users[op("stranger")] = 1
    assert only(verify(root)) == ("'test.value' op result #0 counts 1 uses by 'test.stranger', which has 0", "here:1:1")


def test_7_a_user_that_does_not_use_the_argument() -> None:
    where = Block([i32])
    where.arguments[0].users[op("stranger")] = 1
    found = verify(op("root", blocks=[where], location=HERE))
    assert only(found) == ("'test.root' op block argument #0 counts 1 uses by 'test.stranger', which has 0", "here:1:1")


def test_7_a_region_of_another_operation() -> None:
    root, _, _ = _linked()
    root.location, root.regions[0].parent = HERE, op("stranger")
    assert ("'test.root' op region #0 has another parent", "here:1:1") in [
        (problem.message, repr(problem.location)) for problem in verify(root)
    ]


def test_7_a_block_of_another_region() -> None:
    root, _, use = _linked()
    root.location = HERE
    assert use.parent is not None
    use.operands = ()
    for other in root.regions[0]:
        other.terminator.successors = ()
    use.parent.parent = Region()
    assert only(verify(root)) == ("'test.root' op region #0 holds a block that has another parent", "here:1:1")


def test_7_an_operation_of_another_block() -> None:
    root, _, use = _linked()
    use.operands = ()
    use.parent = Block()
    assert only(verify(root)) == ("'test.use' op has another parent than the block that holds it", "here:1:1")


def test_7_an_argument_of_another_block() -> None:
    where = Block([i32])
    where.arguments[0].owner = Block()
    found = verify(op("root", blocks=[where], location=HERE))
    assert only(found) == ("'test.root' op block argument #0 has another owner or number", "here:1:1")


def test_7_a_branch_that_the_block_does_not_know() -> None:
    root, _, use = _linked()
    assert use.parent is not None
    (branch,) = use.parent.predecessors
    branch.location = HERE
    use.operands = ()
    use.parent.predecessors.clear()
    assert only(verify(root)) == ("'test.branch' op is missing from the predecessors of its successor #0", "here:1:1")


def test_7_a_predecessor_that_does_not_branch_to_the_block() -> None:
    root, _, use = _linked()
    root.location = HERE
    assert use.parent is not None
    use.parent.predecessors[op("stranger")] = 1
    assert only(verify(root)) == (
        "'test.root' op block has 'test.stranger' for a predecessor, which does not branch to it",
        "here:1:1",
    )


# -- all together ----------------------------------------------------------------------------------------------------


def test_problems_are_in_the_order_of_the_text() -> None:
    text = (
        in_function("  %p = arith.addi %late, %x : i32\n  %late = arith.addi %x, %x : i32") + "\nfunc.func private @f()"
    )
    assert [repr(problem.location) for problem in problems(text)] == ["t:5:1", "t:2:8", "t:3:11"]


def test_there_are_not_too_many() -> None:
    wrong = "\n".join(f'func.func @f{i}() {{ "arith.addi"() : () -> () }}' for i in range(3 * MAX_DIAGNOSTICS))
    assert len(problems(wrong)) == MAX_DIAGNOSTICS


def test_what_is_wrong_can_be_raised() -> None:
    module = parse_module("func.func private @f()\nfunc.func private @f()")
    with pytest.raises(DiagnosedError, match="redefinition of symbol named 'f'"):
        verify_or_raise(module)


def test_the_type_of_a_value_may_not_change_under_its_users() -> None:
    module = parse_module(in_function("%z = arith.addi %x, %x : i32\n%w = arith.addi %z, %x : i32\nreturn"))
    addition = next(each for each in module.walk() if isinstance(each, arith.AddI))
    addition.result.type = f32
    assert len(verify(module)) == 2
