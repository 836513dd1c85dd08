"""From when to when a buffer is needed, through all its views, and whether it leaves its place."""

from __future__ import annotations

import pytest

from irc.analysis.buffer_lifetimes import Interval, lifetime, number_operations, uses_of
from irc.text.parser import parse_module

F = "func.func @f(%n: index, %c: i1, %o: memref<4xf32>) {{\n%x = memref.alloc() : memref<4xf32>\n{}\nreturn\n}}"
USE = '"test.use"(%x) : (memref<4xf32>) -> ()'


def _setting(body: str, head: str = F):
    function = parse_module(head.format(body), allow_unregistered=True).body.entry.first
    maker = next(op for op in function.walk() if op.name == "memref.alloc")
    return function, maker.results[0]


def last_needed(body: str) -> str:
    """The name of the operation up to which the buffer lives."""
    function, buffer = _setting(body)
    spans = number_operations(function)
    last = lifetime(buffer, uses_of(buffer), spans).last
    return next(op.name for op, span in spans.items() if span.last == last)


@pytest.mark.parametrize(
    ("a", "b", "overlap"),
    [((0, 2), (3, 4), False), ((0, 3), (3, 4), True), ((1, 9), (3, 4), True), ((5, 6), (1, 4), False)],
)
def test_intervals_overlap_in_both_directions(a, b, overlap: bool) -> None:
    assert Interval(*a).overlaps(Interval(*b)) is overlap
    assert Interval(*b).overlaps(Interval(*a)) is overlap


def test_an_operation_spans_what_is_inside_it() -> None:
    function, _ = _setting('scf.if %c {\n"test.in"() : () -> ()\n}')
    spans = {op.name: span for op, span in number_operations(function).items()}
    assert spans["scf.if"].first < spans["test.in"].first == spans["test.in"].last < spans["scf.if"].last
    assert spans["func.func"].overlaps(spans["func.return"])


def test_a_buffer_lives_to_its_last_use() -> None:
    assert last_needed(f'{USE}\n"test.last"(%x) : (memref<4xf32>) -> ()\n"test.other"() : () -> ()') == "test.last"


def test_an_unused_buffer_lives_for_a_moment() -> None:
    assert last_needed('"test.other"() : () -> ()') == "memref.alloc"


def test_a_use_of_a_view_is_a_use() -> None:
    body = """%v = memref.subview %x[0] [2] [1] : memref<4xf32> to memref<2xf32, strided<[1]>>
      "test.other"() : () -> ()
      "test.last"(%v) : (memref<2xf32, strided<[1]>>) -> ()"""
    assert last_needed(body) == "test.last"


def test_a_use_in_a_loop_lasts_to_the_end_of_the_loop() -> None:
    body = f"scf.for %i = %n to %n step %n {{\n{USE}\n}}"
    assert last_needed(body) == "scf.for"


def test_a_use_in_a_branch_lasts_to_the_use() -> None:
    assert last_needed(f"scf.if %c {{\n{USE}\n}}") == "test.use"


def test_a_buffer_of_one_iteration_dies_in_it() -> None:
    head = "func.func @f(%n: index) {{\nscf.for %i = %n to %n step %n {{\n%x = memref.alloc() : memref<4xf32>\n{}\n}}\nreturn\n}}"
    function, buffer = _setting(f'{USE}\n"test.other"() : () -> ()', head)
    spans = {op.name: span for op, span in number_operations(function).items()}
    assert lifetime(buffer, uses_of(buffer), number_operations(function)).last == spans["test.use"].last


def test_in_a_graph_of_blocks_a_buffer_lives_to_the_end() -> None:
    assert last_needed(f"cf.br ^b\n^b:\n{USE}") == "func.func"


@pytest.mark.parametrize(
    ("body", "escapes"),
    [
        (USE, False),
        ("memref.copy %x, %o : memref<4xf32> to memref<4xf32>", False),
        ("cf.br ^b(%x : memref<4xf32>)\n^b(%y: memref<4xf32>):", True),
        ('%y = "test.keep"(%x) : (memref<4xf32>) -> memref<4xf32>', True),
        ("%v = memref.cast %x : memref<4xf32> to memref<?xf32>", False),
        (
            "%v = memref.cast %x : memref<4xf32> to memref<?xf32>\ncf.br ^b(%v : memref<?xf32>)\n^b(%y: memref<?xf32>):",
            True,
        ),
    ],
)
def test_what_lets_a_buffer_escape(body: str, escapes: bool) -> None:
    _, buffer = _setting(body)
    assert uses_of(buffer).escapes is escapes
