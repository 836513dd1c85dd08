"""Symbols: operations found by name, from any place below their table."""

from __future__ import annotations

from irc.dialects.builtin import Module
from irc.ir.attributes import StringAttr, SymbolRefAttr
from irc.ir.symbols import SymbolTable, SymbolTables, symbol_name
from irc.text.parser import parse_module

NESTED = """
func.func private @f()
module @inner {
  func.func private @g()
  func.func @user() { return }
}
"""


def _module(text: str = NESTED) -> Module:
    return parse_module(text)


def _at(module: Module, name: str):
    """The operation called `name`, wherever it is."""
    return next(op for op in module.walk() if symbol_name(op) == name)


def test_a_symbol_has_a_name() -> None:
    module = _module()
    assert symbol_name(module) is None
    assert symbol_name(module.body.entry.terminator) == "inner"


def test_a_table_holds_what_is_directly_inside() -> None:
    module = _module()
    table = SymbolTable(module)
    assert table.lookup("f") is _at(module, "f")
    assert table.lookup("g") is None


def test_the_first_of_two_of_one_name_is_found() -> None:
    module = _module("func.func private @f()\nfunc.func private @f()")
    assert SymbolTable(module).lookup("f") is module.body.entry.first


def test_an_inserted_symbol_gets_a_free_name() -> None:
    module = _module("func.func private @f()\nfunc.func private @f_0()")
    new = _module("func.func private @f()").body.entry.terminator
    new.detach()
    assert SymbolTable(module).insert(new) == "f_1"
    assert new.get_attribute("sym_name") is StringAttr("f_1")
    assert module.body.entry.last is new


def test_a_removed_symbol_is_not_found_and_not_there() -> None:
    module = _module()
    table = SymbolTable(module)
    table.remove(_at(module, "f"))
    assert table.lookup("f") is None
    assert len(module.body.entry) == 1


def test_a_symbol_is_found_from_below() -> None:
    module = _module()
    assert SymbolTables().lookup(_at(module, "user"), SymbolRefAttr("f")) is _at(module, "f")


def test_the_nearest_table_with_the_name_counts() -> None:
    module = _module("func.func private @g()\n" + NESTED)
    found = SymbolTables().lookup(_at(module, "user"), SymbolRefAttr("g"))
    assert found is not None
    assert found.parent_op is _at(module, "inner")


def test_a_nested_symbol_is_found_by_its_path() -> None:
    module = _module()
    assert SymbolTables().lookup(_at(module, "f"), SymbolRefAttr("inner", ("g",))) is _at(module, "g")


def test_a_nested_symbol_is_not_found_by_its_name_alone() -> None:
    module = _module()
    assert SymbolTables().lookup(_at(module, "f"), SymbolRefAttr("g")) is None


def test_a_path_is_not_tried_again_further_out() -> None:
    module = _module("module @m { func.func private @f() }\nmodule @outer { module @m {} func.func private @user() }")
    assert SymbolTables().lookup(_at(module, "user"), SymbolRefAttr("m", ("f",))) is None
