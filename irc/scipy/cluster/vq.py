"""Vector quantization, by the names of `jax.scipy.cluster.vq`."""

from __future__ import annotations

from typing import Any

from irc.numpy.linalg import vector_norm
from irc.numpy.reductions import min as least
from irc.numpy.searching import argmin
from irc.numpy.ufuncs.operands import inexact
from irc.tracing.array import Array
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import reshape


def vq(obs: Any, code_book: Any, check_finite: bool = True) -> tuple[Array, Array]:
    """For each row of `obs` the number of the nearest row of `code_book`, and the distance."""
    rows, codes = promoted(inexact(obs), inexact(code_book))[0]
    if rows.ndim != codes.ndim or rows.ndim not in (1, 2):
        raise ValueError(f"vq takes two matrices or two vectors, got arrays with {rows.ndim} and {codes.ndim} axes")
    if rows.ndim == 1:
        rows, codes = reshape(rows, (rows.shape[0], 1)), reshape(codes, (codes.shape[0], 1))
    distance = vector_norm(
        reshape(rows, (rows.shape[0], 1, rows.shape[1])) - reshape(codes, (1, *codes.shape)), axis=-1
    )
    return argmin(distance, -1), least(distance, -1)


__all__ = ["vq"]
