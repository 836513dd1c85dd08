"""Functions can be called as JAX's: `jax_signatures.json` has what JAX 0.10 prints, and every such call fits here.

In the table `a/` is positional only, `a!` by keyword only, `a=` has a default. A function here may take more: by keyword
what JAX takes by position alone, further arguments, a default. Left out of the table is what has no meaning on one device
(`out_sharding`, `use_magma`, `implementation`), the precision of single functions (`accuracy`), `dtype=` of keys, the
options of `lax.linalg` that choose parts or algorithms, and those functions that JAX declares as `*args`.
"""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path

import pytest

TABLE = json.loads((Path(__file__).parent / "jax_signatures.json").read_text())


def problems(wanted, function):
    parameters = list(inspect.signature(function).parameters.values())
    any_position = any(p.kind is p.VAR_POSITIONAL for p in parameters)
    any_name = any(p.kind is p.VAR_KEYWORD for p in parameters)
    ordered = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    place = 0
    for word in wanted.split():
        if word.startswith("*"):
            continue
        name = word.rstrip("=!/")
        if "/" not in word:
            own = next((p for p in parameters if p.name == name), None)
            if own is None and not any_name:
                yield f"has no argument {name}"
            if own is not None and own.kind is own.POSITIONAL_ONLY:
                yield f"takes {name} by position alone"
            if own is not None and word.endswith("=") and own.default is own.empty:
                yield f"has no default for {name}"
        if "!" in word:
            continue
        if place >= len(ordered):
            if not any_position:
                yield f"takes no argument {name} by position"
        elif "/" not in word and ordered[place].name != name:
            yield f"has {ordered[place].name} in the place of {name}"
        place += 1


@pytest.mark.parametrize("module", TABLE)
def test_calls_that_are_written_for_jax_fit(module):
    functions = importlib.import_module(f"irc.{module}")
    found = {name: list(problems(wanted, getattr(functions, name))) for name, wanted in TABLE[module].items()}
    assert {name: each for name, each in found.items() if each} == {}
