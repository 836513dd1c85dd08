"""What the programs in `test/programs` compute, written again in NumPy: one function for each, with the same arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
F32, F64 = np.float32, np.float64


def carried(a: Array, d: Array, m: int, n: int) -> list[Any]:
    z = np.array([[1.5, 2.5], [-1, 0]], F32)
    x, y, w, g = a, a, z, d
    for _ in range(n):
        x, y, w, g = y, w - x.T, x, np.concatenate([np.sin(g), g])
    k, v = 0, a
    while m > 1:
        m, v = (3 * m + 1, v.T) if m % 2 else (m // 2, np.tanh(v))
        k += 1
    return [x, y, w, g, np.int32(k), np.int64(m), v, a, z, a.reshape(4)]


def graph(a: Array, b: Array, n: int, k: int) -> list[Any]:
    e = np.sin(b)
    if n == 0:
        return [a, e, b]
    t, x, y = a, e, b
    for j in range(1, min(n, 5) + 1):
        s, u = x + y, np.concatenate([t, a])
        if j == 5 or (j == n and k == -2):
            return [np.concatenate([t, t]), s * x + y, e]
        if j < n:
            t, x, y = u, y, x
    return [t, x, x] if k == 1 else [u, s, x]


def softmax(x: Array, y: Array) -> list[Any]:
    top = x.max(axis=1, keepdims=True)
    log = x - top - np.log(np.exp(x - top).sum(axis=1, keepdims=True))
    labels = np.arange(4) == y[:, None]
    return [F64(-log[labels].mean()), (np.exp(log) - labels) / len(x)]


def dynamic(x: Array, i: int, m: int) -> list[Any]:
    a, b = x.shape
    first = min(i, a - m)
    part = x[first : first + m, min(i, b - 1)][:, None]
    padded = np.full((a, 2 + b + 2 * (b - 1)), 0.5, F32)
    padded[: a - 1, 2::3] = x[1:]
    updated = x.copy()
    updated[first : first + m, :1] = part
    places = np.broadcast_to(np.arange(b), x.shape)
    tiled, flat = np.concatenate([x] * 3, axis=1), x.T.reshape(-1)
    return [
        flat,
        flat.reshape(b, 1, a),
        tiled,
        part,
        np.broadcast_to(part, (2, m, 3)),
        padded,
        updated,
        x[:1],
        x.max(),
        places,
    ]


def second(x: Array, w: Array, n: int) -> list[Any]:
    """The first derivatives by complex steps, which are exact, the second by differences of these."""

    def cost(x: Array, w: Array) -> Any:
        total = np.zeros_like(x)
        for i in range(n):
            if (x * w).sum().real < 3:
                x = x + w * w if i % 2 else np.tanh(x * w)
            total = total + x * i
        return (total * total).sum() + x.sum()

    def gradient(x: Array, w: Array) -> list[Array]:
        steps = 1e-30j * np.eye(len(x))
        return [np.array([cost(*p).imag for p in points]) / 1e-30 for points in moved(x, w, steps)]

    def of_gradient(x: Array, w: Array) -> Any:
        dx, dw = gradient(x, w)
        return (dx * dx).sum() + dw.sum()

    def differences(h: float) -> list[Array]:
        pairs = zip(moved(x, w, h * np.eye(len(x))), moved(x, w, -h * np.eye(len(x))), strict=True)
        return [np.array([of_gradient(*p) - of_gradient(*q) for p, q in zip(*pair, strict=True)]) / h for pair in pairs]

    near, far = differences(1e-3), differences(2e-3)
    return [F64(cost(x, w)), *gradient(x, w), *[(4 * p - q) / 6 for p, q in zip(near, far, strict=True)]]


def moved(x: Array, w: Array, steps: Array) -> list[list[tuple[Array, Array]]]:
    """The points next to (x, w): those with x moved by each step, and those with w moved."""
    return [[(x + step, w) for step in steps], [(x, w + step) for step in steps]]


def parallel(t: Array, n: int) -> list[Any]:
    table = np.full((3, n), -1, np.int64)
    table[:, 1::2] = 10 * np.arange(3)[:, None] + np.arange(n)[1::2]
    return [F64(t.sum()), F64(t.max(initial=-np.inf)), t[::-1], table]


REFERENCES: dict[str, Callable[..., list[Any]]] = {
    "carried": carried, "graph": graph, "softmax": softmax, "dynamic": dynamic, "second": second,
    "parallel": parallel,
}  # fmt: skip
