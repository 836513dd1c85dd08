"""How the transforms of Winograd's convolution are executed, with matrices that are computed exactly.

A convolution F(m, r) has m outputs and r taps. It is the transpose of a product of polynomials by their values at
m + r - 1 points, of which one is infinity: y = Aᵀ [(G g) ⊙ (Bᵀ d)] (Lavin and Gray, 2016). How the values at a point are
scaled is free as long as the three transforms agree; here A and B are products of the points, and G has the quotients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import count, islice
from typing import Any

import numpy as np

from irc.dialects import linalg_decomposable as linalg
from irc.interpreter.core import Frame, fail, interpret
from irc.interpreter.linalg_destinations import delivered
from irc.interpreter.values import Array
from irc.ir.operation import Operation
from irc.ir.types import FloatType, element_type


def points() -> Iterator[Fraction]:
    """0, 1, -1, 2, -2, 1/2, -1/2, 3, -3, 1/3, …"""
    yield Fraction(0)
    yield Fraction(1)
    yield Fraction(-1)
    for n in count(2):
        for point in (Fraction(n), Fraction(1, n)):
            yield point
            yield -point


def with_roots(roots: list[Fraction]) -> list[Fraction]:
    """The coefficients of the polynomial with these roots, the constant one first."""
    found = [Fraction(1)]
    for root in roots:
        found = [a - root * b for a, b in zip([Fraction(0), *found], [*found, Fraction(0)], strict=True)]
    return found


@cache
def filter_matrix(m: int, r: int) -> Array:
    """G: the values of a polynomial with r coefficients at the points, over the differences of the points."""
    finite = list(islice(points(), m + r - 2))
    rows = []
    for i, point in enumerate(finite):
        scale = Fraction(1)
        for other in finite[:i] + finite[i + 1 :]:
            scale *= point - other
        rows.append([point**j / scale for j in range(r)])
    return np.array([*rows, [0] * (r - 1) + [1]], np.float64)


@cache
def input_matrix(m: int, r: int) -> Array:
    """Bᵀ: the coefficients of the polynomials that are zero at all points but one."""
    finite = list(islice(points(), m + r - 2))
    rows = [[*with_roots(finite[:i] + finite[i + 1 :]), 0] for i in range(len(finite))]
    return np.array([*rows, with_roots(finite)], np.float64)


@cache
def output_matrix(m: int, r: int) -> Array:
    """Aᵀ: the values of a polynomial with m coefficients at the points, transposed."""
    rows = [[point**j for j in range(m)] for point in islice(points(), m + r - 2)]
    return np.array([*rows, [0] * (m - 1) + [1]], np.float64).T


Transform = linalg.WinogradFilterTransform | linalg.WinogradInputTransform | linalg.WinogradOutputTransform


def matrices(op: Transform, of: Callable[[int, int], Array], sizes: tuple[int, ...], axis: int) -> list[Array]:
    """The matrix for each of the two dimensions; one of size 1 is not transformed. `axis` of it must have that size."""
    matrix = of(op.m.value, op.r.value)
    if any(size not in (1, matrix.shape[axis]) for size in sizes):
        fail(op, f"expects sizes of 1 or {matrix.shape[axis]} in the dimensions that it transforms, got {sizes}")
    return [np.ones((1, 1)) if size == 1 else matrix for size in sizes]


def in_double(op: Operation, array: Array) -> Array:
    if not isinstance(element_type(op.operands[0].type), FloatType):
        fail(op, "is executed on floats only")
    return array.astype(np.float64)


@interpret(linalg.WinogradFilterTransform)
def transform_filter(frame: Frame, op: linalg.WinogradFilterTransform, filters: Any, dest: Any) -> Any:
    left, right = matrices(op, filter_matrix, filters.shape[1:3], 1)
    found = np.einsum("ih,fhwc,jw->ijcf", left, in_double(op, filters), right)
    return delivered(op, found.astype(filters.dtype), dest)


@interpret(linalg.WinogradInputTransform)
def transform_input(frame: Frame, op: linalg.WinogradInputTransform, image: Any, dest: Any) -> Any:
    """Tiles overlap: each starts m elements after the one before."""
    both = matrices(op, input_matrix, dest.shape[:2], 1)
    places = []
    for i, (matrix, tiles) in enumerate(zip(both, dest.shape[2:4], strict=True)):
        step, size = (1 if len(matrix) == 1 else op.m.value), len(matrix)
        if tiles and (tiles - 1) * step + size > image.shape[1 + i]:
            fail(
                op, f"reads {tiles} tiles of {size} elements, {step} apart, of a dimension of size {image.shape[1 + i]}"
            )
        places.append(np.arange(tiles)[:, None] * step + np.arange(size))
    parts = in_double(op, image)[:, places[0]][:, :, :, places[1]]
    return delivered(op, np.einsum("ih,nahbwc,jw->ijabnc", both[0], parts, both[1]).astype(image.dtype), dest)


@interpret(linalg.WinogradOutputTransform)
def transform_output(frame: Frame, op: linalg.WinogradOutputTransform, values: Any, dest: Any) -> Any:
    left, right = matrices(op, output_matrix, values.shape[:2], 1)
    tiles = np.einsum("hi,ijabnf,wj->nahbwf", left, in_double(op, values), right)
    n, high, rows, wide, columns, filters = tiles.shape
    return delivered(op, tiles.reshape(n, high * rows, wide * columns, filters).astype(values.dtype), dest)
