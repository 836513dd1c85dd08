"""`ad.linearize`: the function runs with what its derivative needs kept; the map is then applied as often as one likes.

Pulled back, it is the backward function. That is linear in the cotangents, so that pushed forward it is the backward function
of the backward function.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.autodiff.activity import is_differentiable
from irc.autodiff.expr import Expr
from irc.autodiff.frames import derived
from irc.autodiff.split import Split
from irc.dialects import ad, func
from irc.ir.attributes import SymbolRefAttr
from irc.ir.builder import Builder, InsertPoint
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.types import Type
from irc.ir.value import Value

if TYPE_CHECKING:
    from irc.autodiff.functions import Derivatives


def expand_linear(derivatives: Derivatives, request: ad.Linearize, callee: func.Func, wrt: tuple[int, ...]) -> None:
    """Replace a request, and what applies the map that it gives."""
    signature = callee.signature
    seeded = tuple(i for i, type in enumerate(signature.results) if is_differentiable(type))
    split = derivatives.split(callee, wrt, seeded, request)
    b = Builder(InsertPoint.before(request), derived(request.location))
    results = _forward(b, callee, split, request.arguments)
    count = len(signature.results)
    residuals = split.residual_values(request.arguments, results[count:])
    linear = request.results[-1]
    for user in list(linear.users):
        at = Builder(InsertPoint.before(user), derived(user.location))
        if isinstance(user, ad.Pullback):
            cts = dict(zip(seeded, user.cotangents, strict=True))
            given = [cts[i] for i in split.seeded]
            found = dict(zip(split.reached, _call(at, split.backward, [*residuals, *given]), strict=False))
            values = _chosen(at, found, wrt, [request.arguments[i] for i in wrt])
        elif isinstance(user, ad.Pushforward):
            tangents = dict(zip(wrt, user.tangents, strict=True))
            varied = [tangents.get(i) for i in split.reached]
            moved = pushed(derivatives, at, user, split, residuals, varied)
            values = _chosen(at, moved, seeded, [results[i] for i in seeded])
        else:
            raise error(
                user.location, f"'{user.name}' op uses a linear map, which 'ad.pullback' and 'ad.pushforward' do"
            )
        user.replace_with(values)
    for old, new in zip(request.results[:-1], results, strict=False):
        old.replace_all_uses_with(new)
    request.erase()


def pushed(
    derivatives: Derivatives,
    b: Builder,
    user: Operation,
    split: Split,
    residuals: Sequence[Value],
    tangents: Sequence[Value | None],
) -> dict[int, Value]:
    """The tangents of results, by their positions, for those of the arguments that the map reaches."""
    backward, first = split.backward, len(residuals)
    positions = tuple(range(first, first + len(split.seeded)))
    given = [i for i, tangent in enumerate(tangents) if tangent is not None]
    if not given or not positions:
        return {}
    again = derivatives.split(backward, positions, tuple(given), user)
    zeros = [_zeros(b, type, None) for type in backward.signature.inputs[first:]]
    arguments = [*residuals, *zeros]
    kept = _forward(b, backward, again, arguments)[len(backward.signature.results) :] if again.forward else []
    operands = again.residual_values(arguments, kept)
    found = _call(b, again.backward, [*operands, *(t for t in tangents if t is not None)])
    return {split.seeded[i - first]: value for i, value in zip(again.reached, found, strict=True)}


def _forward(b: Builder, callee: func.Func, split: Split, arguments: Sequence[Value]) -> Sequence[Value]:
    return _call(b, split.forward if split.forward is not None else callee, arguments)


def _call(b: Builder, callee: func.Func, operands: Sequence[Value]) -> Sequence[Value]:
    symbol = SymbolRefAttr(callee.sym_name.value)
    return b.insert(func.Call(symbol, list(operands), result_types=callee.signature.results)).results


def _chosen(b: Builder, found: dict[int, Value], positions: Sequence[int], likes: Sequence[Value]) -> list[Value]:
    """Those at `positions`; zeros where there is none."""
    return [found[i] if i in found else _zeros(b, like.type, like) for i, like in zip(positions, likes, strict=True)]


def _zeros(b: Builder, type: Type, like: Value | None) -> Value:
    """Zeros of a type; where sizes are not known, as many as `like` has."""
    return Expr(b, type, lambda: _known(like)).like(0).value


def _known(like: Value | None) -> Value:
    assert like is not None
    return like
