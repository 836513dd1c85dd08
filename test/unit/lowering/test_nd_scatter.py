"""`nd.scatter` against the StableHLO specification's formula, element by element, in the interpreter and in native code."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import numpy as np
import pytest
from unit.lowering.levels import check_levels

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.diagnostic import DiagnosedError
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

Array = np.ndarray[Any, Any]


def tensor(shape: tuple[int, ...], of: str, dynamic: bool = False) -> str:
    return "tensor<" + "".join(f"{'?' if dynamic else size}x" for size in shape) + of + ">"


class Case(NamedTuple):
    """A scatter: shapes and dimension numbers."""

    x: tuple[int, ...]
    indices: tuple[int, ...]
    updates: tuple[int, ...]
    update_window_dims: tuple[int, ...] = ()
    inserted_window_dims: tuple[int, ...] = ()
    input_batching_dims: tuple[int, ...] = ()
    scatter_indices_batching_dims: tuple[int, ...] = ()
    scatter_dims_to_operand_dims: tuple[int, ...] = ()
    index_vector_dim: int = 0

    @property
    def numbers(self) -> str:
        names = self._fields[3:-1]
        dims = [f"{name} = {list(getattr(self, name))}" for name in names if getattr(self, name)]
        return "{" + ", ".join([*dims, f"index_vector_dim = {self.index_vector_dim}"]) + "}"

    def text(self, element: str = "f32", index: str = "i32", dynamic: bool = False, op: str = "") -> str:
        """Twice the old element plus the new one: the order matters. Or another op of both."""
        x, i, u = (
            tensor(self.x, element, dynamic),
            tensor(self.indices, index, dynamic),
            tensor(self.updates, element, dynamic),
        )
        e = f"tensor<{element}>"
        body = f"%s = nd.{op} %a, %b : {e}" if op else f"%t = nd.add %a, %a : {e} %s = nd.add %t, %b : {e}"
        return f"""func.func @f(%x: {x}, %i: {i}, %u: {u}) -> {x} {{
          %y = nd.scatter %x[%i] with %u dims = {self.numbers} {{
          ^bb0(%a: {e}, %b: {e}):
            {body}
            nd.yield %s : {e}
          }} : ({x}, {i}, {u}) -> {x}
          return %y : {x}
        }}"""

    def expected(self, x: Array, indices: Array, updates: Array, combine: Any = lambda a, b: a + a + b) -> Array:
        """The specification's formula, the windows in the order of their indices."""
        out = np.array(x)
        left_out = (*self.inserted_window_dims, *self.input_batching_dims)
        windows = [i for i in range(x.ndim) if i not in left_out]
        listed = [i for i in range(updates.ndim) if i not in self.update_window_dims]
        order = [*listed, *self.update_window_dims]
        for place in itertools.product(*(range(updates.shape[i]) for i in order)):
            batch, window = place[: len(listed)], place[len(listed) :]
            full = [0] * x.ndim
            for i, axis in enumerate(self.scatter_dims_to_operand_dims):
                at = [*batch[: self.index_vector_dim], i, *batch[self.index_vector_dim :]]
                full[axis] = int(indices[tuple(at[: indices.ndim])])
            for axis, dim in zip(self.input_batching_dims, self.scatter_indices_batching_dims, strict=True):
                full[axis] = batch[dim - (dim > self.index_vector_dim)]
            for axis, offset in zip(windows, window, strict=True):
                full[axis] += offset
            if all(0 <= i < size for i, size in zip(full, x.shape, strict=True)):
                update = updates[tuple(dict(zip(order, place, strict=True))[i] for i in range(updates.ndim))]
                out[tuple(full)] = combine(out[tuple(full)], update)
        return out


CASES = {
    "rows": Case((8, 20), (5, 1), (5, 20), (1,), (0,), (), (), (0,), 1),
    "rows_by_scalars": Case((8, 12), (5,), (5, 12), (1,), (0,), (), (), (0,), 1),
    "parts_of_rows": Case((8, 20), (5, 2), (5, 17), (1,), (0,), (), (), (0, 1), 1),
    "elements": Case((4, 3), (20, 2), (20,), (), (0, 1), (), (), (1, 0), 1),
    "windows": Case((9, 30), (2, 3), (3, 3, 20), (1, 2), (), (), (), (0, 1), 0),
    "windows_first": Case((9, 5, 12), (4, 2), (3, 4, 10), (0, 2), (1,), (), (), (2, 1), 1),
    "batched": Case((3, 6, 10), (4, 3, 1), (4, 3, 10), (2,), (1,), (0,), (1,), (1,), 2),
    "batched_windows": Case((3, 6, 4), (1, 4, 3), (4, 2, 3), (1,), (), (0, 2), (2, 1), (1,), 0),
    "no_positions": Case((3, 4), (0, 5), (2, 5, 3), (0, 2), (), (), (), (), 0),
    "one": Case((7,), (1,), (3,), (0,), (), (), (), (0,), 0),
    "nothing_listed": Case((7, 9), (0, 1), (0, 9), (1,), (0,), (), (), (0,), 1),
    "empty_windows": Case((7, 9), (3, 1), (3, 0), (1,), (0,), (), (), (0,), 1),
    "scalar": Case((), (2, 0), (2,), (), (), (), (), (), 1),
}
"""The parameters in all their uses; some positions lie outside, some windows in part, and some meet."""


def operands(case: Case, index: Any = np.int32, element: Any = np.float32) -> tuple[Array, Array, Array]:
    generator = np.random.default_rng(1)
    x, updates = (generator.integers(0, 5, shape).astype(element) for shape in (case.x, case.updates))
    low = 0 if np.dtype(index).kind == "u" else -3
    return x, generator.integers(low, 12, case.indices).astype(index), updates


def native(text: str) -> CpuExecutor:
    module = parse_module(text, "scatter.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    return CpuExecutor(module)


@pytest.mark.parametrize("dynamic", [False, True], ids=["static", "dynamic"])
@pytest.mark.parametrize("name", CASES)
def test_scatter_is_the_specification(name: str, dynamic: bool) -> None:
    case = CASES[name]
    given = operands(case)
    text = case.text(dynamic=dynamic)
    verify_or_raise(parse_module(text, "scatter.mlir"))
    (found,) = Interpreter(parse_module(text, "scatter.mlir")).call("f", *given)
    np.testing.assert_array_equal(found, case.expected(*given), strict=True)
    check_levels(text, given)
    (found,) = native(text).call("f", *given)
    np.testing.assert_array_equal(found, case.expected(*given), strict=True)


ELEMENTS = {"i8": np.int8, "i32": np.int32, "i64": np.int64, "ui8": np.uint8, "ui64": np.uint64, "index": np.int64,
            "f16": np.float16, "f64": np.float64}  # fmt: skip


@pytest.mark.parametrize("element", ELEMENTS)
def test_elements_of_any_type_are_combined(element: str) -> None:
    for name in ("rows", "elements"):
        case = CASES[name]
        given = operands(case, element=ELEMENTS[element])
        text = case.text(element, op="add")
        with np.errstate(over="ignore"):
            expected = case.expected(*given, combine=lambda a, b: a + b)
        for executor in (Interpreter(parse_module(text, "scatter.mlir")), native(text)):
            np.testing.assert_array_equal(executor.call("f", *given)[0], expected, strict=True)


INDICES: dict[str, Any] = {
    "i8": np.int8,
    "i64": np.int64,
    "si16": np.int16,
    "ui8": np.uint8,
    "ui64": np.uint64,
    "index": np.int64,
}


@pytest.mark.parametrize("index", INDICES)
def test_positions_of_any_integer_type_may_lie_outside(index: str) -> None:
    for name in ("parts_of_rows", "elements"):
        case = CASES[name]
        x, indices, updates = operands(case, INDICES[index])
        limits = np.iinfo(INDICES[index])
        indices[0], indices[1] = limits.min, limits.max
        indices[2, 0] = limits.max
        text = case.text(index=index)
        expected = case.expected(x, indices, updates)
        for executor in (Interpreter(parse_module(text, "scatter.mlir")), native(text)):
            np.testing.assert_array_equal(executor.call("f", x, indices, updates)[0], expected, strict=True)


SEVERAL = """
func.func @f(%x: tensor<6x9xf32>, %at: tensor<6x9xi32>, %i: tensor<8x1xi32>, %u: tensor<8x9xf32>, %v: tensor<8x9xi32>)
    -> (tensor<6x9xf32>, tensor<6x9xi32>) {
  %y:2 = nd.scatter %x, %at[%i] with %u, %v
    dims = {update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1} {
  ^bb0(%a: tensor<f32>, %ia: tensor<i32>, %b: tensor<f32>, %ib: tensor<i32>):
    %c = nd.greater_equal %a, %b : tensor<f32>
    %m = nd.where %c, %a, %b : tensor<i1>, tensor<f32>
    %im = nd.where %c, %ia, %ib : tensor<i1>, tensor<i32>
    nd.yield %m, %im : tensor<f32>, tensor<i32>
  } : (tensor<6x9xf32>, tensor<6x9xi32>, tensor<8x1xi32>, tensor<8x9xf32>, tensor<8x9xi32>)
    -> (tensor<6x9xf32>, tensor<6x9xi32>)
  return %y#0, %y#1 : tensor<6x9xf32>, tensor<6x9xi32>
}
"""


def test_several_operands_are_combined_together() -> None:
    generator = np.random.default_rng(2)
    x, u = (generator.integers(0, 9, shape).astype(np.float32) for shape in ((6, 9), (8, 9)))
    at, v = -np.ones((6, 9), np.int32), np.arange(72, dtype=np.int32).reshape(8, 9)
    i = generator.integers(-1, 7, (8, 1)).astype(np.int32)
    greatest, where = np.array(x), np.array(at)
    for row, place in enumerate(i[:, 0]):
        if 0 <= place < 6:
            where[place] = np.where(greatest[place] >= u[row], where[place], v[row])
            greatest[place] = np.maximum(greatest[place], u[row])
    for executor in (Interpreter(parse_module(SEVERAL, "scatter.mlir")), native(SEVERAL)):
        found = executor.call("f", x, at, i, u, v)
        np.testing.assert_array_equal(found[0], greatest, strict=True)
        np.testing.assert_array_equal(found[1], where, strict=True)
    check_levels(SEVERAL, [x, at, i, u, v])


DISAGREEING: list[tuple[str, tuple[int, ...], tuple[int, ...], tuple[int, ...], str]] = [
    ("rows", (8, 20), (5, 2), (5, 20), "index vector"),
    ("rows", (8, 20), (5, 1), (4, 20), "updates"),
    ("rows", (8, 19), (5, 1), (5, 20), "windows"),
    ("batched", (2, 6, 10), (4, 3, 1), (4, 3, 10), "batching dimension 0"),
]


@pytest.mark.parametrize(("name", "x", "indices", "updates", "message"), DISAGREEING)
def test_sizes_that_disagree_are_errors(name: str, x: Any, indices: Any, updates: Any, message: str) -> None:
    text = CASES[name].text(dynamic=True)
    given = np.zeros(x, np.float32), np.zeros(indices, np.int32), np.zeros(updates, np.float32)
    for executor in (Interpreter(parse_module(text, "scatter.mlir")), native(text)):
        with pytest.raises(DiagnosedError, match=message):
            executor.call("f", *given)
