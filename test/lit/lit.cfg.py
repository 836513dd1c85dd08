"""For lit itself, which runs the same tests with real commands: `lit test/lit`."""

import os
import sys
from pathlib import Path

import lit.formats

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test"))

from lit_runner.features import available_features

config.name = "irc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir"]
config.excludes = ["Inputs"]
config.test_source_root = str(ROOT / "test" / "lit")
config.test_exec_root = str(ROOT / ".lit")
config.available_features |= available_features()
config.environment["PATH"] = os.pathsep.join(
    [str(ROOT / "tools"), str(Path(sys.executable).parent), os.environ["PATH"]]
)
config.substitutions.append((r"\bFileCheck\b", "filecheck"))
