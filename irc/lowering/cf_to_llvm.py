"""`cf` in the llvm dialect. A branch passes the parts of its operands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects import cf, llvm
from irc.ir.attributes import DenseArrayAttr
from irc.ir.value import Value
from irc.lowering.failures import require
from irc.lowering.llvm_lowering import Lowering, Table
from irc.lowering.lowered_values import Lowered, parts_of
from irc.lowering.scf_to_cf import LOOP_ANNOTATION


def _parts(lo: Lowering, values: Sequence[Value]) -> list[Value]:
    return [part for value in values for part in parts_of(lo.values[value], value.type, lo.number)]


def _br(op: cf.Br, _operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    lo.insert(llvm.Br(op.dest, _parts(lo, op.operands), loop_annotation=op.attributes.get(LOOP_ANNOTATION)))
    return []


def _cond_br(op: cf.CondBr, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    yes, no = (_parts(lo, op.successor_operands(i)) for i in range(2))
    annotation = op.attributes.get(LOOP_ANNOTATION)
    lo.insert(llvm.CondBr(operands[0], op.true_dest, op.false_dest, yes, no, loop_annotation=annotation))
    return []


def _switch(op: cf.Switch, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    default, *cases = (_parts(lo, op.successor_operands(i)) for i in range(len(op.successors)))
    lo.insert(
        llvm.Switch(
            operands[0],
            op.defaultDestination,
            op.caseDestinations,
            default,
            [value for values in cases for value in values],
            op.case_values,
            DenseArrayAttr.i32(tuple(map(len, cases))),
        )
    )
    return []


def _assert(op: cf.Assert, operands: Sequence[Any], lo: Lowering) -> Sequence[Lowered]:
    require(lo, op, operands[0], op.msg.value)
    return []


CF: Table = {cf.Br: _br, cf.CondBr: _cond_br, cf.Switch: _switch, cf.Assert: _assert}
