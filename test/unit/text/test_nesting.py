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


def doubled(first: str, more: str, use: str) -> str:
    """Aliases of which each stands for twice as much as the one before."""
    steps = "".join([more.format(i, i - 1) + "\n" for i in range(1, 65)])
    return f"{first}\n{steps}{use}\n"


TOO_LARGE = {
    "types": doubled("!a0 = i32", "!a{0} = tuple<!a{1}, !a{1}>", '"a.b"() : () -> !a64'),
    "attributes": doubled("#a0 = 1", "#a{0} = [#a{1}, #a{1}]", attribute("#a64")),
    "locations": doubled('#a0 = loc("a")', "#a{0} = loc(callsite(#a{1} at #a{1}))", '"a.b"() : () -> () loc(#a64)'),
    "names of locations": doubled(
        '#a0 = loc("a")', '#a{0} = loc("b"(callsite(#a{1} at #a{1})))', attribute("loc(#a64)")
    ),
    "types as text": doubled("!a0 = !x.y", "!a{0} = !x.y<!a{1}, !a{1}>", '"a.b"() : () -> !a64'),
    "many uses": doubled("!a0 = i32", "!a{0} = tuple<!a{1}>", "").replace(
        "!a64 = tuple<!a63>\n", "!a64 = tuple<!a63>\n" + '"a.b"() : () -> (' + ", ".join(["!a64"] * 100_000) + ")"
    ),
}
FINE = {
    "brackets of an attribute that is kept as text": attribute("#foo.bar<" + "<" * N + ">" * N + ">"),
    "parts of a symbol's path": attribute("@a" + "::@a" * N),
    "everything as deep as it may be": "func.func @f(%c: i1) {\n" + "scf.if %c {\n" * 498 + attribute(
        "[" * 498 + "i1" + "]" * 498 + ", b = affine_map<(d0) -> (" + "(" * 498 + "d0" + " + 2 * d0" * 150 + ")" * 498 + ")>"
    ) + "loc(" + "fused[" * 498 + '"x"' + "]" * 498 + ")\n" + "}\n" * 498 + "return }",
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


@pytest.mark.parametrize("what", TOO_LARGE)
def test_aliases_that_stand_for_too_much_are_diagnosed(what: str) -> None:
    code, said = run(TOO_LARGE[what])
    assert code == 1
    assert said.startswith("<stdin>:")
    assert "error: aliases stand for more than 10000000 tokens" in said


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
