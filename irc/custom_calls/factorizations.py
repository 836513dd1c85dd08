"""Factorizations of batches of matrices (the last two axes), as custom calls whose results have the sizes of their types.

| target | results | options |
|---|---|---|
| `@irc.lu(a)` | the factors in one matrix, pivots, permutation | |
| `@irc.qr(a)` | q, r | |
| `@irc.eigh(a)` | eigenvalues, eigenvectors | `lower` (true): the triangle of `a` that is read |
| `@irc.svd(a)` | u, s, vh; or s alone | |
| `@irc.eig(a)` | eigenvalues, eigenvectors, both complex | |

`lu`: a with its rows permuted is l u, of which l has ones on its diagonal that are not stored. Row i was swapped with row
`pivots[i]`, in this order; row i of l u is row `permutation[i]` of a. Both are of any integer type, and may be left out.
`qr` and `svd` compute square q, u and vh where the results' types say so, else those of min(m, n) columns or rows. `eigh`
and `eig` compute the eigenvalues alone where there is one result. Eigenvalues of `eigh` ascend, singular values descend.

Everything but `lu` is NumPy's LAPACK. A matrix for which it finds nothing, as one that holds NaN or
infinity, has results of NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from irc.custom_calls import Array, register, write
from irc.custom_calls.linear_algebra import BLOCK, computed, found_or_nan, triangular_solve


def lu(a: Array) -> tuple[Array, Array, Array]:
    """The factors with partial pivoting, the pivots and the permutation. The pivot of a column of zeros is the first."""
    x = np.array(computed(a))
    *batch, m, n = x.shape
    steps = min(m, n)
    pivots = np.zeros((*batch, steps), np.int64)
    permutation = np.broadcast_to(np.arange(m), (*batch, m)).copy()
    for start in range(0, steps, BLOCK):
        end = min(start + BLOCK, steps)
        for i in range(start, end):
            column = x[..., i:, i]
            chosen = i + np.argmax(np.abs(column), axis=-1) if column.size else np.zeros(batch, np.int64)
            pivots[..., i] = chosen
            _swap(x, i, chosen[..., None, None])
            _swap(permutation[..., None], i, chosen[..., None, None])
            pivot = x[..., i : i + 1, i : i + 1]
            below = x[..., i + 1 :, i : i + 1]
            below /= np.where(pivot == 0, 1, pivot)
            x[..., i + 1 :, i + 1 : end] -= below * x[..., i : i + 1, i + 1 : end]
        if end < n:
            block = x[..., start:end, start:end]
            x[..., start:end, end:] = triangular_solve(block, x[..., start:end, end:], True, True, True)
            x[..., end:, end:] -= np.matmul(x[..., end:, start:end], x[..., start:end, end:])
    return x, pivots, permutation


def _swap(x: Array, i: int, chosen: Array) -> None:
    """Swap row `i` with another one, in each matrix of a batch."""
    first = x[..., i : i + 1, :].copy()
    at = np.broadcast_to(chosen, first.shape)
    x[..., i : i + 1, :] = np.take_along_axis(x, at, axis=-2)
    np.put_along_axis(x, at, first, axis=-2)


@register("irc.lu")
def _lu(a: Array, *, out: Sequence[Array]) -> None:
    write(out, lu(a))


@register("irc.qr")
def _qr(a: Array, *, out: Sequence[Array]) -> None:
    is_full = bool(out) and out[0].shape[-1:] == a.shape[-2:-1]
    write(out, np.linalg.qr(computed(a), mode="complete" if is_full else "reduced"))


@register("irc.eigh")
def _eigh(a: Array, *, out: Sequence[Array], lower: bool = True) -> None:
    triangle: Any = "L" if lower else "U"
    x = computed(a)
    if len(out) == 1:
        write(out, found_or_nan(lambda x: [np.linalg.eigvalsh(x, triangle)], x))
    else:
        write(out, found_or_nan(lambda x: np.linalg.eigh(x, triangle), x))


@register("irc.svd")
def _svd(a: Array, *, out: Sequence[Array]) -> None:
    x = computed(a)
    if len(out) == 1:
        write(out, found_or_nan(lambda x: [np.linalg.svd(x, compute_uv=False)], x))
        return
    is_full = len(out) == 3 and out[0].shape[-1:] == a.shape[-2:-1] and out[2].shape[-2:-1] == a.shape[-1:]
    write(out, found_or_nan(lambda x: np.linalg.svd(x, full_matrices=is_full), x))


@register("irc.eig")
def _eig(a: Array, *, out: Sequence[Array]) -> None:
    x = computed(a)
    # NumPy's results are real where all of a batch are.
    wanted = np.result_type(x, np.complex64)

    def found(x: Array) -> Sequence[Array]:
        results = [np.linalg.eigvals(x)] if len(out) == 1 else np.linalg.eig(x)
        return [each.astype(wanted) for each in results]

    write(out, found_or_nan(found, x))
