"""Locations: which positions they name, and how those of several operations become one."""

from __future__ import annotations

from irc.ir.attributes import StringAttr
from irc.ir.location import UNKNOWN, CallSiteLoc, FileLineColLoc, FusedLoc, NameLoc, fuse

A, B, C = (FileLineColLoc("f", line, 1) for line in (1, 2, 3))


def test_positions_are_equal_by_value() -> None:
    assert FileLineColLoc("f", 1, 1) == A
    assert hash(FileLineColLoc("f", 1, 1)) == hash(A)
    assert A != B
    assert repr(A) == "f:1:1"


def test_a_position_names_itself() -> None:
    assert list(A.files()) == [A]


def test_the_unknown_names_nothing() -> None:
    assert list(UNKNOWN.files()) == []


def test_a_name_stands_where_its_child_stands() -> None:
    assert list(NameLoc("x", A).files()) == [A]


def test_a_call_site_is_first_in_the_callee() -> None:
    assert list(CallSiteLoc(A, B).files()) == [A, B]


def test_a_fusion_names_all_its_parts() -> None:
    assert list(FusedLoc((A, NameLoc("x", B))).files()) == [A, B]


def test_fusing_one_location_gives_it_back() -> None:
    assert fuse((A,)) is A


def test_fusing_drops_the_unknown_and_the_repeated() -> None:
    assert fuse((A, UNKNOWN, B, A)) == FusedLoc((A, B))


def test_fusing_nothing_known_is_unknown() -> None:
    assert fuse((UNKNOWN, UNKNOWN), "cse") is UNKNOWN


def test_fusions_without_a_name_are_flattened() -> None:
    assert fuse((FusedLoc((A, B)), C)) == FusedLoc((A, B, C))


def test_the_name_of_a_pass_is_kept_even_for_one_location() -> None:
    assert fuse((A,), "cse") == FusedLoc((A,), StringAttr("cse"))


def test_fusions_of_the_same_pass_are_flattened() -> None:
    once = fuse((A, B), "cse")
    assert fuse((once, C), "cse") == FusedLoc((A, B, C), StringAttr("cse"))


def test_fusions_of_another_pass_are_kept_whole() -> None:
    once = fuse((A, B), "cse")
    assert fuse((once, C), "fuse") == FusedLoc((once, C), StringAttr("fuse"))
