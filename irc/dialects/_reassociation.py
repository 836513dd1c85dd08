"""Groups of dimensions that are expanded or collapsed: `[[0, 1], [2]]`, shared by tensor and memref."""

from __future__ import annotations

from collections.abc import Sequence

from irc.ir.attributes import ArrayAttr, IntegerAttr, i64_attr
from irc.ir.diagnostic import VerifyError
from irc.ir.types import Dimension, Shape

Groups = tuple[tuple[int, ...], ...]


def groups_attr(groups: Sequence[Sequence[int]]) -> ArrayAttr:
    """The property `reassociation`."""
    return ArrayAttr(tuple(ArrayAttr(tuple(i64_attr(i) for i in group)) for group in groups))


def groups_of(attribute: ArrayAttr) -> Groups:
    """The groups as numbers; raises `VerifyError` for anything else than an array of arrays of integers."""
    groups: list[tuple[int, ...]] = []
    for group in attribute.elements:
        members = group.elements if isinstance(group, ArrayAttr) else ()
        numbers = tuple(member.value for member in members if isinstance(member, IntegerAttr))
        if not isinstance(group, ArrayAttr) or len(numbers) != len(members):
            raise VerifyError(
                "attribute 'reassociation' failed to satisfy constraint: Array of 64-bit integer array attributes"
            )
        groups.append(numbers)
    return tuple(groups)


def groups_text(groups: Groups) -> str:
    return "[" + ", ".join("[" + ", ".join(map(str, group)) + "]" for group in groups) + "]"


def collapsed_size(sizes: Sequence[Dimension]) -> Dimension:
    """The product, `None` if a factor is not known."""
    product = 1
    for size in sizes:
        if size is None:
            return None
        product *= size
    return product


def collapsed_shape(shape: Shape, groups: Groups) -> Shape:
    return tuple(collapsed_size([shape[i] for i in group]) for group in groups)


def verify_groups(expanded: Shape, collapsed: Shape, groups: Groups, *, expanding: bool) -> None:
    """Check that `groups` cut the dimensions of `expanded` into those of `collapsed`, and that the sizes agree."""
    if len(expanded) < len(collapsed):
        if expanding:
            raise VerifyError(
                f"expected rank expansion, but found source rank {len(collapsed)} >= result rank {len(expanded)}"
            )
        raise VerifyError(
            f"expected rank reduction, but found source rank {len(expanded)} <= result rank {len(collapsed)}"
        )
    if len(groups) != len(collapsed):
        raise VerifyError(f"invalid number of reassociation groups: found {len(groups)}, expected {len(collapsed)}")
    following = 0
    for position, group in enumerate(groups):
        for i in group:
            if i != following:
                raise VerifyError(f"reassociation indices must be contiguous: dimension {i} in group {position}")
            following += 1
    if collapsed and following != len(expanded):
        if following > len(expanded):
            raise VerifyError(f"reassociation index {len(expanded)} is out of bounds")
        raise VerifyError(f"reassociation covers {following} of {len(expanded)} dimensions")
    if not collapsed and any(size != 1 for size in expanded):
        raise VerifyError(f"invalid to collapse dimensions other than units to rank 0: '{expanded}'")
    for position, (size, group) in enumerate(zip(collapsed, groups, strict=True)):
        expected = collapsed_size([expanded[i] for i in group])
        if size is None and expected is not None:
            raise VerifyError(f"expected dimension {position} of collapsed type to be static value of {expected}")
        if size is not None and expected is None:
            raise VerifyError(
                f"expected dimension {position} of collapsed type to be dynamic since one or more of the corresponding "
                "dimensions in the expanded type is dynamic"
            )
        if size != expected:
            raise VerifyError(f"expected dimension {position} of collapsed type to be static value of {expected}")
