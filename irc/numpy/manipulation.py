"""Functions that move elements: shapes, axes, joining and splitting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.numpy.arguments import no_out
from irc.numpy.reductions import normal_axis
from irc.tracing import shaping
from irc.tracing.array import Array, as_array
from irc.tracing.dims import Dim, Size, sizes_of
from irc.tracing.dtypes import as_dtype
from irc.tracing.elementwise import cast, promoted
from irc.tracing.shaping import broadcast_shapes, show
from irc.tracing.shaping import permute_dims as permute
from irc.tracing.slicing import concat as join


def reshape(a: Any, shape: Any, order: str = "C", *, copy: bool | None = None) -> Array:
    """The elements in row-major order with another shape, of which one size may be -1. Raises `ValueError`.

    With order "F" the first axis is the one whose positions follow each other.
    """
    array = as_array(a)
    if order == "F":
        sizes_ = (shape,) if isinstance(shape, int | Dim) else tuple(shape)
        return transpose(reshape(transpose(array), sizes_[::-1]))
    if order not in ("C", "A", "K"):
        raise ValueError(f"order is 'C' or 'F', got {order!r}")
    sizes = list(sizes_of(shape, least=-1))
    if sizes.count(-1) > 1:
        raise ValueError(f"only one size of {show(sizes)} can be -1")
    if -1 in sizes:
        rest: Size = 1
        for size in sizes:
            rest = rest * (1 if size == -1 else size)
        if isinstance(array.size, int) and isinstance(rest, int) and (rest == 0 or array.size % rest):
            raise ValueError(f"cannot reshape an array of shape {show(array.shape)} into shape {show(sizes)}")
        sizes[sizes.index(-1)] = _quotient(array.shape, sizes, rest)
    total: Size = 1
    for size in sizes:
        total = total * size
    if isinstance(total, int) and isinstance(array.size, int) and total != array.size:
        raise ValueError(f"cannot reshape an array of shape {show(array.shape)} into shape {show(sizes)}")
    return shaping.reshape(array, sizes)


def _quotient(shape: Sequence[Size], sizes: Sequence[Size], rest: Size) -> Size:
    """The size that -1 stands for: of sizes that both have nothing is divided."""
    left, right = list(shape), [size for size in sizes if size != -1]
    for size in list(right):
        if size in left:
            left.remove(size)
            right.remove(size)
    over: Size = 1
    for size in left:
        over = over * size
    under: Size = 1
    for size in right:
        under = under * size
    return over // under if under != 0 else 0


def ravel(a: Any, order: str = "C") -> Array:
    """The elements in row-major order, or with order "F" in column-major order."""
    array = as_array(a)
    return reshape(array, (-1,), order) if array.ndim != 1 else array


def permute_dims(a: Any, /, axes: Sequence[int]) -> Array:
    """Axis `i` of the result is axis `axes[i]` of `a`. Raises `ValueError` unless each occurs once."""
    array = as_array(a)
    found = [normal_axis(axis, array.ndim) for axis in axes]
    if sorted(found) != list(range(array.ndim)):
        raise ValueError(f"axes {tuple(axes)} are no permutation of those of an array with {array.ndim}")
    return permute(array, found)


def transpose(a: Any, axes: Sequence[int] | None = None) -> Array:
    """`x` with its axes reversed, or as `axes` says."""
    array = as_array(a)
    return permute_dims(array, tuple(reversed(range(array.ndim))) if axes is None else axes)


def matrix_transpose(x: Any, /) -> Array:
    """`x` with its last two axes exchanged. Raises `ValueError` where there are fewer."""
    array = as_array(x)
    if array.ndim < 2:
        raise ValueError(f"matrix_transpose needs two axes, got an array of shape {show(array.shape)}")
    return swapaxes(array, -1, -2)


def swapaxes(a: Any, axis1: int, axis2: int) -> Array:
    """`x` with two axes exchanged."""
    array = as_array(a)
    order = list(range(array.ndim))
    a, b = normal_axis(axis1, array.ndim), normal_axis(axis2, array.ndim)
    order[a], order[b] = order[b], order[a]
    return permute(array, order)


def moveaxis(a: Any, source: int | Sequence[int], destination: int | Sequence[int]) -> Array:
    """`x` with axes at other places; the others keep their order."""
    array = as_array(a)
    sources = [source] if isinstance(source, int) else list(source)
    targets = [destination] if isinstance(destination, int) else list(destination)
    if len(sources) != len(targets):
        raise ValueError("moveaxis needs as many places as axes")
    places = sorted(
        (normal_axis(t, array.ndim), normal_axis(s, array.ndim)) for s, t in zip(sources, targets, strict=True)
    )
    order = [axis for axis in range(array.ndim) if axis not in {axis for _, axis in places}]
    for place, axis in places:
        order.insert(place, axis)
    return permute(array, order)


def expand_dims(a: Any, axis: int | Sequence[int] = 0) -> Array:
    """`a` with new axes of size one, at these places of the result."""
    array = as_array(a)
    given = [axis] if isinstance(axis, int) else list(axis)
    rank = array.ndim + len(given)
    places = {normal_axis(each, rank) for each in given}
    if len(places) != len(given):
        raise ValueError(f"an axis is named twice: {tuple(given)}")
    sizes = iter(array.shape)
    return shaping.reshape(array, [1 if i in places else next(sizes) for i in range(rank)])


def squeeze(a: Any, axis: int | Sequence[int] | None = None) -> Array:
    """`x` without axes of size one: these, or all. Raises `ValueError` where one has another size."""
    array = as_array(a)
    if axis is None:
        places = {i for i, size in enumerate(array.shape) if size == 1}
    else:
        places = {normal_axis(each, array.ndim) for each in ([axis] if isinstance(axis, int) else axis)}
    if any(array.shape[i] != 1 for i in places):
        raise ValueError(f"cannot drop axes {sorted(places)} of an array of shape {show(array.shape)}")
    return shaping.reshape(array, [size for i, size in enumerate(array.shape) if i not in places])


def broadcast_to(array: Any, shape: Any) -> Array:
    """`x` repeated along new leading axes and axes of size one. Raises `ValueError`."""
    return shaping.broadcast_to(as_array(array), (shape,) if isinstance(shape, int) else tuple(shape))


def broadcast_arrays(*arrays: Any) -> list[Array]:
    """The arrays with their common shape."""
    found = [as_array(array) for array in arrays]
    shape = broadcast_shapes(*(array.shape for array in found))
    return [shaping.broadcast_to(array, shape) for array in found]


def concat(arrays: Sequence[Any], /, *, axis: int | None = 0, dtype: Any = None) -> Array:
    """Arrays one after the other along `axis`; flattened ones with `None`. Raises `ValueError`."""
    if _are_keys(arrays):
        return _of_keys(arrays, concat([keys.words for keys in arrays], axis=normal_axis(axis or 0, arrays[0].ndim)))
    found = _to_join("concatenate", arrays, dtype)
    if axis is None:
        found, axis = [ravel(array) for array in found], 0
    if not found[0].ndim:
        raise ValueError("concatenate: arrays without axes cannot be joined; use stack")
    axis = normal_axis(axis, found[0].ndim)
    first = found[0]
    for array in found[1:]:
        if not _may_be_one(_without(first.shape, axis), _without(array.shape, axis)) or array.ndim != first.ndim:
            raise ValueError(
                f"concatenate: arrays of shapes {show(first.shape)} and {show(array.shape)} cannot be joined along "
                f"axis {axis}"
            )
    return join(found, axis)


def _are_keys(arrays: Any) -> bool:
    """Whether these are arrays of random keys, whose words lie along a further axis."""
    return bool(len(arrays)) and all(hasattr(each, "words") for each in arrays)


def _of_keys(arrays: Sequence[Any], words: Array) -> Array:
    """Keys of these words, of the class that the given ones are of."""
    found: Array = type(arrays[0])(words)
    return found


def _to_join(name: str, arrays: Any, dtype: Any) -> list[Array]:
    """The arrays with a common dtype. Raises `ValueError` where there is none."""
    given = list(arrays)
    if not given:
        raise ValueError(f"{name} needs at least one array, got none")
    return promoted(*given)[0] if dtype is None else [cast(as_array(each), as_dtype(dtype)) for each in given]


def _may_be_one(a: Sequence[Size], b: Sequence[Size]) -> bool:
    """Whether two shapes can be the same."""
    return len(a) == len(b) and not any(
        isinstance(m, int) and isinstance(n, int) and m != n for m, n in zip(a, b, strict=True)
    )


def _without(shape: Sequence[Size], axis: int) -> list[Size]:
    return [size for i, size in enumerate(shape) if i != axis]


def concatenate(arrays: Sequence[Any], axis: int | None = 0, dtype: Any = None) -> Array:
    """Arrays one after the other along `axis`."""
    return concat(arrays, axis=axis, dtype=dtype)


def stack(arrays: Sequence[Any], axis: int = 0, out: None = None, dtype: Any = None) -> Array:
    """Arrays of one shape along a new axis. Raises `ValueError` where their shapes differ, or there is none."""
    no_out(out, "stack")
    if _are_keys(arrays):
        return _of_keys(arrays, stack([keys.words for keys in arrays], normal_axis(axis, arrays[0].ndim + 1)))
    found = _to_join("stack", arrays, dtype)
    for other in found[1:]:
        if not _may_be_one(found[0].shape, other.shape):
            raise ValueError(f"stack: arrays of shapes {show(found[0].shape)} and {show(other.shape)} differ")
    return concat([expand_dims(array, axis) for array in found], axis=axis)


__all__ = [
    "broadcast_arrays", "broadcast_to", "concat", "concatenate", "expand_dims", "matrix_transpose", "moveaxis",
    "permute_dims", "ravel", "reshape", "squeeze", "stack", "swapaxes", "transpose",
]  # fmt: skip
