"""Runs the Array API test suite (https://github.com/data-apis/array-api-tests) against `irc.numpy`.

    python -m bench.array_api FOLDER [--examples 20] [TEST ...]

FOLDER is a checkout of the suite with its submodule `array-api`; its requirements must be installed. Prints each failure with
its reason and the share of tests that pass. TEST are files of the suite or names as pytest takes them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(folder: Path, examples: int, tests: list[str], report: Path) -> int:
    """Run the suite; what happened is in the file `report`."""
    paths = [str(ROOT), str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "ARRAY_API_TESTS_MODULE": "irc.numpy", "PYTHONPATH": os.pathsep.join(paths)}
    chosen = [test if test.startswith("array_api_tests") else f"array_api_tests/{test}" for test in tests]
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", "--disable-data-dependent-shapes",
        "--hypothesis-disable-deadline", "--derandomize", "--max-examples", str(examples), "--junitxml", str(report),
        *(chosen or ["array_api_tests"]),
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False).returncode


def reason(text: str) -> str:
    """The line of a traceback that says what is wrong."""
    errors = [line[1:].strip() for line in text.splitlines() if line.startswith("E ")]
    return errors[0] if errors else (text.strip().splitlines() or [""])[-1]


def summary(report: Path) -> bool:
    """Print the failures and the share of passing tests; whether there are no failures."""
    counts: Counter[str] = Counter()
    for case in ET.parse(report).iter("testcase"):
        result = next((child for child in case if child.tag in ("failure", "error", "skipped")), None)
        kind = "passed" if result is None else "skipped" if result.tag == "skipped" else "failed"
        counts[kind] += 1
        if result is not None and kind == "failed":
            print(f"{case.get('classname', '').split('.')[-1]}::{case.get('name')}: {reason(result.text or '')}")
    ran = counts["passed"] + counts["failed"]
    share = 100 * counts["passed"] / ran if ran else 0.0
    print(f"{counts['passed']} of {ran} tests pass ({share:.1f} %), {counts['skipped']} are skipped")
    return not counts["failed"]


def main() -> int:
    """The exit status is 0 where all tests pass."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="a checkout of array-api-tests")
    parser.add_argument("tests", nargs="*", help="files of the suite, or names of tests")
    parser.add_argument("--examples", type=int, default=20, help="Hypothesis examples per test")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        run(options.folder.resolve(), options.examples, options.tests, report)
        if not report.exists():
            print("the suite did not run; its requirements are in requirements.txt of the folder")
            return 2
        return 0 if summary(report) else 1


if __name__ == "__main__":
    sys.exit(main())
