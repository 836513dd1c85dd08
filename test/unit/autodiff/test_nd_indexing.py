"""The adjoints of `nd.gather` and of sums by `nd.scatter`: the gradient along a direction is what the op makes of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.lowering import test_nd_gather, test_nd_scatter
from unit.lowering.test_nd_scatter import tensor

from irc.interpreter.core import Interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module


def differentiated(text: str) -> Interpreter:
    module = parse_module(text, "indexing.mlir")
    PassManager(parse_pipeline("differentiate")).run(module)
    return Interpreter(module)


@pytest.mark.parametrize("dynamic", [False, True], ids=["static", "dynamic"])
@pytest.mark.parametrize("name", test_nd_gather.CASES)
def test_the_adjoint_of_a_gather(name: str, dynamic: bool) -> None:
    case = test_nd_gather.CASES[name]
    x, i, y = (
        tensor(case.x, "f64", dynamic),
        tensor(case.indices, "i32", dynamic),
        tensor(case.result, "f64", dynamic),
    )
    text = (
        case.text("f64", dynamic=dynamic)
        + f"""
    func.func @vjp(%x: {x}, %i: {i}, %ct: {y}) -> {x} {{
      %r:2 = ad.vjp @f(%x, %i) cotangents(%ct) {{wrt = [0]}} : ({x}, {i}), ({y}) -> ({y}, {x})
      return %r#1 : {x}
    }}"""
    )
    given, indices = test_nd_gather.operands(case, element=np.float64)
    generator = np.random.default_rng(3)
    ct, u = (generator.integers(-3, 4, shape).astype(np.float64) for shape in (case.result, case.x))
    (dx,) = differentiated(text).call("vjp", given, indices, ct)
    assert np.sum(dx * u) == np.sum(ct * case.expected(u, indices))
    (found,) = test_nd_gather.native(text).call("vjp", given, indices, ct)
    np.testing.assert_array_equal(found, dx, strict=True)


SUMS = [(name, dynamic) for name in test_nd_scatter.CASES for dynamic in (False, True)
        if not dynamic or name in ("elements", "batched", "no_positions", "scalar")]  # fmt: skip
"""The sizes of windows must be known where they move."""


def sum_with_gradients(case: Any, index: str = "i32", dynamic: bool = False, op: str = "add") -> str:
    x, i, u = (tensor(shape, of, dynamic) for shape, of in zip(case[:3], ("f64", index, "f64"), strict=True))
    return (
        case.text("f64", index, dynamic, op)
        + f"""
    func.func @vjp(%x: {x}, %i: {i}, %u: {u}, %ct: {x}) -> ({x}, {u}) {{
      %r:3 = ad.vjp @f(%x, %i, %u) cotangents(%ct) {{wrt = [0, 2]}} : ({x}, {i}, {u}), ({x}) -> ({x}, {x}, {u})
      return %r#1, %r#2 : {x}, {u}
    }}"""
    )


@pytest.mark.parametrize(("name", "dynamic"), SUMS)
def test_the_adjoint_of_a_scattered_sum(name: str, dynamic: bool) -> None:
    case = test_nd_scatter.CASES[name]
    x, indices, updates = test_nd_scatter.operands(case, element=np.float64)
    generator = np.random.default_rng(3)
    ct, u = (generator.integers(-3, 4, shape).astype(np.float64) for shape in (case.x, case.updates))
    dx, du = differentiated(sum_with_gradients(case, dynamic=dynamic)).call("vjp", x, indices, updates, ct)
    np.testing.assert_array_equal(dx, ct)
    assert np.sum(du * u) == np.sum(ct * case.expected(np.zeros(case.x), indices, u, lambda a, b: a + b))


@pytest.mark.parametrize("index", ["i8", "ui64", "i64"])
def test_positions_far_outside(index: str) -> None:
    case = test_nd_scatter.CASES["parts_of_rows"]
    dtype: Any = {"i8": np.int8, "ui64": np.uint64, "i64": np.int64}[index]
    x, indices, updates = test_nd_scatter.operands(case, dtype, np.float64)
    indices[0], indices[1] = np.iinfo(dtype).min, np.iinfo(dtype).max
    ct = np.reshape(np.arange(x.size, dtype=np.float64), x.shape)
    u: Any = np.random.default_rng(3).integers(-3, 4, updates.shape).astype(np.float64)
    _, du = differentiated(sum_with_gradients(case, index)).call("vjp", x, indices, updates, ct)
    assert np.sum(du * u) == np.sum(ct * case.expected(np.zeros(case.x), indices, u, lambda a, b: a + b))


@pytest.mark.parametrize(("name", "dynamic"), SUMS)
def test_the_adjoint_of_scattered_products(name: str, dynamic: bool) -> None:
    """A product is linear in each factor: its slope is what one more of it makes."""
    case = test_nd_scatter.CASES[name]
    x, indices, updates = test_nd_scatter.operands(case, element=np.float64)
    generator = np.random.default_rng(3)
    ct = generator.integers(-3, 4, case.x).astype(np.float64)
    u: Any = generator.integers(-1, 2, updates.shape).astype(np.float64)

    def cost(x: Any, u: Any) -> Any:
        return np.sum(ct * case.expected(x, indices, u, lambda a, b: a * b))

    found = differentiated(sum_with_gradients(case, dynamic=dynamic, op="multiply")).call("vjp", x, indices, u, ct)
    for i, (given, slope) in enumerate(zip((x, u), found, strict=True)):
        for place in np.ndindex(given.shape):
            more = given.copy()
            more[place] += 1
            moved = cost(more, u) if i == 0 else cost(x, more)
            assert slope[place] == moved - cost(x, u)
