"""Every program gives the same numbers at every level: on the interpreter after each pass, and as native code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from irc.cli.execution import run_cpu, run_interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import Pipeline, parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

PROGRAMS = Path(__file__).parents[1] / "programs"


def _rng() -> np.random.Generator:
    return np.random.default_rng(7)


def _regression() -> list[Any]:
    r = _rng()
    return [r.standard_normal(shape) for shape in ((3, 5), (5,), (5, 1), (7, 3), (7, 1))]


def _logistic(batch: int) -> list[Any]:
    r = _rng()
    x = r.standard_normal((batch, 4)).astype(np.float32)
    return [np.zeros(4, np.float32), x, (x.sum(axis=1) > 0).astype(np.float32), 5]


def _shapes(k: int) -> list[Any]:
    r = _rng()
    x = (r.standard_normal((3, 4)) * 5).astype(np.float32)
    return [x, r.integers(-9, 9, (3, 4)).astype(np.int32), np.zeros((0, 4), np.float32), k]


CASES: dict[str, tuple[str, list[Any]]] = {
    "regression": ("regression", _regression()),
    **{f"logistic-{n}": ("logistic", _logistic(n)) for n in (1, 2, 7, 33)},
    **{f"nested-{x}": ("nested", [float(x)]) for x in (2, 3, 4)},
    **{f"storage-{n}": ("storage", [_rng().standard_normal((4, 6)).astype(np.float32), n]) for n in (0, 5)},
    **{f"shapes-{k}": ("shapes", _shapes(k)) for k in (0, 9)},
}


def _close(found: list[Any], expected: list[Any]) -> None:
    assert len(found) == len(expected)
    for a, b in zip(found, expected, strict=True):
        a, b = np.asarray(a), np.asarray(b)
        assert a.shape == b.shape
        assert a.dtype == b.dtype
        tolerance = 1e-4 if a.dtype == np.float32 else 1e-11
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", CASES)
def test_every_level(name: str) -> None:
    program, arguments = CASES[name]
    path = PROGRAMS / f"{program}.mlir"
    module = parse_module(path.read_text(), str(path))
    expected = None
    for step in parse_pipeline(CPU).steps:
        PassManager(Pipeline("builtin.module", [step])).run(module)
        found = list(run_interpreter(module, "main", arguments))
        if expected is None:
            expected = found
        _close(found, expected)
    assert expected is not None
    _close(list(run_cpu(module, "main", arguments)), expected)
