"""One program, run by every executor: the interpreter at each level of the pipeline, and native code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from unit.lowering.levels import check_levels

from irc.codegen.cpu.executor import CpuExecutor
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module


def native(text: str) -> CpuExecutor:
    """The program as machine code."""
    module = parse_module(text, "test.mlir")
    verify_or_raise(module)
    PassManager(parse_pipeline(CPU)).run(module)
    return CpuExecutor(module)


def check_everywhere(text: str, arguments: Sequence[Any], expected: Sequence[Any], **tolerance: Any) -> None:
    """Assert that `@f` gives `expected` natively, and that every level agrees."""
    check_levels(text, arguments)
    check_native(text, arguments, expected, **tolerance)


def check_native(text: str, arguments: Sequence[Any], expected: Sequence[Any], **tolerance: Any) -> None:
    """Assert that `@f` gives `expected` natively: exactly, unless a tolerance is given."""
    found = native(text).call("f", *arguments)
    for a, b in zip(found, expected, strict=True):
        got, wanted = np.asarray(a), np.asarray(b)
        assert got.dtype == wanted.dtype
        assert got.shape == wanted.shape
        if tolerance:
            np.testing.assert_allclose(got.astype(np.float64), wanted.astype(np.float64), **tolerance)
        else:
            np.testing.assert_array_equal(got, wanted)


def tensor(shape: Sequence[int | None], element: str) -> str:
    """The text of a tensor type; `None` is a size that is only known at run time."""
    sizes = "".join("?x" if size is None else f"{size}x" for size in shape)
    return f"tensor<{sizes}{element}>"
