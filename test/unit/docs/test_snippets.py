"""Every command of the documentation gives the output that the page shows.

A block of `sh` followed by a block of `mlir` or `text` is a command and its output. Running this file rewrites the outputs.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SNIPPET = re.compile(r"```sh\n(?P<command>[^`]*?)```\n\n```(?P<kind>mlir|text)\n(?P<output>.*?)```", re.DOTALL)


def run(command: str) -> str:
    """What a command of the documentation prints, errors included."""
    path = os.pathsep.join([str(ROOT / "tools"), str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr


CASES = [
    pytest.param(match.group("command"), match.group("output"), id=f"{page.relative_to(ROOT)}-{i}")
    for page in PAGES
    for i, match in enumerate(SNIPPET.finditer(page.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("command", "output"), CASES)
def test_snippet(command: str, output: str) -> None:
    assert run(command) == output


if __name__ == "__main__":
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(
            SNIPPET.sub(lambda m: f"```sh\n{m['command']}```\n\n```{m['kind']}\n{run(m['command'])}```", text),
            encoding="utf-8",
        )
