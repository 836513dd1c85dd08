"""However deep a text nests, and however many errors it has, it is read or diagnosed: no crash, no blow-up."""

from __future__ import annotations

import io

import pytest

from irc.cli.irc_opt import main
from irc.text import lexer

N = 10_000


def attribute(text: str) -> str:
    return f'"a.b"() {{a = {text}}} : () -> ()'


TOO_DEEP = {
    "regions, generic": '"a.b"() ({\n' * N + "}) : () -> ()\n" * N,
    "regions, custom": "func.func @f(%c: i1) {\n" + "scf.if %c {\n" * N + "}\n" * N + "return }",
    "regions that do not end": '"a.b"() ({\n' * N,
    "modules": "module {\n" * N + "}\n" * N,
    "arrays": attribute("[" * N + "]" * N),
    "dictionaries": attribute("{b = " * N + "1" + "}" * N),
    "lists of elements": attribute("dense<" + "[" * N + "1" + "]" * N + "> : tensor<1xi32>"),
    "tuples": attribute("tuple<" * N + "i32" + ">" * N),
    "buffers of buffers": attribute("memref<2x" * N + "f32" + ">" * N),
    "functions of functions": attribute("() -> (" * N + ")" * N),
    "parentheses in a map": attribute("affine_map<(d0) -> (" + "(" * N + "d0" + ")" * N + ")>"),
    "terms of a map": attribute("affine_map<(d0) -> (" + "d0 + " * N + "d0)>"),
    "signs in a map": attribute("affine_map<(d0) -> (" + "-" * N + "d0)>"),
    "locations": '"a.b"() : () -> () loc(' + "fused[" * N + '"x"' + "]" * N + ")",
    "types of llvm": attribute("!llvm." + "array<2 x " * N + "i32" + ">" * N),
    "functions of llvm": attribute("!llvm." + "func<void (" * N + ")>" * N),
    "call sites": '"a.b"() : () -> () loc(' + "callsite(" * N,
    "memory spaces": attribute("memref<2xf32, " * N),
    "complex numbers": attribute("complex<" * N + "f32" + ">" * N),
    "distinct attributes": attribute("distinct[0]<" * N),
    "modules in one line that do not end": "module {" * N,
    "functions in one line that do not end": "func.func @f() {" * N,
    "types that do not end": "func.func @f() -> " + "(" * N,
    "names in one line": "%a = " * N,
    "unknown operations in one line": "foo.bar " * N,
    "brackets alone": "(" * N,
    "braces alone": "{" * N,
    "errors": "foo.bar\n" * N,
}
FINE = {
    "brackets of an attribute that is kept as text": attribute("#foo.bar<" + "<" * N + ">" * N + ">"),
    "parts of a symbol's path": attribute("@a" + "::@a" * N),
    "everything as deep as it may be": "func.func @f(%c: i1) {\n" + "scf.if %c {\n" * 98 + attribute(
        "[" * 58 + "i1" + "]" * 58 + ", b = affine_map<(d0) -> (" + "(" * 58 + "d0" + " + 2 * d0" * 150 + ")" * 58 + ")>"
    ) + "loc(" + "fused[" * 58 + '"x"' + "]" * 58 + ")\n" + "}\n" * 98 + "return }",
}  # fmt: skip


def run(text: str) -> tuple[int, str]:
    """The exit code of irc-opt and what it says."""
    errors = io.StringIO()
    flags = ["-", "--allow-unregistered-dialect", "--canonicalize", "--cse"]
    return main(flags, io.StringIO(text), io.StringIO(), errors), errors.getvalue()


def test_what_no_bound_catches_is_diagnosed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexer, "MAX_DEPTH", 10 * N)
    code, said = run(TOO_DEEP["arrays"])
    assert code == 1
    assert "error: the text is nested too deep" in said


@pytest.mark.parametrize("what", TOO_DEEP)
def test_it_is_diagnosed(what: str) -> None:
    code, said = run(TOO_DEEP[what])
    assert code == 1
    assert said.startswith("<stdin>:")
    assert said.count(" error: ") <= 20


UNFINISHED = {
    "modules": "module {" * 50,
    "loops": "func.func @f(%c: i1) {\n" + "scf.if %c {\n" * 50 + "\n// nothing\n\n",
    "an operation": "func.func @f() {\n  %x =",
    "a function": "func.func @f(",
}


@pytest.mark.parametrize("what", UNFINISHED)
def test_what_does_not_end_is_said_once_behind_the_last_token(what: str) -> None:
    code, said = run(UNFINISHED[what])
    assert code == 1
    assert said.count(" error: ") == 1
    assert "end of input" in said
    text = UNFINISHED[what].replace("// nothing", "").rstrip()
    assert said.startswith(f"<stdin>:{text.count(chr(10)) + 1}:{len(text.splitlines()[-1]) + 1}: error: ")


@pytest.mark.parametrize("what", FINE)
def test_it_is_read(what: str) -> None:
    assert run(FINE[what]) == (0, "")
