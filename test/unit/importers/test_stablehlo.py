"""Programs in StableHLO as functions of Python."""

from __future__ import annotations

import numpy as np
import pytest

import irc
from irc import numpy as jnp
from irc.importers import stablehlo
from irc.ir.diagnostic import DiagnosedError
from irc.passes.inline import Inline

# A reduction, a counted loop, a branch, and a product: what stands in most programs.
STEP = """
module @jit_step attributes {mhlo.num_partitions = 1 : i32} {
  func.func public @main(%w: tensor<3x3xf32>, %x: tensor<3xf32> {jax.arg_info = "x"}) -> (tensor<f32> {jax.result_info = ""}) {
    %zero = stablehlo.constant dense<0> : tensor<i32>
    %cst = stablehlo.constant dense<0.0> : tensor<f32>
    %0:3 = stablehlo.while(%i = %zero, %m = %w, %v = %x) : tensor<i32>, tensor<3x3xf32>, tensor<3xf32>
    cond {
      %n = stablehlo.constant dense<3> : tensor<i32>
      %p = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %p : tensor<i1>
    } do {
      %y = func.call @layer(%m, %v) : (tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %one = stablehlo.constant dense<1> : tensor<i32>
      %j = stablehlo.add %i, %one : tensor<i32>
      stablehlo.return %j, %m, %y : tensor<i32>, tensor<3x3xf32>, tensor<3xf32>
    }
    %big = stablehlo.reduce(%0#2 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
    %q = stablehlo.compare GT, %big, %cst : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %r = "stablehlo.if"(%q) ({
      stablehlo.return %big : tensor<f32>
    }, {
      %n = stablehlo.multiply %big, %big : tensor<f32>
      stablehlo.return %n : tensor<f32>
    }) : (tensor<i1>) -> tensor<f32>
    return %r : tensor<f32>
  }
  func.func private @layer(%w: tensor<3x3xf32>, %x: tensor<3xf32>) -> tensor<3xf32> {
    %0 = stablehlo.dot_general %w, %x, contracting_dims = [1] x [0] : (tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %1 = stablehlo.tanh %0 : tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}
"""

W = np.array([[0.5, -1, 2], [1, 0.25, -0.5], [-0.75, 1, 0.125]], np.float32)
X = np.array([[1, 2, 3], [-3, 1, 0.5]], np.float32)


def reference(w: np.ndarray, x: np.ndarray) -> np.float32:
    for _ in range(3):
        x = np.tanh(w @ x)
    total = x.sum()
    return total if total > 0 else total * total


@pytest.fixture(scope="module")
def step() -> stablehlo.Imported:
    return stablehlo.load(STEP)


def test_a_program_is_called_with_arrays(step: stablehlo.Imported) -> None:
    assert [str(type) for type in step.inputs] == ["tensor<3x3xf32>", "tensor<3xf32>"]
    np.testing.assert_allclose(step(W, X[0]), reference(W, X[0]), rtol=1e-6)


def test_a_program_is_part_of_a_compiled_function(step: stablehlo.Imported) -> None:
    found = irc.jit(lambda w, x: step(w, x) + 1)(W, X[0])
    np.testing.assert_allclose(found, reference(W, X[0]) + 1, rtol=1e-6)


def test_a_program_has_a_gradient(step: stablehlo.Imported) -> None:
    found = np.asarray(irc.grad(lambda x: step(W, x))(X[0]))
    shifts = np.eye(3, dtype=np.float32) * np.float32(1e-2)
    slopes = [(reference(W, X[0] + d) - reference(W, X[0] - d)) / 2e-2 for d in shifts]
    np.testing.assert_allclose(found, slopes, rtol=1e-2, atol=1e-3)


def test_a_program_is_mapped(step: stablehlo.Imported) -> None:
    """The examples take different branches."""
    found = irc.jit(irc.vmap(lambda x: step(W, x)))(X)
    np.testing.assert_allclose(found, [reference(W, x) for x in X], rtol=1e-6)


def test_what_prints_as_text_is_taken(step: stablehlo.Imported) -> None:
    class Lowered:
        def as_text(self) -> str:
            return STEP

    assert stablehlo.load(Lowered()).as_text() == step.as_text()
    with pytest.raises(TypeError, match="bytecode"):
        stablehlo.load(b"MLIR")


def test_arguments_are_judged(step: stablehlo.Imported) -> None:
    with pytest.raises(TypeError, match="takes 2 arguments, but 1 are given"):
        step(W)
    with pytest.raises(TypeError, match="argument #1 must be a 'tensor<3xf32>', got float32"):
        step(W, np.zeros(4, np.float32))


def test_windows_sorting_and_scattering_are_mapped() -> None:
    program = stablehlo.load("""
      func.func @main(%x: tensor<4xf32>, %i: tensor<2x1xi32>) -> (tensor<3xf32>, tensor<4xf32>, tensor<4xf32>) {
        %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
        %u = stablehlo.constant dense<1.0> : tensor<2xf32>
        %0 = "stablehlo.reduce_window"(%x, %low) <{window_dimensions = array<i64: 2>}> ({
        ^bb0(%a: tensor<f32>, %b: tensor<f32>):
          %m = stablehlo.maximum %a, %b : tensor<f32>
          stablehlo.return %m : tensor<f32>
        }) : (tensor<4xf32>, tensor<f32>) -> tensor<3xf32>
        %1 = "stablehlo.sort"(%x) <{dimension = 0 : i64}> ({
        ^bb0(%a: tensor<f32>, %b: tensor<f32>):
          %p = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
          stablehlo.return %p : tensor<i1>
        }) : (tensor<4xf32>) -> tensor<4xf32>
        %2 = "stablehlo.scatter"(%x, %i, %u) <{scatter_dimension_numbers = #stablehlo.scatter<
            inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
        ^bb0(%a: tensor<f32>, %b: tensor<f32>):
          %s = stablehlo.subtract %a, %b : tensor<f32>
          stablehlo.return %s : tensor<f32>
        }) : (tensor<4xf32>, tensor<2x1xi32>, tensor<2xf32>) -> tensor<4xf32>
        return %0, %1, %2 : tensor<3xf32>, tensor<4xf32>, tensor<4xf32>
      }""")
    x = np.array([[3, 1, 2, 0], [-1, 5, np.nan, 4]], np.float32)
    i = np.array([[[0], [2]], [[1], [1]]], np.int32)
    windows, ordered, scattered = irc.jit(irc.vmap(program))(x, i)
    np.testing.assert_array_equal(windows, np.maximum(x[:, 1:], x[:, :-1]))
    np.testing.assert_array_equal(ordered, np.sort(x))
    np.testing.assert_array_equal(scattered, [[2, 1, 1, 0], [-1, 3, np.nan, 4]])


def test_what_has_no_meaning_is_named_with_its_place() -> None:
    with pytest.raises(DiagnosedError) as caught:
        stablehlo.load("""func.func @main() -> tensor<ui32> {
          %0 = stablehlo.partition_id : tensor<ui32>
          return %0 : tensor<ui32>
        }""")
    (problem,) = caught.value.diagnostics
    assert problem.message == "'stablehlo.partition_id' is not supported on one device"
    assert ":2:" in str(problem.location)


def test_results_can_be_several(step: stablehlo.Imported) -> None:
    program = stablehlo.load("""func.func @main(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<i32>) {
      %0 = stablehlo.negate %x : tensor<?xf32>
      %1 = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?xf32>) -> tensor<i32>
      return %0, %1 : tensor<?xf32>, tensor<i32>
    }""")
    for count in (2, 5):
        found, size = program(np.ones(count, np.float32))
        np.testing.assert_array_equal(found, -np.ones(count))
        assert size == count
    assert jnp.sum(program(np.ones(3, np.float32))[0]) == -3


def test_a_function_of_another_name_is_chosen() -> None:
    text = "func.func @main() { return }\nfunc.func @twice(%x: tensor<2xf32>) -> tensor<2xf32> {\n"
    text += "%0 = stablehlo.add %x, %x : tensor<2xf32>\nreturn %0 : tensor<2xf32> }"
    np.testing.assert_array_equal(stablehlo.load(text, "twice")(np.ones(2, np.float32)), [2, 2])
    with pytest.raises(ValueError, match="no function @other"):
        stablehlo.load(text, "other")


def test_second_derivatives_of_windows() -> None:
    text = """func.func public @main(%x: tensor<5xf32>) -> tensor<4xf32> {
      %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
      %y = "stablehlo.reduce_window"(%x, %low) <{window_dimensions = array<i64: 2>}> ({
      ^bb0(%a: tensor<f32>, %b: tensor<f32>):
        %m = stablehlo.maximum %a, %b : tensor<f32>
        stablehlo.return %m : tensor<f32>
      }) : (tensor<5xf32>, tensor<f32>) -> tensor<4xf32>
      return %y : tensor<4xf32>
    }"""
    pooled = stablehlo.load(text)
    found = irc.hessian(lambda x: (pooled(x) * pooled(x)).sum())(np.arange(5, dtype=np.float32))
    np.testing.assert_array_equal(found, np.diag([0, 2, 2, 2, 2]))


CALLS = """
module {
  func.func public @main(%x: tensor<3xf32>) -> tensor<3xf32> {
    %0 = call @double(%x) : (tensor<3xf32>) -> tensor<3xf32>
    %1 = call @double(%0) : (tensor<3xf32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
  func.func public @other(%x: tensor<3xf32>) -> tensor<3xf32> {
    %0 = call @main(%x) : (tensor<3xf32>) -> tensor<3xf32>
    %1 = call @main(%0) : (tensor<3xf32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
  func.func private @double(%x: tensor<3xf32>) -> tensor<3xf32> {
    %0 = stablehlo.add %x, %x : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}
"""


@pytest.mark.parametrize("max_size", [1, 5_000])
@pytest.mark.parametrize(("entry", "factor"), [("main", 4), ("other", 16)])
def test_programs_too_long_for_inlining_have_functions(
    monkeypatch: pytest.MonkeyPatch, max_size: int, entry: str, factor: int
) -> None:
    """Calls that stay are run, differentiated and mapped as those that have been opened."""
    monkeypatch.setattr(Inline, "max_size", max_size)
    monkeypatch.setattr(Inline, "max_growth", max_size)
    program = stablehlo.load(CALLS, entry)
    assert ("call @" in program.as_text()) == (max_size == 1)
    x = np.array([1, 2, 3], np.float32)
    np.testing.assert_array_equal(program(x), factor * x)
    np.testing.assert_array_equal(irc.grad(lambda x: program(x).sum())(x), [factor] * 3)
    np.testing.assert_array_equal(irc.vmap(program)(np.stack([x, x])), np.stack([factor * x] * 2))


def test_functions_that_call_themselves_run_but_are_not_traced() -> None:
    program = stablehlo.load(
        """
        func.func public @main(%x: tensor<i32>) -> tensor<i32> {
          %zero = stablehlo.constant dense<0> : tensor<i32>
          %one = stablehlo.constant dense<1> : tensor<i32>
          %p = stablehlo.compare LE, %x, %zero, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
          %r = "stablehlo.if"(%p) ({
            stablehlo.return %zero : tensor<i32>
          }, {
            %less = stablehlo.subtract %x, %one : tensor<i32>
            %rest = func.call @main(%less) : (tensor<i32>) -> tensor<i32>
            %sum = stablehlo.add %x, %rest : tensor<i32>
            stablehlo.return %sum : tensor<i32>
          }) : (tensor<i1>) -> tensor<i32>
          return %r : tensor<i32>
        }
        """
    )
    assert program(np.int32(10)) == 55
    with pytest.raises(DiagnosedError, match="functions which call themselves cannot be traced"):
        irc.jit(program)(np.int32(10))


# As JAX prints `lax.approx_max_k`: a function that nobody calls, ended as regions are.
APPROXIMATE = """
func.func @top_k_gt_f32_comparator(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<i32>, %d: tensor<i32>) -> tensor<i1> {
  %0 = stablehlo.compare GT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
  stablehlo.return %0 : tensor<i1>
}
func.func public @main(%x: tensor<5xf32>) -> (tensor<2xf32>, tensor<2xi32>) {
  %at = stablehlo.iota dim = 0 : tensor<5xi32>
  %none = stablehlo.constant dense<-1> : tensor<i32>
  %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %1:2 = stablehlo.custom_call @ApproxTopK(%x, %at, %low, %none) {
    called_computations = [@top_k_gt_f32_comparator],
    mhlo.backend_config = {aggregate_to_topk = true, is_fallback = true, recall_target = 9.5e-01 : f32,
                           reduction_dim = 0 : i64, reduction_input_size_override = -1 : i64, top_k = 2 : i64}}
    : (tensor<5xf32>, tensor<5xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
  return %1#0, %1#1 : tensor<2xf32>, tensor<2xi32>
}
"""


def test_comparators_of_custom_calls_are_functions() -> None:
    values, places = stablehlo.load(APPROXIMATE)(np.array([1, 4, 2, 5, 3], np.float32))
    assert list(values) == [5, 4] and list(places) == [3, 1]


def test_more_than_the_best_are_given_where_they_are_not_aggregated() -> None:
    wide = APPROXIMATE.replace("tensor<2x", "tensor<5x").replace(
        "aggregate_to_topk = true", "aggregate_to_topk = false"
    )
    values, places = stablehlo.load(wide)(np.array([1, 4, 2, 5, 3], np.float32))
    assert list(values) == [5, 4, 3, 2, 1] and list(places) == [3, 1, 4, 2, 0]


# As jax.export prints a function of symbolic shape, with its check of the sizes.
SYMBOLIC = """
func.func public @main(%x: tensor<?x3xf32>, %y: tensor<?x3xf32>) -> tensor<?xf32> {
  %n = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?x3xf32>) -> tensor<i32>
  %m = stablehlo.get_dimension_size %y, dim = 0 : (tensor<?x3xf32>) -> tensor<i32>
  %same = stablehlo.compare EQ, %n, %m, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
  stablehlo.custom_call @shape_assertion(%same, %n, %m) {
    error_message = "{0} rows and {1} rows", has_side_effect = true} : (tensor<i1>, tensor<i32>, tensor<i32>) -> ()
  %r = call @scaled(%n, %x, %y) : (tensor<i32>, tensor<?x3xf32>, tensor<?x3xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func private @scaled(%n: tensor<i32>, %x: tensor<?x3xf32>, %y: tensor<?x3xf32>) -> tensor<?xf32> {
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %p = stablehlo.multiply %x, %y : tensor<?x3xf32>
  %s = stablehlo.reduce(%p init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<?x3xf32>, tensor<f32>) -> tensor<?xf32>
  %f = stablehlo.convert %n : (tensor<i32>) -> tensor<f32>
  %shape = stablehlo.reshape %n : (tensor<i32>) -> tensor<1xi32>
  %b = stablehlo.dynamic_broadcast_in_dim %f, %shape, dims = [] : (tensor<f32>, tensor<1xi32>) -> tensor<?xf32>
  %r = stablehlo.multiply %s, %b : tensor<?xf32>
  return %r : tensor<?xf32>
}
"""


def test_symbolic_shapes_become_those_of_the_arguments() -> None:
    program = stablehlo.load(SYMBOLIC)
    x, y = np.random.default_rng(0).standard_normal((2, 4, 3)).astype(np.float32)
    expected = 4 * (x * y).sum(1)
    np.testing.assert_allclose(program(x, y), expected, rtol=1e-5)
    np.testing.assert_allclose(irc.jit(program)(x, y), expected, rtol=1e-5)
    assert "?" not in irc.jit(program).lower(x, y).as_text()
    np.testing.assert_allclose(irc.grad(lambda x: program(x, y).sum())(x), 4 * y, rtol=1e-5)
    mapped = irc.vmap(program, in_axes=(0, None))(np.stack([x, 2 * x]), y)
    np.testing.assert_allclose(mapped, [expected, 2 * expected], rtol=1e-5)


def test_sizes_that_do_not_agree_are_found_while_tracing() -> None:
    program = stablehlo.load(SYMBOLIC)
    with pytest.raises(DiagnosedError, match="rows and"):
        program(np.ones((4, 3), np.float32), np.ones((5, 3), np.float32))
    with pytest.raises(DiagnosedError, match="rows and"):
        irc.jit(program)(np.ones((4, 3), np.float32), np.ones((5, 3), np.float32))


@pytest.mark.parametrize("source", [None, 3, ["func.func @main() { return }"], b"ML\xefR"])
def test_programs_are_text(source: object) -> None:
    with pytest.raises(TypeError, match="is given as text"):
        stablehlo.load(source)


@pytest.mark.parametrize("source", [len, "HloModule jit_f, entry_computation_layout={()->f32[]}"])
def test_what_is_no_program_in_stablehlo_yet_is_said_to_be_lowered(source: object) -> None:
    with pytest.raises(TypeError, match=r"use jax\.jit\(f\)\.lower\(x\)"):
        stablehlo.load(source)
