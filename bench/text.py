"""Parsing, verifying and printing, side by side with xDSL and with upstream MLIR on the same files.

Run as `python -m bench.text [PYTHON] [FILE…]`: PYTHON is the interpreter of an environment with `xdsl` and `jaxlib`; without
it, only this project is measured. The tools take turns for several rounds, and the least time of each counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.modules import MODULES

OPERATIONS = 20_000
ROUNDS = 3
WORKER = Path(__file__).with_name("text_worker.py")
ROOT = WORKER.parent.parent
STEPS = ("parse", "verify", "print", "all")
MIN_RATIO = 5.0
"""By how much all three steps together are to be faster than xDSL's."""


def run(python: str, tool: str, file: Path) -> dict[str, float] | None:
    """The seconds of one tool on a file, `None` where it fails."""
    command = [python, str(WORKER), tool, str(file)]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no output"]
        print(f"  {tool}: {last[0][:100]}", file=sys.stderr)
        return None
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return seconds


def compare(file: Path, tools: dict[str, str]) -> dict[str, dict[str, float]]:
    """The least seconds of each tool over all rounds."""
    found: dict[str, dict[str, float]] = {}
    for _ in range(ROUNDS):
        for tool, python in tools.items():
            seconds = run(python, tool, file)
            if seconds is not None:
                old = found.get(tool, seconds)
                found[tool] = {step: min(old[step], seconds[step]) for step in STEPS}
    return found


def table(name: str, lines: int, found: dict[str, dict[str, float]]) -> str:
    """Milliseconds per tool, and how many times longer than ours."""
    rows = [f"{name} ({lines} lines)", f"{'':10}" + "".join(f"{step:>11}" for step in STEPS)]
    ours = found.get("irc")
    for tool, seconds in found.items():
        cells = []
        for step in STEPS:
            ratio = f" {seconds[step] / ours[step]:4.1f}x" if ours is not None and tool != "irc" else ""
            cells.append(f"{seconds[step] * 1e3:.0f}{ratio}")
        rows.append(f"{tool:10}" + "".join(f"{cell:>11}" for cell in cells))
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Print a table for each module; 1 where xDSL is not slower by `MIN_RATIO`."""
    tools = {"irc": sys.executable}
    if arguments:
        tools |= {"xdsl": arguments[0], "upstream": arguments[0]}
    failed = False
    print(f"milliseconds, least of {ROUNDS} rounds")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(each).resolve() for each in arguments[1:]]
        for name, make in MODULES.items():
            files.append(Path(folder) / f"{name}.mlir")
            files[-1].write_text(make(OPERATIONS), encoding="utf-8")
        for file in files:
            found = compare(file, tools)
            print(table(file.stem, file.read_text(encoding="utf-8").count("\n"), found))
            if "xdsl" in found and "irc" in found:
                failed |= found["xdsl"]["all"] < MIN_RATIO * found["irc"]["all"]
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
