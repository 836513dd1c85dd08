"""irc against JAX, PyTorch and others, by a harness that runs workloads in a process per library, interleaved.

    python -m bench.peers HARNESS -b jax,irc -s small -t 1 --python jax=PYTHON_WITH_JAX

HARNESS is a folder with `run.py`, `report.py` and a folder `backends`; a copy of it gets `bench/backend.py` as the back-end
`irc`. What follows are `run.py`'s arguments. Then its report is printed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(arguments: list[str]) -> int:
    """Run the harness; its exit code."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    harness, *rest = arguments
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "harness"
        shutil.copytree(harness, copy)
        shutil.copy(HERE / "backend.py", copy / "backends" / "irc_.py")
        (copy / ".cache").mkdir(exist_ok=True)
        own = ["--python", f"irc={sys.executable}", "--env", f"irc:PYTHONPATH={HERE.parent}", "--tag", "irc"]
        code = subprocess.run([sys.executable, "run.py", *own, *rest], cwd=copy, check=False).returncode
        results = copy / "results" / "irc.jsonl"
        if code == 0 and results.exists():
            subprocess.run([sys.executable, "report.py", str(results), "--focus", "irc"], cwd=copy, check=False)
        return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
