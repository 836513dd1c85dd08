"""Upstream's own tools, which judge what is printed here. `install-oracles` beside this file installs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

MLIR_OPT = "mlir-opt-19"
PYTHON = Path(__file__).resolve().parents[2] / ".venv-oracles" / "bin" / "python"
"""The interpreter of an environment with jaxlib."""
WORKER = Path(__file__).with_name("jaxlib_worker.py")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The text that a tool prints for a module, or its error."""

    text: str = ""
    error: str = ""


def nothing() -> str | None:
    """For checks that need no other tool."""
    return None


def lacks_mlir_opt() -> str | None:
    return None if shutil.which(MLIR_OPT) else f"{MLIR_OPT} is not installed"


def lacks_jaxlib() -> str | None:
    return None if PYTHON.exists() else f"there is no environment with jaxlib in {PYTHON.parents[1].name}"


def mlir_opt(texts: Sequence[str | None]) -> list[Verdict]:
    """What `mlir-opt` prints in generic form for each text."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_mlir_opt, texts))


def _mlir_opt(text: str | None) -> Verdict:
    if text is None:
        return Verdict(error="no text")
    command = [MLIR_OPT, "--allow-unregistered-dialect", "--mlir-print-op-generic"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=False)
    return Verdict(error=done.stderr.split("\n")[0]) if done.returncode else Verdict(done.stdout)


def jaxlib(texts: Sequence[str | None]) -> list[Verdict]:
    """What jaxlib prints for each text."""
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run([PYTHON, WORKER], input=lines, capture_output=True, text=True, timeout=300, check=True)
    return [Verdict(**json.loads(line)) for line in done.stdout.splitlines()]
