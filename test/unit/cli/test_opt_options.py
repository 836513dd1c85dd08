"""The flags of `irc-opt`: what each takes is checked."""

from __future__ import annotations

import io

import pytest

from irc.cli.irc_opt import main


def opt(*arguments: str) -> tuple[int, str]:
    err = io.StringIO()
    return main(["-", *arguments], io.StringIO("module {}"), io.StringIO(), err), err.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--verify-each=maybe"], "--verify-each must be true or false, got 'maybe'"),
        (["--timing="], "--timing must be true or false, got ''"),
        (["--print-ir-after=nosuch"], "--print-ir-after: unknown pass 'nosuch'"),
        (["--print-ir-before=cse,csee"], "--print-ir-before: unknown pass 'csee'; did you mean 'cse'?"),
        (["--print-ir-after="], "--print-ir-after: unknown pass ''"),
        (["--list-passes=1"], "--list-passes takes no value"),
        (["--pass-pipeline"], "--pass-pipeline needs a value"),
        (["-o"], "-o needs a value"),
        (["---cse"], "unknown option '---cse'"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str) -> None:
    code, err = opt(*arguments)
    assert (code, err[:9]) == (2, "irc-opt: ")
    assert message in err


@pytest.mark.parametrize(
    "arguments",
    [["--verify-each=false"], ["--timing=0"], ["--print-ir-after=cse,dce"], ["-cse"], ["--pass-pipeline="],
     ["--mlir-print-debuginfo", "--mlir-timing"], ["--mlir-print-ir-after=cse", "--mlir-print-op-generic"]],
)  # fmt: skip
def test_right_usage(arguments: list[str]) -> None:
    assert opt(*arguments)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "excerpt"),
    [
        (["--cse=a=b"], "--cse=a=b\n      ^"),
        (["--dce", "--canonicalize=max-visits=0"], "--dce --canonicalize=max-visits=0\n                     ^"),
        (["--pass-pipeline=dce,canonicalize{foo=1}"], "dce,canonicalize{foo=1}\n                 ^"),
    ],
)
def test_wrong_options_of_passes_are_shown_where_they_are_written(arguments: list[str], excerpt: str) -> None:
    code, err = opt(*arguments)
    assert code == 1
    assert excerpt in err
