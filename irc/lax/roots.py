"""Solutions of equations, whose derivatives follow from the equations and not from how they were solved (JAX's `lax` of the
same names)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from irc.numpy.ufuncs.signs import negative
from irc.tracing.array import as_array
from irc.tracing.custom import closure_convert, custom_jvp, custom_vjp, stop_gradient
from irc.tracing.dtypes import is_inexact
from irc.tracing.given import differentiated
from irc.tracing.gradients import vjp
from irc.tracing.requests import nothing
from irc.tracing.shaping import show
from irc.tracing.tangents import jvp
from irc.tracing.trees import flatten, unflatten

Solve = Callable[..., Any]


def custom_root(
    f: Callable[[Any], Any], initial_guess: Any, solve: Solve, tangent_solve: Solve, has_aux: bool = False
) -> Any:
    """The x that `solve(f, initial_guess)` finds, with f(x) = 0.

    It is differentiated with respect to what `f` refers to: `tangent_solve(g, y)` solves g(x) = y for a linear g. With
    `has_aux`, `solve` gives a pair, of whose second part no derivative is taken.
    """
    if not differentiated():
        return solve(f, initial_guess)
    equation, constants = closure_convert(f, initial_guess)

    @custom_jvp
    def root(constants: Any) -> Any:
        return solve(lambda x: equation(x, *constants), initial_guess)

    # The solution depends on the equation alone, and not on how it is found.
    root.closes = True

    @root.defjvp
    def _(primals: Any, tangents: Any) -> Any:
        (consts,), (moved,) = primals, tangents
        found = root(consts)
        solution = found[0] if has_aux else found
        _, change = jvp(lambda given: equation(solution, *given), (consts,), (moved,))
        along = tangent_solve(lambda t: jvp(lambda x: equation(x, *consts), (solution,), (t,))[1], change)
        tangent = _negated(along)
        return found, (tangent, _no_tangents(found[1])) if has_aux else tangent

    return root(constants)


def custom_linear_solve(
    matvec: Callable[[Any], Any],
    b: Any,
    solve: Solve,
    transpose_solve: Solve | None = None,
    symmetric: bool = False,
    has_aux: bool = False,
) -> Any:
    """The x that `solve(matvec, b)` finds, with matvec(x) = b for a linear `matvec`.

    It is differentiated with respect to b and to what `matvec` refers to. Reverse mode solves the transposed equation by
    `transpose_solve(vecmat, ct)`, or by `solve` where `matvec` is symmetric. With `has_aux`, `solve` gives a pair, of whose
    second part no derivative is taken. Raises `TypeError` in reverse mode without a way to solve the transposed equation.
    """
    if not differentiated():
        return solve(matvec, b)
    multiply, constants = closure_convert(matvec, b)

    @custom_vjp
    def solution(constants: Any, b: Any) -> Any:
        return solve(lambda x: multiply(x, *constants), b)

    def forward(consts: Any, b: Any) -> Any:
        found = solution(consts, b)
        return found, (consts, found[0] if has_aux else found)

    def backward(kept: Any, ct: Any) -> Any:
        consts, x = kept
        transposed = solve if symmetric else transpose_solve
        if transposed is None:
            raise TypeError(
                "transpose_solve required for backwards mode automatic differentiation of custom_linear_solve"
            )
        # A solution like any other: what it depends on is its equation, and not what the ways to solve it refer to.
        at = stop_gradient(x)
        y = custom_linear_solve(
            lambda v: vjp(lambda x: multiply(x, *consts), at)[1](v)[0],
            ct[0] if has_aux else ct,
            transposed,
            solve,
            symmetric,
            has_aux,
        )
        y = y[0] if has_aux else y
        _, of_constants = vjp(lambda given: multiply(x, *given), consts)
        return _negated(of_constants(y)[0]), y

    def along(primals: Any, tangents: Any) -> Any:
        (consts, b), (moved, db) = primals, tangents
        found = solution(consts, b)
        x = found[0] if has_aux else found
        _, change = jvp(lambda given: multiply(x, *given), (consts,), (moved,))
        right = _difference(db, change)
        tangent = solution(consts, right)
        return found, (tangent[0], _no_tangents(found[1])) if has_aux else tangent

    solution.closes = True
    solution.defvjp(forward, backward)
    solution.deftangents(along)
    leaves, structure = flatten(b)
    for leaf in map(as_array, leaves):
        if not is_inexact(leaf.dtype):
            raise TypeError(f"custom_linear_solve solves for floats, got {leaf.dtype.name}{show(leaf.shape)}")
    return solution(constants, unflatten(structure, leaves))


def _negated(tree: Any) -> Any:
    leaves, structure = flatten(tree)
    return unflatten(structure, [negative(leaf) for leaf in leaves])


def _difference(a: Any, b: Any) -> Any:
    leaves, structure = flatten(a)
    return unflatten(structure, [x - y for x, y in zip(map(as_array, leaves), flatten(b)[0], strict=True)])


def _no_tangents(tree: Any) -> Any:
    leaves, structure = flatten(tree)
    return unflatten(structure, [leaf * 0.0 if is_inexact(as_array(leaf).dtype) else nothing(leaf) for leaf in leaves])


__all__ = ["custom_linear_solve", "custom_root"]
