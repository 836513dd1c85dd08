"""What the data structure costs: microseconds per operation to create, verify, print, parse, walk and clone a module.

The module has 20,000 `arith.addf` in one function. The least of several runs is reported, since other load only adds.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from irc.dialects import arith, builtin, func
from irc.ir.attributes import FloatAttr, StringAttr, TypeAttr
from irc.ir.block import Block
from irc.ir.builder import Builder, InsertPoint
from irc.ir.cloning import clone
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import FunctionType, f32
from irc.ir.value import Value
from irc.ir.verifier import verify
from irc.text.parser import parse_module
from irc.text.printer import print_op

OPERATIONS = 20_000
BUDGETS = {"create": 3.0, "verify": 1.0, "parse": 40.0, "print": 15.0}
"""Microseconds per operation that the design allows on a 2.6 GHz core."""


def build() -> Operation:
    """A module with a chain of additions."""
    block = Block([f32])
    b = Builder(InsertPoint.at_end(block))
    value: Value = b.insert(arith.Constant(FloatAttr.of(1.5, f32))).result
    for _ in range(OPERATIONS):
        value = b.insert(arith.AddF(value, block.arguments[0])).result
    b.insert(func.Return([value]))
    function = func.Func(StringAttr("f"), TypeAttr(FunctionType((f32,), (f32,))), Region(block))
    body = Block()
    body.append(function)
    return builtin.Module(Region(body))


def best(action: Callable[[], object], repeat: int = 5) -> float:
    """The least time of several runs, in microseconds per operation."""
    times = []
    for _ in range(repeat):
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
        gc.enable()
    return min(times) / OPERATIONS * 1e6


def main() -> None:
    """Print the table."""
    module = build()
    text = print_op(module)
    rows: dict[str, Callable[[], object]] = {
        "create": build,
        "verify": lambda: verify(module),
        "parse": lambda: parse_module(text),
        "print": lambda: print_op(module),
        "walk": lambda: sum(1 for _ in module.walk()),
        "clone": lambda: clone(module),
    }
    print(f"{'':8} us/op  budget   ({OPERATIONS} operations)")
    for name, action in rows.items():
        budget = f"{BUDGETS[name]:7.1f}" if name in BUDGETS else ""
        print(f"{name:8} {best(action):5.2f} {budget}")
