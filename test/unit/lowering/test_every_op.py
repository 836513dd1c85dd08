"""Every op of `nd`: the interpreter against NumPy, native code against the interpreter, on drawn dtypes, shapes and layouts.

The programs are traced, so that an op is run as programs have it. A new op needs an entry in one of the tables.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import irc
import irc.numpy as jnp
from irc import lax, random
from irc.dialects import nd
from irc.interpreter.core import Interpreter
from irc.ods.registry import OPS
from irc.text.parser import parse_module
from irc.tracing.elementwise import apply

FLOATS = ("float32", "float64", "float16")
WIDE = ("float32", "float64")
COMPLEX = ("complex64", "complex128")
INTEGERS = ("int8", "uint16", "int32", "int64")
BOOL = ("bool",)
NUMBERS = (*FLOATS, *INTEGERS, *COMPLEX)

Entry = tuple[int, Sequence[str], Callable[..., Any] | None]


def _each(function: Callable[[float], float]) -> Callable[[Any], Any]:
    return lambda x: np.vectorize(function, otypes=[np.float64])(x)


# Elementwise: the op's class, the number of operands, the dtypes, and the function of NumPy's that it is.
ELEMENTWISE: dict[Any, Entry] = {
    nd.Negative: (1, NUMBERS, np.negative), nd.Abs: (1, (*FLOATS, *INTEGERS), np.abs), nd.Sign: (1, FLOATS, np.sign),
    nd.Exp: (1, (*FLOATS, *COMPLEX), np.exp), nd.Expm1: (1, FLOATS, np.expm1), nd.Log: (1, FLOATS, np.log),
    nd.Log1p: (1, FLOATS, np.log1p), nd.Sqrt: (1, FLOATS, np.sqrt), nd.Rsqrt: (1, WIDE, lambda x: 1 / np.sqrt(x)),
    nd.Sin: (1, FLOATS, np.sin), nd.Cos: (1, FLOATS, np.cos), nd.Tanh: (1, FLOATS, np.tanh),
    nd.Logistic: (1, FLOATS, lambda x: 1 / (1 + np.exp(-x))), nd.Erf: (1, FLOATS, _each(math.erf)), nd.Erfc: (1, WIDE, _each(math.erfc)),
    nd.ErfInv: (1, WIDE, None), nd.LGamma: (1, WIDE, _each(math.lgamma)), nd.Digamma: (1, WIDE, None),
    nd.Floor: (1, FLOATS, np.floor), nd.Ceil: (1, FLOATS, np.ceil), nd.Round: (1, FLOATS, np.rint),
    nd.LogicalNot: (1, BOOL, np.logical_not), nd.BitwiseNot: (1, INTEGERS, np.invert),
    nd.PopCount: (1, INTEGERS, None), nd.CountLeadingZeros: (1, INTEGERS, None),
    nd.Real: (1, COMPLEX, np.real), nd.Imag: (1, COMPLEX, np.imag),
    nd.Add: (2, NUMBERS, np.add), nd.Subtract: (2, NUMBERS, np.subtract), nd.Multiply: (2, NUMBERS, np.multiply),
    nd.Divide: (2, (*FLOATS, *COMPLEX), np.divide), nd.Pow: (2, WIDE, np.power), nd.Remainder: (2, FLOATS, np.fmod),
    nd.Maximum: (2, (*FLOATS, *INTEGERS), np.maximum), nd.Minimum: (2, (*FLOATS, *INTEGERS), np.minimum),
    nd.Atan2: (2, FLOATS, np.arctan2), nd.Complex: (2, WIDE, lambda x, y: x + 1j * y),
    nd.LogicalAnd: (2, BOOL, np.logical_and), nd.LogicalOr: (2, BOOL, np.logical_or),
    nd.LogicalXor: (2, BOOL, np.logical_xor),
    nd.Equal: (2, (*NUMBERS, "bool"), np.equal), nd.NotEqual: (2, (*NUMBERS, "bool"), np.not_equal),
    nd.Less: (2, (*FLOATS, *INTEGERS), np.less), nd.LessEqual: (2, (*FLOATS, *INTEGERS), np.less_equal),
    nd.Greater: (2, (*FLOATS, *INTEGERS), np.greater), nd.GreaterEqual: (2, (*FLOATS, *INTEGERS), np.greater_equal),
    nd.BitwiseAnd: (2, INTEGERS, np.bitwise_and), nd.BitwiseOr: (2, INTEGERS, np.bitwise_or),
    nd.BitwiseXor: (2, INTEGERS, np.bitwise_xor), nd.BitwiseLeftShift: (2, INTEGERS, None),
    nd.BitwiseRightShift: (2, INTEGERS, None), nd.LogicalRightShift: (2, INTEGERS, None),
}  # fmt: skip

ANY = (*FLOATS, *INTEGERS)

# Of a matrix with n rows and 3 columns, where n is known or not: the dtypes, the function, and the same in NumPy.
STRUCTURAL: dict[str, tuple[Sequence[str], Callable[[Any], Any], Callable[[Any], Any] | None]] = {
    "where": (ANY, lambda x: jnp.where(x > 1, x, 0), lambda x: np.where(x > 1, x, 0)),
    "cast": (INTEGERS, lambda x: x.astype("float64"), lambda x: x.astype("float64")),
    "bitcast": (("int32",), lambda x: x.view("float32"), lambda x: x.view("float32")),
    "broadcast_to": (ANY, lambda x: jnp.broadcast_to(x, (2, *x.shape)), lambda x: np.broadcast_to(x, (2, *x.shape))),
    "reshape": (ANY, lambda x: x.reshape(3, -1), lambda x: x.reshape(3, -1) if x.size else x.reshape(3, 0)),
    "permute_dims": (ANY, lambda x: x.T, lambda x: x.T),
    "concat": (ANY, lambda x: jnp.concatenate([x, x], axis=1), lambda x: np.concatenate([x, x], axis=1)),
    "slice": (ANY, lambda x: x[:, 1:], lambda x: x[:, 1:]),
    "dynamic_slice": (
        ANY,
        lambda x: lax.dynamic_slice_in_dim(x, (x * 0).sum().astype(int) + 1, 2, axis=1),
        lambda x: x[:, 1:],
    ),
    "dynamic_update_slice": (
        ANY,
        lambda x: x.at[:, 1].set(7),
        lambda x: np.stack([x[:, 0], x[:, 0] * 0 + 7, x[:, 2]], 1),
    ),
    "pad": (ANY, lambda x: jnp.pad(x, 1), lambda x: np.pad(x, 1)),
    "reduce": (
        ("float32", "int32"),
        lambda x: lax.reduce(x, np.zeros((), x.dtype), lambda a, b: a + b + a * b * 0, (0,)),
        lambda x: x.sum(0),
    ),
    "yield": (
        ("float32",),
        lambda x: lax.reduce(x, np.float32(0), lambda a, b: a + b + a * b * 0, (1,)),
        lambda x: x.sum(1),
    ),
    "cumulative": (ANY, lambda x: jnp.cumsum(x, 0, dtype=x.dtype), lambda x: np.cumsum(x, 0, dtype=x.dtype)),
    "matmul": (ANY, lambda x: x @ x.T, lambda x: x @ x.T),
    "sum": (("float32", "int64"), lambda x: x.sum(1), lambda x: x.sum(1)),
    "prod": (("float32", "int64"), lambda x: x.prod(1), lambda x: x.prod(1)),
    "max": (ANY, lambda x: x.max(1), lambda x: x.max(1)),
    "min": (ANY, lambda x: x.min(1), lambda x: x.min(1)),
    "any": (BOOL, lambda x: x.any(0), lambda x: x.any(0)),
    "all": (BOOL, lambda x: x.all(1), lambda x: x.all(1)),
    "conv": (
        ("float32",),
        lambda x: lax.conv(x[:, None, :], np.ones((1, 1, 2), np.float32), (1,), "VALID")[:, 0],
        lambda x: x[:, 1:] + x[:, :-1],
    ),
    "custom_call": (("float32",), lambda x: jnp.linalg.qr(x.T @ x + 5 * jnp.eye(3, dtype=x.dtype))[1] ** 2, None),
    "fft": (COMPLEX, lambda x: jnp.fft.fft(x), lambda x: np.fft.fft(x)),
    "gather": (ANY, lambda x: x[:, jnp.asarray([2, 0])], lambda x: x[:, [2, 0]]),
    "scatter": (ANY, lambda x: x.at[:, jnp.asarray([2, 2])].add(1), lambda x: x + np.array([0, 0, 2], x.dtype)),
    "cholesky": (
        WIDE,
        lambda x: jnp.linalg.cholesky(x.T @ x + 5 * jnp.eye(3, dtype=x.dtype)),
        lambda x: np.linalg.cholesky(x.T @ x + 5 * np.eye(3, dtype=x.dtype)),
    ),
    "triangular_solve": (
        WIDE,
        lambda x: lax.linalg.triangular_solve(3 * jnp.eye(3, dtype=x.dtype), x.T, left_side=True, lower=True),
        lambda x: x.T / 3,
    ),
    "reverse": (ANY, lambda x: x[::-1], lambda x: x[::-1]),
    "sort": (ANY, lambda x: jnp.sort(x, axis=0), lambda x: np.sort(x, axis=0)),
    "random_bits": (("uint32",), lambda x: random.bits(random.key(3), x.shape) ^ x, None),
    "reduce_window": (
        ("float32",),
        lambda x: lax.reduce_window(x, np.float32(-np.inf), lax.max, (1, 2), (1, 1), "VALID"),
        lambda x: np.maximum(x[:, 1:], x[:, :-1]),
    ),
    "select_and_scatter": (
        ("float32",),
        lambda x: irc.grad(lambda x: lax.reduce_window(x, np.float32(-np.inf), lax.max, (1, 3), (1, 1), "VALID").sum())(
            x
        ),
        None,
    ),
    "constant": (ANY, lambda x: x + np.arange(3).astype(x.dtype), lambda x: x + np.arange(3).astype(x.dtype)),
    "iota": (
        ("int32",),
        lambda x: lax.iota("int32", x.shape[0])[:, None] + x,
        lambda x: np.arange(len(x))[:, None] + x,
    ),
}
ELSEWHERE = {"print": "it writes, and gives nothing", "allocate": "memory of the lowering's, without numbers"}
SETTINGS = settings(
    max_examples=2, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None
)  # fmt: skip
SHIFTS = {nd.BitwiseLeftShift, nd.BitwiseRightShift, nd.LogicalRightShift}


def test_every_op_has_an_entry() -> None:
    """So that a new op does not go without."""
    ops = {name.removeprefix("nd.") for name in OPS if name.startswith("nd.")}
    entries = {cls.name.removeprefix("nd.") for cls in ELEMENTWISE} | set(STRUCTURAL) | set(ELSEWHERE)
    assert ops == entries


def numbers(draw: Any, dtype: str, shape: Sequence[int], positive: bool = False) -> Any:
    """Small ones, in one of several layouts."""
    seed = draw(st.integers(0, 1000))
    generator = np.random.default_rng(seed)
    kind = np.dtype(dtype).kind
    wide = [2 * n for n in shape]
    found: Any = generator.integers(0, 5, wide) if kind in "ui" or positive else generator.normal(size=wide)
    if kind == "b":
        found = found > 0
    elif kind == "f":
        found = (found % 1 if positive else found) + 0.125
    elif kind == "c":
        found = found + 1j * found[::-1] if wide else found + 1j
    found = found.astype(dtype)
    # Half of each axis: with steps, backwards, or at the start.
    part = draw(st.sampled_from([slice(None, None, 2), slice(None, None, -2), None]))
    return found[tuple(part or slice(0, n) for n in shape)]


def check(name: str, function: Callable[..., Any], arguments: Sequence[Any], dynamic: bool, reference: Any) -> None:
    """Assert that native code gives what the interpreter gives, and both what NumPy gives."""
    dims = tuple({axis: None for axis in range(x.ndim) if axis == 0} for x in arguments) if dynamic else None
    compiled = irc.jit(function, dynamic_dims=dims) if dims else irc.jit(function)
    lowered = compiled.lower(*arguments)
    text = lowered.as_text()
    if "ad." in text:
        text = lowered.as_text("optimized")  # which has taken the derivatives
    # Without elements there may be nothing to do.
    assert f"nd.{name}" in text or any(0 in x.shape for x in arguments)
    (interpreted,) = Interpreter(parse_module(text)).call(
        "main", *(np.ascontiguousarray(x).reshape(x.shape) for x in arguments)
    )
    native = np.asarray(compiled(*arguments))
    interpreted = np.asarray(interpreted)
    assert native.dtype == interpreted.dtype
    assert native.shape == interpreted.shape
    tolerance = {"float16": 4e-3, "float32": 2e-5, "complex64": 2e-5}.get(native.dtype.name, 1e-9)
    close: Any = {"rtol": tolerance, "atol": tolerance, "equal_nan": True}
    np.testing.assert_allclose(native, interpreted, **close)
    if reference is not None:
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(interpreted, reference(*arguments), **close)


@pytest.mark.parametrize("op", ELEMENTWISE, ids=lambda op: op.name)
def test_elementwise(op: Any) -> None:
    arity, dtypes, reference = ELEMENTWISE[op]

    @SETTINGS
    @given(st.data())
    def run(data: Any) -> None:
        dtype = data.draw(st.sampled_from(dtypes))
        shape = data.draw(st.lists(st.integers(0, 3), max_size=5))
        dynamic = bool(shape) and data.draw(st.booleans())
        positive = op in (
            nd.Log,
            nd.Log1p,
            nd.Sqrt,
            nd.Rsqrt,
            nd.ErfInv,
            nd.LGamma,
            nd.Digamma,
            nd.Pow,
            *SHIFTS,
        )
        arguments = [numbers(data.draw, dtype, shape, positive) for _ in range(arity)]
        check(op.name.removeprefix("nd."), lambda *xs: apply(op, *xs), arguments, dynamic, reference)

    run()


@pytest.mark.parametrize("name", STRUCTURAL)
def test_structural(name: str) -> None:
    dtypes, function, reference = STRUCTURAL[name]

    @SETTINGS
    @given(st.data())
    def run(data: Any) -> None:
        dtype = data.draw(st.sampled_from(dtypes))
        rows = data.draw(st.integers(0, 4))
        check(name, function, [numbers(data.draw, dtype, (rows, 3))], data.draw(st.booleans()), reference)

    run()
