"""Programs that others wrote, run and compared with the results that are expected of them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from irc.codegen.cpu.executor import CpuExecutor
from irc.dialects.func import Func
from irc.interpreter.core import Interpreter
from irc.ir.dense import dtype_of
from irc.ir.diagnostic import DiagnosedError
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.types import FloatType, IntegerType, TensorType, Type, element_type
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import Instrumentation, PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import CPU, DIFFERENTIATE
from irc.text.parser import parse_module

RELATIVE = {"f64": 1e-10, "f16": 2e-3, "bf16": 2e-2}
"""How far results of a type may lie apart that are to be close; 1e-4 of others."""
ABSOLUTE = 1e-4
"""How far those may lie apart that are to be almost equal, unless another number is stated."""

_QUIET = Instrumentation(verify_each=True)


@dataclass(frozen=True, slots=True)
class Program:
    """A program with its arguments and results, and how each result is compared: `eq`, `almost_eq` or `close`."""

    name: str
    path: Path
    checks: Sequence[Sequence[Any]] = ()
    tier: str = ""
    agreed: bool = True
    dialects: tuple[str, ...] = ()

    @property
    def arrays(self) -> dict[str, Any]:
        with np.load(self.path.with_suffix(".npz")) as found:
            return dict(found)


def stated(path: Path) -> list[dict[str, Any]]:
    """What a manifest says, one entry a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def modules(folder: Path) -> list[Program]:
    """What JAX prints of whole programs."""
    return [Program(e["name"], folder / "jax" / f"{e['name']}.mlir") for e in stated(folder / "jax" / "manifest.jsonl")]


def cases(folder: Path) -> list[Program]:
    """StableHLO's own tests, one op each; `agreed` says whether XLA gives what is expected."""
    root = folder / "stablehlo"
    return [
        Program(e["path"], root / f"{e['path']}.mlir", e["checks"], e["tier"], e.get("xla") == "ok")
        for e in stated(root / "manifest.jsonl")
    ]


@dataclass(slots=True)
class Run:
    """A program that is ready to be run."""

    types: Sequence[Type]
    results: Sequence[Type]
    call: Any
    seconds: float


def compiled(program: Program, executor: str) -> Run:
    """The program for an executor. Raises `DiagnosedError`."""
    start = time.perf_counter()
    module: Operation = parse_module(program.path.read_text(encoding="utf-8"), str(program.path))
    verify_or_raise(module)
    signature = _main(module).signature
    pipeline = f"stablehlo-to-nd,{CPU if executor == 'cpu' else DIFFERENTIATE}"
    PassManager(parse_pipeline(pipeline), _QUIET).run(module)
    call = CpuExecutor(module).call if executor == "cpu" else Interpreter(module).call
    return Run(signature.inputs, signature.results, lambda *values: call("main", *values), time.perf_counter() - start)


def _main(module: Operation) -> Func:
    found = SymbolTable(module).lookup("main")
    assert isinstance(found, Func)
    return found


def tiers(*names: str) -> Callable[[Path], list[Program]]:
    """The cases of some tiers. Of tier A only those that XLA gives the expected results of."""
    return lambda folder: [case for case in cases(folder) if case.tier in names and (case.agreed or case.tier != "A")]


def reasons(executor: str) -> Callable[[Sequence[Program]], list[str | None]]:
    """Why each program does not give what is expected."""
    return lambda programs: [reason(program, executor) for program in programs]


def argument(array: Any, type: Type) -> Any:
    """An array as it is passed: small floats and integers are stored as wider ones."""
    dtype = dtype_of(element_type(type))
    return array.astype(dtype) if array.dtype != dtype else array


def reason(program: Program, executor: str) -> str | None:
    """Why a program does not give what is expected, `None` if it does."""
    try:
        run = compiled(program, executor)
        arrays = program.arrays
        given = [argument(arrays[f"in{i}"], type) for i, type in enumerate(run.types)]
        with np.errstate(all="ignore"):
            found = run.call(*given)
    except DiagnosedError as problem:
        first = problem.diagnostics[0]
        return f"{first.location}: {first.message}"
    for i, (value, type) in enumerate(zip(found, run.results, strict=True)):
        expected = arrays.get(f"out{i}")
        if expected is None:
            continue
        how = program.checks[i] if i < len(program.checks) else ("close", None)
        wrong = difference(np.asarray(value), expected, type, how)
        if wrong:
            return f"result {i}: {wrong}"
    return None


def difference(found: Any, expected: Any, type: Type, how: Sequence[Any]) -> str | None:
    """How a result differs from what is expected, `None` where it is near enough."""
    if found.shape != expected.shape:
        return f"shape {found.shape} instead of {expected.shape}"
    element = type.element_type if isinstance(type, TensorType) else type
    kind, amount = how[0], how[1] if len(how) > 1 else None
    if kind == "eq" or isinstance(element, IntegerType):
        found = found.astype(expected.dtype)
        same = (
            (found == expected) | (np.isnan(found) & np.isnan(expected))
            if found.dtype.kind in "fc"
            else found == expected
        )
    else:
        wide = np.complex128 if expected.dtype.kind == "c" else np.float64
        found, expected = found.astype(wide), expected.astype(wide)
        rtol = RELATIVE.get(str(element), 1e-4) if isinstance(element, FloatType) else 1e-4
        atol = (amount or ABSOLUTE) if kind == "almost_eq" else rtol * 1e-2
        with np.errstate(all="ignore"):
            same = np.isclose(found, expected, rtol=0 if kind == "almost_eq" else rtol, atol=atol, equal_nan=True)
    if np.all(same):
        return None
    at = tuple(int(i) for i in np.argwhere(~np.asarray(same))[0])
    return f"{found[at]} instead of {expected[at]} at {at}, {int(np.sum(~np.asarray(same)))} of {np.size(same)} differ"
