"""Every op has a derivative or says why not, and every derivative agrees with finite differences in f64."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from irc.autodiff import rules
from irc.autodiff.rule import RULES
from irc.interpreter.core import Interpreter
from irc.ods.registry import all_op_names, lookup_op
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module

assert rules.nd is not None

TENSOR = "tensor<3x4xf64>"
WITHOUT_RULE = {"nd.print"}
"""Ops that no derivative passes; where one has to, that is an error."""

POSITIVE = {"nd.log", "nd.sqrt", "nd.rsqrt", "nd.pow", "math.log", "math.log2", "math.log10", "math.sqrt", "math.rsqrt",
            "math.powf", "math.cbrt"}  # fmt: skip
SMALL = {"math.asin", "math.acos", "math.atanh", "nd.erf_inv"}


def elementwise(name: str, type: str) -> tuple[str, int] | None:
    """A program that applies the op `name` to its arguments, and their number; `None` for ops of another form."""
    cls = lookup_op(name)
    count = len([field for field in cls.layout.operands if field.arity == "single"])
    simple = all(field.arity != "variadic" for field in cls.layout.operands) and not [
        field for field in cls.layout.attributes if field.arity == "single"
    ]
    if not simple or "`->`" in (cls.assembly or "") or "`to`" in (cls.assembly or "") or cls.assembly is None:
        return None
    names = [f"%x{i}" for i in range(count)]
    arguments = ", ".join(f"{n}: {type}" for n in names)
    types = type if not name.endswith(".where") else f"tensor<3x4xi1>, {type}"
    return (
        f"func.func @f({arguments}) -> {type} {{\n  %y = {name} {', '.join(names)} : {types}\n  return %y : {type}\n}}\n",
        count,
    )


def differentiated(program: str, count: int, type: str) -> Interpreter:
    """The program with a function `@vjp` that gives the cotangents of all arguments."""
    wrt = list(range(count))
    arguments = ", ".join(f"%x{i}: {type}" for i in wrt)
    names = ", ".join(f"%x{i}" for i in wrt)
    inputs = ", ".join([type] * count)
    results = ", ".join([type] * (count + 1))
    text = (
        program
        + f"func.func @vjp({arguments}, %ct: {type}) -> ({results}) {{\n"
        + f"  %r:{count + 1} = ad.vjp @f({names}) cotangents(%ct) {{wrt = {wrt}}} : ({inputs}), ({type}) -> ({results})\n"
        + f"  return {', '.join(f'%r#{i}' for i in range(count + 1))} : {results}\n}}\n"
    )
    module = parse_module(text)
    PassManager(parse_pipeline("differentiate")).run(module)
    return Interpreter(module)


def check(interpreter: Interpreter, inputs: list[Any], ct: Any) -> None:
    """The vector-Jacobian products against central differences."""
    found = interpreter.call("vjp", *inputs, ct)[1:]
    step = 1e-6
    for i, gradient in enumerate(found):
        expected = np.zeros_like(inputs[i])
        for place in np.ndindex(np.shape(inputs[i])):
            low, high = [np.array(x, np.float64) for x in inputs], [np.array(x, np.float64) for x in inputs]
            low[i][place] -= step
            high[i][place] += step
            (below,), (above,) = interpreter.call("f", *low), interpreter.call("f", *high)
            expected[place] = np.sum(ct * (np.asarray(above) - np.asarray(below))) / (2 * step)
        np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-6)


ELEMENTWISE = [
    cls.name
    for cls, rule in RULES.items()
    if rule.vjp is not None
    and cls.name.partition(".")[0] in ("nd", "arith", "math")
    and cls.name not in ("nd.where", "nd.complex", "arith.select", "math.fpowi")
    and elementwise(cls.name, TENSOR) is not None
]


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_elementwise(name: str) -> None:
    type = TENSOR if name.startswith("nd.") else "f64"
    program = elementwise(name, type)
    assert program is not None
    text, count = program
    rng = np.random.default_rng(3)
    shape = (3, 4) if name.startswith("nd.") else ()
    draw: Callable[[], Any] = lambda: rng.uniform(0.2, 0.9, shape)  # noqa: E731
    if name not in POSITIVE | SMALL:
        draw = lambda: rng.uniform(0.2, 2.0, shape) * rng.choice([-1.0, 1.0], shape)  # noqa: E731
    check(differentiated(text, count, type), [np.asarray(draw()) for _ in range(count)], rng.standard_normal(shape))


@pytest.mark.parametrize("n", [-3, 0, 1, 4])
def test_integer_power(n: int) -> None:
    text = f"""
    func.func @f(%x0: f64) -> f64 {{
      %n = arith.constant {n} : i32
      %y = math.fpowi %x0, %n : f64, i32
      return %y : f64
    }}
    """
    check(differentiated(text, 1, "f64"), [np.float64(-1.3)], np.float64(1.5))


SHAPED = {
    "matmul": ("tensor<2x3xf64>", "nd.matmul %x0, %x0t : tensor<2x3xf64>, tensor<3x2xf64> -> tensor<2x2xf64>"),
    "matvec": ("tensor<2x3xf64>", "nd.matmul %x0, %row : tensor<2x3xf64>, tensor<3xf64> -> tensor<2xf64>"),
    "sum": ("tensor<2x3xf64>", "nd.sum %x0 axes = [1] : tensor<2x3xf64> -> tensor<2xf64>"),
    "max": ("tensor<2x3xf64>", "nd.max %x0 axes = [0, 1] : tensor<2x3xf64> -> tensor<f64>"),
    "min": ("tensor<2x3xf64>", "nd.min %x0 axes = [0] : tensor<2x3xf64> -> tensor<3xf64>"),
    "broadcast": ("tensor<2x3xf64>", "nd.broadcast_to %col : tensor<2x1xf64> -> tensor<4x2x3xf64>"),
    "permute": ("tensor<2x3xf64>", "nd.permute_dims %x0 axes = [1, 0] : tensor<2x3xf64> -> tensor<3x2xf64>"),
    "reverse": ("tensor<2x3xf64>", "nd.reverse %x0 axes = [1] : tensor<2x3xf64>"),
    "concat": ("tensor<2x3xf64>", "nd.concat %x0, %x0 axis = 1 : tensor<2x3xf64>, tensor<2x3xf64> -> tensor<2x6xf64>"),
    "slice": ("tensor<2x3xf64>", "nd.slice %x0 [1:2, 0:3:2] : tensor<2x3xf64> -> tensor<1x2xf64>"),
    "dynamic_slice": ("tensor<2x3xf64>", "nd.dynamic_slice %x0[%c1, %c1] : tensor<2x3xf64> -> tensor<1x2xf64>"),
    "dynamic_update_slice": ("tensor<2x3xf64>", "nd.dynamic_update_slice %x0, %col[%c0, %c1] : tensor<2x3xf64>, tensor<2x1xf64>"),
    "pad": ("tensor<2x3xf64>", "nd.pad %x0, %all low = [1, -1] high = [0, 1] interior = [1, 2] : tensor<2x3xf64>, tensor<f64> -> tensor<4x7xf64>"),
    "extract": ("tensor<2x3xf64>", "nd.reshape %element : tensor<1xf64> -> tensor<1x1xf64>"),
}  # fmt: skip


@pytest.mark.parametrize("case", SHAPED)
def test_shaped(case: str) -> None:
    type, op = SHAPED[case]
    result = op.rpartition("-> ")[2] if "->" in op else type
    program = f"""
    func.func @f(%x0: {type}) -> f64 {{
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %x0t = nd.permute_dims %x0 axes = [1, 0] : {type} -> tensor<3x2xf64>
      %col = nd.slice %x0 [0:2, 1:2] : {type} -> tensor<2x1xf64>
      %first = nd.slice %x0 [0:1, 0:3] : {type} -> tensor<1x3xf64>
      %row = nd.reshape %first : tensor<1x3xf64> -> tensor<3xf64>
      %all = nd.sum %x0 axes = [0, 1] : {type} -> tensor<f64>
      %e = tensor.extract %x0[%c1, %c0] : {type}
      %element = tensor.from_elements %e : tensor<1xf64>
      %y = {op}
      %z = nd.multiply %y, %y : {result}
      %s = nd.sum %z axes = {list(range(result.count("x") if "<f64" not in result else 0))} : {result} -> tensor<f64>
      %r = tensor.extract %s[] : tensor<f64>
      return %r : f64
    }}
    func.func @vjp(%x0: {type}, %ct: f64) -> (f64, {type}) {{
      %r:2 = ad.vjp @f(%x0) cotangents(%ct) : ({type}), (f64) -> (f64, {type})
      return %r#0, %r#1 : f64, {type}
    }}
    """
    module = parse_module(program)
    PassManager(parse_pipeline("differentiate")).run(module)
    rng = np.random.default_rng(5)
    check(Interpreter(module), [rng.standard_normal((2, 3))], np.float64(1.5))


def test_every_op_has_a_rule() -> None:
    known = {cls.name for cls in RULES}
    names = [name for name in all_op_names() if name.partition(".")[0] in ("nd", "arith", "complex", "math")]
    assert sorted(set(names) - known) == sorted(WITHOUT_RULE)


def test_where_hides_the_branch_not_taken() -> None:
    program = """
    func.func @f(%x: tensor<f64>) -> tensor<f64> {
      %one = nd.constant dense<1.0> : tensor<f64>
      %c = nd.less %x, %one : tensor<f64>
      %r = nd.sqrt %x : tensor<f64>
      %y = nd.where %c, %x, %r : tensor<i1>, tensor<f64>
      return %y : tensor<f64>
    }
    func.func @main(%x: tensor<f64>) -> (tensor<f64>, tensor<f64>) {
      %y, %d = ad.value_and_grad @f(%x) : (tensor<f64>) -> (tensor<f64>, tensor<f64>)
      return %y, %d : tensor<f64>, tensor<f64>
    }
    """
    module = parse_module(program)
    PassManager(parse_pipeline("differentiate")).run(module)
    value, gradient = Interpreter(module).call("main", 0.25)
    assert (value, gradient) == (0.25, 1.0)


@pytest.mark.parametrize("shape", [(300,), (3, 200), (200, 3), (7, 65, 2), (64,), (100, 40)])
def test_products_of_many_elements_of_which_one_is_zero(shape: tuple[int, ...]) -> None:
    """They are multiplied in several rows side by side."""
    axis = int(np.argmax(shape))
    rng = np.random.default_rng(4)
    x, type = rng.uniform(0.9, 1.1, shape), f"tensor<{'x'.join(map(str, shape))}xf64>"
    x[tuple(np.array(shape) // 2)] = 0
    reduced = "x".join([*(str(size) for i, size in enumerate(shape) if i != axis), "f64"])
    rest = [i for i in range(len(shape)) if i != axis]
    total = (
        f"nd.sum %p axes = {list(range(len(rest)))} : tensor<{reduced}> -> tensor<f64>"
        if rest
        else "nd.negative %q : tensor<f64>"
    )
    before = "" if rest else "%q = nd.negative %p : tensor<f64>"
    text = f"""
      func.func @f(%x: {type}) -> tensor<f64> {{
        %p = nd.prod %x axes = [{axis}] : {type} -> tensor<{reduced}>
        {before}
        %s = {total}
        return %s : tensor<f64>
      }}
      func.func @g(%x: {type}) -> {type} {{
        %r:2 = ad.value_and_grad @f(%x) : ({type}) -> (tensor<f64>, {type})
        return %r#1 : {type}
      }}"""
    module = parse_module(text)
    PassManager(parse_pipeline("differentiate")).run(module)
    (found,) = Interpreter(module).call("g", x)
    expected = np.empty(shape)
    for i in range(shape[axis]):
        place = tuple(i if k == axis else slice(None) for k in range(len(shape)))
        expected[place] = np.prod(np.delete(x, i, axis), axis=axis)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
