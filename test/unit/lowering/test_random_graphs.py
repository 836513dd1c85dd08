"""Random graphs of blocks that pass tensors compute the same at every level, and free each buffer once.

Blocks branch to each other at random until a counter runs out, with values of their own, of their arguments and of the
entry, and stand in random order.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from unit.lowering.levels import call, levels

from irc.dialects import memref
from irc.interpreter import core
from irc.interpreter import memref as _rules  # noqa: F401 - importing it registers the rules


class Graph:
    """Writes a random function of two tensors and a counter; the tensors have a static or a dynamic size."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.type = f"tensor<{self.random.choice('3?')}xf64>"
        self.count = 0
        blocks = self.random.randrange(1, 5)
        self.arguments = [[f"%p{i}_{k}" for k in range(self.random.randrange(4))] for i in range(blocks)]

    def ops(self, scope: list[str]) -> list[str]:
        """Some ops on values in scope, to which the results are added."""
        lines: list[str] = []
        for _ in range(self.random.randrange(4)):
            x, y, t = self.random.choice(scope), self.random.choice(scope), self.type
            self.count += 1
            v, n = f"%v{self.count}", self.count
            match self.random.randrange(5):
                case 0:
                    lines.append(f"{v} = nd.{self.random.choice(['sin', 'tanh', 'negative'])} {x} : {t}")
                case 1 | 2:
                    lines.append(f"{v} = nd.{self.random.choice(['add', 'subtract', 'maximum'])} {x}, {y} : {t}")
                case 3:
                    lines.append(f"%u{n} = nd.dynamic_slice {y}[%c1] : {t} -> tensor<2xf64>")
                    lines.append(f"{v} = nd.dynamic_update_slice {x}, %u{n}[%c0] : {t}, tensor<2xf64>")
                case _:
                    last = self.random.choice([f"%b{n}", y])
                    times = f"%i{n} = %c0 to %c{self.random.randrange(3)} step %c1"
                    lines.append(f"{v} = scf.for {times} iter_args(%a{n} = {x}) -> ({t}) {{")
                    lines.append(f"%b{n} = nd.cos %a{n} : {t}\n scf.yield {last} : {t}\n }}")
            scope.append(v)
        return lines

    def target(self, scope: list[str], counter: str) -> str:
        """A block to go on with and what it gets."""
        i = self.random.randrange(len(self.arguments))
        values = [self.random.choice(scope[-5:]) for _ in self.arguments[i]]
        return f"^b{i}({', '.join([*values, counter])} : {', '.join([*[self.type] * len(values), 'index'])})"

    def end(self, scope: list[str], counter: str) -> str:
        x, y, t = self.random.choice(scope), self.random.choice(scope), self.type
        if self.random.random() < 0.5:
            return f"^two({x}, {y}, {counter} : {t}, {t}, index)"
        return f"^one({x}, {counter} : {t}, index)"

    def block(self, i: int, entry: list[str]) -> list[str]:
        names, pick = self.arguments[i], self.random
        scope = [*entry, *names]
        counter = f"%m{i}"
        lines = [f"^b{i}({', '.join([*[f'{name}: {self.type}' for name in names], f'%k{i}: index'])}):"]
        lines += self.ops(scope)
        lines.append(f"{counter} = arith.subi %k{i}, %c1 : index")
        lines.append(f"%z{i} = arith.cmpi sle, {counter}, %c0 : index")
        if pick.random() < 0.5:
            return [*lines, f"cf.cond_br %z{i}, {self.end(scope, counter)}, {self.target(scope, counter)}"]
        lines += [f"cf.cond_br %z{i}, {self.end(scope, counter)}, ^s{i}", f"^s{i}:", *self.ops(scope)]
        lines.append(f"%r{i} = arith.remui {counter}, %c2 : index")
        lines.append(f"%e{i} = arith.cmpi eq, %r{i}, %c0 : index")
        return [*lines, f"cf.cond_br %e{i}, {self.target(scope, counter)}, {self.target(scope, counter)}"]

    def text(self) -> str:
        t, entry = self.type, ["%x", "%y"]
        start = [f"%c{i} = arith.constant {i} : index" for i in range(3)] + self.ops(entry)
        start.append(f"cf.br {self.target(entry, '%n')}")
        blocks = [self.block(i, entry) for i in range(len(self.arguments))]
        x, y = self.random.choice(entry), self.random.choice(["%q", *entry])
        blocks.append([f"^two(%g: {t}, %h: {t}, %l: index):", f"return %g, %h, %l : {t}, {t}, index"])
        blocks.append([f"^one(%q: {t}, %w: index):", f"%o = nd.add %q, {x} : {t}"])
        blocks[-1].append(f"return %o, {y}, %w : {t}, {t}, index")
        self.random.shuffle(blocks)
        body = "\n".join(line for lines in (start, *blocks) for line in lines)
        return f"func.func @f(%x: {t}, %y: {t}, %n: index) -> ({t}, {t}, index) {{\n{body}\n}}"


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of buffers that have been made and not been freed; freeing one twice is an error already."""
    number = [0]

    def counted(cls: Any, step: int) -> None:
        rule = core.RULES[cls]

        def count(*arguments: Any) -> Any:
            number[0] += step
            return rule(*arguments)

        monkeypatch.setitem(core.RULES, cls, count)

    counted(memref.Alloc, 1)
    counted(memref.Dealloc, -1)
    return number


@pytest.mark.parametrize("seed", range(40))
def test_random_graph(seed, live):
    numbers = np.random.default_rng(seed)
    x, y = numbers.standard_normal(3), numbers.standard_normal(3)
    expected: list[list[Any]] = []
    for name, module in levels(Graph(seed).text()):
        for i, n in enumerate((1, 2, 5)):
            live[0] = 0
            found = call(module, "f", [x, y, n])
            if name in ("plan-memory", "linalg-to-loops"):
                assert live[0] == 2  # those of the two results
            if len(expected) <= i:
                expected.append(found)
            for a, b in zip(expected[i], found, strict=True):
                np.testing.assert_allclose(b, a, rtol=1e-12, err_msg=f"after {name}")


def test_a_buffer_lives_where_blocks_stand_out_of_order():
    """`%a` is made in a block that stands behind its use, which needs another buffer of that size."""
    text = """
    func.func @f(%x: tensor<3x3xf64>) -> tensor<3x3xf64> {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      cf.br ^first
    ^second:
      %r = scf.for %i = %c0 to %c2 step %c1 iter_args(%s = %x) -> (tensor<3x3xf64>) {
        %t = nd.matmul %s, %a : tensor<3x3xf64>, tensor<3x3xf64> -> tensor<3x3xf64>
        %u = nd.matmul %t, %t : tensor<3x3xf64>, tensor<3x3xf64> -> tensor<3x3xf64>
        scf.yield %u : tensor<3x3xf64>
      }
      return %r : tensor<3x3xf64>
    ^first:
      %a = nd.sin %x : tensor<3x3xf64>
      cf.br ^second
    }"""
    x = np.random.default_rng(0).standard_normal((3, 3))
    expected = x
    for _ in range(2):
        expected = (expected @ np.sin(x)) @ (expected @ np.sin(x))
    for name, module in levels(text):
        np.testing.assert_allclose(call(module, "f", [x])[0], expected, rtol=1e-12, err_msg=f"after {name}")
