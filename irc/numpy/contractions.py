"""Products of tensors along any axes: `tensordot`, `einsum`, and the products of vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.numpy import ufuncs
from irc.numpy.arguments import no_out, operands_of
from irc.numpy.complexes import conj
from irc.numpy.manipulation import broadcast_to, moveaxis, ravel
from irc.numpy.products import matmul
from irc.numpy.reductions import normal_axis
from irc.numpy.reductions import sum as total
from irc.tracing import elementwise
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Dim
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_shapes, permute_dims, reshape, show


def product(sizes: Sequence[Any]) -> Any:
    """The product of sizes."""
    found: Any = 1
    for size in sizes:
        found = found * size
    return found


def contract(a: Array, b: Array, batch: Sequence[tuple[int, int]], inner: Sequence[tuple[int, int]]) -> Array:
    """The sums of products over the pairs of axes `inner`, for each place along the pairs `batch`.

    The axes of the result: those of the pairs `batch`, then the others of `a`, then the others of `b`.
    """
    a_batch, b_batch = [pair[0] for pair in batch], [pair[1] for pair in batch]
    a_inner, b_inner = [pair[0] for pair in inner], [pair[1] for pair in inner]
    a_free = [axis for axis in range(a.ndim) if axis not in (*a_batch, *a_inner)]
    b_free = [axis for axis in range(b.ndim) if axis not in (*b_batch, *b_inner)]
    shape = [a.shape[axis] for axis in a_batch]
    rows, columns = [a.shape[axis] for axis in a_free], [b.shape[axis] for axis in b_free]
    terms = [a.shape[axis] for axis in a_inner]
    left = permute_dims(a, (*a_batch, *a_free, *a_inner))
    right = permute_dims(b, (*b_batch, *b_inner, *b_free))
    if not inner:
        left = reshape(left, (*shape, *rows, *(1,) * len(columns)))
        right = reshape(right, (*shape, *(1,) * len(rows), *columns))
        return ufuncs.multiply(left, right)
    outer = [product(shape)] if len(shape) > 1 else shape
    left = reshape(left, (*outer, product(rows), product(terms)))
    right = reshape(right, (*outer, product(terms), product(columns)))
    return reshape(elementwise.matmul(left, right), (*shape, *rows, *columns))


def tensordot(a: Any, b: Any, axes: Any = 2, *, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """The sums of products over axes of both: a number of the last and first ones, or two lists of axes."""
    a, b = operands_of(a, b, preferred_element_type)
    if isinstance(axes, int):
        if axes < 0 or axes > min(a.ndim, b.ndim):
            raise ValueError(f"tensordot over {axes} axes of arrays of shapes {show(a.shape)} and {show(b.shape)}")
        pairs = [(a.ndim - axes + i, i) for i in range(axes)]
    else:
        left, right = ([each] if isinstance(each, int) else list(each) for each in axes)
        if len(left) != len(right):
            raise ValueError("tensordot needs as many axes of the one array as of the other")
        pairs = [(normal_axis(i, a.ndim), normal_axis(j, b.ndim)) for i, j in zip(left, right, strict=True)]
    for i, j in pairs:
        sizes = a.shape[i], b.shape[j]
        if not any(isinstance(size, Dim) for size in sizes) and sizes[0] != sizes[1]:
            raise ValueError(f"tensordot: axes {i} and {j} of shapes {show(a.shape)} and {show(b.shape)} differ")
    return contract(a, b, [], pairs)


def vecdot(x1: Any, x2: Any, /, *, axis: int = -1, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """The sum of products along an axis, of the conjugate of the first."""
    a, b = operands_of(x1, x2, preferred_element_type)
    if not a.ndim or not b.ndim:
        raise ValueError("vecdot needs arrays with axes")
    sizes = a.shape[normal_axis(axis, a.ndim)], b.shape[normal_axis(axis, b.ndim)]
    if not any(isinstance(size, Dim) for size in sizes) and sizes[0] != sizes[1]:
        raise ValueError(f"vecdot: arrays of shapes {show(a.shape)} and {show(b.shape)} do not fit along axis {axis}")
    if axis >= 0 and a.ndim != b.ndim:
        raise ValueError("vecdot of arrays with different numbers of axes counts the axis from the end")
    a, b = moveaxis(conj(a), axis, -1), moveaxis(b, axis, -1)
    shape = broadcast_shapes(a.shape, b.shape)
    row = reshape(broadcast_to(a, shape), (*shape[:-1], 1, shape[-1]))
    column = reshape(broadcast_to(b, shape), (*shape, 1))
    return reshape(matmul(row, column), shape[:-1])


def vdot(a: Any, b: Any, *, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """The sum of products of the flattened arrays, of the conjugate of the first."""
    return matmul(ravel(conj(a)), ravel(b), preferred_element_type=preferred_element_type)


def inner(a: Any, b: Any, *, precision: Any = None, preferred_element_type: Any = None) -> Array:
    """The sums of products over the last axes."""
    x, y = operands_of(a, b, preferred_element_type)
    if not x.ndim or not y.ndim:
        return ufuncs.multiply(x, y)
    return tensordot(x, y, axes=(-1, -1))


def kron(a: Any, b: Any) -> Array:
    """The Kronecker product: every element of `a` times the whole of `b`."""
    (x, y), _ = promoted(a, b)
    rank = max(x.ndim, y.ndim)
    x, y = (reshape(each, (*(1,) * (rank - each.ndim), *each.shape)) for each in (x, y))
    left = reshape(x, [size for n in x.shape for size in (n, 1)])
    right = reshape(y, [size for n in y.shape for size in (1, n)])
    return reshape(ufuncs.multiply(left, right), [m * n for m, n in zip(x.shape, y.shape, strict=True)])


def matvec(x1: Any, x2: Any, /) -> Array:
    """Matrices times vectors."""
    vector = as_array(x2)
    found = matmul(x1, reshape(vector, (*vector.shape, 1)))
    return reshape(found, found.shape[:-1])


def vecmat(x1: Any, x2: Any, /) -> Array:
    """The conjugates of vectors times matrices."""
    vector = conj(as_array(x1))
    found = matmul(reshape(vector, (*vector.shape[:-1], 1, vector.shape[-1])), x2)
    return reshape(found, (*found.shape[:-2], found.shape[-1]))


# -- einsum ----------------------------------------------------------------------------------------------------------


def einsum(
    subscripts: Any,
    /,
    *operands: Any,
    out: None = None,
    optimize: Any = "auto",
    precision: Any = None,
    preferred_element_type: Any = None,
) -> Array:
    """Sums of products in Einstein's notation, as in NumPy: `"ij,jk->ik"`, or arrays with lists of axis numbers.

    The pair whose product is cheapest is contracted first, whatever `optimize`. Raises `ValueError` for an expression
    that does not fit.
    """
    if not isinstance(subscripts, str):
        subscripts, operands = _from_lists((subscripts, *operands))
    no_out(out, "einsum")
    arrays, _ = promoted(*operands)
    if preferred_element_type is not None:
        arrays = [cast(array, as_dtype(preferred_element_type)) for array in arrays]
    inputs, output = _labels(subscripts.replace(" ", ""), arrays)
    terms = [_without_repeats(array, labels) for array, labels in zip(arrays, inputs, strict=True)]
    sizes = _sizes(terms)
    while len(terms) > 1:
        i, j = _cheapest(terms, output, sizes)
        second, first = terms.pop(j), terms.pop(i)
        kept = {*output, *(label for _, labels in terms for label in labels)}
        terms.append(_pair(first, second, kept, sizes))
    array, labels = _summed(terms[0], set(output))
    array = permute_dims(array, [labels.index(label) for label in output if label in labels])
    shape = [sizes[label] for label in output]
    return broadcast_to(array, shape)


Term = tuple[Array, list[str]]


def _from_lists(given: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    operands, lists = given[0 : 2 * (len(given) // 2) : 2], given[1::2]
    out = given[-1] if len(given) % 2 else None

    def text(axes: Sequence[Any]) -> str:
        return "".join("..." if axis is Ellipsis else chr(ord("a") + axis) if axis < 26 else chr(65 + axis - 26)
                       for axis in axes)  # fmt: skip

    subscripts = ",".join(map(text, lists))
    return (subscripts if out is None else f"{subscripts}->{text(out)}"), tuple(operands)


def _labels(subscripts: str, arrays: Sequence[Array]) -> tuple[list[list[str]], list[str]]:
    """The axes of the operands and of the result; those that dots stand for are numbered from the end."""
    left, arrow, right = subscripts.partition("->")
    parts = left.split(",")
    if len(parts) != len(arrays):
        raise ValueError(f"einsum: '{subscripts}' is about {len(parts)} arrays, got {len(arrays)}")
    inputs: list[list[str]] = []
    widest = 0
    for part, array in zip(parts, arrays, strict=True):
        rest = array.ndim - len(part.replace("...", ""))
        if ("..." not in part and rest) or rest < 0:
            raise ValueError(f"einsum: '{part}' does not fit an array of shape {show(array.shape)}")
        widest = max(widest, rest if "..." in part else 0)
        inputs.append(_expanded(part, rest))
    if arrow:
        output = _expanded(right, widest)
    else:
        names = [label for labels in inputs for label in labels if not label.startswith("-")]
        output = [f"-{i}" for i in range(widest, 0, -1)] + sorted(name for name in set(names) if names.count(name) == 1)
    known = {label for labels in inputs for label in labels}
    for label in output:
        if label not in known or output.count(label) > 1:
            raise ValueError(f"einsum: the result of '{subscripts}' names '{label}' twice, or no operand does")
    return inputs, output


def _expanded(part: str, count: int) -> list[str]:
    if "..." not in part:
        labels = list(part)
    else:
        before, after = part.split("...", 1)
        labels = [*before, *(f"-{i}" for i in range(count, 0, -1)), *after]
    if not all(label.isalpha() or label.startswith("-") for label in labels):
        raise ValueError(f"einsum: '{part}' is no list of letters")
    return labels


def _without_repeats(array: Array, labels: list[str]) -> Term:
    """A label that occurs twice stands for a diagonal."""
    from irc.numpy.diagonals import diagonal  # noqa: PLC0415 - it is made of what is here

    labels = list(labels)
    for label in sorted(set(labels)):
        while labels.count(label) > 1:
            i = labels.index(label)
            j = labels.index(label, i + 1)
            if array.shape[i] != array.shape[j]:
                raise ValueError(f"einsum: '{label}' stands for sizes {array.shape[i]} and {array.shape[j]}")
            array = diagonal(array, 0, i, j)
            labels = [each for k, each in enumerate(labels) if k not in (i, j)] + [label]
    return array, labels


def _sizes(terms: Sequence[Term]) -> dict[str, Any]:
    sizes: dict[str, Any] = {}
    for array, labels in terms:
        for label, size in zip(labels, array.shape, strict=True):
            known = sizes.setdefault(label, size)
            if known == 1:
                sizes[label] = size
            elif size not in (1, known) and not isinstance(size, Dim) and not isinstance(known, Dim):
                raise ValueError(f"einsum: '{label}' stands for sizes {known} and {size}")
    return sizes


def _cheapest(terms: Sequence[Term], output: Sequence[str], sizes: dict[str, Any]) -> tuple[int, int]:
    """The pair whose product takes the fewest multiplications, and of those the one with the smallest result."""

    def weight(labels: Any) -> float:
        return float(product([100 if isinstance(sizes[label], Dim) else max(sizes[label], 1) for label in labels]))

    def cost(pair: tuple[int, int]) -> tuple[float, float]:
        both = {*terms[pair[0]][1], *terms[pair[1]][1]}
        others = {label for k, (_, labels) in enumerate(terms) if k not in pair for label in labels}
        result = weight(both & (others | set(output)))
        return result - sum(weight(terms[k][1]) for k in pair), weight(both)

    if len(terms) == 2:
        return 0, 1
    return min(((i, j) for i in range(len(terms)) for j in range(i + 1, len(terms))), key=cost)


def _summed(term: Term, kept: set[str]) -> Term:
    """Summed over the labels that nobody else needs."""
    array, labels = term
    axes = [axis for axis, label in enumerate(labels) if label not in kept]
    if axes:
        array = total(array, axes, dtype=array.dtype)
    return array, [label for label in labels if label in kept]


def _pair(first: Term, second: Term, kept: set[str], sizes: dict[str, Any]) -> Term:
    a, a_labels = _summed(first, kept | set(second[1]))
    b, b_labels = _summed(second, kept | set(a_labels))
    shared = [label for label in a_labels if label in b_labels]
    a, b = (_stretched(each, labels, shared, sizes) for each, labels in ((a, a_labels), (b, b_labels)))
    batch = [label for label in shared if label in kept]
    inner_labels = [label for label in shared if label not in kept]
    found = contract(
        a,
        b,
        [(a_labels.index(label), b_labels.index(label)) for label in batch],
        [(a_labels.index(label), b_labels.index(label)) for label in inner_labels],
    )
    free = [label for label in (*a_labels, *b_labels) if label not in shared]
    return found, batch + free


def _stretched(array: Array, labels: Sequence[str], shared: Sequence[str], sizes: dict[str, Any]) -> Array:
    shape = [sizes[label] if label in shared else n for label, n in zip(labels, array.shape, strict=True)]
    return broadcast_to(array, shape)


def einsum_path(subscripts: Any, /, *operands: Any, optimize: Any = "auto") -> Any:
    """The order of the products as NumPy's function of this name gives it; `einsum` chooses by itself."""
    import numpy as np  # noqa: PLC0415

    shapes = [np.broadcast_to(np.zeros(()), as_array(each).shape) for each in operands]
    return np.einsum_path(subscripts, *shapes, optimize="greedy" if optimize == "auto" else optimize)


__all__ = ["einsum", "einsum_path", "inner", "kron", "matvec", "tensordot", "vdot", "vecdot", "vecmat"]
