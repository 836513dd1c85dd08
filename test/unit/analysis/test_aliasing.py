"""Which tensor values share a buffer, and when it may be written."""

from __future__ import annotations

from irc.analysis.aliasing import Aliasing, Storage
from irc.text.parser import parse_module

TEXT = """
  %b = "test.buffer"() : () -> memref<4xf32>
  %x = "test.x"() : () -> tensor<4xf32>
  %y = "test.view"(%x) : (tensor<4xf32>) -> tensor<2xf32>
  "test.write"() : () -> ()
  "test.read"(%y) : (tensor<2xf32>) -> ()
  "test.end"() : () -> ()
"""


def _setting(owned: bool = True):
    ops = {op.name.removeprefix("test."): op for op in parse_module(TEXT, allow_unregistered=True).walk()}
    storage = Storage(ops["buffer"].results[0], ops["buffer"].parent if owned else None)
    aliasing = Aliasing()
    aliasing.add(ops["x"].results[0], storage)
    aliasing.add(ops["view"].results[0], storage)
    return ops, storage, aliasing


def test_a_value_is_in_the_storage_it_was_put_in() -> None:
    ops, storage, aliasing = _setting()
    assert aliasing.of(ops["x"].results[0]) is storage
    assert aliasing.of(ops["buffer"].results[0]) is None


def test_storage_with_a_view_that_is_read_later_may_not_be_written() -> None:
    ops, storage, aliasing = _setting()
    assert not storage.is_dead_after(ops["write"])
    assert not aliasing.may_write(storage, ops["write"], [])


def test_storage_that_nobody_reads_any_more_may_be_written() -> None:
    ops, storage, aliasing = _setting()
    assert storage.is_free_after(ops["read"])
    assert aliasing.may_write(storage, ops["read"], [])


def test_storage_that_is_read_while_it_is_written_may_not_be_written() -> None:
    ops, storage, aliasing = _setting()
    assert not aliasing.may_write(storage, ops["read"], [ops["view"].results[0]])


def test_storage_of_somebody_else_may_not_be_written() -> None:
    ops, storage, aliasing = _setting(owned=False)
    assert not storage.is_writable
    assert not aliasing.may_write(storage, ops["end"], [])
    assert not aliasing.may_write(None, ops["end"], [])
