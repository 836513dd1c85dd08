"""A block dominates another if every way to the other passes it; a value dominates where it is there."""

from __future__ import annotations

import pytest

from irc.ir.block import Block
from irc.ir.dominance import Dominance, immediate_dominators, reverse_post_order
from irc.ir.region import Region
from irc.text.parser import parse_module

DIAMOND = {"a": "bc", "b": "d", "c": "d", "d": ""}
LOOP = {"a": "b", "b": "cd", "c": "b", "d": ""}
IRREDUCIBLE = {"a": "bc", "b": "c", "c": "bd", "d": ""}
UNREACHABLE = {"a": "c", "b": "c", "c": ""}


def _graph(edges: dict[str, str]) -> tuple[Region, dict[str, Block]]:
    """A region with a block per key, whose value names its successors; the first is the entry."""
    lines = [
        f'^{block}: "test.branch"(){"[" + ", ".join("^" + to for to in targets) + "]" if targets else ""} : () -> ()'
        for block, targets in edges.items()
    ]
    text = '"test.graph"() ({ "test.branch"()[^a] : () -> ()\n' + "\n".join(lines) + "}) : () -> ()"
    (region,) = parse_module(text, allow_unregistered=True).body.entry.first.regions
    _, *blocks = region
    return region, dict(zip(edges, blocks, strict=True))


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        (DIAMOND, {"b": "a", "c": "a", "d": "a"}),
        (LOOP, {"b": "a", "c": "b", "d": "b"}),
        (IRREDUCIBLE, {"b": "a", "c": "a", "d": "c"}),
        (UNREACHABLE, {"c": "a"}),
    ],
)
def test_immediate_dominators(edges: dict[str, str], expected: dict[str, str]) -> None:
    region, blocks = _graph(edges)
    names = {block: name for name, block in blocks.items()}
    tree = immediate_dominators(region)
    assert {names[block]: names[tree[block]] for block in tree if tree[block] in names} == expected


def test_an_empty_region_has_no_dominators() -> None:
    assert immediate_dominators(Region()) == {}


def test_reverse_post_order_puts_blocks_before_their_successors() -> None:
    region, blocks = _graph(DIAMOND)
    order = [block for block in reverse_post_order(region) if not block.is_entry]
    assert order[0] is blocks["a"]
    assert order[-1] is blocks["d"]


def test_block_dominance() -> None:
    _, blocks = _graph(DIAMOND)
    dominance = Dominance()
    assert dominance.block_dominates(blocks["a"], blocks["d"])
    assert dominance.block_dominates(blocks["b"], blocks["b"])
    assert not dominance.block_dominates(blocks["b"], blocks["d"])
    assert not dominance.block_dominates(blocks["d"], blocks["a"])


def test_what_control_never_reaches_is_dominated_by_all() -> None:
    _, blocks = _graph(UNREACHABLE)
    dominance = Dominance()
    assert not dominance.is_reachable(blocks["b"])
    assert dominance.block_dominates(blocks["c"], blocks["b"])
    assert not dominance.block_dominates(blocks["b"], blocks["c"])


def _dominates(text: str, name: str) -> bool:
    """Whether the result of `test.def` dominates the operation `name`."""
    ops = {op.name: op for op in parse_module(text, allow_unregistered=True).walk()}
    return Dominance().properly_dominates(ops["test.def"].result, ops[name])


IN_ONE_BLOCK = """
"test.outer"() ({
  "test.before"() : () -> ()
  %x = "test.def"() ({
    "test.inside"() : () -> ()
  }) : () -> i32
  "test.holder"() ({
    "test.nested"() : () -> ()
  }) : () -> ()
  "test.after"() : () -> ()
}) : () -> ()
"test.outside"() : () -> ()
"""


@pytest.mark.parametrize(
    ("user", "there"),
    [("before", False), ("def", False), ("inside", False), ("nested", True), ("after", True), ("outside", False)],
)
def test_a_result_is_there_after_its_op(user: str, there: bool) -> None:
    assert _dominates(IN_ONE_BLOCK, f"test.{user}") is there


def test_a_value_is_there_in_dominated_blocks() -> None:
    text = """"test.outer"() ({
      %x = "test.def"() : () -> i32
      "test.branch"()[^b] : () -> ()
    ^b:
      "test.use"() : () -> ()
    }) : () -> ()"""
    assert _dominates(text, "test.use")


def test_in_a_graph_region_order_means_nothing() -> None:
    text = """
    "test.holder"() ({ "test.use"() : () -> () }) : () -> ()
    %x = "test.def"() : () -> i32"""
    assert _dominates(text, "test.use")
