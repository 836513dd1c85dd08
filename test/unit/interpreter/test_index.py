"""`index` in the interpreter: integers of 64 bits."""

from __future__ import annotations

import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

LEAST = -(1 << 63)

BINARY = [
    ("add", (1 << 63) - 1, 1, LEAST),
    ("sub", 3, 5, -2),
    ("mul", 1 << 62, 4, 0),
    ("divs", -7, 2, -3),
    ("divu", -1, 2, (1 << 63) - 1),
    ("ceildivs", -7, 2, -3),
    ("ceildivs", 7, 2, 4),
    ("ceildivu", -1, 2, LEAST),
    ("floordivs", -7, 2, -4),
    ("rems", -7, 2, -1),
    ("remu", -1, 10, 5),
    ("maxs", -1, 1, 1),
    ("maxu", -1, 1, -1),
    ("mins", -1, 1, -1),
    ("minu", -1, 1, 1),
    ("shl", 1, 63, LEAST),
    ("shrs", -8, 1, -4),
    ("shru", -8, 1, (1 << 63) - 4),
    ("and", 12, 10, 8),
    ("or", 12, 10, 14),
    ("xor", 12, 10, 6),
]


@pytest.mark.parametrize(("name", "a", "b", "expected"), BINARY)
def test_binary(name, a, b, expected):
    assert run(["index", "index"], f"%r0 = index.{name} %0, %1", ["index"], a, b) == [expected]


@pytest.mark.parametrize("name", ["divs", "divu", "ceildivs", "ceildivu", "floordivs", "rems", "remu"])
def test_division_by_zero_is_reported(name):
    with pytest.raises(DiagnosedError, match=f"'index.{name}' op divides by zero"):
        run(["index", "index"], f"%r0 = index.{name} %0, %1", ["index"], 1, 0)


def test_a_quotient_that_does_not_fit_is_reported():
    with pytest.raises(DiagnosedError, match="overflows"):
        run(["index", "index"], "%r0 = index.divs %0, %1", ["index"], LEAST, -1)


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [("eq", False), ("ne", True), ("slt", True), ("sle", True), ("sgt", False), ("sge", False), ("ult", False),
     ("ule", False), ("ugt", True), ("uge", True)],
)  # fmt: skip
def test_comparisons(predicate, expected):
    assert run(["index", "index"], f"%r0 = index.cmp {predicate}(%0, %1)", ["i1"], -1, 1) == [expected]


@pytest.mark.parametrize(
    ("name", "source", "target", "value", "expected"),
    [("casts", "i8", "index", -1, -1), ("castu", "i8", "index", -1, 255), ("casts", "index", "i8", 255, -1),
     ("castu", "index", "i1", 2, False), ("castu", "i4", "index", -8, 8), ("casts", "i1", "index", 1, -1)],
)  # fmt: skip
def test_casts(name, source, target, value, expected):
    body = f"%r0 = index.{name} %0 : {source} to {target}"
    assert run([source], body, [target], value) == [expected]


def test_constants():
    body = "%r0 = index.constant -5\n %r1 = index.bool.constant true\n %r2 = index.sizeof"
    assert run([], body, ["index", "i1", "index"]) == [-5, True, 64]
