"""Programs that are the same have the same key, and only these."""

from __future__ import annotations

import pytest

from irc.ir.structure import structure_of
from irc.text.parser import parse_module
from irc.text.printer import print_op

PROGRAM = """
func.func @f(%x: tensor<2xf32>, %c: i1) -> tensor<2xf32> {
  %0 = nd.add %x, %x : tensor<2xf32>
  %1 = scf.if %c -> (tensor<2xf32>) {
    scf.yield %0 : tensor<2xf32>
  } else {
    %2 = "test.unknown"(%x) {number = 1 : i64} : (tensor<2xf32>) -> tensor<2xf32>
    scf.yield %2 : tensor<2xf32>
  }
  cf.br ^bb1(%1 : tensor<2xf32>)
^bb1(%3: tensor<2xf32>):
  return %3 : tensor<2xf32>
}
"""


def key(text: str, file: str = "test.mlir") -> object:
    return structure_of(parse_module(text, file, allow_unregistered=True))


def test_names_of_values_do_not_matter() -> None:
    assert key(PROGRAM) == key(PROGRAM.replace("%0", "%a").replace("^bb1", "^one"))
    assert hash(key(PROGRAM)) == hash(key(PROGRAM))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nd.add", "nd.pow"),
        ("%x, %x", "%x, %0"),
        ("@f", "@g"),
        ("2xf32", "3xf32"),
        ("1 : i64", "2 : i64"),
        ("test.unknown", "test.another"),
        ("scf.yield %0", "scf.yield %x"),
        ("return %3", "return %0"),
        ("\n  %1", "\n\n  %1"),
    ],
)
def test_everything_else_does(old: str, new: str) -> None:
    changed = PROGRAM.replace(old, new)
    assert changed != PROGRAM
    assert key(changed) != key(PROGRAM)


def test_the_file_matters_where_errors_name_it() -> None:
    assert key(PROGRAM) != key(PROGRAM, "other.mlir")


def test_what_is_the_same_prints_the_same() -> None:
    one, other = (parse_module(PROGRAM, "test.mlir", allow_unregistered=True) for _ in range(2))
    assert structure_of(one) == structure_of(other)
    assert print_op(one, debuginfo=True) == print_op(other, debuginfo=True)
