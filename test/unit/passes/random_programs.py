"""Random programs of structured control flow, tensors and buffers, which end and stay within bounds."""

from __future__ import annotations

import random
from collections.abc import Callable

SIZE = 4
"""Elements of every tensor and buffer."""

NUMBER, FLAG, PLACE, STATIC, DYNAMIC = "i64", "i1", "index", f"tensor<{SIZE}xi64>", "tensor<?xi64>"
STATIC_BUFFER, DYNAMIC_BUFFER = f"memref<{SIZE}xi64>", "memref<?xi64>"

Scope = dict[str, list[str]]
"""The values that may be used, by type."""


class Program:
    """Writes a function of two numbers and a flag to a number and a tensor."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.lines: list[str] = []

    def fresh(self) -> str:
        self.count += 1
        return f"%v{self.count}"

    def emit(self, text: str) -> None:
        self.lines.append(text)

    def pick(self, scope: Scope, type: str) -> str:
        # What was made last, more often than not.
        values = scope[type]
        return self.random.choice(values[-3:] if self.random.random() < 0.6 else values)

    def define(self, scope: Scope, type: str, text: str) -> None:
        name = self.fresh()
        self.emit(f"{name} = {text}")
        scope[type].append(name)

    # -- operations --------------------------------------------------------------------------------------------------

    def arithmetic(self, scope: Scope) -> None:
        op = self.random.choice(["addi", "subi", "muli", "xori", "andi", "maxsi", "minui"])
        self.define(scope, NUMBER, f"arith.{op} {self.pick(scope, NUMBER)}, {self.pick(scope, NUMBER)} : i64")

    def comparison(self, scope: Scope) -> None:
        if self.random.random() < 0.3:
            self.define(scope, FLAG, f"arith.xori {self.pick(scope, FLAG)}, %true : i1")
            return
        word = self.random.choice(["eq", "ne", "slt", "sge", "ult", "ugt"])
        self.define(scope, FLAG, f"arith.cmpi {word}, {self.pick(scope, NUMBER)}, {self.pick(scope, NUMBER)} : i64")

    def element(self, scope: Scope) -> None:
        type = self.random.choice([STATIC, DYNAMIC])
        source, place = self.pick(scope, type), self.pick(scope, PLACE)
        if self.random.random() < 0.5:
            self.define(scope, NUMBER, f"tensor.extract {source}[{place}] : {type}")
        else:
            self.define(scope, type, f"tensor.insert {self.pick(scope, NUMBER)} into {source}[{place}] : {type}")

    def tensor(self, scope: Scope) -> None:
        match self.random.randrange(5):
            case 0:
                numbers = ", ".join(self.pick(scope, NUMBER) for _ in range(SIZE))
                self.define(scope, STATIC, f"tensor.from_elements {numbers} : {STATIC}")
            case 1:
                self.define(scope, DYNAMIC, f"tensor.cast {self.pick(scope, STATIC)} : {STATIC} to {DYNAMIC}")
            case 2:
                self.define(scope, STATIC, f"tensor.cast {self.pick(scope, DYNAMIC)} : {DYNAMIC} to {STATIC}")
            case 3:
                self.define(scope, DYNAMIC, f"arith.select {self.pick(scope, FLAG)}, {self.pick(scope, DYNAMIC)}, "
                            f"{self.pick(scope, DYNAMIC)} : {DYNAMIC}")  # fmt: skip
            case _:
                self.slice(scope)

    def slice(self, scope: Scope) -> None:
        size = self.random.randrange(1, SIZE)
        offset = self.random.randrange(SIZE - size + 1)
        where = f"[%c{offset}] [{self.random.choice([f'%c{size}', str(size)])}] [1]"
        part_type = DYNAMIC if "%" in where.split("]")[1] else f"tensor<{size}xi64>"
        type = self.random.choice([STATIC, DYNAMIC])
        part = self.fresh()
        self.emit(f"{part} = tensor.extract_slice {self.pick(scope, type)}{where} : {type} to {part_type}")
        other = self.random.choice([STATIC, DYNAMIC])
        self.define(
            scope, other, f"tensor.insert_slice {part} into {self.pick(scope, other)}{where} : {part_type} into {other}"
        )

    def buffer(self, scope: Scope) -> None:
        type = self.random.choice([STATIC_BUFFER, DYNAMIC_BUFFER])
        match self.random.randrange(4):
            case 0:
                self.define(scope, NUMBER, f"memref.load {self.pick(scope, type)}[{self.pick(scope, PLACE)}] : {type}")
            case 1:
                target = self.pick(scope, type)
                self.emit(f"memref.store {self.pick(scope, NUMBER)}, {target}[{self.pick(scope, PLACE)}] : {type}")
            case 2:
                cast = f"memref.cast {self.pick(scope, STATIC_BUFFER)} : {STATIC_BUFFER} to {DYNAMIC_BUFFER}"
                self.define(scope, DYNAMIC_BUFFER, cast)
            case _:
                name = self.fresh()
                self.emit(f"{name} = memref.alloc(%c{SIZE}) : {DYNAMIC_BUFFER}")
                self.emit(f"linalg.fill ins({self.pick(scope, NUMBER)} : i64) outs({name} : {DYNAMIC_BUFFER})")
                scope[DYNAMIC_BUFFER].append(name)

    # -- control flow ------------------------------------------------------------------------------------------------

    def block(self, scope: Scope, depth: int, ending: str, types: list[str]) -> None:
        """Some operations in a scope of their own, and an ending that hands on values of the types."""
        inner = {type: list(values) for type, values in scope.items()}
        self.body(inner, depth - 1)
        values = [self.pick(inner, type) for type in types]
        self.emit(f"{ending} {', '.join(values)} : {', '.join(types)}" if types else ending)

    def results(self, scope: Scope, types: list[str], text: str) -> None:
        """The line that opens an operation with results, which are in scope after it."""
        names = [self.fresh() for _ in types]
        self.emit(f"{', '.join(names)} = {text}" if names else text)
        self.pending = list(zip(types, names, strict=True))

    def types(self) -> list[str]:
        return [self.random.choice([NUMBER, FLAG, STATIC, DYNAMIC]) for _ in range(self.random.randrange(3))]

    def conditional(self, scope: Scope, depth: int) -> None:
        types = self.types()
        arrow = f" -> ({', '.join(types)})" if types else ""
        self.results(scope, types, f"scf.if {self.pick(scope, FLAG)}{arrow} {{")
        pending = self.pending
        self.block(scope, depth, "scf.yield", types)
        if types or self.random.random() < 0.5:
            self.emit("} else {")
            self.block(scope, depth, "scf.yield", types)
        self.emit("}")
        self.bind(scope, pending)

    def loop(self, scope: Scope, depth: int) -> None:
        types = self.types()
        arguments = [self.fresh() for _ in types]
        pairs = ", ".join(f"{a} = {self.pick(scope, type)}" for a, type in zip(arguments, types, strict=True))
        carried = f" iter_args({pairs}) -> ({', '.join(types)})" if types else ""
        place = self.fresh()
        first, last = self.random.randrange(3), self.random.randrange(SIZE + 1)
        self.results(
            scope, types, f"scf.for {place} = %c{first} to %c{last} step %c{self.random.randrange(1, 4)}{carried} {{"
        )
        pending = self.pending
        inner = {type: list(values) for type, values in scope.items()}
        inner[PLACE].append(place)
        self.bind(inner, list(zip(types, arguments, strict=True)))
        self.block(inner, depth, "scf.yield", types)
        self.emit("}")
        self.bind(scope, pending)

    def while_loop(self, scope: Scope, depth: int) -> None:
        carried, given = self.types(), self.types()
        before, after = [self.fresh() for _ in carried], [self.fresh() for _ in given]
        counter, next_counter, more = self.fresh(), self.fresh(), self.fresh()
        starts = [f"{counter} = %c0", *(f"{a} = {self.pick(scope, t)}" for a, t in zip(before, carried, strict=True))]
        signature = f"({', '.join([PLACE, *carried])}) -> ({', '.join([PLACE, *given])})"
        names = [self.fresh() for _ in given]
        self.emit(f"{', '.join([self.fresh(), *names])} = scf.while ({', '.join(starts)}) : {signature} {{")
        inner = {type: list(values) for type, values in scope.items()}
        self.bind(inner, list(zip(carried, before, strict=True)))
        self.body(inner, depth - 1)
        self.emit(f"{more} = arith.cmpi ult, {counter}, %c{self.random.randrange(3)} : index")
        handed = [counter, *(self.pick(inner, type) for type in given)]
        self.emit(f"scf.condition({more}) {', '.join(handed)} : {', '.join([PLACE, *given])}")
        entry = self.fresh()
        arguments = [f"{entry}: index", *(f"{a}: {type}" for a, type in zip(after, given, strict=True))]
        self.emit(f"}} do {{\n^bb0({', '.join(arguments)}):")
        inner = {type: list(values) for type, values in scope.items()}
        self.bind(inner, list(zip(given, after, strict=True)))
        self.body(inner, depth - 1)
        self.emit(f"{next_counter} = arith.addi {entry}, %c1 : index")
        yielded = [next_counter, *(self.pick(inner, type) for type in carried)]
        self.emit(f"scf.yield {', '.join(yielded)} : {', '.join([PLACE, *carried])}\n}}")
        self.bind(scope, list(zip(given, names, strict=True)))

    def region(self, scope: Scope, depth: int) -> None:
        types = self.types()
        arrow = f" -> ({', '.join(types)})" if types else ""
        self.results(scope, types, f"scf.execute_region{arrow} {{")
        pending = self.pending
        self.block(scope, depth, "scf.yield", types)
        self.emit("}")
        self.bind(scope, pending)

    @staticmethod
    def bind(scope: Scope, values: list[tuple[str, str]]) -> None:
        for type, name in values:
            scope[type].append(name)

    def body(self, scope: Scope, depth: int) -> None:
        """A few operations on what is in scope, to which their results are added."""
        simple: list[Callable[[Scope], None]] = [
            self.arithmetic,
            self.comparison,
            self.element,
            self.tensor,
            self.buffer,
        ]
        nested: list[Callable[[Scope, int], None]] = [
            self.conditional, self.conditional, self.loop, self.while_loop, self.region,
        ]  # fmt: skip
        for _ in range(self.random.randrange(4)):
            if depth > 0 and self.random.random() < 0.5:
                self.random.choice(nested)(scope, depth)
            else:
                self.random.choice(simple)(scope)

    def text(self) -> str:
        """The module, whose function is `@main`."""
        scope: Scope = {
            NUMBER: ["%a", "%b", "%one", "%zero"], FLAG: ["%c", "%true"], PLACE: [f"%c{i}" for i in range(SIZE)],
            STATIC: ["%t"], DYNAMIC: ["%u"], STATIC_BUFFER: ["%m"], DYNAMIC_BUFFER: ["%n"],
        }  # fmt: skip
        for _ in range(4):
            self.body(scope, 3)
        number, tensor = self.pick(scope, NUMBER), self.pick(scope, DYNAMIC)
        seen = [self.fresh() for _ in range(SIZE)]
        loads = [f"{name} = memref.load %m[%c{i}] : {STATIC_BUFFER}" for i, name in enumerate(seen)]
        constants = [f"%c{i} = arith.constant {i} : index" for i in range(SIZE + 1)]
        return "\n".join([
            f"func.func @main(%a: i64, %b: i64, %c: i1, %t: {STATIC}) -> (i64, {DYNAMIC}, {STATIC}) {{",
            "%true = arith.constant true", "%one = arith.constant 1 : i64", "%zero = arith.constant 0 : i64", *constants,
            f"%u = tensor.cast %t : {STATIC} to {DYNAMIC}",
            f"%m = memref.alloc() : {STATIC_BUFFER}",
            f"linalg.fill ins(%a : i64) outs(%m : {STATIC_BUFFER})",
            f"%n = memref.cast %m : {STATIC_BUFFER} to {DYNAMIC_BUFFER}",
            *self.lines, *loads,
            f"%memory = tensor.from_elements {', '.join(seen)} : {STATIC}",
            f"return {number}, {tensor}, %memory : i64, {DYNAMIC}, {STATIC}", "}",
        ])  # fmt: skip
