"""Runs where jaxlib is: reads texts, a JSON string per line, and answers with what jaxlib's parser makes of each."""

from __future__ import annotations

import json
import os
import sys

os.environ.setdefault("JAX_PLATFORMS", "cpu")

from jax._src.interpreters import mlir  # type: ignore[import-not-found]
from jaxlib.mlir import ir  # type: ignore[import-not-found]

context = mlir.make_ir_context()
context.allow_unregistered_dialects = True
for line in sys.stdin:
    text = json.loads(line)
    answer = {"error": "no text"}
    if text is not None:
        with context, ir.Location.unknown():
            try:
                answer = {"text": str(ir.Module.parse(text))}
            except ir.MLIRError as problem:
                answer = {"error": str(problem)[:300]}
    print(json.dumps(answer))
