"""The text of affine expressions, maps and sets."""

from __future__ import annotations

from collections.abc import Callable

from irc.ir import affine as af

LeafText = Callable[[af.AffineDim | af.AffineSymbol], str]


def affine_map_text(map: af.AffineMap) -> str:
    """`(d0, d1)[s0] -> (d0 + s0, d1)`."""
    return f"{_space_text(map)} -> ({', '.join(affine_text(result) for result in map.results)})"


def integer_set_text(set: af.IntegerSet) -> str:
    """`(d0)[s0] : (d0 - s0 >= 0)`."""
    constraints = [f"{affine_text(expr)} {'==' if is_equality else '>='} 0" for expr, is_equality in set.constraints]
    return f"{_space_text(set)} : ({', '.join(constraints)})"


def _space_text(space: af.AffineMap | af.IntegerSet) -> str:
    dims = ", ".join(f"d{i}" for i in range(space.num_dims))
    symbols = f"[{', '.join(f's{i}' for i in range(space.num_symbols))}]" if space.num_symbols else ""
    return f"({dims}){symbols}"


def leaf_text(leaf: af.AffineDim | af.AffineSymbol) -> str:
    """`d0` or `s0`."""
    return f"d{leaf.position}" if isinstance(leaf, af.AffineDim) else f"s{leaf.position}"


def affine_text(expr: af.AffineExpr, nested: bool = False, leaf: LeafText = leaf_text) -> str:
    """An affine expression; `nested` asks for parentheses around sums and products, `leaf` names dimensions and symbols."""
    match expr:
        case af.AffineDim() | af.AffineSymbol():
            return leaf(expr)
        case af.AffineConstant():
            return str(expr.value)
        case af.AffineBinary(kind="+"):
            text = _sum_text(expr, leaf)
        case af.AffineBinary(kind="*", rhs=af.AffineConstant(value=-1)):
            text = f"-{affine_text(expr.lhs, True, leaf)}"
        case af.AffineBinary():
            text = f"{affine_text(expr.lhs, True, leaf)} {expr.kind} {affine_text(expr.rhs, True, leaf)}"
        case _:
            raise AssertionError("every affine expression is one of these")
    return f"({text})" if nested else text


def _sum_text(expr: af.AffineExpr, leaf: LeafText) -> str:
    """The terms of a sum, which is as deep as it is long: without a call for each."""
    terms: list[str] = []
    while isinstance(expr, af.AffineBinary) and expr.kind == "+":
        terms.append(_added(expr.rhs, leaf))
        expr = expr.lhs
    return "".join([affine_text(expr, False, leaf), *reversed(terms)])


def _added(added: af.AffineExpr, leaf: LeafText) -> str:
    """A term behind others, with the sign before it."""
    match added:
        case af.AffineConstant(value=value) if value < 0:
            return f" - {af.wrapped(-value)}"
        case af.AffineBinary(kind="*", lhs=term, rhs=af.AffineConstant(value=-1)):
            return f" - {affine_text(term, isinstance(term, af.AffineBinary) and term.kind == '+', leaf)}"
        case af.AffineBinary(kind="*", lhs=term, rhs=af.AffineConstant(value=factor)) if factor < -1:
            return f" - {affine_text(term, True, leaf)} * {af.wrapped(-factor)}"
        case af.AffineBinary(kind="+"):
            # MLIR leaves these parentheses out, and then reads another tree.
            return f" + {affine_text(added, True, leaf)}"
        case _:
            return f" + {affine_text(added, False, leaf)}"
