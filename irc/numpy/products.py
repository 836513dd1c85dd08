"""Products of matrices and tensors."""

from __future__ import annotations

from typing import Any

from irc.numpy.arguments import no_out, operands_of
from irc.numpy.manipulation import broadcast_to, expand_dims
from irc.numpy.ufuncs.arithmetic import multiply
from irc.tracing import elementwise
from irc.tracing.array import Array
from irc.tracing.elementwise import promoted
from irc.tracing.shaping import broadcast_shapes, permute_dims, reshape, show


def matmul(a: Any, b: Any, *, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """The matrix product over the last two axes, the leading ones broadcast; vectors are rows and columns.

    The sums have `preferred_element_type`; products are as precise as their dtype, whatever `precision`. Raises
    `ValueError` where the inner sizes differ.
    """
    a, b = operands_of(a, b, preferred_element_type)
    if not a.ndim or not b.ndim:
        raise ValueError("matmul needs arrays with axes")
    left = expand_dims(a, 0) if a.ndim == 1 else a
    right = expand_dims(b, 1) if b.ndim == 1 else b
    inner = left.shape[-1], right.shape[-2]
    if isinstance(inner[0], int) and isinstance(inner[1], int) and inner[0] != inner[1]:
        raise ValueError(f"matmul: arrays of shapes {show(a.shape)} and {show(b.shape)} do not fit")
    batch = broadcast_shapes(left.shape[:-2], right.shape[:-2])
    shape = [*batch, *([left.shape[-2]] if a.ndim > 1 else []), *([right.shape[-1]] if b.ndim > 1 else [])]
    if right.ndim == 2 and left.ndim > 2:
        # One product with more rows.
        rows = left.size // inner[0] if inner[0] != 0 else 0
        found = elementwise.matmul(reshape(left, (rows, inner[0])), right) if inner[0] != 0 else None
        if found is not None:
            return reshape(found, shape)
    left = broadcast_to(left, (*batch, *left.shape[-2:]))
    right = broadcast_to(right, (*batch, *right.shape[-2:]))
    return reshape(elementwise.matmul(left, right), shape)


def dot(a: Any, b: Any, *, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """NumPy's `dot`: the product over the last axis of the first and the last but one of the second."""
    a, b = operands_of(a, b, preferred_element_type)
    if not a.ndim or not b.ndim:
        return multiply(a, b)
    if a.ndim <= 2 and b.ndim <= 2:
        return matmul(a, b)
    if b.ndim == 1:
        return matmul(a, b)
    order = (b.ndim - 2, *(i for i in range(b.ndim) if i != b.ndim - 2))
    right = permute_dims(b, order)
    columns = [size for i, size in enumerate(b.shape) if i != b.ndim - 2]
    flat = reshape(right, (b.shape[-2], right.size // b.shape[-2]))
    return reshape(matmul(a, flat), (*a.shape[:-1], *columns))


def outer(a: Any, b: Any, out: None = None) -> Array:
    """The products of all pairs of elements."""
    no_out(out, "outer")
    (a, b), _ = promoted(a, b)
    return multiply(reshape(a, (a.size, 1)), reshape(b, (1, b.size)))


__all__ = [
    "dot", "matmul", "outer",
]  # fmt: skip
