"""One tool, one file: how long it takes to parse, verify and print it. Prints a JSON object of seconds.

Run as `python text_worker.py irc|xdsl|upstream FILE`, with a Python that has the tool. It imports nothing of its package, so
that it runs in the environment of any of them.
"""

from __future__ import annotations

import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPEAT = 3

Steps = tuple[Callable[[str], Any], Callable[[Any], Any], Callable[[Any], str]]
"""Parse a text, verify the module, print it."""


def irc() -> Steps:
    """This project."""
    from irc.ir.verifier import verify_or_raise  # noqa: PLC0415 - only the tool that is measured is there
    from irc.text.parser import parse_module  # noqa: PLC0415
    from irc.text.printer import print_op  # noqa: PLC0415

    return parse_module, verify_or_raise, print_op


def xdsl() -> Steps:
    """xDSL, in Python (https://xdsl.dev)."""
    from xdsl.context import Context  # type: ignore[import-not-found]  # noqa: PLC0415
    from xdsl.dialects import get_all_dialects  # type: ignore[import-not-found]  # noqa: PLC0415
    from xdsl.parser import Parser  # type: ignore[import-not-found]  # noqa: PLC0415
    from xdsl.printer import Printer  # type: ignore[import-not-found]  # noqa: PLC0415

    context = Context()
    for name, factory in get_all_dialects().items():
        context.register_dialect(name, factory)

    def text_of(module: Any) -> str:
        out = io.StringIO()
        Printer(stream=out).print_op(module)
        return out.getvalue()

    return lambda text: Parser(context, text).parse_module(), lambda module: module.verify(), text_of


def upstream() -> Steps:
    """MLIR itself, in C++, as jaxlib ships it. Parsing verifies as well."""
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    from jax._src.interpreters import mlir  # type: ignore[import-not-found]  # noqa: PLC0415
    from jaxlib.mlir import ir  # type: ignore[import-not-found]  # noqa: PLC0415

    context = mlir.make_ir_context()

    def parse(text: str) -> Any:
        with context, ir.Location.unknown():
            return ir.Module.parse(text)

    return (
        parse,
        lambda module: module.operation.verify(),
        lambda module: str(module.operation.get_asm(assume_verified=True)),
    )


TOOLS = {"irc": irc, "xdsl": xdsl, "upstream": upstream}


def measure(tool: str, text: str) -> dict[str, float]:
    """The least time of several runs for each step, and for all three one after the other."""
    parse, verify, show = TOOLS[tool]()
    best: dict[str, float] = {}
    for _ in range(REPEAT):
        gc.collect()
        gc.disable()
        times = [time.perf_counter()]
        module = parse(text)
        times.append(time.perf_counter())
        verify(module)
        times.append(time.perf_counter())
        show(module)
        times.append(time.perf_counter())
        gc.enable()
        steps = {"parse": times[1] - times[0], "verify": times[2] - times[1], "print": times[3] - times[2]}
        steps["all"] = times[3] - times[0]
        best = {name: min(seconds, best.get(name, seconds)) for name, seconds in steps.items()}
    return best


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]).read_text(encoding="utf-8"))))
