"""What is asked of a file: it round-trips, and upstream's tools take what is printed. A check gives the reason why not."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import Any

from corpus import oracles, running
from corpus.cases import Case
from irc.ir.diagnostic import DiagnosedError
from irc.ir.operation import Operation
from irc.ir.traits import ConstantLike
from irc.ir.verifier import verify_or_raise
from irc.passes.base import PassContext
from irc.passes.canonicalize import Canonicalize
from irc.text.parser import parse_module
from irc.text.printer import print_op


def read(text: str, name: str) -> Operation:
    """The verified module of a text. Raises `DiagnosedError`."""
    module: Operation = parse_module(text, name, allow_unregistered=True)
    verify_or_raise(module)
    return module


def round_trip(case: Case) -> str | None:
    """Parsing what is printed gives the same module, in the custom and in the generic form."""
    try:
        module = read(case.text, case.name)
        expected = print_op(module, generic=True)
        for generic in (False, True):
            again = read(print_op(module, generic=generic), f"printed {case.name}")
            if print_op(again, generic=True) != expected:
                return f"the {'generic' if generic else 'custom'} form reads as another module"
    except DiagnosedError as problem:
        first = problem.diagnostics[0]
        return f"{first.location}: {first.message}"
    return None


def round_trips(cases: Sequence[Case]) -> list[str | None]:
    return [round_trip(case) for case in cases]


def accepted_by_mlir_opt(cases: Sequence[Case]) -> list[str | None]:
    """`mlir-opt` reads our custom form, and prints for it what it printed for the original."""
    texts = [_printed(case) for case in cases]
    reasons: list[str | None] = []
    for case, text, found in zip(cases, texts, oracles.mlir_opt(texts), strict=True):
        if text is None:
            reasons.append("not read")
        elif found.error:
            reasons.append(f"mlir-opt: {found.error}")
        else:
            assert case.expected is not None
            reasons.append(_difference(case.expected.read_text(encoding="utf-8"), found.text))
    return reasons


def accepted_by_jaxlib(cases: Sequence[Case]) -> list[str | None]:
    """jaxlib's parser reads both of our forms, and prints for them what it prints for the original."""
    texts: list[str | None] = []
    for case in cases:
        texts += [case.text, _printed(case), _printed(case, generic=True)]
    found = oracles.jaxlib(texts)
    reasons: list[str | None] = []
    for original, custom, generic in zip(found[::3], found[1::3], found[2::3], strict=True):
        error = original.error or custom.error or generic.error
        reasons.append(
            f"jaxlib: {error}"
            if error
            else _difference(original.text, custom.text) or _difference(original.text, generic.text)
        )
    return reasons


def canonical(case: Case) -> str | None:
    """`canonicalize` makes of a module what upstream's does, but for the order of constants."""
    assert case.canonical is not None
    try:
        module = read(case.text, case.name)
        Canonicalize().run(module, PassContext())
        verify_or_raise(module)
        expected = parse_module(case.canonical.read_text(encoding="utf-8"), case.name, allow_unregistered=True)
    except DiagnosedError as problem:
        first = problem.diagnostics[0]
        return f"{first.location}: {first.message}"
    _sort_constants(module)
    _sort_constants(expected)
    return _difference(print_op(expected, generic=True), print_op(module, generic=True))


def canonical_forms(cases: Sequence[Case]) -> list[str | None]:
    return [canonical(case) for case in cases]


def _sort_constants(module: Operation) -> None:
    """Put the constants of each block first, in an order that depends on their values only."""
    for op in list(module.walk()):
        for region in op.regions:
            for block in region:
                constants = [inner for inner in block if ConstantLike in inner.traits]
                for constant in sorted(
                    constants, key=lambda c: f"{c.name} {c.properties} {c.result.type}", reverse=True
                ):
                    constant.detach()
                    block.insert_before(constant, block.first)


CHECKS: dict[str, tuple[str, Callable[[Sequence[Any]], list[str | None]], Callable[[], str | None]]] = {
    "language": ("language", round_trips, oracles.nothing),
    "dialects": ("dialects", round_trips, oracles.nothing),
    "jax": ("jax", round_trips, oracles.nothing),
    "stablehlo": ("stablehlo", round_trips, oracles.nothing),
    "canonical forms": ("core", canonical_forms, oracles.nothing),
    **{
        f"{group} by {executor}": (group, running.reasons(executor), oracles.nothing)
        for executor in ("interpreter", "cpu")
        for group in ("results of jax", "results of tier A", "results of tiers B and C")
    },
    "dialects, by mlir-opt": ("dialects", accepted_by_mlir_opt, oracles.lacks_mlir_opt),
    "jax, by jaxlib": ("jax", accepted_by_jaxlib, oracles.lacks_jaxlib),
    "stablehlo, by jaxlib": ("stablehlo", accepted_by_jaxlib, oracles.lacks_jaxlib),
}
"""Each check with the group of files that it is of, and why it cannot be made here."""


def _printed(case: Case, *, generic: bool = False) -> str | None:
    try:
        return print_op(read(case.text, case.name), generic=generic)
    except DiagnosedError:
        return None


def _difference(expected: str, found: str) -> str | None:
    lines = [*difflib.unified_diff(expected.strip().split("\n"), found.strip().split("\n"), lineterm="", n=0)]
    return " | ".join(lines[3:7])[:300] or None
