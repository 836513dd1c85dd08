"""Writes random programs of elementwise ops, reductions, moves, updates, loops and branches.

Values are reused at random, in and out of loops, to find buffers that are overwritten too early.
"""

from __future__ import annotations

import random

N, K = 5, 17
KINDS = ("nk", "k", "n", "kn")


class Program:
    """Writes a random function `@f` of four tensors; `n` is a static or a dynamic dimension.

    A `smooth` one has a derivative everywhere.
    """

    def __init__(self, seed: int, element: str = "f32", *, smooth: bool = False) -> None:
        self.random = random.Random(seed)
        self.element, self.smooth = element, smooth
        self.n = self.random.choice(["5", "?"])
        self.lines: list[str] = []
        self.count = 0

    def type(self, kind: str) -> str:
        return f"tensor<{'x'.join([self.n if letter == 'n' else str(K) for letter in kind])}x{self.element}>"

    def dims(self, kind: str) -> str:
        return "(%n)" if "n" in kind and self.n == "?" else ""

    def new(self) -> str:
        self.count += 1
        return f"%v{self.count}"

    def op(self, scope: list[tuple[str, str]], indent: str) -> None:
        """Append an op on values in scope."""
        pick = self.random
        x, kind = pick.choice(scope[-6:] if pick.random() < 0.7 else scope)
        same = [name for name, other in scope if other == kind]
        y = pick.choice(same)
        out, result, t = self.new(), kind, self.type(kind)
        choice = pick.randrange(9)
        if choice == 0:
            body = f"nd.{pick.choice(['sin', 'tanh', 'negative'])} {x} : {t}"
        elif choice <= 2:
            rough = [] if self.smooth else ["maximum", "minimum"]
            body = f"nd.{pick.choice(['add', 'subtract', *rough])} {x}, {y} : {t}"
        elif choice == 3 and len(kind) == 2:
            axis = pick.randrange(2)
            result = kind[1 - axis]
            reductions = ["sum", "prod"] if self.smooth else ["max", "min"]
            body = f"nd.{pick.choice(reductions)} {x} axes = [{axis}] : {t} -> {self.type(result)}"
        elif choice == 4 and len(kind) == 2:
            result = kind[::-1]
            body = f"nd.permute_dims {x} axes = [1, 0] : {t} -> {self.type(result)}"
        elif choice == 5 and len(kind) == 1:
            result = "nk" if kind == "k" else "kn"
            body = f"nd.broadcast_to {x}{self.dims(result)} : {t} -> {self.type(result)}"
        elif choice == 6:
            part = "x".join(["2"] * len(kind))
            u = self.new()
            at = ", ".join(["%c1"] * len(kind))
            self.lines.append(f"{indent}{u} = nd.dynamic_slice {y}[{at}] : {t} -> tensor<{part}x{self.element}>")
            zero = ", ".join(["%c0"] * len(kind))
            body = f"nd.dynamic_update_slice {x}, {u}[{zero}] : {t}, tensor<{part}x{self.element}>"
        elif choice == 7 and not self.smooth:
            c = self.new()
            condition = self.type(kind).replace(self.element, "i1")
            self.lines.append(f"{indent}{c} = nd.less {x}, {y} : {t}")
            body = f"nd.where {c}, {y}, {x} : {condition}, {t}"
        else:
            body = f"nd.constant dense<0.5> : {t}" if "?" not in t else f"nd.multiply {x}, {y} : {t}"
        self.lines.append(f"{indent}{out} = {body}")
        scope.append((out, result))

    def block(self, scope: list[tuple[str, str]], depth: int, indent: str) -> None:
        for _ in range(self.random.randrange(2, 6)):
            if depth and self.random.random() < 0.25:
                (self.loop if self.random.random() < 0.6 else self.branch)(scope, depth - 1, indent)
            else:
                self.op(scope, indent)

    def yields(self, scope: list[tuple[str, str]], kinds: list[str], indent: str) -> None:
        names = [self.random.choice([name for name, other in scope if other == kind][-4:]) for kind in kinds]
        self.lines.append(f"{indent}scf.yield {', '.join(names)} : {', '.join(map(self.type, kinds))}")

    def loop(self, scope: list[tuple[str, str]], depth: int, indent: str) -> None:
        carried = [self.random.choice(scope) for _ in range(self.random.randrange(1, 4))]
        kinds = [kind for _, kind in carried]
        names, outs = [self.new() for _ in carried], [self.new() for _ in carried]
        inits = ", ".join(f"{name} = {init}" for name, (init, _) in zip(names, carried, strict=True))
        types = ", ".join(map(self.type, kinds))
        count = self.random.randrange(0, 4)
        self.lines.append(
            f"{indent}{', '.join(outs)} = scf.for %i{self.count} = %c0 to %c{count} step %c1 iter_args({inits}) -> ({types}) {{"
        )
        inner = [*scope, *zip(names, kinds, strict=True)]
        self.block(inner, depth, indent + "  ")
        self.yields(inner, kinds, indent + "  ")
        self.lines.append(f"{indent}}}")
        scope.extend(zip(outs, kinds, strict=True))

    def branch(self, scope: list[tuple[str, str]], depth: int, indent: str) -> None:
        kinds = [self.random.choice(scope)[1] for _ in range(self.random.randrange(1, 3))]
        outs = [self.new() for _ in kinds]
        types = ", ".join(map(self.type, kinds))
        self.lines.append(f"{indent}{', '.join(outs)} = scf.if %c -> ({types}) {{")
        for end in ("} else {", "}"):
            inner = list(scope)
            self.block(inner, depth, indent + "  ")
            self.yields(inner, kinds, indent + "  ")
            self.lines.append(indent + end)
        scope.extend(zip(outs, kinds, strict=True))

    def text(self) -> str:
        scope = [("%x", "nk"), ("%y", "kn"), ("%z", "k"), ("%w", "n")]
        arguments = ", ".join(f"{name}: {self.type(kind)}" for name, kind in scope)
        for i in range(4):
            self.lines.append(f"  %c{i} = arith.constant {i} : index")
        self.block(scope, 2, "  ")
        self.block(scope, 2, "  ")
        results = [self.random.choice(scope) for _ in range(3)] + [scope[-1]]
        names, types = ", ".join(name for name, _ in results), ", ".join(self.type(kind) for _, kind in results)
        body = "\n".join(self.lines)
        return f"func.func @f({arguments}, %n: index, %c: i1) -> ({types}) {{\n{body}\n  return {names} : {types}\n}}"
