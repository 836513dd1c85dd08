"""Derivatives of whole functions: `@f` becomes a function that also returns the cotangents of some arguments.

`@f__vjp_wrt_0` takes the arguments of `@f` and a cotangent for each of its float results; `@f__grad_wrt_0` takes the
arguments alone, and its first result has cotangent one. Both return the results of `@f` and then the cotangents.
`@f__jvp_wrt_0` takes the arguments and tangents of some; it returns the results and the tangents of those of float type.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from irc.autodiff import branches, calls, forward_control, forward_memory, loops, rules
from irc.autodiff.activity import Activity, is_differentiable
from irc.autodiff.custom import custom_rules, write_custom
from irc.autodiff.expr import full
from irc.autodiff.forward_functions import write_forward
from irc.autodiff.lifted import Lifted
from irc.autodiff.reverse import PASS_NAME, Context, Sweep
from irc.dialects import ad, func
from irc.ir.attributes import StringAttr, SymbolRefAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping
from irc.ir.diagnostic import error
from irc.ir.location import Location, fuse
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import SymbolTable
from irc.ir.types import FunctionType
from irc.ir.value import Value

Seeds = Literal["grad", "vjp", "jvp"]
Request = ad.ValueAndGrad | ad.VJP | ad.JVP

KINDS: dict[type[Operation], Seeds] = {ad.ValueAndGrad: "grad", ad.VJP: "vjp", ad.JVP: "jvp"}
"""The function that answers a request."""

REGISTERED = (branches, calls, forward_control, forward_memory, loops, rules)
"""Importing these fills the tables of adjoints and tangents."""


class Derivatives:
    """Writes derivative functions into a module, each once."""

    def __init__(self, module: Operation) -> None:
        self.table = SymbolTable(module)
        self.custom = custom_rules(module)
        self._written: dict[tuple[str, Seeds, tuple[int, ...]], func.Func] = {}
        self._expanding: list[str] = []
        self._lifted = Lifted()
        self.zeros: dict[Block, list[bool]] = {}
        """Of the body of each function that gives tangents, which of these are zero."""

    def expand(self, request: Request) -> None:
        """Replace a request by a call of the function that it asks for."""
        callee = self.callee(request, request.callee)
        kind: Seeds = KINDS[type(request)]
        wrt = tuple(ad.wrt_positions(request.wrt))
        written = self.derivative(callee, kind, wrt, request.location)
        operands = list(request.arguments)
        if isinstance(request, ad.VJP):
            types = callee.signature.results
            operands += [ct for ct, type in zip(request.cotangents, types, strict=True) if is_differentiable(type)]
        elif isinstance(request, ad.JVP):
            operands += request.tangents
        call = call_of(written, operands, fuse((request.location,), PASS_NAME))
        assert request.parent is not None
        request.parent.insert_before(call, request)
        request.replace_with(call.results)

    def callee(self, user: Operation, symbol: SymbolRefAttr) -> func.Func:
        """The function with a body that `symbol` names."""
        found = self.table.lookup(symbol.root)
        if not isinstance(found, func.Func):
            raise error(user.location, f"'{user.name}' op '@{symbol.root}' does not reference a function")
        if found.body.is_empty:
            raise error(user.location, f"'{user.name}' op cannot differentiate '@{symbol.root}', which has no body")
        return found

    def derivative(self, callee: func.Func, kind: Seeds, wrt: tuple[int, ...], request: Location) -> func.Func:
        """The derivative function of `callee`, written on first request."""
        name = callee.sym_name.value
        key = (name, kind, wrt)
        known = self._written.get(key)
        if known is not None:
            return known
        callee = self._lifted.of(callee, wrt, request)
        if name not in self._expanding:
            self._expanding.append(name)
            self._expand_nested(callee)
            self._expanding.pop()
        signature = callee.signature
        floats = ad.float_types(signature.results)
        varied = [signature.inputs[i] for i in wrt]
        seeds, found = {"grad": ([], varied), "vjp": (floats, varied), "jvp": (varied, floats)}[kind]
        outputs = (*signature.results, *found)
        body = Block([*signature.inputs, *seeds])
        written = func.Func(
            StringAttr(f"{name}__{kind}_wrt_{'_'.join(map(str, wrt))}"),
            TypeAttr(FunctionType((*signature.inputs, *seeds), outputs)),
            sym_visibility=StringAttr("private"),
            body=Region(body),
            location=fuse((callee.location,), PASS_NAME),
        )
        self._written[key] = written
        self.table.insert(written)
        self._body(callee, body, kind, wrt, request)
        return written

    def call(self, builder: Builder, function: func.Func, operands: Sequence[Value]) -> Sequence[Value]:
        """The results of a call of a function of the module."""
        return builder.insert(call_of(function, operands, builder.location)).results

    def _expand_nested(self, callee: func.Func) -> None:
        """Derivatives of derivatives: requests inside the function come first."""
        for op in list(callee.walk()):
            if isinstance(op, Request):
                if op.callee.root in self._expanding:
                    raise error(op.location, f"'{op.name}' op differentiates '@{op.callee.root}' inside itself")
                self.expand(op)

    def _body(self, callee: func.Func, body: Block, kind: Seeds, wrt: tuple[int, ...], request: Location) -> None:
        custom = self.custom.get(callee.sym_name.value)
        builder = Builder(InsertPoint.at_end(body), fuse((callee.location,), PASS_NAME))
        if custom is not None:
            write_custom(self, callee, custom, builder, kind, wrt, request)
            return
        source = callee.body.block
        if kind == "jvp":
            write_forward(self, source, builder, wrt, request)
            return
        activity = Activity(source, [source.arguments[i] for i in wrt])
        mapping = IRMapping(dict(zip(source.arguments, body.arguments, strict=False)))
        sweep = Sweep(Context(activity, request, self._call_vjp), builder, mapping)
        sweep.forward(source)
        returned = source.terminator.operands
        if kind == "grad":
            self._seed_one(sweep, returned[0])
        else:
            results = [value for value in returned if is_differentiable(value.type)]
            sweep.seed(results, body.arguments[len(source.arguments) :])
        sweep.backward(source)
        cts = [sweep.cotangent_or_zero(source.arguments[i]) for i in wrt]
        builder.insert(func.Return([*(mapping[value] for value in returned), *cts]))

    def _seed_one(self, sweep: Sweep, cost: Value) -> None:
        if cost in sweep.context.activity:
            sweep.seed([cost], [full(sweep.builder, cost.type, 1, list)])

    def _call_vjp(self, builder: Builder, op: Any, wrt: tuple[int, ...], operands: list[Value]) -> Sequence[Value]:
        callee = self.callee(op, op.callee)
        written = self.derivative(callee, "vjp", wrt, op.location)
        return builder.insert(call_of(written, operands, builder.location)).results


def call_of(callee: func.Func, operands: Sequence[Value], location: Location) -> func.Call:
    """A call of a function of the module."""
    types = callee.signature.results
    return func.Call(SymbolRefAttr(callee.sym_name.value), operands, result_types=types, location=location)
