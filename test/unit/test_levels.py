"""Every program gives the same numbers at every level: on the interpreter after each pass, and as native code.

Those that have been written again in NumPy also give the same numbers there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from unit.references import REFERENCES

from irc.cli.execution import run_cpu, run_interpreter
from irc.passes.manager import PassManager
from irc.passes.pipeline import Pipeline, parse_pipeline
from irc.pipelines import CPU
from irc.text.parser import parse_module

PROGRAMS = Path(__file__).parents[1] / "programs"
EXAMPLES = Path(__file__).parents[2] / "examples"


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


def _carried(n: int, m: int, k: int) -> list[Any]:
    r = _rng()
    return [r.standard_normal((2, 2)).astype(np.float32), r.standard_normal(n).astype(np.float32), m, k]


def _softmax(batch: int) -> list[Any]:
    r = _rng()
    return [r.standard_normal((batch, 4)) * 3, r.integers(0, 4, batch).astype(np.int32)]


def _matrix(rows: int, columns: int) -> Any:
    return _rng().standard_normal((rows, columns)).astype(np.float32)


GRAPH = ((0, 0), (1, 0), (2, 1), (3, -2), (9, 1))
DYNAMIC = ((1, 1, 0, 1), (4, 7, 9, 3), (5, 3, 2, 0))


def _second(rounds: int) -> list[Any]:
    r = _rng()
    return [r.standard_normal(2), r.standard_normal(2), rounds]


def _digits() -> list[Any]:
    """The parameters of the demo's network, images and labels."""
    r = _rng()
    shapes = ((64, 128), (128,), (128, 10), (10,), (9, 64))
    return [*(r.random(shape, np.float32) for shape in shapes), np.arange(9, dtype=np.float32)]


CASES: dict[str, tuple[str, list[Any]]] = {
    "regression": ("regression", _regression()),
    **{f"logistic-{n}": ("logistic", _logistic(n)) for n in (1, 2, 7, 33)},
    **{f"nested-{x}": ("nested", [float(x)]) for x in (2, 3, 4)},
    **{f"storage-{n}": ("storage", [_rng().standard_normal((4, 6)).astype(np.float32), n]) for n in (0, 5)},
    **{f"shapes-{k}": ("shapes", _shapes(k)) for k in (0, 9)},
    **{f"carried-{n}-{m}-{k}": ("carried", _carried(n, m, k)) for n, m, k in ((0, 1, 2), (3, 6, 0), (1, 3, 3))},
    **{f"graph-{n}-{k}": ("graph", [*_second(0)[:1], _rng().standard_normal(3), n, k]) for n, k in GRAPH},
    **{f"softmax-{n}": ("softmax", _softmax(n)) for n in (1, 9)},
    **{f"dynamic-{a}-{b}-{m}": ("dynamic", [_matrix(a, b), i, m]) for a, b, i, m in DYNAMIC},
    **{f"parallel-{m}-{n}": ("parallel", [_matrix(m, 4).astype(np.float64), n]) for m, n in ((0, 0), (1, 4), (5, 7))},
    "digits": ("digits", _digits()),
    **{f"second-{n}": ("second", _second(n)) for n in (3,)},
}


def _close(found: list[Any], expected: list[Any], double: float = 1e-11) -> None:
    assert len(found) == len(expected)
    for a, b in zip(found, expected, strict=True):
        a, b = np.asarray(a), np.asarray(b)
        assert a.shape == b.shape
        assert a.dtype == b.dtype
        tolerance = 1e-4 if a.dtype == np.float32 else double
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", CASES)
def test_every_level(name: str) -> None:
    program, arguments = CASES[name]
    path, entry = (EXAMPLES / "digits.mlir", "step") if program == "digits" else (PROGRAMS / f"{program}.mlir", "main")
    # Nine images in place of fifty: below vectors the interpreter takes its time for each.
    module = parse_module(path.read_text().replace("tensor<50x", "tensor<9x"), str(path))
    expected = None
    for step in parse_pipeline(CPU).steps:
        PassManager(Pipeline("builtin.module", [step])).run(module)
        found = list(run_interpreter(module, entry, arguments))
        if expected is None:
            expected = found
            if program in REFERENCES:
                _close(found, REFERENCES[program](*arguments), 1e-8)
        _close(found, expected)
    assert expected is not None
    _close(list(run_cpu(module, entry, arguments)), expected)
