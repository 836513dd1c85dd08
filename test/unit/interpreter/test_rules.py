"""Every op of the dialects that the interpreter runs has a rule, or a reason why it has none."""

from __future__ import annotations

import pytest

from irc.interpreter.core import RULES, load_rules
from irc.ods.registry import all_op_names, lookup_op

DIALECTS = (
    "affine", "arith", "bufferization", "builtin", "cf", "complex", "func", "index", "linalg", "math", "memref", "scf",
    "tensor", "ub", "vector",
)  # fmt: skip

DECLARATION = "a declaration, which is found by its name and not executed"
SCALABLE = "the interpreter has no vectors of unknown length"

WITHOUT_RULE = {
    "builtin.module": DECLARATION,
    "func.func": DECLARATION,
    "memref.global": DECLARATION,
    "tensor.parallel_insert_slice": "scf.forall executes it when a task has ended",
    "vector.scalable.extract": SCALABLE,
    "vector.scalable.insert": SCALABLE,
    "vector.vscale": SCALABLE,
    "vector.warp_execute_on_lane_0": "there is no warp on one thread",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_op_has_a_rule_or_a_reason(dialect):
    load_rules(dialect)
    missing = {name for name in all_op_names() if name.startswith(f"{dialect}.") and lookup_op(name) not in RULES}
    assert missing == {name for name in WITHOUT_RULE if name.startswith(f"{dialect}.")}
