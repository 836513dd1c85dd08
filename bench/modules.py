"""Modules to measure with: MLIR text of a given number of operations, of the kinds that programs are made of."""

from __future__ import annotations

import random
from collections.abc import Callable

OPS_PER_FUNCTION = 500


def arithmetic(operations: int, seed: int = 0) -> str:
    """Functions of straight-line arithmetic on scalars."""
    return _functions(operations, seed, "%a: f32, %b: f32, %i: i32, %j: i32", _arithmetic)


def loops(operations: int, seed: int = 0) -> str:
    """Functions of loops and branches around loads, stores and arithmetic."""
    return _functions(operations, seed, "%a: f32, %m: memref<64x64xf32>, %n: index, %c: i1", _loops)


def generic(operations: int, seed: int = 0) -> str:
    """The arithmetic in generic form."""
    return _functions(operations, seed, "%a: f32, %b: f32, %i: i32, %j: i32", _generic)


MODULES: dict[str, Callable[[int], str]] = {"arithmetic": arithmetic, "loops": loops, "generic": generic}


def _functions(operations: int, seed: int, parameters: str, body: Callable[[random.Random, int], list[str]]) -> str:
    rng = random.Random(seed)
    parts = []
    for i in range(max(1, operations // OPS_PER_FUNCTION)):
        lines = body(rng, OPS_PER_FUNCTION - 2)
        parts.append("\n".join([f"func.func @f{i}({parameters}) {{", *lines, "  return", "}"]))
    return "\n".join(parts) + "\n"


def _arithmetic(rng: random.Random, count: int) -> list[str]:
    floats, integers = ["%a", "%b"], ["%i", "%j"]
    lines = []
    for k in range(count):
        name = f"%v{k}"
        match rng.randrange(8):
            case 0:
                lines.append(f"  {name} = arith.constant {rng.random():.4f} : f32")
                floats.append(name)
            case 1:
                lines.append(f"  {name} = arith.constant {rng.randrange(1000)} : i32")
                integers.append(name)
            case 2 | 3:
                op = rng.choice(["addi", "subi", "muli", "andi"])
                lines.append(f"  {name} = arith.{op} {_any(rng, integers)}, {_any(rng, integers)} : i32")
                integers.append(name)
            case 4:
                lines.append(f"  {name} = arith.sitofp {_any(rng, integers)} : i32 to f32")
                floats.append(name)
            case _:
                op = rng.choice(["addf", "subf", "mulf", "divf"])
                lines.append(f"  {name} = arith.{op} {_any(rng, floats)}, {_any(rng, floats)} : f32")
                floats.append(name)
    return lines


def _generic(rng: random.Random, count: int) -> list[str]:
    floats = ["%a", "%b"]
    lines = []
    for k in range(count):
        name = f"%v{k}"
        op = rng.choice(["addf", "subf", "mulf", "divf"])
        operands = f"{_any(rng, floats)}, {_any(rng, floats)}"
        properties = "<{fastmath = #arith.fastmath<none>}>"
        lines.append(f'  {name} = "arith.{op}"({operands}) {properties} {{tag = {k} : i32}} : (f32, f32) -> f32')
        floats.append(name)
    return lines


def _loops(rng: random.Random, count: int) -> list[str]:
    lines = ["  %c0 = arith.constant 0 : index", "  %c1 = arith.constant 1 : index"]
    for k in range((count - 2) // 12):
        lines += [
            f"  %r{k} = scf.for %i{k} = %c0 to %n step %c1 iter_args(%x{k} = %a) -> (f32) {{",
            f"    %l{k} = memref.load %m[%i{k}, %c0] : memref<64x64xf32>",
            f"    %s{k} = arith.addf %x{k}, %l{k} : f32",
            f"    %t{k} = scf.if %c -> (f32) {{",
            f"      %u{k} = arith.mulf %s{k}, %s{k} : f32",
            f"      scf.yield %u{k} : f32",
            "    } else {",
            f"      %w{k} = arith.subf %s{k}, %a : f32",
            f"      scf.yield %w{k} : f32",
            "    }",
            f"    %j{k} = arith.addi %i{k}, %c1 : index",
            f"    memref.store %t{k}, %m[%c0, %j{k}] : memref<64x64xf32>",
            f"    scf.yield %t{k} : f32",
            "  }",
        ]
    return lines


def _any(rng: random.Random, names: list[str]) -> str:
    return names[rng.randrange(max(0, len(names) - 40), len(names))]
