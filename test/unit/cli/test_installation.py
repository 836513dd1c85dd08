"""Running the tools with whatever Python is there: what is missing is said in a line, and `.venv` is used."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDED = (
    "func.func @main() -> tensor<2xf32> {\n  %x = nd.constant dense<[1.0, 2.0]> : tensor<2xf32>\n"
    "  %y = nd.exp %x : tensor<2xf32>\n  return %y : tensor<2xf32>\n}\n"
)


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python without packages: `-S` leaves `site-packages` out, `-I` the environment."""
    return subprocess.run(
        [sys.executable, "-I", "-S", *arguments], input=FOLDED, capture_output=True, text=True, check=False
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the scripts beside the sources."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "irc").symlink_to(ROOT / "irc")
    return tmp_path


@pytest.mark.parametrize("tool", ["irc_run", "irc_opt"])
def test_a_package_that_is_missing_is_named(tool: str) -> None:
    flags = ["--executor", "interpreter"] if tool == "irc_run" else ["--canonicalize"]
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from irc.cli.{tool} import main; sys.exit(main())"
    result = python("-c", start, *flags)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "the package 'numpy' is missing" in result.stderr or "the package 'ml_dtypes' is missing" in result.stderr
    assert "`make test` and `make demo` set up .venv" in result.stderr


@pytest.mark.parametrize("tool", ["irc-opt", "irc-run"])
def test_the_scripts_take_the_python_of_the_checkout(tool: str, checkout: Path) -> None:
    other = checkout / ".venv" / "bin" / "python"
    other.parent.mkdir(parents=True)
    other.write_text('#!/bin/sh\necho "$@"\n')
    other.chmod(0o755)
    base = getattr(sys, "_base_executable", sys.executable)
    script = str(checkout / "tools" / tool)
    result = subprocess.run([base, "-S", script, "--help"], capture_output=True, text=True, check=False)
    assert result.stdout == f"{script} --help\n"


@pytest.mark.parametrize("tool", ["irc-opt", "irc-run"])
def test_the_scripts_do_without_it(tool: str, checkout: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-S", str(checkout / "tools" / tool), "--version"], capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout.split()[0]) == (0, tool)


@pytest.mark.parametrize("tool", ["irc_opt", "irc_run"])
def test_the_tools_are_modules_too(tool: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", f"irc.cli.{tool}", "--version"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.stdout.split()[0] == tool.replace("_", "-")
