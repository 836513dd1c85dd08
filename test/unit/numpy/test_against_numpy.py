"""The functions of `irc.numpy` give what NumPy's give: at once, compiled, and mapped over examples.

A table of calls, not a test per function. The dtypes of results are checked where NumPy and JAX agree on them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import irc.numpy as jnp
from irc.tracing.jit import jit
from irc.tracing.vmap import vmap

RANDOM = np.random.default_rng(7)


def floats(*shape: int) -> Any:
    return RANDOM.normal(size=shape)


def integers(*shape: int, low: int = -9, high: int = 9) -> Any:
    return RANDOM.integers(low, high, shape).astype(np.int32)


X = floats(3, 4)
I = integers(3, 4)  # noqa: E741 - a matrix of integers
V = floats(5)
S = np.sort(floats(6))
M = floats(3, 3) + 4 * np.eye(3)
C = floats(3, 4) + 1j * floats(3, 4)
N = np.where(floats(3, 4) > 0.6, np.nan, X)
NAN_FREE_ROWS = np.array([[np.nan, 1.0, 2.0], [0.5, 3.0, np.nan]])

Call = tuple[str, tuple[Any, ...], dict[str, Any]]


def call(name: str, *args: Any, **how: Any) -> Call:
    return name, args, how


UNARY = [
    call(name, x)
    for name, x in [
        *((n, X) for n in ("sinh", "cosh", "tan", "atan", "asinh", "cbrt", "sinc", "exp2", "deg2rad", "degrees", "signbit", "modf",
                           "frexp", "spacing", "trunc", "expm1", "i0", "nan_to_num", "isposinf", "fliplr", "flipud", "rot90",
                           "ravel", "atleast_3d", "cumsum", "cumprod", "argmax", "argmin", "sort", "argsort", "median", "ptp",
                           "count_nonzero", "diff", "triu", "tril", "trace", "diagonal", "mean", "std", "var", "square")),
        *((n, X / 10) for n in ("asin", "acos", "atanh")),
        ("acosh", 1 + np.abs(X)),
        *((n, C) for n in ("conj", "real", "imag", "angle", "sinh", "cosh", "tan", "asin", "acos", "atan", "asinh", "acosh",
                           "atanh", "iscomplex", "isreal", "sum", "prod")),
        *((n, I) for n in ("bitwise_invert", "isreal", "sort", "cumsum", "argmax", "flip", "unwrap")),
        *((n, N) for n in ("nansum", "nanprod", "nanmax", "nanmin", "nancumsum", "nanmean", "nanvar", "nanstd", "nanmedian",
                           "isnan", "sort", "argmax")),
    ]
]  # fmt: skip

BINARY = [
    call("hypot", X, X[0]), call("logaddexp", X, X[0]), call("logaddexp2", X, X[0]), call("nextafter", X, X[0]),
    call("copysign", X, -X[0]), call("heaviside", X, 0.5), call("fmax", N, X), call("fmin", N, X), call("ldexp", X, I),
    call("float_power", np.abs(X), X), call("gcd", I, I[0]), call("lcm", I, I[0]), call("bitwise_and", I, I[0]),
    call("bitwise_or", I, I[0]), call("bitwise_xor", I, I[0]), call("left_shift", np.abs(I), np.abs(I[0])),
    call("right_shift", I, np.abs(I[0])), call("isclose", X, X + 1e-9), call("allclose", X, X), call("array_equal", X, X),
    call("divmod", X, X[0]), call("arctan2", X, X[0]), call("kron", X, V), call("outer", X, V), call("inner", X, X),
    call("vdot", C, C), call("tensordot", X, X), call("tensordot", X, X, axes=([1, 0], [1, 0])), call("vecdot", C, C),
    call("cross", floats(4, 3), floats(3)), call("cross", floats(3), floats(3)),
    call("convolve", V, S), call("convolve", V, S, mode="same"), call("convolve", V, S, mode="valid"),
    call("convolve", S, V[:4], mode="same"), call("correlate", S, V), call("correlate", S, V[:3], mode="full"),
    call("polyval", V, X), call("polyadd", V, S), call("polysub", S, V), call("polymul", S, V),
    call("searchsorted", S, X), call("searchsorted", S, X, side="right"), call("digitize", X, S),
    call("digitize", X, S[::-1].copy()), call("interp", X, S, floats(6)), call("matvec", M, V[:3]), call("vecmat", V[:3], M),
]  # fmt: skip

MOVES = [
    call("flip", X, axis=1), call("roll", X, 3), call("roll", X, (1, -2), axis=(0, 1)), call("repeat", X, 3),
    call("repeat", X, 2, axis=0), call("repeat", X, np.array([1, 0, 3]), axis=0), call("tile", X, (2, 1, 3)),
    call("unstack", X, axis=1), call("split", X, 2, axis=1), call("array_split", V, 3), call("array_split", X, [1, 3], axis=1),
    call("hsplit", X, 2), call("vsplit", X, 3), call("rot90", X, 3), call("swapaxes", X, 0, 1),
    call("moveaxis", floats(2, 3, 4), 0, -1), call("pad", X, 1), call("pad", X, ((1, 2), (0, 3)), constant_values=7),
    *(call("pad", X, ((2, 5), (1, 4)), mode=mode) for mode in ("edge", "reflect", "symmetric", "wrap", "maximum", "mean",
                                                              "median", "minimum", "linear_ramp")),
    call("pad", X, 2, mode="reflect", reflect_type="odd"), call("diag", V), call("diag", V, -2), call("diag", X, 1),
    call("diagflat", X), call("take", X, np.array([[1, 0], [2, 1]]), axis=0), call("take", X, np.array([3, 5])),
    call("take_along_axis", X, np.argsort(X, 1), axis=1), call("delete", X, 1, axis=0), call("insert", V, 2, 9.0),
    call("append", X, X), call("resize", X, (2, 7)), call("tri", 4, 5, 1), call("vander", V, 3), call("triu", X, k=1),
    call("tril", X, k=-1), call("broadcast_to", V, (2, 5)), call("expand_dims", X, 1), call("ediff1d", X),
    call("diff", X, n=2, axis=0), call("diff", X, prepend=0.0, append=X[:, :2]), call("trim_zeros", np.array([0, 1, 2, 0])),
    call("compress", np.array([True, False, True]), X, axis=0), call("choose", np.array([0, 1, 1]), [V[:3], S[:3]]),
    call("select", [X > 1, X > 0], [X, -X], 5.0), call("unravel_index", np.array([3, 7]), (3, 4)),
    call("ravel_multi_index", (np.array([1, 2]), np.array([3, 0])), (3, 4)), call("trapezoid", X), call("trapezoid", S, S),
    call("gradient", X), call("gradient", X, S[:4], axis=1), call("unwrap", 4 * X),
]  # fmt: skip

STATISTICS = [
    call("cumulative_sum", X, axis=1), call("cumulative_sum", X, axis=0, include_initial=True), call("cumulative_prod", V),
    call("sum", I, axis=0), call("argmax", X, axis=0), call("argmin", X, axis=1, keepdims=True),
    call("sort", X, axis=0), call("argsort", X, axis=0), call("sort", X, axis=None), call("lexsort", (I[0], I[1])),
    call("quantile", X, 0.3), call("quantile", X, np.array([0.1, 0.9]), axis=1), call("percentile", X, 25, axis=0, keepdims=True),
    *(call("quantile", X, 0.37, axis=1, method=method) for method in ("lower", "higher", "midpoint", "nearest")),
    call("nanquantile", NAN_FREE_ROWS, 0.3, axis=1), call("average", X, axis=1, weights=V[:4]),
    call("var", X, axis=0, correction=1), call("std", C), call("cov", X), call("corrcoef", X), call("cov", X, rowvar=False, ddof=0),
    call("bincount", np.array([1, 3, 1, 0])), call("bincount", np.array([1, 3, 1, 0]), V[:4], minlength=6),
    call("histogram", V, 4), call("histogram", V, S), call("histogram", V, 3, range=(-1.0, 1.0), density=True),
    call("isin", I, np.array([1, 2, 5])), call("nonzero", I), call("argwhere", I), call("unique", I), call("union1d", I, I + 1),
    call("unique_counts", I), call("setdiff1d", I, I[0]), call("flatnonzero", I), call("polyfit", S, S**2, 2), call("poly", V),
    call("polyder", V), call("polyint", V, 2), call("where", X > 0, X, 0.0),
]  # fmt: skip

EINSUMS = [
    call("einsum", text, *arrays)
    for text, *arrays in [
        ("ij,jk->ik", X, floats(4, 2)), ("ij->ji", X), ("ii", M), ("ii->i", M), ("ij,ij->", X, X), ("ij,j", X, X[0]),
        ("bij,bjk->bik", floats(2, 3, 4), floats(2, 4, 5)), ("...ij,...j->...i", floats(2, 3, 4), floats(4)),
        ("i,j,k->kji", V, S, V), ("ij,jk,kl,lm->im", X, X.T, X, X.T), ("ijk,kj->i", floats(2, 3, 4), floats(4, 3)),
        ("ab,cb->", X, X), ("i...->...", X), ("iij,j->i", floats(3, 3, 4), V[:4]), ("bhqd,bhkd->bhqk", floats(2, 2, 3, 4), floats(2, 2, 5, 4)),
    ]
]  # fmt: skip

CREATION = [
    call("linspace", 0.0, 1.0, 7), call("linspace", 0.0, 5.0, 5, endpoint=False), call("logspace", 0.0, 2.0, 4),
    call("geomspace", 1.0, 100.0, 5), call("indices", (2, 3)), call("meshgrid", V, S), call("meshgrid", V, S, indexing="ij"),
    call("eye", 3, 4, k=1), call("identity", 3), call("tri", 3), call("hanning", 6), call("hamming", 6), call("blackman", 6),
    call("bartlett", 6), call("kaiser", 6, 8.0), call("ix_", np.array([0, 2]), np.array([1, 3])), call("diag_indices", 3),
]  # fmt: skip

ALL = [*UNARY, *BINARY, *MOVES, *STATISTICS, *EINSUMS, *CREATION]
DATA_DEPENDENT = frozenset({
    "argwhere", "bincount", "compress", "delete", "flatnonzero", "insert", "ix_", "nonzero", "poly", "setdiff1d", "trim_zeros",
    "union1d", "unique", "unique_counts", "repeat", "pad",
})  # fmt: skip
"""Functions whose results have sizes that depend on their arguments' elements, or that are about known numbers."""


def identify(each: Call) -> str:
    return each[0]


def leaves(found: Any) -> list[Any]:
    if isinstance(found, list | tuple):
        return [leaf for part in found for leaf in leaves(part)]
    return [np.asarray(found)]


def check(name: str, found: Any, expected: Any) -> None:
    got, wanted = leaves(found), leaves(expected)
    assert len(got) == len(wanted), name
    for x, y in zip(got, wanted, strict=True):
        assert x.shape == y.shape, f"{name}: {x.shape} in place of {y.shape}"
        narrow = x.dtype.itemsize < 8 or name in ("i0", "kaiser")
        np.testing.assert_allclose(x, y, rtol=2e-5 if narrow else 1e-9, atol=1e-5 if narrow else 1e-10, err_msg=name)


def reference(name: str, args: Any, how: Any) -> Any:
    with np.errstate(all="ignore"):
        return getattr(np, name)(*args, **how)


@pytest.mark.parametrize("each", ALL, ids=identify)
def test_at_once(each: Call) -> None:
    name, args, how = each
    check(name, getattr(jnp, name)(*args, **how), reference(name, args, how))


def arrays_and_rest(args: Any) -> tuple[list[Any], Callable[[Any], list[Any]]]:
    """The arrays among the arguments, and how the arguments are made of others in their place."""
    places = [i for i, arg in enumerate(args) if isinstance(arg, np.ndarray)]

    def again(arrays: Any) -> list[Any]:
        given = list(args)
        for place, array in zip(places, arrays, strict=True):
            given[place] = array
        return given

    return [args[place] for place in places], again


TRACED = [each for each in ALL if each[0] not in DATA_DEPENDENT and arrays_and_rest(each[1])[0]]


@pytest.mark.parametrize("each", TRACED, ids=identify)
def test_compiled(each: Call) -> None:
    name, args, how = each
    arrays, again = arrays_and_rest(args)
    found = jit(lambda *given: getattr(jnp, name)(*again(given), **how))(*arrays)
    check(name, found, reference(name, args, how))


@pytest.mark.parametrize("each", TRACED, ids=identify)
def test_mapped(each: Call) -> None:
    """Two examples, of which the second one is the first one again, give the result twice."""
    name, args, how = each
    arrays, again = arrays_and_rest(args)
    found = vmap(lambda *given: getattr(jnp, name)(*again(given), **how))(*(np.stack([x, x]) for x in arrays))
    expected = reference(name, args, how)
    check(name, [leaf[1] for leaf in leaves(found)], leaves(expected))
