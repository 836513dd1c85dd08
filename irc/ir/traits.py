"""Traits: facts about an op class that passes rely on; some also check each op."""

from __future__ import annotations

from collections.abc import Callable

from irc.ir.attributes import StringAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation

VISIBILITIES = ("public", "private", "nested")


class Trait:
    """A named fact. `verify` is part of the verification of each op that has the trait."""

    __slots__ = ("name", "verify")

    def __init__(self, name: str, verify: Callable[[Operation], None] | None = None) -> None:
        self.name, self.verify = name, verify

    def __repr__(self) -> str:
        return self.name


def _single_block(op: Operation) -> None:
    for i, region in enumerate(op.regions):
        if region.first is not None and region.first is not region.last:
            raise VerifyError(f"expects region #{i} to have 0 or 1 blocks")


def _no_region_arguments(op: Operation) -> None:
    for i, region in enumerate(op.regions):
        if region.first is not None and region.first.arguments:
            raise VerifyError(f"region #{i} should have no arguments")


def _symbol(op: Operation) -> None:
    visibility = op.get_attribute("sym_visibility")
    if isinstance(visibility, StringAttr) and visibility.value not in VISIBILITIES:
        raise VerifyError(f"visibility expected to be one of {', '.join(VISIBILITIES)}, but got '{visibility.value}'")


def _constant_like(op: Operation) -> None:
    if op.operands or len(op.results) != 1:
        raise VerifyError("must have no operands and one result")


Pure = Trait("Pure")
"""No memory effects and safe to execute speculatively."""

Commutative = Trait("Commutative")
"""Operands may be swapped."""

ConstantLike = Trait("ConstantLike", _constant_like)
"""Its property `value` is the value of its result."""

SameOperandsAndResultType = Trait("SameOperandsAndResultType")
"""All operands and results have one type, which the declaration states by a constraint variable."""

Terminator = Trait("Terminator")
"""Ends a block; the verifier checks its place."""

ReturnLike = Trait("ReturnLike")
"""A terminator that hands its operands to the enclosing op."""

IsolatedFromAbove = Trait("IsolatedFromAbove")
"""Its regions use no values from outside."""

SymbolTable = Trait("SymbolTable")
"""Its region's symbols are looked up here."""

Symbol = Trait("Symbol", _symbol)
"""Has a property `sym_name` by which others refer to it."""

SingleBlock = Trait("SingleBlock", _single_block)
"""Each region has one block at most."""

NoRegionArguments = Trait("NoRegionArguments", _no_region_arguments)
"""The entry blocks of its regions have no arguments."""

NoTerminator = Trait("NoTerminator")
"""Its blocks need no terminator."""

GraphRegion = Trait("GraphRegion")
"""The order of the ops in its regions carries no meaning, so a use may precede its definition."""

RecursiveMemoryEffects = Trait("RecursiveMemoryEffects")
"""Its effects are those of the ops inside it."""

Elementwise = Trait("Elementwise")
"""Maps scalars to scalars; on shaped types, element by element."""

AllocationScope = Trait("AllocationScope")
"""Stack allocations inside it end with it."""

AffineScope = Trait("AffineScope")
"""Numbers that are computed directly inside it may be symbols of the affine loops and accesses there."""

SameVariadicOperandSize = Trait("SameVariadicOperandSize")
"""Its variadic operand groups have the same size, so no attribute states the sizes."""


def has_parent(*names: str) -> Trait:
    """The op stands directly inside one of the named ops."""

    def verify(op: Operation) -> None:
        parent = op.parent_op
        if parent is None or parent.name not in names:
            expected = f"'{names[0]}'" if len(names) == 1 else f"to be one of '{', '.join(names)}'"
            raise VerifyError(f"expects parent op {expected}")

    return Trait(f"HasParent<{', '.join(names)}>", verify)
