"""Runs a program at every level of the IR, so that tests can compare the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from irc.interpreter.core import Interpreter
from irc.ir.operation import Operation
from irc.ir.verifier import verify_or_raise
from irc.passes.base import PassContext
from irc.passes.registry import find_pass
from irc.text.parser import parse_module
from irc.text.printer import print_op

PIPELINE = ("nd-to-linalg", "fuse", "bufferize", "plan-memory", "linalg-to-loops")


def run_pass(module: Operation, name: str, **options: Any) -> None:
    """Run one pass and verify; the output is also printed and parsed again."""
    cls = find_pass(name)
    assert cls is not None
    cls(**options).run(module, PassContext())
    verify_or_raise(module)
    parse_module(print_op(module), f"{name}.mlir")


def call(module: Operation, name: str, arguments: Sequence[Any]) -> list[Any]:
    """The results of a function on copies of the arguments, which must come back unchanged."""
    given = [np.array(value) if isinstance(value, np.ndarray) else value for value in arguments]
    results = Interpreter(module).call(name, *given)
    for before, after in zip(arguments, given, strict=True):
        np.testing.assert_array_equal(before, after, err_msg="an argument was written to")
    return [np.array(result) for result in results]


def levels(text: str, pipeline: Sequence[str] = PIPELINE, **options: Any) -> Iterator[tuple[str, Operation]]:
    """The module at each level, the first as it is written; `options` are those of the last pass."""
    module = parse_module(text, "test.mlir")
    verify_or_raise(module)
    yield "source", module
    for name in pipeline:
        run_pass(module, name, **(options if name == pipeline[-1] else {}))
        yield name, module


def check_levels(text: str, arguments: Sequence[Any], pipeline: Sequence[str] = PIPELINE, **options: Any) -> None:
    """Assert that `@f` gives the same numbers at every level, up to the rounding of sums in another order."""
    expected: list[Any] = []
    for name, module in levels(text, pipeline, **options):
        found = call(module, "f", arguments)
        expected = expected or found
        for a, b in zip(expected, found, strict=True):
            assert a.dtype == b.dtype
            assert a.shape == b.shape
            np.testing.assert_allclose(b, a, rtol=2e-5, atol=1e-5, err_msg=f"after {name}")
