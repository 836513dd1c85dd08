"""Windows that move over tensors: their attributes, checks, and the sizes that come out."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._windows import Window
from irc.dialects.stablehlo_shapes import Dim, elements
from irc.ir.attributes import DenseArrayAttr, DenseElementsAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.types import Dimension


def padding_pairs(padding: DenseElementsAttr | None, count: int) -> list[tuple[int, int]]:
    """The rows of an N×2 table, zeros if there is none."""
    if padding is None:
        return [(0, 0)] * count
    shape = padding.type.static_shape
    values = elements(padding)
    if len(shape) != 2 or shape[1] != 2 or values is None:
        sizes = ", ".join(map(str, shape))
        raise VerifyError(f"expects the shape of padding-attribute to be {{N, 2}}, but got {{{sizes}}}.")
    return list(zip(values[::2], values[1::2], strict=True))


def _listed(array: DenseArrayAttr | None, name: str, count: int) -> list[int]:
    if array is None:
        return [1] * count
    if len(array.values) != count:
        raise _wrong_count(name, count, len(array.values))
    return [int(value) for value in array.values]


def _wrong_count(name: str, count: int, found: int) -> VerifyError:
    return VerifyError(
        f"expects {name} to have same dimension-size as size of window dimensions ({count}), but got: {found}."
    )


def windows(
    sizes: Sequence[Dimension],
    strides: DenseArrayAttr | None,
    padding: Sequence[tuple[int, int]],
    base_dilations: DenseArrayAttr | None,
    window_dilations: DenseArrayAttr | None,
    names: tuple[str, str] = ("base-dilation factors", "window-dilation factors"),
) -> list[Window]:
    """The window of each dimension. Raises `VerifyError` where attributes are of wrong length or not positive."""
    count = len(sizes)
    steps = _listed(strides, "window-strides", count)
    bases = _listed(base_dilations, names[0], count)
    dilations = _listed(window_dilations, names[1], count)
    if len(padding) != count:
        raise _wrong_count("padding-entries", count, len(padding))
    found = [
        Window(size, step, low, high, base, dilation)
        for size, step, (low, high), base, dilation in zip(sizes, steps, padding, bases, dilations, strict=True)
    ]
    for i, window in enumerate(found):
        for value, what in (
            (window.size, "value for {}-th window dimension"),
            (window.stride, "stride for {}-th window dimension"),
            (window.base_dilation, "base dilation factor for {}-th window dimension"),
            (window.dilation, "window dilation factor for {}-th window dimension"),
        ):
            if value is not None and value <= 0:
                raise VerifyError(f"expects window to have positive {what.format(i)}, but got {value}.")
    return found


def output_dims(base: Sequence[Dim], found: Sequence[Window]) -> list[Dim]:
    """The sizes of what a window gives on a tensor."""
    return [
        Dim(window.positions(dim.size), window.positions(dim.bound) if dim.size is None else None)
        for dim, window in zip(base, found, strict=True)
    ]
