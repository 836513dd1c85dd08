"""Random maps, conditions and bounds give the same numbers in canonical form, and when they are lowered."""

from __future__ import annotations

import random

import pytest

from irc.interpreter.core import Interpreter
from irc.ir.affine import AffineBinary, AffineConstant, AffineDim, AffineExpr, AffineSymbol, binary, evaluate
from irc.ir.affine_flat import simplified
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module
from irc.text.printer import print_op


def random_expr(rng: random.Random, dims: int, symbols: int, depth: int) -> AffineExpr:
    """An expression whose factors and divisors are numbers."""
    if depth == 0 or rng.random() < 0.2:
        leaves: list[AffineExpr] = [AffineConstant(rng.randint(-9, 9))]
        leaves += [AffineDim(i) for i in range(dims)] * 2
        leaves += [AffineSymbol(i) for i in range(symbols)]
        return rng.choice(leaves)
    kind = rng.choice(["+", "+", "*", "mod", "floordiv", "ceildiv"])
    lhs = random_expr(rng, dims, symbols, depth - 1)
    if kind == "+":
        return lhs + random_expr(rng, dims, symbols, depth - 1)
    number = rng.randint(-5, 5) if kind == "*" else rng.choice([1, 2, 3, 4, 6, 8])
    return binary(kind, lhs, AffineConstant(number))  # type: ignore[arg-type]  # one of the kinds


@pytest.mark.parametrize("seed", range(60))
def test_a_sum_is_the_expression(seed: int) -> None:
    rng = random.Random(seed)
    expr = random_expr(rng, 2, 1, 4)
    simple = simplified(expr)
    for _ in range(40):
        a, b, c = (rng.randint(-30, 30) for _ in range(3))
        assert evaluate(simple, (a, b), (c,)) == evaluate(expr, (a, b), (c,))
    assert simplified(simple) is simple or isinstance(simple, AffineBinary)


def text_of(expr: AffineExpr) -> str:
    match expr:
        case AffineConstant():
            return f"({expr.value})" if expr.value >= 0 else f"(-{-expr.value})"
        case AffineDim():
            return f"d{expr.position}"
        case AffineSymbol():
            return f"s{expr.position}"
        case AffineBinary():
            return f"({text_of(expr.lhs)} {expr.kind} {text_of(expr.rhs)})"
    raise AssertionError(expr)


def random_program(rng: random.Random) -> str:
    """Loops in each other, and numbers that maps make of their variables; all that is seen is added up."""

    def expr(depth: int = 2) -> str:
        return text_of(random_expr(rng, 2, 1, depth))

    lines = []
    values = ["%i", "%j"]
    for k in range(5):
        dims = f"({rng.choice(values)}, {rng.choice(values)})[%n]"
        kind = rng.choice(["apply", "apply", "min", "max"])
        results = ", ".join(expr() for _ in range(1 if kind == "apply" else rng.randint(1, 3)))
        lines.append(f"%k{k} = affine.{kind} affine_map<(d0, d1)[s0] -> ({results})>{dims}")
        if kind == "apply":
            values.append(f"%k{k}")
    total = "%acc"
    for k in range(5):
        lines += [f"%m{k} = arith.muli {total}, %c31 : index", f"%t{k} = arith.addi %m{k}, %k{k} : index"]
        total = f"%t{k}"
    start, step = rng.choice([0, 0, 1, 4, -3]), rng.choice([1, 2, 4])
    dims = f"({rng.choice(values)}, {rng.choice(values)})[%n]"
    inside = f"affine_map<(d0)[s0] -> (d0 + {rng.randint(0, 6)}, s0, {rng.randint(0, 9)})>(%i)[%n]"
    body = "\n        ".join(lines)
    condition = f"affine_set<(d0, d1)[s0] : ({expr()} >= 0, {expr(1)} {rng.choice(['>=', '=='])} 0)>{dims}"
    return f"""
    func.func @f(%n: index) -> index {{
      %zero = arith.constant 0 : index
      %c31 = arith.constant 31 : index
      %r = affine.for %i = {start} to {start + rng.randint(0, 9)} step {step} iter_args(%a = %zero) -> (index) {{
        %s = affine.for %j = max affine_map<(d0) -> (d0 - 2, {rng.randint(-3, 3)})>(%i) to min {inside}
            iter_args(%acc = %a) -> (index) {{
        {body}
        %b = affine.if {condition} -> index {{
          affine.yield {total} : index
        }} else {{
          %c = arith.addi {total}, %i : index
          affine.yield %c : index
        }}
        affine.yield %b : index
        }}
        affine.yield %s : index
      }}
      return %r : index
    }}"""


@pytest.mark.parametrize("seed", range(60))
def test_programs_compute_the_same(seed: int) -> None:
    text = random_program(random.Random(seed))
    module = parse_module(text, "random.mlir")
    verify_or_raise(module)
    expected = [Interpreter(module).call("f", n) for n in (-4, 0, 3, 8)]
    for name in ("canonicalize", "lower-affine", "canonicalize"):
        PassManager(parse_pipeline(name)).run(module)
        verify_or_raise(module)
        assert [Interpreter(module).call("f", n) for n in (-4, 0, 3, 8)] == expected, name


NESTED = "\n".join(f"%k{i + 1} = affine.apply affine_map<(d0) -> (d0 floordiv 3 + d0 mod 5)>(%k{i})" for i in range(60))
LONG = "\n".join(
    f"%k{i + 1} = affine.min affine_map<(d0)[s0] -> (d0, s0 floordiv {i + 2})>(%k{i})[%k0]" for i in range(200)
)


@pytest.mark.parametrize(("body", "count"), [(NESTED, 60), (LONG, 200)])
def test_maps_that_are_composed_stay_small(body: str, count: int) -> None:
    """Each step of the first would double the map; that of the second would have 200 results."""
    module = parse_module(f"func.func @f(%k0: index) -> index {{\n{body}\nreturn %k{count} : index\n}}")
    expected = [Interpreter(module).call("f", n) for n in (-7, 0, 1000)]
    PassManager(parse_pipeline("canonicalize")).run(module)
    again = parse_module(print_op(module))
    verify_or_raise(again)
    assert [Interpreter(again).call("f", n) for n in (-7, 0, 1000)] == expected
