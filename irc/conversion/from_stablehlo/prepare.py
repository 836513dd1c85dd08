"""What is done to a module before and after its ops are converted one by one."""

from __future__ import annotations

from typing import Any

from irc.conversion.from_stablehlo.elementwise import select
from irc.conversion.from_stablehlo.values import unsupported
from irc.dialects import func
from irc.dialects import stablehlo as hlo
from irc.dialects.stablehlo_bounds import bounds_of
from irc.dialects.stablehlo_types import FutureType, TokenType, is_quantized
from irc.ir.attributes import StringAttr, SymbolRefAttr, TypeAttr
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping, clone_region_into
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import SymbolTables
from irc.ir.types import FunctionType, TensorType, Type, element_type
from irc.ir.value import Value

COMBINERS = (hlo.Map, hlo.Reduce, hlo.ReduceWindow, hlo.Scatter, hlo.SelectAndScatter, hlo.Sort)
"""Ops whose regions combine single elements."""

SHARDED = ("sdy.sharding_constraint", "sdy.reshard", "sdy.sharding_group", "sdy.propagation_barrier")
"""Ops that say where a tensor lies, which is the one device."""


MANUAL = "sdy.manual_computation"
"""An op whose body computes on the part that a device has, which here is the whole."""


def prepare(module: Operation) -> None:
    """Leave nothing but ops that are converted one by one."""
    tables = SymbolTables()
    tuples: list[hlo.Tuple] = []
    for op in list(module.walk()):
        if op.parent is None and op is not module:
            continue
        match op:
            case hlo.Composite():
                _call_instead(op)
            case hlo.Tuple():
                tuples.append(op)
            case hlo.GetTupleElement():
                _untuple(op)
            case func.Func():
                op.function_type = TypeAttr(_signature(op.signature))
            case hlo.Return(parent_op=func.Func() as function):
                _end(function, op)
        if op.name in SHARDED:
            op.replace_with(op.operands)
            continue
        if op.name == MANUAL:
            op.replace_with(_on_one_device(op))
            continue
        _check_types(op)
        for value in (*op.results, *(a for region in op.regions for block in region for a in block.arguments)):
            value.type = _plain(value.type)
    # Those that hold others first.
    for made in reversed(tuples):
        if made.parent is not None and not made.result.users:
            made.erase()
    for op in list(module.walk()):
        if isinstance(op, COMBINERS) and op.parent is not None:
            _flatten(op, tables)


def clean(module: Operation) -> None:
    """Take away the meshes of devices, and what the conversion of combiners has left unused."""
    for op in list(module.nested_ops()):
        if op.name == "sdy.mesh":
            op.drop_uses_and_erase()


def _plain(type: Type) -> Type:
    """A tensor type without bounds."""
    if isinstance(type, TensorType) and type.encoding is not None and any(bounds_of(type)):
        return TensorType(type.shape, type.element_type)
    return type


def _signature(type: FunctionType) -> FunctionType:
    return FunctionType(tuple(map(_plain, type.inputs)), tuple(map(_plain, type.results)))


def _check_types(op: Operation) -> None:
    for value in (*op.results, *(a for region in op.regions for block in region for a in block.arguments)):
        if isinstance(value.type, TokenType | FutureType):
            raise error(op.location, f"'{op.name}' is not supported on one device: it handles a '{value.type}'")
        if isinstance(value.type, TensorType) and is_quantized(element_type(value.type)):
            raise error(op.location, f"'{op.name}' is not supported: quantized types have no meaning here")


def _call_instead(op: hlo.Composite) -> None:
    """A call of the function that a composite is made of."""
    assert op.parent is not None
    call = func.Call(
        SymbolRefAttr(op.decomposition.root), op.inputs, result_types=[result.type for result in op.results],
        location=op.location,
    )  # fmt: skip
    op.parent.insert_before(call, op)
    op.replace_with(call.results)


def _end(function: func.Func, op: hlo.Return) -> None:
    """A function that a custom call is given ends as a region does; nobody calls it from outside."""
    function.sym_visibility = StringAttr("private")
    Builder(InsertPoint.before(op), op.location).insert(func.Return(op.operands))
    op.erase()


def _untuple(op: hlo.GetTupleElement) -> None:
    made = op.operand.defining_op
    if not isinstance(made, hlo.Tuple):
        raise unsupported(op, "of a tuple that is not made here is not supported")
    op.replace_with([made.val[op.index.value]])


def _on_one_device(op: Operation) -> list[Value]:
    (region,) = op.regions
    inside = [argument.type for argument in region.entry.arguments]
    if inside != [value.type for value in op.operands]:
        raise unsupported(op, "splits tensors, which is not supported on one device")
    return _moved(Builder(InsertPoint.before(op), op.location), region, op.operands)


def _flatten(op: Operation, tables: SymbolTables) -> None:
    """Calls in a combiner become what they call, branches a choice between what both give."""
    for region in op.regions:
        block = region.entry
        while True:
            found = next((inner for inner in block if isinstance(inner, func.Call | hlo.If | hlo.Case)), None)
            if found is None:
                break
            b = Builder(InsertPoint.before(found), found.location)
            if isinstance(found, func.Call):
                found.replace_with(_inlined(b, found, tables))
            else:
                found.replace_with(_chosen(b, found))


def _inlined(b: Builder, call: func.Call, tables: SymbolTables) -> list[Value]:
    callee = tables.lookup(call, call.callee)
    if not isinstance(callee, func.Func) or callee.is_declaration or callee.body.first is not callee.body.last:
        raise unsupported(call, "cannot stand in a region that combines elements")
    body = Region()
    clone_region_into(callee.body, body, IRMapping())
    return _moved(b, body, call.operands)


def _moved(b: Builder, body: Region, arguments: Any) -> list[Value]:
    block = body.entry
    for argument, value in zip(block.arguments, arguments, strict=True):
        argument.replace_all_uses_with(value)
    results = list(block.terminator.operands)
    block.terminator.erase()
    for op in list(block):
        block.remove(op)
        b.insert(op)
    return results


def _chosen(b: Builder, op: Operation) -> list[Value]:
    """Both branches, and the values of the one that is meant."""
    if not isinstance(op, hlo.If):
        raise unsupported(op, "cannot stand in a region that combines elements")
    pred = op.pred
    first, second = (_moved(b, region, ()) for region in (op.true_branch, op.false_branch))
    chosen: list[Value] = []
    for x, y, result in zip(first, second, op.results, strict=True):
        chosen.append(select(b, pred, x, y, result))
    return chosen
