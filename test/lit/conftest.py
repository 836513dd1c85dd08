"""Makes every .mlir file below this folder a test."""

from lit_runner.plugin import pytest_collect_file

__all__ = ["pytest_collect_file"]
