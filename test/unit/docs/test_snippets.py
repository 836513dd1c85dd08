"""Every command of the documentation gives the output that the page shows.

A block of `sh` followed by a block of `mlir` or `text` is a command and its output. It runs in a folder of its own, which shows the
project's files, and those that the page writes. Running this file rewrites the outputs.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = re.compile(r"^cat > (?P<name>\S+) <<'END'\n(?P<text>.*?)^END$", re.DOTALL | re.MULTILINE)
SNIPPET = re.compile(r"```sh\n(?P<command>[^`]*?)```\n\n```(?P<kind>mlir|text)\n(?P<output>.*?)```", re.DOTALL)


def run(page: Path, command: str) -> str:
    """What a command of a page of the documentation prints, errors included."""
    path = os.pathsep.join([str(ROOT / "tools"), str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        for entry in ROOT.iterdir():
            (Path(folder) / entry.name).symlink_to(entry)
        for file in WRITTEN.finditer(page.read_text(encoding="utf-8")):
            (Path(folder) / file["name"]).write_text(file["text"], encoding="utf-8")
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    return done.stdout + done.stderr


CASES = [
    pytest.param(page, match.group("command"), match.group("output"), id=f"{page.relative_to(ROOT)}-{i}")
    for page in PAGES
    for i, match in enumerate(SNIPPET.finditer(page.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("page", "command", "output"), CASES)
def test_snippet(page: Path, command: str, output: str) -> None:
    assert run(page, command) == output


def rewritten(page: Path) -> str:
    """The text of a page with what its commands print now."""
    return SNIPPET.sub(
        lambda m: f"```sh\n{m['command']}```\n\n```{m['kind']}\n{run(page, m['command'])}```",
        page.read_text(encoding="utf-8"),
    )


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(rewritten(page), encoding="utf-8")
