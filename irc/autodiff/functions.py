"""Derivatives of whole functions: `@f` becomes a function that also returns the cotangents of some arguments.

`@f__vjp_wrt_0` takes the arguments of `@f` and a cotangent for each of its float results; `@f__grad_wrt_0` takes the
arguments alone, and its first result has cotangent one. Both return the results of `@f` and then the cotangents.
`@f__jvp_wrt_0` takes the arguments and tangents of some; it returns the results and the tangents of those of float type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from irc.autodiff import branches, calls, checkpoints, forward_control, forward_memory, loops, rules, shadows, whiles
from irc.autodiff.activity import Activity, is_buffer, is_differentiable
from irc.autodiff.custom import custom_rules, split_custom, write_custom
from irc.autodiff.expr import full
from irc.autodiff.forward_functions import write_forward
from irc.autodiff.frames import Frame, copied, derived
from irc.autodiff.inlining import open_calls_on_buffers
from irc.autodiff.lifted import Lifted
from irc.autodiff.linear_maps import expand_linear
from irc.autodiff.lowered import Lower
from irc.autodiff.missing import PASSES_BUFFERS, RECURSIVE, requested, undifferentiable
from irc.autodiff.reach import reach
from irc.autodiff.repeatable import Repeatable
from irc.autodiff.reverse import Context, Sweep
from irc.autodiff.shadows import give_shadows, take_shadows
from irc.autodiff.split import FunctionFrame, Split
from irc.dialects import ad, func
from irc.ir.attributes import StringAttr, SymbolRefAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import IRMapping
from irc.ir.diagnostic import error
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.symbols import SymbolTable
from irc.ir.types import FunctionType, Type
from irc.ir.value import Value

Seeds = Literal["grad", "vjp", "jvp"]
Request = ad.ValueAndGrad | ad.VJP | ad.JVP | ad.Linearize

KINDS: dict[type[Operation], Seeds] = {ad.ValueAndGrad: "grad", ad.VJP: "vjp", ad.JVP: "jvp"}
"""The function that answers a request."""

HANDED = 1000
"""How many values a function may hand to its adjoint besides those of its own operations. Functions that hand on what their
callees save would otherwise hand on twice as many with each level that calls the one below it twice."""

REGISTERED = (branches, calls, checkpoints, forward_control, forward_memory, loops, rules, shadows, whiles)
"""Importing these fills the tables of adjoints and tangents."""


class Derivatives:
    """Writes derivative functions into a module, each once."""

    def __init__(self, module: Operation, run: Lower) -> None:
        self.table = SymbolTable(module)
        self.custom = custom_rules(module)
        self._written: dict[tuple[str, Seeds, tuple[int, ...], tuple[int, ...]], func.Func] = {}
        self._splits: dict[tuple[str, tuple[int, ...], tuple[int, ...]], Split | None] = {}
        self._expanding: list[str] = []
        self._lifted = Lifted(run)
        self._repeatable = Repeatable(self.table)
        self.zeros: dict[Block, list[bool]] = {}
        """Of the body of each function that gives tangents, which of these are zero."""

    def expand(self, request: Request) -> None:
        """Replace a request by a call of the function that it asks for. Raises `DiagnosedError`, with a note at it."""
        with requested(request.location):
            self._expand(request)

    def _expand(self, request: Request) -> None:
        callee = self.callee(request, request.callee)
        wrt = tuple(ad.wrt_positions(request.wrt))
        if isinstance(request, ad.Linearize):
            expand_linear(self, request, callee, wrt)
            return
        kind: Seeds = KINDS[type(request)]
        if callee.sym_name.value in self.custom:
            self.custom[callee.sym_name.value].check(request, wrt)
        costs = tuple(ad.wrt_positions(request.costs)) if isinstance(request, ad.ValueAndGrad) else (0,)
        written = self.derivative(callee, kind, wrt, costs)
        operands = list(request.arguments)
        if isinstance(request, ad.VJP):
            types = callee.signature.results
            operands += [ct for ct, type in zip(request.cotangents, types, strict=True) if is_differentiable(type)]
        elif isinstance(request, ad.JVP):
            operands += request.tangents
        call = call_of(written, operands, derived(request.location))
        assert request.parent is not None
        request.parent.insert_before(call, request)
        request.replace_with(call.results)

    def callee(self, user: Operation, symbol: SymbolRefAttr) -> func.Func:
        """The function with a body that `symbol` names."""
        found = self.table.lookup(symbol.root)
        if not isinstance(found, func.Func):
            raise error(user.location, f"'{user.name}' op '@{symbol.root}' does not reference a function")
        if found.body.is_empty and symbol.root not in self.custom:
            raise undifferentiable(user, f"cannot differentiate '@{symbol.root}', which has no body")
        return found

    def derivative(
        self, callee: func.Func, kind: Seeds, wrt: tuple[int, ...], costs: tuple[int, ...] = (0,)
    ) -> func.Func:
        """The derivative function of `callee`, written on first request; gradients are of its results `costs`."""
        name = callee.sym_name.value
        key = (name, kind, wrt, costs)
        known = self._written.get(key)
        if known is not None:
            return known
        callee = self._prepared(callee, wrt)
        signature = callee.signature
        floats, varied = ad.float_types(signature.results), [signature.inputs[i] for i in wrt]
        suffix = f"{kind}_wrt_{_numbers(wrt)}" + ("" if costs == (0,) else f"_of_{_numbers(costs)}")
        custom = self.custom.get(name)
        if kind == "jvp" or custom is not None:
            seeds, found = {"grad": ([], varied), "vjp": (floats, varied), "jvp": (varied, floats)}[kind]
            body = Block([*signature.inputs, *seeds])
            written = self._write(callee, suffix, body, [*signature.results, *found])
            self._written[key] = written
            builder = Builder(InsertPoint.at_end(body), derived(callee.location))
            if custom is not None:
                write_custom(self, callee, custom, builder, kind, wrt)
            else:
                write_forward(self, callee.body.block, builder, wrt)
            return written
        run = self._run(callee, wrt)
        seeded: list[Value] = [run.body.add_argument(type) for type in (floats if kind == "vjp" else [])]
        builder = Builder(InsertPoint.at_end(run.body), derived(callee.location))
        cts: list[Value] = []
        for cost in costs:
            sweep = Sweep(run.context, builder, Frame(builder))
            give_shadows(sweep, run.body.arguments[: len(signature.inputs)])
            if kind == "grad":
                self._seed_one(sweep, run.returned[cost])
            else:
                sweep.seed([value for value in run.returned if is_differentiable(value.type)], seeded)
            sweep.backward(run.ops)
            cts += take_shadows(sweep, run.body.arguments[: len(signature.inputs)], wrt)
        written = self.returning(callee, suffix, run.body, [*run.returned, *cts])
        self._written[key] = written
        return written

    def call(self, builder: Builder, function: func.Func, operands: Sequence[Value]) -> Sequence[Value]:
        """The results of a call of a function of the module."""
        return builder.insert(call_of(function, operands, builder.location)).results

    def split(self, callee: func.Func, wrt: tuple[int, ...], seeded: tuple[int, ...], request: Operation) -> Split:
        """The functions for a call of `callee`, where results at the positions `seeded` have cotangents."""
        key = (callee.sym_name.value, wrt, seeded)
        if key in self._splits:
            known = self._splits[key]
            if known is None:
                name = callee.sym_name.value
                raise error(request.location, RECURSIVE.format(name))
            return known
        self._splits[key] = None
        callee = self._prepared(callee, wrt)
        custom = self.custom.get(callee.sym_name.value)
        if custom is not None:
            custom.check(request, wrt)
            found = self._splits[key] = split_custom(self, callee, custom, wrt)
            return found
        run = self._run(callee, wrt)
        reached = reach(run.context.activity, run.body, {run.returned[i] for i in seeded})
        arguments = [i for i in wrt if run.body.arguments[i] in reached]
        body = Block([run.returned[i].type for i in seeded])
        builder = Builder(InsertPoint.at_end(body), derived(callee.location))
        frame = FunctionFrame(builder, run.body, body)
        sweep = Sweep(run.context, builder, frame)
        if run.context.activity.active_memory and any(is_buffer(argument) for argument in run.body.arguments):
            raise undifferentiable(request, PASSES_BUFFERS)
        sweep.seed([run.returned[i] for i in seeded], list(body.arguments))
        sweep.backward(run.ops)
        cts = [sweep.cotangent_or_zero(run.body.arguments[i]) for i in arguments]
        if frame.saves_more_than(HANDED + sum(1 for _ in callee.walk())) and self._repeatable(callee):
            real = frame.run_again()
        else:
            real = frame.resolve(InsertPoint.at_start(body))
        suffix = f"wrt_{_numbers(wrt)}" + ("" if len(seeded) == len(run.returned) else f"_of_{_numbers(seeded)}")
        forward = None
        if frame.saved:
            forward = self.returning(callee, f"fwd_{suffix}", run.body, [*run.returned, *frame.saved])
        backward = self.returning(callee, f"bwd_{suffix}", body, [real.get(ct, ct) for ct in cts])
        found = self._splits[key] = Split(forward, backward, frame.residuals, seeded, arguments)
        return found

    def _run(self, callee: func.Func, wrt: tuple[int, ...]) -> _Run:
        """A copy of the body of `callee` with what is to be known for its adjoint."""
        source = callee.body.block
        body = Block(callee.signature.inputs)
        mapping = IRMapping(dict(zip(source.arguments, body.arguments, strict=True)))
        for op in source:
            if op is not source.last:
                body.append(copied(op, mapping))
        last = func.Return([mapping[value] for value in source.terminator.operands])
        body.append(last)
        open_calls_on_buffers(body, self._opened)
        returned = list(last.operands)
        last.drop_uses_and_erase()
        activity = Activity(body, [body.arguments[i] for i in wrt])
        return _Run(body, list(body), returned, Context(activity, self.table, self._split_call, returned))

    def _opened(self, call: func.Call) -> func.Func | None:
        """The function to put in place of a call that passes buffers; none for one whose derivative is given."""
        if call.callee.root in self.custom:
            return None
        callee = self.callee(call, call.callee)
        floats = tuple(i for i, type in enumerate(callee.signature.inputs) if is_differentiable(type))
        return self._prepared(callee, floats)

    def _prepared(self, callee: func.Func, wrt: tuple[int, ...]) -> func.Func:
        """`callee` with structured control flow and ops that have derivatives, and without requests inside of it."""
        callee = self._lifted.of(callee, wrt)
        name = callee.sym_name.value
        if name not in self._expanding:
            self._expanding.append(name)
            self._expand_nested(callee)
            self._expanding.pop()
        return callee

    def _expand_nested(self, callee: func.Func) -> None:
        """Derivatives of derivatives: requests inside the function come first."""
        for op in list(callee.walk()):
            if isinstance(op, Request):
                if op.callee.root in self._expanding:
                    raise error(op.location, f"'{op.name}' op differentiates '@{op.callee.root}' inside itself")
                self.expand(op)

    def returning(self, callee: func.Func, suffix: str, body: Block, returned: Sequence[Value]) -> func.Func:
        """A private function with this body, which is to return these values."""
        Builder(InsertPoint.at_end(body), derived(callee.location)).insert(func.Return(list(returned)))
        return self._write(callee, suffix, body, [value.type for value in returned])

    def _write(self, callee: func.Func, suffix: str, body: Block, results: Sequence[Type]) -> func.Func:
        """A private function derived from `callee` with this body and results of these types."""
        inputs = tuple(argument.type for argument in body.arguments)
        written = func.Func(
            StringAttr(f"{callee.sym_name.value}__{suffix}"),
            TypeAttr(FunctionType(inputs, tuple(results))),
            sym_visibility=StringAttr("private"),
            body=Region(body),
            location=derived(callee.location),
        )
        self.table.insert(written)
        return written

    def _seed_one(self, sweep: Sweep, cost: Value) -> None:
        if cost in sweep.context.activity:
            sweep.seed([cost], [full(sweep.builder, cost.type, 1, list)])

    def _split_call(self, op: func.Call, wrt: tuple[int, ...], seeded: tuple[int, ...]) -> Split:
        return self.split(self.callee(op, op.callee), wrt, seeded, op)


@dataclass(slots=True)
class _Run:
    """The forward run of a function: its body and operations, what it returns, and what its adjoint has to know."""

    body: Block
    ops: list[Operation]
    returned: list[Value]
    context: Context


def _numbers(positions: Sequence[int]) -> str:
    return "_".join(map(str, positions))


def call_of(callee: func.Func, operands: Sequence[Value], location: Location) -> func.Call:
    """A call of a function of the module."""
    types = callee.signature.results
    return func.Call(SymbolRefAttr(callee.sym_name.value), operands, result_types=types, location=location)
