"""Functions whose derivative is given by other functions: `ad.custom_jvp` and `ad.custom_vjp`.

The derivative function of such a function calls those. In reverse mode through `ad.custom_jvp` the given function, which is
linear in its tangents, is transposed: its vector-Jacobian product with respect to the tangents is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from irc.autodiff.expr import Expr, full
from irc.autodiff.frames import derived
from irc.autodiff.split import Residual, Split
from irc.dialects import ad, func
from irc.ir.attributes import SymbolRefAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import Diagnostic, error
from irc.ir.operation import Operation
from irc.ir.value import Value

if TYPE_CHECKING:
    from irc.autodiff.functions import Derivatives, Seeds


@dataclass(frozen=True, slots=True)
class CustomRule:
    """What is given for a function: the names of its derivative functions, and where that was said."""

    op: ad.CustomJVP | ad.CustomVJP
    jvp: SymbolRefAttr | None = None
    vjp: tuple[SymbolRefAttr, SymbolRefAttr] | None = None

    def check(self, user: Operation, wrt: Sequence[int]) -> None:
        """Raise `DiagnosedError` where `user` wants derivatives with respect to what counts as a constant."""
        found = sorted(set(wrt) & set(ad.wrt_positions(self.op.constants)))
        if found:
            message = (
                f"the derivative of '@{self.op.primal.root}' is given with respect to its arguments alone, but it is "
                f"differentiated with respect to a value that it closes over (#{found[0]}): pass that as an argument, or "
                "use stop_gradient"
            )
            raise error(user.location, message, Diagnostic(self.op.location, "the derivative is given here", "note"))


def custom_rules(module: Operation) -> dict[str, CustomRule]:
    """The custom rules of a module, by the names of the functions. Raises `DiagnosedError` where there are two."""
    found: dict[str, CustomRule] = {}
    for op in (op for region in module.regions for block in region for op in block):
        if not isinstance(op, ad.CustomJVP | ad.CustomVJP):
            continue
        name = op.primal.root
        known = found.get(name)
        rule = known if known is not None else CustomRule(op)
        jvp = isinstance(op, ad.CustomJVP)
        if known is not None and (known.jvp if jvp else known.vjp) is not None:
            note = Diagnostic(known.op.location, "the other one is here", "note")
            raise error(op.location, f"'{op.name}' op gives '@{name}' a second derivative of this kind", note)
        found[name] = (
            replace(rule, jvp=op.jvp) if isinstance(op, ad.CustomJVP) else replace(rule, vjp=(op.forward, op.backward))
        )
    return found


def write_custom(
    derivatives: Derivatives,
    callee: func.Func,
    rule: CustomRule,
    builder: Builder,
    kind: Seeds,
    wrt: Sequence[int],
) -> None:
    """Write the body of the derivative function of `callee` from what is given."""
    arguments = list(builder.point.block.arguments)
    count = len(callee.signature.inputs)
    primals, seeds = arguments[:count], arguments[count:]
    if kind == "jvp":
        found = _tangents(derivatives, callee, rule, builder, primals, dict(zip(wrt, seeds, strict=True)))
    else:
        found = _cotangents(derivatives, callee, rule, builder, primals, seeds, kind, wrt)
    builder.insert(func.Return(found))


def _tangents(
    derivatives: Derivatives,
    callee: func.Func,
    rule: CustomRule,
    builder: Builder,
    primals: Sequence[Value],
    tangents: dict[int, Value],
) -> Sequence[Value]:
    if rule.jvp is None:
        name = callee.sym_name.value
        raise error(
            rule.op.location,
            f"'@{name}' has a derivative in reverse mode only: forward mode needs 'ad.custom_jvp @{name}, …', "
            "from Python irc.custom_jvp",
        )
    jvp = derivatives.callee(rule.op, rule.jvp)
    positions = _floats(callee)
    given = [tangents[i] if i in tangents else _zero(builder, primals[i]) for i in positions]
    return derivatives.call(builder, jvp, [*primals, *given])


def _cotangents(
    derivatives: Derivatives,
    callee: func.Func,
    rule: CustomRule,
    builder: Builder,
    primals: Sequence[Value],
    seeds: Sequence[Value],
    kind: Seeds,
    wrt: Sequence[int],
) -> Sequence[Value]:
    """The results, and the cotangents of the arguments `wrt`."""
    count, positions = len(callee.signature.results), _floats(callee)
    if rule.vjp is not None:
        forward, backward = (derivatives.callee(rule.op, symbol) for symbol in rule.vjp)
        values = derivatives.call(builder, forward, primals)
        results, residuals = values[:count], values[count:]
        cts = seeds if kind == "vjp" else _ones(builder, results)
        found = derivatives.call(builder, backward, [*residuals, *cts])
        return [*results, *(found[positions.index(i)] for i in wrt)]
    assert rule.jvp is not None
    jvp = derivatives.callee(rule.op, rule.jvp)
    tangents = tuple(len(primals) + positions.index(i) for i in wrt)
    written = derivatives.derivative(jvp, "vjp", tangents)
    # The product is linear in the tangents: which they are is all the same.
    results = derivatives.call(builder, callee, primals)
    zeros = [_zero(builder, primals[i]) for i in positions]
    floats = [value for value in results if ad.float_types([value.type])]
    cts = seeds if kind == "vjp" else _ones(builder, results)
    nothing = [_zero(builder, value) for value in floats]
    values = derivatives.call(builder, written, [*primals, *zeros, *nothing, *cts])
    return [*values[:count], *values[len(jvp.signature.results) :]]


def split_custom(derivatives: Derivatives, callee: func.Func, rule: CustomRule, wrt: Sequence[int]) -> Split:
    """The forward and the backward function of a callee whose derivative is given."""
    seeded = [i for i, type in enumerate(callee.signature.results) if ad.float_types([type])]
    if rule.vjp is not None:
        forward, backward = (derivatives.callee(rule.op, symbol) for symbol in rule.vjp)
        count = len(forward.signature.results) - len(callee.signature.results)
        return Split(forward, backward, [Residual(False, i) for i in range(count)], seeded, _floats(callee))
    assert rule.jvp is not None
    return _split_tangents(derivatives, callee, derivatives.callee(rule.op, rule.jvp), rule.op, wrt)


def _split_tangents(
    derivatives: Derivatives, callee: func.Func, jvp: func.Func, given: Operation, wrt: Sequence[int]
) -> Split:
    """The functions of a given forward mode: it is linear in its tangents, so what runs it forward gives it zeros."""
    count, total = len(callee.signature.results), len(jvp.signature.results)
    first, positions = len(callee.signature.inputs), _floats(callee)
    places = {first + positions.index(i): i for i in wrt}
    inner = derivatives.split(jvp, tuple(places), tuple(range(count, total)), given)
    suffix = f"wrt_{'_'.join(map(str, wrt))}"

    body = Block(callee.signature.inputs)
    builder = Builder(InsertPoint.at_end(body), derived(callee.location))
    operands = [*body.arguments, *(_zero(builder, body.arguments[i]) for i in positions)]
    values = derivatives.call(builder, inner.forward if inner.forward is not None else jvp, operands)
    needed = inner.residual_values(operands, values[total:])
    kept = [value for value in needed if value not in body.arguments]
    residuals = [
        Residual(True, body.arguments.index(value)) if value in body.arguments else Residual(False, kept.index(value))
        for value in needed
    ]
    forward = derivatives.returning(callee, f"fwd_{suffix}", body, [*values[:count], *kept])

    floats = ad.float_types(callee.signature.results)
    body = Block([*(value.type for value in needed), *floats])
    builder = Builder(InsertPoint.at_end(body), derived(callee.location))
    cts = [body.arguments[len(needed) + i - count] for i in inner.seeded]
    found = derivatives.call(builder, inner.backward, [*body.arguments[: len(needed)], *cts])
    backward = derivatives.returning(callee, f"bwd_{suffix}", body, found)
    seeded = [i for i, type in enumerate(callee.signature.results) if ad.float_types([type])]
    return Split(forward, backward, residuals, seeded, [places[i] for i in inner.reached])


def _floats(callee: func.Func) -> list[int]:
    return [i for i, type in enumerate(callee.signature.inputs) if ad.float_types([type])]


def _zero(builder: Builder, value: Value) -> Value:
    return Expr.of(builder, value).like(0).value


def _ones(builder: Builder, results: Sequence[Value]) -> list[Value]:
    """One for the first result, zero for the others."""
    floats = [value for value in results if ad.float_types([value.type])]
    return [full(builder, value.type, 1, list) if value is results[0] else _zero(builder, value) for value in floats]
