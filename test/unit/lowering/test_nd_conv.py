"""`nd.conv` against the StableHLO specification's formula, element by element, in the interpreter and in native code."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Any

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


AMOUNTS = ("strides", "low", "high", "lhs_dilation", "rhs_dilation", "reversed")


@dataclass
class Case:
    """A convolution: sizes by the letters of `dims`, and what is not the default of the windows."""

    n: int
    space: tuple[int, ...]
    inputs: int
    kernel: tuple[int, ...]
    outputs: int
    dims: str = "[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]"
    strides: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    high: tuple[int, ...] = ()
    lhs_dilation: tuple[int, ...] = ()
    rhs_dilation: tuple[int, ...] = ()
    reversed: tuple[int, ...] = ()
    feature_groups: int = 1
    batch_groups: int = 1

    def amounts(self, name: str) -> tuple[int, ...]:
        absent = 0 if name in ("low", "high", "reversed") else 1
        return getattr(self, name) or (absent,) * len(self.space)

    @property
    def letters(self) -> list[list[str]]:
        lhs, _, rest = self.dims.partition("x")
        return [side.strip("[]").replace(" ", "").split(",") for side in (lhs, *rest.split("->"))]

    @property
    def windows(self) -> tuple[int, ...]:
        found = []
        strides, low, high, base, dilation, _ = map(self.amounts, AMOUNTS)
        for i, (size, taps) in enumerate(zip(self.space, self.kernel, strict=True)):
            padded = low[i] + high[i] + (size and (size - 1) * base[i] + 1)
            taken = (taps - 1) * dilation[i] + 1
            found.append((padded - taken) // strides[i] + 1 if taken <= padded else 0)
        return tuple(found)

    @property
    def shapes(self) -> list[tuple[int, ...]]:
        sizes: list[dict[str, int]] = [
            {"b": self.n, "f": self.inputs}, {"i": self.inputs // self.feature_groups, "o": self.outputs},
            {"b": self.n // self.batch_groups, "f": self.outputs},
        ]  # fmt: skip
        for named, space in zip(sizes, (self.space, self.kernel, self.windows), strict=True):
            named |= {str(i): size for i, size in enumerate(space)}
        return [tuple(named[letter] for letter in side) for named, side in zip(sizes, self.letters, strict=True)]

    def text(
        self,
        element: str = "f32",
        result: str = "",
        dynamic: bool = False,
        into: bool = False,
        known_kernel: bool = False,
    ) -> str:
        elements = (element, element, result or element)
        open_sizes = (dynamic, dynamic and not known_kernel, dynamic)
        x, k, y = map(tensor, self.shapes, elements, open_sizes)
        given = [f"{name} = {list(getattr(self, name))}" for name in AMOUNTS if getattr(self, name)]
        given += [f"{name} = {getattr(self, name)}" for name in ("feature_groups", "batch_groups")]
        storage = f"%s = nd.allocate() : {y}" if into else ""
        return f"""func.func @f(%x: {x}, %k: {k}) -> {y} {{
          {storage}
          %y = nd.conv %x, %k dims = {self.dims} {" ".join(given)} {"into %s" if into else ""} : {x}, {k} -> {y}
          return %y : {y}
        }}"""

    @np.errstate(over="ignore")
    def expected(self, x: Array, k: Array, dtype: Any) -> Array:
        """Element by element."""
        left, right, to = self.letters
        strides, low, _, base, dilation, flip = map(self.amounts, AMOUNTS)
        _, _, shape = self.shapes
        y = np.zeros(shape, dtype)
        depth, per_batch = self.inputs // self.feature_groups, self.n // self.batch_groups
        per_group = self.outputs // (self.feature_groups * self.batch_groups)
        for place in itertools.product(*map(range, shape)):
            at = dict(zip(to, place, strict=True))
            group = at["f"] // per_group
            for taps in itertools.product(*map(range, self.kernel)):
                read = {"b": at["b"] + (group * per_batch if self.batch_groups > 1 else 0)}
                for i, tap in enumerate(taps):
                    position = at[str(i)] * strides[i] + tap * dilation[i] - low[i]
                    read[str(i)] = position // base[i] if position % base[i] == 0 else -1
                if any(not 0 <= read[str(i)] < size for i, size in enumerate(self.space)):
                    continue
                weights = {
                    str(i): size - 1 - tap if flip[i] else tap
                    for i, (tap, size) in enumerate(zip(taps, self.kernel, strict=True))
                }
                for channel in range(depth):
                    read["f"] = channel + (group * depth if self.feature_groups > 1 else 0)
                    weights |= {"i": channel, "o": at["f"]}
                    product = x[tuple(read[each] for each in left)].astype(dtype) * k[
                        tuple(weights[each] for each in right)
                    ].astype(dtype)
                    y[place] = (y[place] | product) if y.dtype == bool else y[place] + product
        return y


PLAIN = Case(2, (5, 6), 3, (3, 2), 4)
NCHW = replace(PLAIN, dims="[b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1]")
CASES = {
    "plain": PLAIN,
    "one_by_one": Case(2, (4, 5), 6, (1, 1), 20),
    "strided": replace(PLAIN, strides=(2, 3)),
    "padded": replace(PLAIN, low=(1, 0), high=(2, 3)),
    "cropped": replace(PLAIN, low=(-1, 1), high=(0, -2)),
    "cropped_away": replace(PLAIN, low=(-6, 0), high=(0, 0)),
    "transposed": replace(PLAIN, lhs_dilation=(2, 3), low=(1, -2), high=(1, 2)),
    "dilated": replace(PLAIN, rhs_dilation=(2, 3), strides=(1, 2)),
    "reversed": replace(PLAIN, reversed=(0, 1)),
    "all_reversed": replace(PLAIN, reversed=(1, 1), lhs_dilation=(2, 1), rhs_dilation=(1, 2)),
    "too_small": Case(2, (2, 7), 3, (3, 2), 5),
    "no_images": replace(PLAIN, n=0),
    "no_inputs": replace(PLAIN, inputs=0),
    "channels_first": NCHW,
    "channels_first_strided": replace(NCHW, strides=(2, 1), low=(1, 1), high=(1, 0)),
    "kernel_last": replace(PLAIN, dims="[0, b, f, 1]x[i, 1, o, 0]->[f, 1, 0, b]"),
    "one_dimension": Case(2, (20,), 4, (5,), 18, "[b, 0, f]x[0, i, o]->[b, 0, f]", low=(2,), high=(2,)),
    "three_dimensions": Case(1, (4, 3, 5), 2, (2, 3, 2), 4, "[b, 0, 1, 2, f]x[0, 1, 2, i, o]->[b, 0, 1, 2, f]"),
    "no_space": Case(3, (), 4, (), 5, "[b, f]x[i, o]->[b, f]"),
    "groups": replace(PLAIN, inputs=6, outputs=4, feature_groups=2),
    "groups_channels_first": replace(NCHW, inputs=6, outputs=6, feature_groups=3, low=(1, 1), high=(0, 0)),
    "depthwise": replace(PLAIN, inputs=20, outputs=20, feature_groups=20, low=(1, 1), high=(1, 1)),
    "depthwise_channels_first": replace(NCHW, inputs=4, outputs=4, feature_groups=4),
    "depthwise_multiplied": replace(PLAIN, inputs=4, outputs=12, feature_groups=4, strides=(2, 2)),
    "groups_of_one_output": replace(PLAIN, inputs=6, outputs=3, feature_groups=3),
    "batch_groups": replace(PLAIN, n=4, outputs=6, batch_groups=2),
    "batch_groups_of_one": replace(PLAIN, n=2, outputs=2, batch_groups=2),
    "wide": Case(1, (20, 40), 5, (3, 3), 40, low=(1, 1), high=(1, 1)),
}
"""All parameters; with no windows, no images, and no features."""


def operands(case: Case, dtype: Any = np.float32) -> tuple[Array, Array]:
    generator = np.random.default_rng(1)
    x, k = (generator.integers(-4, 5, shape) for shape in case.shapes[:2])
    return (x % 2 == 0, k % 2 == 0) if dtype is np.bool_ else (x.astype(dtype), k.astype(dtype))


def native(text: str) -> CpuExecutor:
    module = parse_module(text, "conv.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    return CpuExecutor(module)


@pytest.mark.parametrize("dynamic", [False, True], ids=["static", "dynamic"])
@pytest.mark.parametrize("name", CASES)
def test_convolution_is_the_specification(name: str, dynamic: bool) -> None:
    case = CASES[name]
    x, k = operands(case)
    text = case.text(dynamic=dynamic)
    verify_or_raise(parse_module(text, "conv.mlir"))
    expected = case.expected(x, k, x.dtype) if name != "wide" else None
    (found,) = Interpreter(parse_module(text, "conv.mlir")).call("f", x, k)
    if expected is not None:
        np.testing.assert_array_equal(found, expected, strict=True)
    np.testing.assert_array_equal(native(text).call("f", x, k)[0], found, strict=True)
    if x.size * k.size < 20000:
        check_levels(text, [x, k])


ELEMENTS: dict[str, Any] = {"i1": np.bool_, "i8": np.int8, "i32": np.int32, "ui8": np.uint8, "i64": np.int64,
                            "index": np.int64, "f16": np.float16, "f64": np.float64}  # fmt: skip


@pytest.mark.parametrize("element", ELEMENTS)
def test_elements_of_any_type_are_combined(element: str) -> None:
    for name in ("strided", "channels_first", "groups", "depthwise"):
        case = CASES[name]
        x, k = operands(case, ELEMENTS[element])
        text = case.text(element)
        for executor in (Interpreter(parse_module(text, "conv.mlir")), native(text)):
            np.testing.assert_array_equal(executor.call("f", x, k)[0], case.expected(x, k, x.dtype), strict=True)


@pytest.mark.parametrize(("element", "result"), [("i8", "i32"), ("ui8", "ui16"), ("f16", "f32"), ("f32", "f64")])
def test_results_may_be_wider(element: str, result: str) -> None:
    case = CASES["plain"]
    dtypes = {**ELEMENTS, "ui16": np.uint16, "f32": np.float32}
    x, k = operands(case, dtypes[element])
    text = case.text(element, result)
    for executor in (Interpreter(parse_module(text, "conv.mlir")), native(text)):
        np.testing.assert_array_equal(executor.call("f", x, k)[0], case.expected(x, k, dtypes[result]), strict=True)


@pytest.mark.parametrize("name", ["plain", "channels_first", "groups"])
def test_a_destination_is_written(name: str) -> None:
    case = CASES[name]
    x, k = operands(case)
    check_levels(case.text(into=True), [x, k])
    np.testing.assert_array_equal(native(case.text(into=True)).call("f", x, k)[0], case.expected(x, k, x.dtype))


DISAGREEING: list[tuple[str, tuple[int, ...], tuple[int, ...], str]] = [
    ("plain", (2, 6, 7, 4), (3, 2, 3, 4), "feature"),
    ("plain", (2, 6, 7, 3), (0, 2, 3, 4), "kernel"),
    ("groups", (2, 6, 7, 6), (3, 2, 3, 5), "groups|group_count"),
]


@pytest.mark.parametrize(("name", "x", "k", "message"), DISAGREEING)
def test_sizes_that_disagree_are_errors(name: str, x: tuple[int, ...], k: tuple[int, ...], message: str) -> None:
    text = CASES[name].text(dynamic=True)
    for executor in (Interpreter(parse_module(text, "conv.mlir")), native(text)):
        with pytest.raises(DiagnosedError, match=message):
            executor.call("f", np.zeros(x, np.float32), np.zeros(k, np.float32))


def test_a_result_of_another_size_than_stated_is_an_error() -> None:
    text = """func.func @f(%x: tensor<1x?x3xf32>, %k: tensor<2x3x4xf32>) -> tensor<1x6x4xf32> {
      %y = nd.conv %x, %k dims = [b, 0, f]x[0, i, o]->[b, 0, f]
        : tensor<1x?x3xf32>, tensor<2x3x4xf32> -> tensor<1x6x4xf32>
      return %y : tensor<1x6x4xf32>
    }"""
    k = np.ones((2, 3, 4), np.float32)
    for executor in (Interpreter(parse_module(text, "conv.mlir")), native(text)):
        assert executor.call("f", np.ones((1, 7, 3), np.float32), k)[0].shape == (1, 6, 4)
        with pytest.raises(DiagnosedError, match=r"result"):
            executor.call("f", np.ones((1, 6, 3), np.float32), k)
