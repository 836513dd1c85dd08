"""Programs that JAX has printed, by irc and by XLA in turn: seconds to compile, milliseconds to run, the fastest of several.

    IRC_CORPUS=… python -m bench.imported [NAME…]

`.venv-oracles` holds jaxlib (`make oracles`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from irc.importers import stablehlo
from irc.ir.dense import dtype_of
from irc.ir.types import element_type
from irc.tracing.compile import Program, compile_module, forget

HERE = Path(__file__).resolve().parent
ORACLE = HERE.parent / ".venv-oracles" / "bin" / "python"
RUNS = 50

COMPILATIONS = 3
"""How often each compiles a program; the fastest counts, as other work on a machine shows in single ones."""


def compiled(path: Path) -> tuple[Program, Sequence[Any], float]:
    """A program, its arguments, and the seconds from text to native code."""
    text = path.read_text(encoding="utf-8")
    times = []
    for _ in range(COMPILATIONS):
        forget()
        start = time.perf_counter()
        module = stablehlo.to_nd(text, str(path))
        types = stablehlo.Imported(module).inputs
        program = compile_module(module)
        times.append(time.perf_counter() - start)
    seconds = min(times)
    with np.load(path.with_suffix(".npz")) as arrays:
        given = [arrays[f"in{i}"].astype(dtype_of(element_type(type))) for i, type in enumerate(types)]
    return program, given, seconds


def steady(call: Callable[[], object]) -> float:
    """The seconds of the fastest of several calls."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def xla_worker() -> subprocess.Popen[str]:
    """A process that compiles and runs programs with XLA."""
    return subprocess.Popen(
        [str(ORACLE), str(HERE / "xla_worker.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def asked(worker: subprocess.Popen[str], request: dict[str, Any]) -> dict[str, Any]:
    """What it answers; some programs end it."""
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(json.dumps(request) + "\n")
    worker.stdin.flush()
    line = worker.stdout.readline()
    if not line:
        worker.wait()
        return {"error": "its process has ended"}
    answer: dict[str, Any] = json.loads(line)
    return answer


def main(names: Sequence[str]) -> int:
    """Print a line for each program."""
    folder = os.environ.get("IRC_CORPUS")
    if folder is None or not ORACLE.exists():
        print("IRC_CORPUS must say where the collection is, and `make oracles` have installed jaxlib", file=sys.stderr)
        return 2
    worker = xla_worker()
    paths = [path for path in sorted(Path(folder, "jax").glob("*.mlir")) if not names or path.stem in names]
    print(f"{'program':40} {'compile: irc':>12} {'XLA':>8}   {'run: irc':>10} {'XLA':>8}")
    # What is loaded once is not a program's.
    compiled(paths[0])
    faster = both = 0
    for path in paths:
        program, given, seconds = compiled(path)
        run = steady(lambda program=program, given=given: program(given))  # type: ignore[misc]
        other = asked(worker, {"path": str(path), "runs": RUNS, "compilations": COMPILATIONS})
        if worker.poll() is not None:
            worker = xla_worker()
        if "error" in other:
            print(
                f"{path.stem:40} {seconds:10.3f} s {'-':>8}   {run * 1e3:7.3f} ms {'-':>8}  XLA: {other['error'][:60]}"
            )
            continue
        both += 1
        faster += seconds < other["compile"]
        print(
            f"{path.stem:40} {seconds:10.3f} s {other['compile']:6.3f} s   {run * 1e3:7.3f} ms {other['run'] * 1e3:5.3f} ms"
        )
    worker.communicate()
    print(f"{faster} of {both} are compiled sooner than by XLA")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
