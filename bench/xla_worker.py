"""Runs where jaxlib is: compiles and runs the program that each line names, and answers with the seconds it took."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ["JAX_ENABLE_X64"] = "1"

import jax  # type: ignore[import-not-found]
import numpy as np
from jax import export  # type: ignore[import-not-found]  # noqa: F401
from jax._src import xla_bridge  # type: ignore[import-not-found]
from jax._src.interpreters import mlir  # type: ignore[import-not-found]
from jaxlib import _jax, xla_client  # type: ignore[import-not-found]
from jaxlib.mlir import ir  # type: ignore[import-not-found]

backend = xla_bridge.get_backend("cpu")
devices = _jax.DeviceList(tuple(backend.devices()[:1]))


def measure(path: Path, runs: int, compilations: int) -> dict[str, object]:
    """The seconds of compiling a program, and of running it once it has run."""
    text = path.read_text(encoding="utf-8")
    compiled = []
    with mlir.make_ir_context(), ir.Location.unknown():
        for _ in range(compilations):
            start = time.perf_counter()
            module = ir.Module.parse(text)
            program = backend.compile_and_load(module, devices, xla_client.CompileOptions())
            compiled.append(time.perf_counter() - start)
    with np.load(path.with_suffix(".npz")) as arrays:
        given = [jax.device_put(arrays[f"in{i}"]) for i in range(sum(name.startswith("in") for name in arrays))]
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        results = program.execute_sharded(given).disassemble_into_single_device_arrays()
        for group in results:
            for array in group:
                array.block_until_ready()
        times.append(time.perf_counter() - start)
    return {"compile": min(compiled), "run": min(times)}


for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = measure(Path(request["path"]), request["runs"], request["compilations"])
    except Exception as problem:  # noqa: BLE001 - whatever XLA raises is the answer
        answer = {"error": str(problem).splitlines()[0][:200]}
    print(json.dumps(answer), flush=True)
