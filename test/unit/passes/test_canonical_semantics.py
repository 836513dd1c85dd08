"""The canonical form of a program computes what the program computes."""

from __future__ import annotations

import numpy as np
import pytest
from unit.passes.random_programs import SIZE, Program

from irc.cli.execution import run_interpreter
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module

ARGUMENTS = [(3, 5, True), (-2, -2, False), (0, 1, False)]


@pytest.mark.parametrize("pipeline", ["canonicalize", "cse,canonicalize"])
@pytest.mark.parametrize("seed", range(60))
def test_programs_keep_their_meaning(seed: int, pipeline: str) -> None:
    text = Program(seed).text()
    before, after = parse_module(text), parse_module(text)
    verify_or_raise(before)
    PassManager(parse_pipeline(pipeline)).run(after)
    verify_or_raise(after)
    for a, b, c in ARGUMENTS:
        given = [np.int64(a), np.int64(b), np.bool_(c), np.arange(SIZE, dtype=np.int64)]
        for expected, found in zip(
            *(run_interpreter(module, "main", given) for module in (before, after)), strict=True
        ):
            np.testing.assert_array_equal(found, expected, text)
