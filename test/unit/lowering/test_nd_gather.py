"""`nd.gather` against the StableHLO specification's formula, element by element, in the interpreter and in native code."""

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


class Case(NamedTuple):
    """A gather: shapes, sizes of slices, and dimension numbers."""

    x: tuple[int, ...]
    indices: tuple[int, ...]
    sizes: tuple[int, ...]
    offset_dims: tuple[int, ...] = ()
    collapsed_slice_dims: tuple[int, ...] = ()
    operand_batching_dims: tuple[int, ...] = ()
    start_indices_batching_dims: tuple[int, ...] = ()
    start_index_map: tuple[int, ...] = ()
    index_vector_dim: int = 0

    @property
    def result(self) -> tuple[int, ...]:
        left_out = (*self.collapsed_slice_dims, *self.operand_batching_dims)
        offsets = iter(size for i, size in enumerate(self.sizes) if i not in left_out)
        batch = [size for i, size in enumerate(self.indices) if i != self.index_vector_dim]
        rest = iter(batch)
        rank = len(batch) + len(self.sizes) - len(left_out)
        return tuple(next(offsets) if i in self.offset_dims else next(rest) for i in range(rank))

    def text(self, element: str = "f32", index: str = "i32", dynamic: bool = False) -> str:
        def tensor(shape: tuple[int, ...], of: str) -> str:
            return "tensor<" + "".join(f"{'?' if dynamic else size}x" for size in shape) + of + ">"

        x, i, y = tensor(self.x, element), tensor(self.indices, index), tensor(self.result, element)
        names = self._fields[3:-1]
        dims = [f"{name} = {list(getattr(self, name))}" for name in names if getattr(self, name)]
        dims.append(f"index_vector_dim = {self.index_vector_dim}")
        return f"""func.func @f(%x: {x}, %i: {i}) -> {y} {{
          %y = nd.gather %x[%i] sizes = {list(self.sizes)} dims = {{{", ".join(dims)}}} : {x}, {i} -> {y}
          return %y : {y}
        }}"""

    def expected(self, x: Array, indices: Array) -> Array:
        """The specification's formula."""
        out = np.zeros(self.result, x.dtype)
        batch_dims = [i for i in range(out.ndim) if i not in self.offset_dims]
        kept = [i for i in range(x.ndim) if i not in self.collapsed_slice_dims and i not in self.operand_batching_dims]
        for place in itertools.product(*map(range, out.shape)):
            batch = [place[i] for i in batch_dims]
            full = [0] * x.ndim
            for i, axis in enumerate(self.start_index_map):
                at = [*batch[: self.index_vector_dim], i, *batch[self.index_vector_dim :]]
                value = int(indices[tuple(at[: indices.ndim])])
                full[axis] = max(0, min(value, x.shape[axis] - self.sizes[axis]))
            for axis, dim in zip(self.operand_batching_dims, self.start_indices_batching_dims, strict=True):
                full[axis] = batch[dim - (dim > self.index_vector_dim)]
            for axis, dim in zip(kept, self.offset_dims, strict=True):
                full[axis] += place[dim]
            out[place] = x[tuple(full)]
        return out


CASES = {
    "rows": Case((8, 40), (5, 1), (1, 40), (1,), (0,), start_index_map=(0,), index_vector_dim=1),
    "rows_by_scalars": Case((8, 12), (5, 2), (1, 12), (2,), (0,), start_index_map=(0,), index_vector_dim=2),
    "parts_of_rows": Case((8, 40), (5, 2), (1, 17), (1,), (0,), start_index_map=(0, 1), index_vector_dim=1),
    "elements": Case((8, 4), (5, 2), (1, 1), (), (0, 1), start_index_map=(1, 0), index_vector_dim=1),
    "windows": Case((9, 40), (2, 3), (3, 20), (0, 2), (), start_index_map=(0, 1), index_vector_dim=0),
    "windows_first": Case((9, 5, 30), (4, 2), (3, 1, 10), (0, 2), (1,), start_index_map=(2, 1), index_vector_dim=1),
    "batched": Case((3, 6, 10), (4, 3, 1), (1, 1, 10), (2,), (1,), (0,), (1,), (1,), 2),
    "batched_elements": Case((3, 6, 4), (1, 4, 3), (1, 2, 1), (1,), (), (0, 2), (2, 1), (1,), 0),
    "no_positions": Case((3, 4), (0, 5), (2, 3), (0, 2), start_index_map=(), index_vector_dim=0),
    "one": Case((7,), (1,), (3,), (0,), start_index_map=(0,), index_vector_dim=0),
    "nothing_listed": Case((7, 9), (0, 1), (1, 9), (1,), (0,), start_index_map=(0,), index_vector_dim=1),
    "empty_slices": Case((7, 9), (3, 1), (1, 0), (1,), (0,), start_index_map=(0,), index_vector_dim=1),
    "scalar": Case((), (2, 0), (), index_vector_dim=1),
}
"""The StableHLO specification's parameters in all their uses; some indices lie outside."""


def operands(case: Case, index: Any = np.int32, element: Any = np.float32) -> tuple[Array, Array]:
    generator = np.random.default_rng(1)
    x = generator.integers(-50, 50, case.x).astype(element)
    low = 0 if np.dtype(index).kind == "u" else -3
    return x, generator.integers(low, 12, case.indices).astype(index)


def native(text: str) -> CpuExecutor:
    module = parse_module(text, "gather.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    return CpuExecutor(module)


@pytest.mark.parametrize("dynamic", [False, True], ids=["static", "dynamic"])
@pytest.mark.parametrize("name", CASES)
def test_gather_is_the_specification(name: str, dynamic: bool) -> None:
    case = CASES[name]
    x, indices = operands(case)
    text = case.text(dynamic=dynamic)
    verify_or_raise(parse_module(text, "gather.mlir"))
    (found,) = Interpreter(parse_module(text, "gather.mlir")).call("f", x, indices)
    np.testing.assert_array_equal(found, case.expected(x, indices), strict=True)
    check_levels(text, [x, indices])
    (found,) = native(text).call("f", x, indices)
    np.testing.assert_array_equal(found, case.expected(x, indices), strict=True)


ELEMENTS = {"i1": np.bool_, "i4": np.int8, "i8": np.int8, "i16": np.int16, "i32": np.int32, "i64": np.int64,
            "ui4": np.uint8, "ui8": np.uint8, "ui64": np.uint64, "index": np.int64, "f16": np.float16,
            "f64": np.float64}  # fmt: skip


@pytest.mark.parametrize("element", ELEMENTS)
def test_elements_of_any_type_are_moved(element: str) -> None:
    for name in ("rows", "elements", "batched"):
        case = CASES[name]
        x, indices = operands(case)
        x = (x.astype(np.int64) % 2 if element == "i1" else x.astype(np.int64) % 8).astype(ELEMENTS[element])
        text = case.text(element)
        for executor in (Interpreter(parse_module(text, "gather.mlir")), native(text)):
            np.testing.assert_array_equal(executor.call("f", x, indices)[0], case.expected(x, indices), strict=True)


INDICES: dict[str, Any] = {
    "i8": np.int8,
    "i64": np.int64,
    "si16": np.int16,
    "ui8": np.uint8,
    "ui64": np.uint64,
    "index": np.int64,
}


@pytest.mark.parametrize("index", INDICES)
def test_positions_of_any_integer_type_are_clamped(index: str) -> None:
    for name in ("parts_of_rows", "elements"):
        case = CASES[name]
        x, indices = operands(case, INDICES[index])
        limits = np.iinfo(INDICES[index])
        indices[0], indices[1] = limits.min, limits.max
        text = case.text(index=index)
        for executor in (Interpreter(parse_module(text, "gather.mlir")), native(text)):
            np.testing.assert_array_equal(executor.call("f", x, indices)[0], case.expected(x, indices), strict=True)


def test_a_dimension_is_taken_whole() -> None:
    text = """func.func @f(%x: tensor<?x?xf32>, %i: tensor<?xindex>) -> tensor<?x?xf32> {
      %y = nd.gather %x[%i] sizes = [1, :]
        dims = {offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1}
        : tensor<?x?xf32>, tensor<?xindex> -> tensor<?x?xf32>
      return %y : tensor<?x?xf32>
    }"""
    x, indices = np.arange(24, dtype=np.float32).reshape(6, 4), np.array([5, 0, 3], np.int64)
    for executor in (Interpreter(parse_module(text, "gather.mlir")), native(text)):
        np.testing.assert_array_equal(executor.call("f", x, indices)[0], x[indices], strict=True)
    check_levels(text, [x, indices])


DISAGREEING: dict[str, list[Any]] = {
    "rows": [((8, 39), (5, 1)), ((8, 40), (5, 2))],
    "batched": [((2, 6, 10), (4, 3, 1))],
}


@pytest.mark.parametrize("name", DISAGREEING)
def test_sizes_that_disagree_are_located_errors(name: str) -> None:
    text = CASES[name].text(dynamic=True)
    for shape, listed in DISAGREEING[name]:
        x, indices = np.zeros(shape, np.float32), np.zeros(listed, np.int32)
        for executor in (Interpreter(parse_module(text, "gather.mlir")), native(text)):
            with pytest.raises(DiagnosedError, match=r"slices of|the slices|index vector|batching dimension 0"):
                executor.call("f", x, indices)
