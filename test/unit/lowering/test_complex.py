"""Complex numbers from `nd` and `complex` down to native code: special values, accuracy, and every way in and out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.codegen.native import run_both
from unit.lowering.levels import check_levels, run_pass

from irc.codegen.cpu.executor import CpuExecutor
from irc.interpreter.core import Interpreter
from irc.ir.dense import dtype_of
from irc.ir.diagnostic import DiagnosedError
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.lexer import TokenStream
from irc.text.parser import parse_module
from irc.text.types import parse_type

Array = np.ndarray[Any, Any]

TYPES: dict[str, tuple[Any, Any]] = {"f32": (np.complex64, np.float32), "f64": (np.complex128, np.float64)}
UNARY = ("negative", "sign", "exp", "expm1", "log", "log1p", "sqrt", "rsqrt", "sin", "cos", "tanh", "logistic", "round")
TO_PARTS = ("abs", "real", "imag")


def executors(text: str) -> tuple[Interpreter, CpuExecutor]:
    reference, module = parse_module(text, "complex.mlir"), parse_module(text, "complex.mlir")
    verify_or_raise(reference)
    PassManager(parse_pipeline(CPU)).run(module)
    return Interpreter(reference), CpuExecutor(module)


def joined(re: Any, im: Any, dtype: Any) -> Array:
    """The numbers of all pairs of parts."""
    both = np.stack([grid.ravel() for grid in np.meshgrid(re, im)], axis=1)
    return np.ascontiguousarray(both, np.real(dtype()).dtype).view(dtype)[:, 0]


def special(element: str) -> Array:
    dtype, real = TYPES[element]
    top, tiny, far = (3e38, 1e-40, 90) if element == "f32" else (1e308, 1e-310, 710)
    parts = np.array([0.0, -0.0, 1, -1, np.inf, -np.inf, np.nan, 2.5, -3.5, top, -top, tiny, far, -far, 1e-5], real)
    return joined(parts, parts, dtype)


def same_parts(found: Array, expected: Array, ulps: float) -> Array:
    """Where the parts of two arrays agree: NaN with NaN, zeros with their signs, others up to `ulps`.

    Where the other part is NaN, C leaves the sign of infinities and zeros open.
    """
    real = np.real(expected[:1]).dtype
    a, b = (x.view(real).reshape(len(x), -1) for x in (found, expected))
    unsigned = np.isnan(b[:, ::-1]) if b.shape[1] == 2 else np.zeros_like(b, bool)
    a, b = np.where(unsigned, np.abs(a), a), np.where(unsigned, np.abs(b), b)
    with np.errstate(all="ignore"):
        exact = (a == b) & ((b != 0) | (np.signbit(a) == np.signbit(b)))
        close = np.abs(a - b) <= ulps * np.finfo(real).eps * np.maximum(np.abs(b), np.finfo(real).tiny)
    return np.all(exact | (np.isfinite(b) & (b != 0) & close) | (np.isnan(a) & np.isnan(b)), axis=1)


@pytest.mark.parametrize("element", TYPES)
def test_special_values(element: str) -> None:
    z = special(element)
    whole, part = f"tensor<{len(z)}xcomplex<{element}>>", f"tensor<{len(z)}x{element}>"
    outs = {**dict.fromkeys(UNARY, whole), **dict.fromkeys(TO_PARTS, part)}
    interpreter, native = executors(
        "\n".join(
            f"func.func @{op}(%z: {whole}) -> {out} {{ %y = nd.{op} %z : {whole} return %y : {out} }}"
            for op, out in outs.items()
        )
    )
    for op in outs:
        (expected,), (found,) = interpreter.call(op, z), native.call(op, z)
        assert found.dtype == expected.dtype
        wrong = ~same_parts(found, np.array(expected), 8)
        assert not wrong.any(), (op, list(zip(z[wrong], found[wrong], expected[wrong], strict=True)))


SIZES = (1e-30, 1e-8, 1e-3, 0.3, 1.0, 7.0, 1e3, 1e10, 1e30)


def random_numbers(rng: Any, dtype: Any, count: int = 400) -> Array:
    """Numbers of all sizes, around the unit circle, and around the axes."""
    z = rng.standard_normal((count, 2)) * rng.choice(SIZES, (count, 2))
    around = np.exp(1j * rng.uniform(-4, 4, count)) * (1 + rng.choice(SIZES[:4], count))
    return np.concatenate([z @ [1, 1j], around]).astype(dtype)


@pytest.mark.parametrize("op", ["exp", "log", "log1p", "sqrt", "rsqrt", "sin", "cos", "tanh", "abs", "sign"])
def test_floats_are_accurate_to_a_few_units(op: str) -> None:
    """Against the same function in doubles; each part by itself, as far as a double is exact enough."""
    z = random_numbers(np.random.default_rng(5), np.complex64)
    with np.errstate(all="ignore"):
        z = z[np.abs(z) < (30 if op in ("exp", "sin", "cos", "tanh") else 1e38)]
    whole = f"tensor<{len(z)}xcomplex<f32>>"
    out = f"tensor<{len(z)}xf32>" if op == "abs" else whole
    _, native = executors(f"func.func @f(%z: {whole}) -> {out} {{ %y = nd.{op} %z : {whole} return %y : {out} }}")
    wide = f"tensor<{len(z)}xcomplex<f64>>"
    wide_out = f"tensor<{len(z)}xf64>" if op == "abs" else wide
    exact = Interpreter(
        parse_module(f"func.func @f(%z: {wide}) -> {wide_out} {{ %y = nd.{op} %z : {wide} return %y : {wide_out} }}")
    )
    (found,), (expected,) = native.call("f", z), exact.call("f", z.astype(np.complex128))
    for part in (np.real, np.imag):
        a, b = part(found).astype(np.float64), part(expected)
        units = np.abs(a - b) / (np.finfo(np.float32).eps * np.maximum(np.abs(b), np.finfo(np.float32).tiny))
        assert np.nanmax(units) < 16, (
            z[np.nanargmax(units)],
            found[np.nanargmax(units)],
            expected[np.nanargmax(units)],
        )


@pytest.mark.parametrize("element", TYPES)
def test_powers_quotients_and_the_logistic_function(element: str) -> None:
    dtype, real = TYPES[element]
    rng = np.random.default_rng(11)
    z, w = (rng.standard_normal((500, 2)) @ [3, 3j] for _ in range(2))
    w[:9], z[9:12] = np.arange(-4, 5), 0
    z, w = z.astype(dtype), w.astype(dtype)
    whole = f"tensor<500xcomplex<{element}>>"
    bodies = {
        "pow": "nd.pow %z, %w", "divide": "nd.divide %z, %w", "multiply": "nd.multiply %z, %w",
        "logistic": "nd.logistic %z",
    }  # fmt: skip
    interpreter, native = executors(
        "\n".join(
            f"func.func @{name}(%z: {whole}, %w: {whole}) -> {whole} {{ %y = {body} : {whole} return %y : {whole} }}"
            for name, body in bodies.items()
        )
    )
    for name in bodies:
        (expected,), (found,) = interpreter.call(name, z, w), native.call(name, z, w)
        tolerance = (300 if name == "pow" else 30) * np.finfo(real).eps
        np.testing.assert_allclose(found, expected, rtol=tolerance, atol=0, err_msg=name)


# -- programs --------------------------------------------------------------------------------------------------------

C, D = "complex<f32>", "complex<f64>"

PROGRAMS: dict[str, tuple[str, list[tuple[int, ...]]]] = {
    "products of matrices": (f"""
    func.func @f(%a: tensor<?x?x{C}>, %b: tensor<?x?x{C}>, %v: tensor<?x{C}>) -> (tensor<?x?x{C}>, tensor<?x{C}>, tensor<{C}>) {{
      %0 = nd.matmul %a, %b : tensor<?x?x{C}>, tensor<?x?x{C}> -> tensor<?x?x{C}>
      %1 = nd.matmul %a, %v : tensor<?x?x{C}>, tensor<?x{C}> -> tensor<?x{C}>
      %2 = nd.matmul %v, %v : tensor<?x{C}>, tensor<?x{C}> -> tensor<{C}>
      return %0, %1, %2 : tensor<?x?x{C}>, tensor<?x{C}>, tensor<{C}>
    }}""", [(3, 5), (5, 4), (5,)]),
    "products of batches": (f"""
    func.func @f(%a: tensor<2x3x4x{C}>, %b: tensor<1x4x5x{C}>) -> tensor<2x3x5x{C}> {{
      %0 = nd.matmul %a, %b : tensor<2x3x4x{C}>, tensor<1x4x5x{C}> -> tensor<2x3x5x{C}>
      return %0 : tensor<2x3x5x{C}>
    }}""", [(2, 3, 4), (1, 4, 5)]),
    "into storage": (f"""
    func.func @f(%z: tensor<3x4x{C}>) -> (tensor<3x3x{C}>, tensor<3x4x{C}>, tensor<3x4xf32>) {{
      %0 = nd.allocate() : tensor<3x3x{C}>
      %1 = nd.allocate() : tensor<3x4x{C}>
      %2 = nd.allocate() : tensor<3x4xf32>
      %t = nd.permute_dims %z axes = [1, 0] : tensor<3x4x{C}> -> tensor<4x3x{C}>
      %3 = nd.matmul %z, %t into %0 : tensor<3x4x{C}>, tensor<4x3x{C}> -> tensor<3x3x{C}>
      %4 = nd.exp %z into %1 : tensor<3x4x{C}>
      %5 = nd.abs %z into %2 : tensor<3x4x{C}>
      return %3, %4, %5 : tensor<3x3x{C}>, tensor<3x4x{C}>, tensor<3x4xf32>
    }}""", [(3, 4)]),
    "reductions": (f"""
    func.func @f(%z: tensor<?x4x{C}>) -> (tensor<4x{C}>, tensor<?x{C}>, tensor<{C}>) {{
      %0 = nd.sum %z axes = [0] : tensor<?x4x{C}> -> tensor<4x{C}>
      %1 = nd.prod %z axes = [1] : tensor<?x4x{C}> -> tensor<?x{C}>
      %2 = nd.sum %z axes = [0, 1] : tensor<?x4x{C}> -> tensor<{C}>
      return %0, %1, %2 : tensor<4x{C}>, tensor<?x{C}>, tensor<{C}>
    }}""", [(7, 4)]),
    "nothing to reduce": (f"""
    func.func @f(%z: tensor<?x4x{C}>) -> (tensor<4x{C}>, tensor<4x{C}>, tensor<?x4xf32>) {{
      %0 = nd.sum %z axes = [0] : tensor<?x4x{C}> -> tensor<4x{C}>
      %1 = nd.prod %z axes = [0] : tensor<?x4x{C}> -> tensor<4x{C}>
      %2 = nd.real %z : tensor<?x4x{C}>
      return %0, %1, %2 : tensor<4x{C}>, tensor<4x{C}>, tensor<?x4xf32>
    }}""", [(0, 4)]),
    "shapes": (f"""
    func.func @f(%z: tensor<4x?x{C}>) -> (tensor<9x?x{C}>, tensor<?x4x{C}>, tensor<1x2x{C}>, tensor<4x?x{C}>) {{
      %i = arith.constant 2 : index
      %c1 = arith.constant 1 : index
      %n = tensor.dim %z, %c1 : tensor<4x?x{C}>
      %v = nd.constant dense<(0.5, -0.0)> : tensor<{C}>
      %0 = nd.pad %z, %v low = [1, -1] high = [1, 2] interior = [1, 0] : tensor<4x?x{C}>, tensor<{C}> -> tensor<9x?x{C}>
      %1 = nd.permute_dims %z axes = [1, 0] : tensor<4x?x{C}> -> tensor<?x4x{C}>
      %2 = nd.dynamic_slice %z[%i, %i] : tensor<4x?x{C}> -> tensor<1x2x{C}>
      %k = nd.constant dense<[[(1.0, 2.0), (3.0, -4.0)]]> : tensor<1x2x{C}>
      %3 = nd.dynamic_update_slice %z, %k[%c1, %c1] : tensor<4x?x{C}>, tensor<1x2x{C}>
      return %0, %1, %2, %3 : tensor<9x?x{C}>, tensor<?x4x{C}>, tensor<1x2x{C}>, tensor<4x?x{C}>
    }}""", [(4, 6)]),
    "loops and branches": (f"""
    func.func @f(%z: tensor<5x{C}>) -> (tensor<5x{C}>, {C}) {{
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c5 = arith.constant 5 : index
      %start = complex.constant [1.0 : f32, 0.0 : f32] : {C}
      %r:2 = scf.for %i = %c0 to %c5 step %c1 iter_args(%t = %z, %s = %start) -> (tensor<5x{C}>, {C}) {{
        %e = tensor.extract %t[%i] : tensor<5x{C}>
        %re = complex.re %e : {C}
        %zero = arith.constant 0.0 : f32
        %left = arith.cmpf olt, %re, %zero : f32
        %chosen = scf.if %left -> ({C}) {{
          %m = complex.conj %e : {C}
          scf.yield %m : {C}
        }} else {{
          scf.yield %s : {C}
        }}
        %p = complex.mul %s, %chosen : {C}
        %u = tensor.insert %p into %t[%i] : tensor<5x{C}>
        scf.yield %u, %p : tensor<5x{C}>, {C}
      }}
      return %r#0, %r#1 : tensor<5x{C}>, {C}
    }}""", [(5,)]),
    "real at both ends": ("""
    func.func @f(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
      %z = nd.complex %x, %y : tensor<?xf32>
      %e = nd.exp %z : tensor<?xcomplex<f32>>
      %p = nd.multiply %e, %z : tensor<?xcomplex<f32>>
      %a = nd.abs %p : tensor<?xcomplex<f32>>
      return %a : tensor<?xf32>
    }""", [(37,), (37,)]),
    "conversions": ("""
    func.func @f(%z: tensor<6xcomplex<f32>>, %x: tensor<6xf32>) -> (tensor<6xcomplex<f64>>, tensor<6xi32>, tensor<6xcomplex<f64>>) {
      %0 = nd.cast %z : tensor<6xcomplex<f32>> -> tensor<6xcomplex<f64>>
      %1 = nd.cast %z : tensor<6xcomplex<f32>> -> tensor<6xi32>
      %2 = nd.cast %x : tensor<6xf32> -> tensor<6xcomplex<f64>>
      return %0, %1, %2 : tensor<6xcomplex<f64>>, tensor<6xi32>, tensor<6xcomplex<f64>>
    }""", [(6,), (6,)]),
}  # fmt: skip

PIPELINE = ("nd-to-linalg", "fuse", "bufferize", "plan-memory", "convert-complex-to-standard", "linalg-to-loops")


def arguments(text: str, shapes: list[tuple[int, ...]]) -> list[Array]:
    """Numbers for the arguments, which are complex unless there is an argument of floats at the place."""
    rng = np.random.default_rng(2)
    signature = text[text.index("(") : text.index("->")]
    types = signature.split("%")[1:]
    found = [(rng.standard_normal((*shape, 2)) @ [1, 1j]).astype(np.complex64) for shape in shapes]
    return [z if "complex" in type else np.real(z).copy() for z, type in zip(found, types, strict=True)]


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_level_computes_the_same(name: str) -> None:
    text, shapes = PROGRAMS[name]
    check_levels(text, arguments(text, shapes), PIPELINE)
    check_levels(text, arguments(text, shapes), PIPELINE, vector_bits=0)


@pytest.mark.parametrize("name", PROGRAMS)
def test_native_code_computes_the_same(name: str) -> None:
    text, shapes = PROGRAMS[name]
    interpreter, native = executors(text)
    given = arguments(text, shapes)
    for expected, found in zip(interpreter.call("f", *given), native.call("f", *given), strict=True):
        assert np.asarray(found).dtype == np.asarray(expected).dtype
        np.testing.assert_allclose(found, expected, rtol=2e-5, atol=1e-5)


def test_what_has_real_ends_runs_on_vectors() -> None:
    text, _ = PROGRAMS["real at both ends"]
    module = parse_module(text, "real.mlir")
    PassManager(parse_pipeline("nd-to-linalg,fuse,bufferize,convert-complex-to-standard,linalg-to-loops")).run(module)
    names = {op.name for op in module.walk()}
    assert "vector.load" in names
    assert not any(name.startswith("complex.") for name in names)


def test_sizes_that_disagree_are_located_errors() -> None:
    text = f"""func.func @f(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?x{C}> {{
      %z = nd.complex %x, %y : tensor<?xf32>
      return %z : tensor<?x{C}>
    }}"""
    for executor in executors(text):
        with pytest.raises(DiagnosedError, match="size"):
            executor.call("f", np.ones(3, np.float32), np.ones(2, np.float32))


# -- in and out of compiled code -------------------------------------------------------------------------------------


@pytest.mark.parametrize("element", TYPES)
def test_scalars_and_arrays_pass_both_ways(element: str) -> None:
    """Between other arguments, so that each takes the room that it should; also as the llvm dialect's interpreter runs it."""
    dtype, real = TYPES[element]
    c = f"complex<{element}>"
    text = f"""
    func.func @f(%a: i8, %z: {c}, %b: {element}, %w: {c}, %m: memref<?x2x{c}>, %i: index) -> ({c}, {element}, {c}, i8, {c}) {{
      %c1 = arith.constant 1 : index
      %k = complex.constant [0.5 : {element}, -2.0 : {element}] : {c}
      %0 = complex.create %b, %b : {c}
      %re = complex.re %w : {c}
      %old = memref.load %m[%i, %c1] : memref<?x2x{c}>
      memref.store %z, %m[%i, %c1] : memref<?x2x{c}>
      return %0, %re, %old, %a, %k : {c}, {element}, {c}, i8, {c}
    }}"""
    memory = (np.arange(6) * (1 - 2j)).reshape(3, 2).astype(dtype)
    z, w = dtype(3 - 4j), dtype(complex(-0.0, np.inf))
    results = run_both(text, np.int8(-5), z, real(1.5), w, memory, 2)
    assert [np.asarray(result).dtype for result in results] == [
        np.dtype(each) for each in (dtype, real, dtype, np.int8, dtype)
    ]
    assert results[0] == 1.5 + 1.5j
    assert np.signbit(results[1])
    assert results[2] == 5 - 10j
    assert results[3:] == [-5, 0.5 - 2j]
    assert memory[2, 1] == z


def test_numbers_of_python_and_arrays_with_gaps() -> None:
    _, native = executors(f"func.func @f(%z: tensor<3x{D}>) -> tensor<3x{D}> {{ return %z : tensor<3x{D}> }}")
    assert native.call("f", [1, 2.5, 3j])[0].tolist() == [1, 2.5, 3j]
    wide = np.arange(6) * 1j
    assert native.call("f", wide[::2])[0].tolist() == [0, 2j, 4j]


@pytest.mark.parametrize("count", [1, 3, 500])
def test_constants(count: int) -> None:
    """Small ones are in the text, large ones outside of it; the splat too."""
    numbers = ", ".join(f"({i}.5, {-i}.0)" for i in range(count))
    text = f"""func.func @f(%i: index) -> ({D}, {D}, tensor<{count}x{D}>, tensor<{D}>) {{
      %c = nd.constant dense<[{numbers}]> : tensor<{count}x{D}>
      %s = nd.constant dense<(1.0, -0.0)> : tensor<{count}x{D}>
      %k = nd.constant dense<(0.0, 0x7FF0000000000000)> : tensor<{D}>
      %0 = tensor.extract %c[%i] : tensor<{count}x{D}>
      %1 = tensor.extract %s[%i] : tensor<{count}x{D}>
      return %0, %1, %c, %k : {D}, {D}, tensor<{count}x{D}>, tensor<{D}>
    }}"""
    interpreter, native = executors(text)
    for expected, found in zip(interpreter.call("f", count - 1), native.call("f", count - 1), strict=True):
        assert np.asarray(found).tobytes() == np.array(expected).tobytes()


# -- the dialect by itself -------------------------------------------------------------------------------------------

DIALECT = ("tan", "conj", "angle", "atan2", "eq", "neq", "select", "to bits", "from bits", "to a double")


@pytest.mark.parametrize("name", DIALECT)
def test_ops_that_nd_does_not_have(name: str) -> None:
    bodies = {
        "angle": (f"complex.angle %z : {C}", "f32"), "eq": (f"complex.eq %z, %w : {C}", "i1"),
        "neq": (f"complex.neq %z, %w : {C}", "i1"), "atan2": (f"complex.atan2 %z, %w : {C}", C),
        "select": (f"arith.select %c, %z, %w : {C}", C), "to bits": (f"complex.bitcast %z : {C} to i64", "i64"),
        "from bits": (f"complex.bitcast %n : i64 to {C}", C), "to a double": (f"complex.bitcast %z : {C} to f64", "f64"),
    }  # fmt: skip
    body, out = bodies.get(name, (f"complex.{name} %z : {C}", C))
    text = f"""func.func @f(%z: {C}, %w: {C}, %n: i64, %c: i1) -> {out} {{
      %y = {body}
      return %y : {out}
    }}"""
    values = [0.5 - 2j, -1.5 + 0.25j, 0, 3j, complex(-0.0, 1)]
    reference, module = parse_module(text), parse_module(text)
    run_pass(module, "convert-complex-to-standard")
    standard = Interpreter(module)
    native = executors(text)[1]
    for z in values:
        for w in (z, 1 - 1j):
            given = (np.complex64(z), np.complex64(w), np.int64(0x4020000040A00000), np.bool_(z == w))
            (expected,) = Interpreter(reference).call("f", *given)
            for executor in (standard, native):
                (found,) = executor.call("f", *given)
                assert np.asarray(found).dtype == np.asarray(expected).dtype
                np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_parts_narrower_than_floats_are_computed_in_them() -> None:
    text = """func.func @f(%re: f16, %im: f16) -> f16 {
      %z = complex.create %re, %im : complex<f16>
      %e = complex.exp %z : complex<f16>
      %a = complex.abs %e : complex<f16>
      return %a : f16
    }"""
    module = parse_module(text)
    PassManager(parse_pipeline(CPU)).run(module)
    assert CpuExecutor(module).call("f", np.float16(0.5), np.float16(2))[0] == np.float16(np.exp(0.5))


def test_named_structured_ops() -> None:
    """Their bodies are written only when they become loops."""
    text = f"""func.func @f(%a: tensor<3x4x{C}>, %b: tensor<4x5x{C}>, %c: tensor<3x5x{C}>) -> (tensor<3x5x{C}>, tensor<3x5x{C}>) {{
      %0 = linalg.matmul ins(%a, %b : tensor<3x4x{C}>, tensor<4x5x{C}>) outs(%c : tensor<3x5x{C}>) -> tensor<3x5x{C}>
      %e = tensor.empty() : tensor<3x5x{C}>
      %1 = linalg.div ins(%0, %c : tensor<3x5x{C}>, tensor<3x5x{C}>) outs(%e : tensor<3x5x{C}>) -> tensor<3x5x{C}>
      return %0, %1 : tensor<3x5x{C}>, tensor<3x5x{C}>
    }}"""
    interpreter, native = executors(text)
    given = arguments(text, [(3, 4), (4, 5), (3, 5)])
    for expected, found in zip(interpreter.call("f", *given), native.call("f", *given), strict=True):
        np.testing.assert_allclose(found, expected, rtol=2e-5, atol=1e-5)


def test_gradients() -> None:
    """Of |tanh(Wz)|², natively and with NumPy."""
    text = f"""
    func.func @cost(%z: tensor<4x{D}>, %w: tensor<3x4x{D}>) -> tensor<f64> {{
      %0 = nd.matmul %w, %z : tensor<3x4x{D}>, tensor<4x{D}> -> tensor<3x{D}>
      %1 = nd.tanh %0 : tensor<3x{D}>
      %2 = nd.abs %1 : tensor<3x{D}>
      %3 = nd.multiply %2, %2 : tensor<3xf64>
      %4 = nd.sum %3 axes = [0] : tensor<3xf64> -> tensor<f64>
      return %4 : tensor<f64>
    }}
    func.func @f(%z: tensor<4x{D}>, %w: tensor<3x4x{D}>) -> (tensor<f64>, tensor<4x{D}>) {{
      %y, %dz = ad.value_and_grad @cost(%z, %w) : (tensor<4x{D}>, tensor<3x4x{D}>) -> (tensor<f64>, tensor<4x{D}>)
      return %y, %dz : tensor<f64>, tensor<4x{D}>
    }}"""
    module = parse_module(text, "gradient.mlir")
    PassManager(parse_pipeline(CPU)).run(module)
    rng = np.random.default_rng(4)
    z, w = rng.standard_normal((4, 2)) @ [1, 1j], rng.standard_normal((3, 4, 2)) @ [1, 1j]
    value, gradient = CpuExecutor(module).call("f", z, w)
    y = np.tanh(w @ z)
    np.testing.assert_allclose(value, np.sum(np.abs(y) ** 2))
    np.testing.assert_allclose(gradient, (2 * np.conj(y) * (1 - y**2)) @ w)


@pytest.mark.parametrize("element", ["f16", "bf16", "f32", "f64"])
def test_parts_of_real_numbers(element: str) -> None:
    """A real number is its own real part, and has the imaginary part +0."""
    type = f"tensor<?x{element}>"
    text = f"""func.func @f(%x: {type}) -> ({type}, {type}) {{
      %n = nd.negative %x : {type}
      %re = nd.real %n : {type}
      %im = nd.imag %n : {type}
      return %re, %im : {type}, {type}
    }}"""
    interpreter, native = executors(text)
    x = np.array([0.0, 1.5, np.inf, np.nan]).astype(dtype_of(parse_type(TokenStream(element, "-"))))
    for executor in (interpreter, native):
        re, im = executor.call("f", x)
        assert re.dtype == im.dtype == x.dtype
        np.testing.assert_array_equal(re.astype(np.float64), -x.astype(np.float64))
        assert np.signbit(re[0])
        assert im.tobytes() == bytes(x.nbytes)


def test_buffers_of_complex_numbers_are_planned_and_checked() -> None:
    """They share one arena with others, and a view that ends beyond its buffer is an error."""
    type = f"tensor<8x8x{C}>"
    text = f"""func.func @f(%z: {type}) -> {type} {{
      %s = nd.allocate() : {type}
      %e = nd.exp %z into %s : {type}
      %t = nd.matmul %e, %z : {type}, {type} -> {type}
      return %t : {type}
    }}"""
    check_levels(text, [joined(np.arange(8) / 9, np.arange(8) / 7, np.complex64).reshape(8, 8)], PIPELINE)
    module = parse_module(text, "plan.mlir")
    PassManager(parse_pipeline("nd-to-linalg,bufferize,plan-memory")).run(module)
    views = [op for op in module.walk() if op.name == "memref.view"]
    assert any(str(op.results[0].type) == f"memref<8x8x{C}>" for op in views)

    view = f"""func.func @f(%at: index) -> {C} {{
      %m = memref.alloc() : memref<24xi8>
      %c0 = arith.constant 0 : index
      %v = memref.view %m[%at][] : memref<24xi8> to memref<2x{C}>
      %k = complex.constant [1.0 : f32, 2.0 : f32] : {C}
      memref.store %k, %v[%c0] : memref<2x{C}>
      %z = memref.load %v[%c0] : memref<2x{C}>
      return %z : {C}
    }}"""
    _, native = executors(view)
    assert native.call("f", 8) == [1 + 2j]
    with pytest.raises(DiagnosedError, match="beyond the end"):
        native.call("f", 16)
