"""Random graphs of blocks run as before when they are lifted: the same blocks in the same order, with the same values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.random_blocks import Blocks, module

from irc.codegen.cpu.executor import CpuExecutor
from irc.dialects import func
from irc.interpreter.core import Interpreter
from irc.ir.operation import Operation
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

INPUTS = ((1, 2, 3, 20), (-5, 77, 13, 7))
"""Arguments, and the fuel."""


def lifted(text: str) -> Operation:
    found = parse_module(text)
    PassManager(parse_pipeline("lift-cf-to-scf,canonicalize")).run(found)
    for op in found.walk():
        assert not op.successors
        assert not isinstance(op, func.Func) or op.body.first is op.body.last
    return found


def runs(executor: Any, names: Any) -> list[Any]:
    """What each function gives, and what its blocks noted."""
    found = []
    for name in names:
        for *arguments, fuel in INPUTS:
            memory = np.array([fuel, 0], np.int64)
            found.append((executor.call(name, *map(np.int64, arguments), memory)[0], *memory))
    return found


@pytest.mark.parametrize("reducible", [True, False], ids=["reducible", "any"])
@pytest.mark.parametrize("first", range(0, 60, 20))
def test_random_blocks(first: int, reducible: bool) -> None:
    functions = {f"f{seed}": Blocks(seed, reducible=reducible) for seed in range(first, first + 20)}
    text = module(functions)
    expected = runs(Interpreter(parse_module(text)), functions)
    assert runs(Interpreter(lifted(text)), functions) == expected


def test_natively() -> None:
    functions = {f"f{seed}": Blocks(seed) for seed in range(8)}
    text = module(functions)
    native = lifted(text)
    PassManager(parse_pipeline(CPU)).run(native)
    assert runs(CpuExecutor(native), functions) == runs(Interpreter(parse_module(text)), functions)


def test_many_blocks_in_a_row() -> None:
    """Neither depth nor time grows too fast: 300 branches one after the other, each around a block."""
    count = 300
    parts = [
        f"""
    ^a{i}(%x{i}: i64):
      cf.cond_br %c, ^b{i}, ^a{i + 1}(%x{i} : i64)
    ^b{i}:
      %y{i} = arith.addi %x{i}, %x{i} : i64
      cf.br ^a{i + 1}(%y{i} : i64)"""
        for i in range(count)
    ]
    text = f"""
    func.func @f(%c: i1, %x: i64) -> i64 {{
      cf.br ^a0(%x : i64)
    {"".join(parts)}
    ^a{count}(%r: i64):
      return %r : i64
    }}
    """
    found = parse_module(text)
    PassManager(parse_pipeline("lift-cf-to-scf")).run(found)
    assert Interpreter(found).call("f", True, np.int64(1)) == [np.int64(2**count % 2**64)]
