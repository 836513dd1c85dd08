"""Arrays go into native code and come out: shapes, strides, ownership, and arguments that do not fit."""

from __future__ import annotations

import gc
import re

import numpy as np
import pytest
from unit.codegen.native import native

from irc.codegen.cpu.calling import CallError
from irc.ir.diagnostic import DiagnosedError

# A module keeps the types that functions had on tensors; here they are stated by hand.
DOUBLE = """
func.func @f(%x: memref<?x3xf32>) -> memref<?x3xf32> attributes {irc.signature = (tensor<?x3xf32>) -> tensor<?x3xf32>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %n = memref.dim %x, %c0 : memref<?x3xf32>
  %y = memref.alloc(%n) : memref<?x3xf32>
  scf.for %i = %c0 to %n step %c1 {
    scf.for %j = %c0 to %c3 step %c1 {
      %a = memref.load %x[%i, %j] : memref<?x3xf32>
      %b = arith.addf %a, %a : f32
      memref.store %b, %y[%i, %j] : memref<?x3xf32>
    }
  }
  return %y : memref<?x3xf32>
}
"""


@pytest.fixture(scope="module")
def double():
    return native(DOUBLE)


@pytest.mark.parametrize(
    "x",
    [
        np.arange(12, dtype=np.float32).reshape(4, 3),
        np.arange(24, dtype=np.float32).reshape(4, 6)[:, ::2],
        np.arange(12, dtype=np.float32).reshape(3, 4).T,
        np.arange(12, dtype=np.float32).reshape(4, 3)[::-1],
        np.empty((0, 3), np.float32),
    ],
    ids=["contiguous", "strided", "transposed", "reversed", "empty"],
)
def test_tensor_arguments_may_have_any_strides(double, x):
    (y,) = double.call("f", x)
    np.testing.assert_array_equal(y, x + x)


def test_a_result_lives_as_long_as_an_array_refers_to_it(double):
    x = np.arange(30_000, dtype=np.float32).reshape(-1, 3)
    parts = [double.call("f", x)[0][i, 1:] for i in range(50)]
    gc.collect()
    for i, part in enumerate(parts):
        np.testing.assert_array_equal(part, 2 * x[i, 1:])


def test_results_are_writable_and_aligned(double):
    (y,) = double.call("f", np.ones((4, 3), np.float32))
    y[0] = 7
    assert y.ctypes.data % 64 == 0
    assert y.flags.c_contiguous


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "@f takes 1 argument (tensor<?x3xf32>), but 0 are given"),
        ((np.ones((4, 3)),), "@f: argument #0: must be 'tensor<?x3xf32>', got dtype float64"),
        ((np.ones((4, 2), np.float32),), "@f: argument #0: must be 'tensor<?x3xf32>', got shape (4, 2)"),
        ((np.float32(1),), "@f: argument #0: must be 'tensor<?x3xf32>', got shape ()"),
    ],
)
def test_arguments_that_do_not_fit(double, arguments, message):
    with pytest.raises(CallError, match=re.escape(message)):
        double.call("f", *arguments)


def test_unknown_functions(double):
    with pytest.raises(CallError, match="there is no public function @g to be called; there are: @f"):
        double.call("g")


def test_functions_of_types_that_python_lacks():
    code = native("func.func @f(%v: vector<4xf32>) -> vector<4xf32> { return %v : vector<4xf32> }")
    with pytest.raises(CallError, match="values of type 'vector<4xf32>' cannot be passed"):
        code.call("f", np.zeros(4, np.float32))


SCALARS = "func.func @f({arguments}) -> ({types}) {{ return {values} : {types} }}"


def test_scalars_of_every_type():
    types = ["i1", "i8", "i16", "i32", "i64", "index", "f16", "bf16", "f32", "f64", "ui8", "ui32"]
    values = [f"%a{i}" for i in range(len(types))]
    arguments = ", ".join(f"{value}: {type}" for value, type in zip(values, types, strict=True))
    code = native(SCALARS.format(arguments=arguments, types=", ".join(types), values=", ".join(values)))
    slots = code.layouts["f"].inputs
    given = [slot.dtype.type(i + 1) for i, slot in enumerate(slots)]
    results = code.call("f", *given)
    assert results == given
    assert [result.dtype for result in results] == [slot.dtype for slot in slots]


def test_python_numbers_are_scalars():
    code = native("func.func @f(%x: f32, %n: index) -> (f32, index) { return %x, %n : f32, index }")
    assert code.call("f", 1.5, 7) == [1.5, 7]
    with pytest.raises(CallError, match="must be 'index', got a float"):
        code.call("f", 1.5, 2.5)


FILL = """
func.func @f(%m: memref<4xf32{layout}>, %x: f32) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.for %i = %c0 to %c4 step %c1 {{
    memref.store %x, %m[%i] : memref<4xf32{layout}>
  }}
  return
}}
"""


def test_a_memref_is_passed_by_reference():
    y = np.zeros(4, np.float32)
    native(FILL.format(layout="")).call("f", y, 3.0)
    np.testing.assert_array_equal(y, 3)


def test_a_strided_memref_takes_strided_arrays():
    y = np.zeros((4, 2), np.float32)
    native(FILL.format(layout=", strided<[?], offset: ?>")).call("f", y[:, 1], 3.0)
    np.testing.assert_array_equal(y, [[0, 3]] * 4)


def test_what_is_written_must_not_be_lost():
    code = native(FILL.format(layout=""))
    with pytest.raises(CallError, match="not contiguous"):
        code.call("f", np.zeros((4, 2), np.float32)[:, 0], 3.0)
    with pytest.raises(CallError, match="got no array"):
        code.call("f", Lazy(), 3.0)


class Lazy:
    """Something that turns into an array."""

    def __array__(self, dtype=None, copy=None):
        return np.zeros(4, np.float32)


def test_an_argument_that_is_returned_is_copied():
    code = native("func.func @f(%m: memref<4xf32>) -> memref<4xf32> { return %m : memref<4xf32> }")
    x = np.arange(4, dtype=np.float32)
    (y,) = code.call("f", x)
    x[0] = 9
    np.testing.assert_array_equal(y, [0, 1, 2, 3])


@pytest.mark.parametrize("count", [3, 5000])
def test_constants_inside_and_outside_of_the_code(count):
    values = ", ".join(f"{i}.0" for i in range(count))
    text = f"""
    memref.global "private" constant @w : memref<{count}xf32> = dense<[{values}]>
    func.func @f() -> memref<{count}xf32> {{
      %w = memref.get_global @w : memref<{count}xf32>
      return %w : memref<{count}xf32>
    }}"""
    code = native(text)
    (first,) = code.call("f")
    first[0] = 5
    np.testing.assert_array_equal(code.call("f")[0], np.arange(count))


def test_one_allocation_with_two_results_is_freed_once():
    text = """
    func.func @f() -> (memref<2xf32, strided<[1]>>, memref<2xf32, strided<[1], offset: 2>>) {
      %x = arith.constant 1.0 : f32
      %c0 = arith.constant 0 : index
      %c3 = arith.constant 3 : index
      %m = memref.alloc() : memref<4xf32>
      memref.store %x, %m[%c0] : memref<4xf32>
      memref.store %x, %m[%c3] : memref<4xf32>
      %a = memref.subview %m[0] [2] [1] : memref<4xf32> to memref<2xf32, strided<[1]>>
      %b = memref.subview %m[2] [2] [1] : memref<4xf32> to memref<2xf32, strided<[1], offset: 2>>
      return %a, %b : memref<2xf32, strided<[1]>>, memref<2xf32, strided<[1], offset: 2>>
    }"""
    code = native(text)
    for _ in range(100):
        a, b = code.call("f")
        assert (a[0], b[1]) == (1, 1)


def test_printing_reaches_standard_output(capfd):
    text = """
    func.func @f(%n: index, %x: f32, %c: i1) {
      nd.print "step {}: {} {} (100 %)"(%n, %x, %c) : index, f32, i1
      return
    }"""
    native(text).call("f", -3, 0.5, True)
    assert capfd.readouterr().out == "step -3: 0.5 1 (100 %)\n"


@pytest.mark.parametrize("name", ["free", "printf", "aligned_alloc", "main", "a name with spaces", "é", "_", "$"])
def test_functions_may_have_any_name(name, capfd):
    text = f"""
    func.func @"{name}"(%x: f32) -> memref<1xf32> {{
      %c0 = arith.constant 0 : index
      %m = memref.alloc() : memref<1xf32>
      memref.dealloc %m : memref<1xf32>
      %r = memref.alloc() : memref<1xf32>
      memref.store %x, %r[%c0] : memref<1xf32>
      nd.print "{{}}"(%x) : f32
      return %r : memref<1xf32>
    }}"""
    assert native(text).call(name, 2.0)[0] == [2]
    assert capfd.readouterr().out == "2\n"


def test_names_are_escaped():
    text = r"""
    memref.global "private" constant @"w\22\0A" : memref<400xf32> = dense<1.0>
    func.func @"f\22\FF\5C"() -> memref<400xf32> {
      %w = memref.get_global @"w\22\0A" : memref<400xf32>
      return %w : memref<400xf32>
    }"""
    name = b'f"\xff\\'.decode("utf-8", "surrogateescape")
    assert native(text).call(name)[0].sum() == 400


def test_a_null_byte_in_a_name_is_an_error():
    with pytest.raises(DiagnosedError, match="null byte in its name"):
        native(r'func.func @"a\00b"() { return }')


def test_a_function_of_the_llvm_dialect_takes_scalars():
    text = "llvm.func @f(%x: i32, %y: f32) -> f32 { %a = llvm.sitofp %x : i32 to f32 %b = llvm.fadd %a, %y : f32 llvm.return %b : f32 }"
    assert native(text).call("f", 3, 0.5) == [3.5]


def test_an_unknown_external_global_is_an_error_where_it_is_used():
    text = """llvm.mlir.global external @no_such_global() : i32
    llvm.func @f() -> i32 {
      %a = llvm.mlir.addressof @no_such_global : !llvm.ptr
      %b = llvm.load %a : !llvm.ptr -> i32
      llvm.return %b : i32
    }"""
    with pytest.raises(DiagnosedError, match="there is no symbol 'no_such_global'"):
        native(text)


def test_integers_wider_than_registers_are_divided():
    text = """func.func @f(%x: i64, %y: i64) -> i64 {
      %a = arith.extsi %x : i64 to i128
      %b = arith.extsi %y : i64 to i128
      %c = arith.muli %a, %a : i128
      %d = arith.divsi %c, %b : i128
      %e = arith.trunci %d : i128 to i64
      return %e : i64
    }"""
    assert native(text).call("f", 10**12, 10**13) == [10**11]
