"""Calls of Python functions from programs: by the interpreter at every level, and from native code."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from unit.custom_calls.running import EVERYWHERE, executor

from irc import custom_calls
from irc.ir.diagnostic import DiagnosedError
from irc.ir.location import FileLineColLoc

Register = Callable[[str], Callable[[Any], Any]]


@pytest.fixture
def register() -> Iterator[Register]:
    """Registers functions for one test."""
    names: list[str] = []

    def decorate(name: str) -> Callable[[Any], Any]:
        names.append(name)
        return custom_calls.register(name)

    yield decorate
    for name in names:
        custom_calls.unregister(name)


ELEMENTS = {
    "f16": np.float16, "f32": np.float32, "f64": np.float64, "i8": np.int8, "i16": np.int16, "i32": np.int32,
    "i64": np.int64, "ui8": np.uint8, "ui16": np.uint16, "ui32": np.uint32, "ui64": np.uint64, "i1": np.bool_,
    "index": np.int64, "i4": np.int8, "ui4": np.uint8, "i7": np.int8,
}  # fmt: skip


@EVERYWHERE
@pytest.mark.parametrize("element", ELEMENTS)
def test_elements_and_numbers_of_every_type_arrive_and_come_back(element: str, how: str, register: Register) -> None:
    seen: list[Any] = []

    @register("test.pass")
    def _(x: Any, number: Any, *, out: Any) -> None:
        seen.append((x.dtype, x.shape, type(number), number))
        out[0][...] = x.T
        out[1][...] = number

    text = f"""
    func.func @f(%x: tensor<?x3x{element}>, %k: {element}, %n: index) -> (tensor<3x?x{element}>, tensor<{element}>) {{
      %y, %z = nd.custom_call @test.pass(%x, %k) sizes(%n)
        : (tensor<?x3x{element}>, {element}) -> (tensor<3x?x{element}>, tensor<{element}>)
      return %y, %z : tensor<3x?x{element}>, tensor<{element}>
    }}
    """
    dtype = np.dtype(ELEMENTS[element])
    x = np.array([[0, 1, 0], [1, 1, 0]] if dtype.kind in "bu" else [[0, 1, -2], [3, -4, 5]]).astype(dtype)
    y, z = executor(text, how).call("f", x, x[1, 1], 2)
    np.testing.assert_array_equal(y, x.T)
    assert y.dtype == z.dtype == dtype
    assert z == x[1, 1]
    assert seen == [(dtype, (2, 3), dtype.type, x[1, 1])]


@EVERYWHERE
def test_bits_beyond_the_width_of_an_integer_are_dropped(how: str, register: Register) -> None:
    @register("test.wide")
    def _(*, out: Any) -> None:
        out[0][...] = 23

    text = """
    func.func @f() -> tensor<2xi4> {
      %y = nd.custom_call @test.wide() : () -> tensor<2xi4>
      return %y : tensor<2xi4>
    }
    """
    assert executor(text, how).call("f")[0].tolist() == [7, 7]


@EVERYWHERE
def test_parts_are_views_and_operands_are_only_read(how: str, register: Register) -> None:
    strides: list[Any] = []

    @register("test.read")
    def _(x: Any, *, out: Any) -> None:
        strides.append(x.strides)
        with pytest.raises(ValueError, match="read-only"):
            x[0] = 1
        np.negative(x, out=out[0])

    text = """
    func.func @f(%x: tensor<9xf32>) -> tensor<3xf32> {
      %p = nd.slice %x [1:9:3] : tensor<9xf32> -> tensor<3xf32>
      %y = nd.custom_call @test.read(%p) : (tensor<3xf32>) -> tensor<3xf32>
      return %y : tensor<3xf32>
    }
    """
    x = np.arange(9, dtype=np.float32)
    assert executor(text, how).call("f", x)[0].tolist() == [-1, -4, -7]
    assert strides == [(12,)]
    x[0] = 5  # what the caller passed stays writable


@EVERYWHERE
def test_sizes_of_zero_and_no_axes(how: str, register: Register) -> None:
    @register("test.count")
    def _(x: Any, scalar: Any, *, out: Any) -> None:
        assert x.shape == (0, 4)
        assert scalar.shape == ()
        out[0][...] = x.size + scalar
        assert out[1].shape == (3, 0)

    text = """
    func.func @f(%x: tensor<?x4xi32>, %s: tensor<i32>, %n: index) -> (tensor<i32>, tensor<3x?xi32>) {
      %y:2 = nd.custom_call @test.count(%x, %s) sizes(%n) : (tensor<?x4xi32>, tensor<i32>) -> (tensor<i32>, tensor<3x?xi32>)
      return %y#0, %y#1 : tensor<i32>, tensor<3x?xi32>
    }
    """
    y, z = executor(text, how).call("f", np.zeros((0, 4), np.int32), np.array(7, np.int32), 0)
    assert (y, z.shape) == (7, (3, 0))


@EVERYWHERE
def test_options_are_keywords(how: str, register: Register) -> None:
    seen: list[Any] = []

    @register("test.options")
    def _(*, out: Any, **options: Any) -> None:
        seen.append(options)

    text = """
    func.func @f() {
      nd.custom_call @test.options() side_effects options {
        flag, yes = true, n = -3 : i8, x = 2.5 : f32, word = "a \\0A \\1F \\22", list = [1, "b", [false]],
        sizes = array<i64: 2, 3>, data = dense<[1, 2]> : tensor<2xi16>, nested = {k = 1}
      } : () -> ()
      return
    }
    """
    executor(text, how).call("f")
    (options,) = seen
    assert options.pop("data").tolist() == [1, 2]
    assert options == {
        "flag": True, "yes": True, "n": -3, "x": 2.5, "word": 'a \n \x1f "', "list": (1, "b", (False,)),
        "sizes": (2, 3), "nested": {"k": 1},
    }  # fmt: skip


@EVERYWHERE
def test_storage_that_is_given_away_is_written(how: str, register: Register) -> None:
    @register("test.double")
    def _(x: Any, *, out: Any) -> None:
        np.add(x, x, out=out[0])

    text = """
    func.func @f(%x: tensor<?xf64>, %n: index) -> tensor<?xf64> {
      %s = nd.allocate(%n) : tensor<?xf64>
      %y = nd.custom_call @test.double(%x) into(%s : tensor<?xf64>) : (tensor<?xf64>) -> tensor<?xf64>
      return %y : tensor<?xf64>
    }
    """
    assert executor(text, how).call("f", np.array([1.0, 2.0]), 2)[0].tolist() == [2, 4]


@EVERYWHERE
def test_side_effects_happen_in_order_and_in_loops(how: str, register: Register) -> None:
    seen: list[int] = []

    @register("test.note")
    def _(i: Any, x: Any, *, out: Any) -> None:
        seen.append(int(i))
        out[0][...] = x + i

    text = """
    func.func @f(%n: index, %x: tensor<2xi64>) -> tensor<2xi64> {
      %zero = arith.constant 0 : index
      %one = arith.constant 1 : index
      %r = scf.for %i = %zero to %n step %one iter_args(%a = %x) -> (tensor<2xi64>) {
        %b = nd.custom_call @test.note(%i, %a) side_effects : (index, tensor<2xi64>) -> tensor<2xi64>
        %unused = nd.custom_call @test.note(%n, %a) side_effects : (index, tensor<2xi64>) -> tensor<2xi64>
        scf.yield %b : tensor<2xi64>
      }
      return %r : tensor<2xi64>
    }
    """
    assert executor(text, how).call("f", 3, np.array([1, 2]))[0].tolist() == [4, 5]
    assert seen == [0, 3, 1, 3, 2, 3]


FAILING = """
func.func @f(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = nd.custom_call @test.failing(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
func.func @g(%x: tensor<2xf32>) -> tensor<2xf32> {
  %y = nd.custom_call @test.unknown(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
"""


@pytest.mark.parametrize("how", ["interpreter", "native"])
def test_an_exception_is_an_error_at_the_op_and_the_next_call_works(how: str, register: Register) -> None:
    problems: list[Exception] = [KeyError("k"), ValueError("no é \x1f good"), MemoryError()]

    @register("test.failing")
    def _(x: Any, *, out: Any) -> None:
        if problems:
            raise problems[0]
        out[0][...] = x

    run, x = executor(FAILING, how), np.ones(2, np.float32)
    for words in ("KeyError: 'k'", "no é \x1f good", "MemoryError"):
        with pytest.raises(DiagnosedError) as caught:
            run.call("f", x)
        (problem,) = caught.value.diagnostics
        assert problem.message == f"'nd.custom_call' op failed: custom call @test.failing failed: {words}"
        assert next(problem.location.files()) == FileLineColLoc("test.mlir", 3, 8)
        assert isinstance(caught.value.__cause__, ValueError)
        del problems[0]
    assert run.call("f", x)[0].tolist() == [1, 1]


@pytest.mark.parametrize("how", ["interpreter", "native"])
def test_a_name_that_is_not_registered_is_an_error_at_the_op(how: str, register: Register) -> None:
    register("test.known")(lambda *, out: None)
    with pytest.raises(DiagnosedError, match=r"no function is registered for the custom call @test\.unknown") as caught:
        executor(FAILING, how).call("g", np.ones(2, np.float32))
    assert next(caught.value.diagnostics[0].location.files()) == FileLineColLoc("test.mlir", 7, 8)


@pytest.mark.parametrize("how", ["interpreter", "native"])
def test_an_interruption_passes_through(how: str, register: Register) -> None:
    @register("test.failing")
    def _(x: Any, *, out: Any) -> None:
        raise KeyboardInterrupt

    run = executor(FAILING, how)
    for _attempt in range(2):
        with pytest.raises(KeyboardInterrupt):
            run.call("f", np.ones(2, np.float32))


RECURSIVE = """
func.func @f(%n: i32) -> tensor<i32> {
  %y = nd.custom_call @test.again(%n) : (i32) -> tensor<i32>
  %v = tensor.extract %y[] : tensor<i32>
  %zero = arith.constant 3 : i32
  %ok = arith.cmpi slt, %v, %zero : i32
  cf.assert %ok, "three is too much"
  return %y : tensor<i32>
}
"""


@pytest.mark.parametrize("how", ["interpreter", "native"])
def test_a_function_may_call_the_program_again(how: str, register: Register) -> None:
    """Failures of the inner calls end these, those after them the outer ones."""
    run = executor(RECURSIVE, how)
    caught: list[str] = []

    @register("test.again")
    def _(n: Any, *, out: Any) -> None:
        out[0][...] = n
        if n > 0:
            try:
                run.call("f", n - 1)
            except DiagnosedError as problem:
                caught.append(str(problem))

    assert run.call("f", np.int32(2)) == [2]
    with pytest.raises(DiagnosedError, match="three is too much"):
        run.call("f", np.int32(4))
    assert len(caught) == 1


DEEP = """
func.func @f(%n: i32) -> i32 {
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %done = arith.cmpi eq, %n, %zero : i32
  %r = scf.if %done -> (i32) {
    nd.custom_call @test.bottom() side_effects : () -> ()
    scf.yield %zero : i32
  } else {
    %m = arith.subi %n, %one : i32
    %s = func.call @f(%m) : (i32) -> i32
    %t = arith.addi %s, %one : i32
    scf.yield %t : i32
  }
  return %r : i32
}
"""


def test_recursion_through_python_ends_with_an_error(register: Register) -> None:
    run, depth = executor(DEEP, "native"), 1000

    @register("test.bottom")
    def _(*, out: Any) -> None:
        if depth > 1000:
            run.call("f", np.int32(depth))

    assert run.call("f", np.int32(depth)) == [1000]
    depth = 20_000
    with pytest.raises(DiagnosedError, match=r"stack is used up|recursion"):
        run.call("f", np.int32(depth))
    depth = 1000
    assert run.call("f", np.int32(depth)) == [1000]


@pytest.mark.parametrize("how", ["interpreter", "lowered", "native"])
def test_buffers_of_the_program_are_written_in_place(how: str, register: Register) -> None:
    @register("test.twice")
    def _(x: Any, *, out: Any) -> None:
        np.multiply(x, 2, out=out[0])

    text = """
    func.func @f(%a: memref<4x4xf32>, %b: memref<4xf32>) {
      %v = memref.subview %a[0, 1] [4, 1] [1, 1] : memref<4x4xf32> to memref<4xf32, strided<[4], offset: 1>>
      nd.custom_call @test.twice(%b) into(%v : memref<4xf32, strided<[4], offset: 1>>) : (memref<4xf32>) -> ()
      return
    }
    """
    a = np.zeros((4, 4), np.float32)
    executor(text, how).call("f", a, np.arange(4, dtype=np.float32))
    assert a[:, 1].tolist() == [0, 2, 4, 6]
    assert a[:, [0, 2, 3]].sum() == 0


def test_threads_run_the_same_program(register: Register) -> None:
    @register("test.thread")
    def _(x: Any, *, out: Any) -> None:
        if x[0] == 3:
            raise ValueError("three")
        out[0][...] = 2 * x

    run = executor(FAILING.replace("test.failing", "test.thread"), "native")
    results: dict[int, Any] = {}

    def work(i: int) -> None:
        for _round in range(50):
            try:
                results[i] = run.call("f", np.full(2, i, np.float32))[0].tolist()
            except DiagnosedError as problem:
                results[i] = problem.diagnostics[0].message.rpartition(": ")[2]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {i: "three" if i == 3 else [2 * i, 2 * i] for i in range(5)}


def test_names_are_taken_once(register: Register) -> None:
    register("test.name")(print)
    with pytest.raises(ValueError, match=r"there is a custom call @test\.name already"):
        custom_calls.register("test.name", print)
    assert custom_calls.register("test.name", len, replace=True) is len
    assert custom_calls.find("test.name") is len
    assert custom_calls.find("irc.cholesky") is not None
    with pytest.raises(custom_calls.CustomCallError):
        custom_calls.find("irc.nothing")
