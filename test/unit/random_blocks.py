"""Writes random functions of blocks: any graph, reducible or not, whose blocks pass values and note that they ran.

Each is bounded by fuel, without which a block goes where the way out is shortest.
"""

from __future__ import annotations

import random
from collections import deque


class Blocks:
    """A random function of three integers and a memory of two numbers: the fuel, and what the blocks that ran make of it.

    With `back` edges may lead anywhere, else to later blocks or to one that dominates; with `switches` some have many ways.
    """

    def __init__(self, seed: int, *, reducible: bool = False) -> None:
        self.random = random.Random(seed)
        self.size = self.random.randrange(2, 11)
        pick = self.random
        exits = pick.sample(range(1, self.size), min(self.size - 1, pick.choice([1, 1, 2, 3])))
        self.successors: list[list[int]] = []
        for i in range(self.size):
            count = 0 if i in exits else pick.choice([1, 1, 2, 2, 2, 3])
            self.successors.append([pick.randrange(1, self.size) for _ in range(count)])
        self._connect(exits)
        if reducible:
            self._reduce()
            self._connect(exits)
        self.dominators = self._dominators()
        self.arguments = [0 if i == 0 else pick.choice([0, 0, 1, 2]) for i in range(self.size)]

    def _reached(self) -> set[int]:
        seen, pending = {0}, [0]
        while pending:
            for each in self.successors[pending.pop()]:
                if each not in seen:
                    seen.add(each)
                    pending.append(each)
        return seen

    def _distances(self) -> dict[int, int]:
        """How far the way out is."""
        found = {i: 0 for i, ways in enumerate(self.successors) if not ways}
        pending = deque(found)
        while pending:
            at = pending.popleft()
            for i, ways in enumerate(self.successors):
                if at in ways and i not in found:
                    found[i] = found[at] + 1
                    pending.append(i)
        return found

    def _connect(self, exits: list[int]) -> None:
        """From everywhere there is a way out."""
        while stuck := [i for i in range(self.size) if i not in self._distances()]:
            self.successors[stuck[0]].append(self.random.choice(exits))

    def _dominators(self) -> list[set[int]]:
        everything = self._reached()
        found = [everything if i in everything else {i} for i in range(self.size)]
        found[0] = {0}
        changed = True
        while changed:
            changed = False
            for i in sorted(everything - {0}):
                into = [found[j] for j in everything if i in self.successors[j]]
                new = set.intersection(*into) | {i}
                changed |= new != found[i]
                found[i] = new
        return found

    def _reduce(self) -> None:
        """Drop the edges back to blocks that do not dominate."""
        while True:
            dominators, order = self._dominators(), self._order()
            bad = [
                (i, k) for i in order for k, j in enumerate(self.successors[i])
                if order[j] <= order[i] and j not in dominators[i]
            ]  # fmt: skip
            if not bad:
                return
            i, k = bad[0]
            del self.successors[i][k]
            if not self.successors[i]:
                self.successors[i] = []
            self._connect([j for j in range(1, self.size) if not self.successors[j]] or [self.size - 1])

    def _order(self) -> dict[int, int]:
        """The place of each reached block in reverse post order."""
        done: list[int] = []
        seen: set[int] = set()

        def visit(i: int) -> None:
            seen.add(i)
            for j in self.successors[i]:
                if j not in seen:
                    visit(j)
            done.append(i)

        visit(0)
        return {block: place for place, block in enumerate(reversed(done))}

    def text(self, name: str = "f") -> str:
        pick, distance = self.random, self._distances()
        own = [[f"%v{i}", *(f"%a{i}_{k}" for k in range(self.arguments[i]))] for i in range(self.size)]
        lines = [f"func.func @{name}(%x: i64, %y: i64, %z: i64, %m: memref<2xi64>) -> i64 {{"]
        for i in range(self.size):
            seen = ["%x", "%y", "%z", *(v for j in self.dominators[i] - {i} for v in own[j]), *own[i][1:]]
            a, b, c = (pick.choice(seen[-6:]) for _ in range(3))
            if i:
                lines.append(f"^bb{i}({', '.join(f'{v}: i64' for v in own[i][1:])}):".replace("()", ""))
            lines.append(f"  {own[i][0]} = func.call @step({a}, {b}, {c}, %m) : (i64, i64, i64, memref<2xi64>) -> i64")
            seen.append(own[i][0])

            def way(j: int, seen: list[str] = seen) -> str:
                given = [pick.choice(seen[-5:]) for _ in range(self.arguments[j])]
                return f"^bb{j}" + (f"({', '.join(given)} : {', '.join(['i64'] * len(given))})" if given else "")

            ways = self.successors[i]
            if not ways:
                lines.append(f"  return {pick.choice(seen[-5:])} : i64")
            elif len(ways) == 1:
                lines.append(f"  cf.br {way(ways[0])}")
            else:
                near = min(range(len(ways)), key=lambda k: distance[ways[k]])
                # Without fuel the choice is the way that is nearest to an end.
                lines.append(
                    f"  %k{i} = func.call @choice{len(ways)}_{near}({pick.choice(seen[-4:])}, %m) : (i64, memref<2xi64>) -> i32"
                )
                if len(ways) == 2:
                    lines.append(f"  %c{i} = arith.trunci %k{i} : i32 to i1")
                    lines.append(f"  cf.cond_br %c{i}, {way(ways[1])}, {way(ways[0])}")
                else:
                    cases = ", ".join(f"{k}: {way(j)}" for k, j in enumerate(ways) if k)
                    lines.append(f"  cf.switch %k{i} : i32, [default: {way(ways[0])}, {cases}]")
        return "\n".join([*lines, "}"])


STEP = """
func.func private @step(%a: i64, %b: i64, %c: i64, %m: memref<2xi64>) -> i64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i64
  %k = arith.constant 31 : i64
  %fuel = memref.load %m[%c0] : memref<2xi64>
  %less = arith.subi %fuel, %one : i64
  memref.store %less, %m[%c0] : memref<2xi64>
  %s = arith.muli %a, %k : i64
  %t = arith.addi %s, %b : i64
  %u = arith.muli %t, %k : i64
  %v = arith.xori %u, %c : i64
  %h = memref.load %m[%c1] : memref<2xi64>
  %i = arith.muli %h, %k : i64
  %j = arith.addi %i, %v : i64
  memref.store %j, %m[%c1] : memref<2xi64>
  return %v : i64
}
"""


def choice(count: int, near: int) -> str:
    """A function that picks one of some ways by a number and the fuel, a given one without fuel."""
    return f"""
func.func private @choice{count}_{near}(%v: i64, %m: memref<2xi64>) -> i32 {{
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0 : i64
  %count = arith.constant {count} : i64
  %near = arith.constant {near} : i64
  %fuel = memref.load %m[%c0] : memref<2xi64>
  %s = arith.addi %v, %fuel : i64
  %q = arith.shrui %s, %count : i64
  %w = arith.remui %q, %count : i64
  %go = arith.cmpi sgt, %fuel, %zero : i64
  %k = arith.select %go, %w, %near : i64
  %r = arith.trunci %k : i64 to i32
  return %r : i32
}}
"""


def module(functions: dict[str, Blocks]) -> str:
    """The text of some functions with what they call."""
    parts = [STEP]
    bodies = [blocks.text(name) for name, blocks in functions.items()]
    wanted = sorted({(count, near) for count in range(2, 12) for near in range(count)
                     if any(f"@choice{count}_{near}(" in body for body in bodies)})  # fmt: skip
    return "\n".join([*parts, *(choice(*each) for each in wanted), *bodies])
