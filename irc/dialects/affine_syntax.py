"""How `affine` writes maps: applied to values, `#map(%i)[%n]`, or as expressions of values, `[%i + 3, symbol(%n)]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.ir.affine import AffineDim, AffineExpr, AffineMap, AffineSymbol, IntegerSet
from irc.ir.diagnostic import VerifyError
from irc.ir.types import index
from irc.ir.value import Value
from irc.text.affine import parse_affine_expr
from irc.text.affine_spelling import affine_text

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter
    from irc.text.part_parser import Unresolved


def check_count(space: AffineMap | IntegerSet, operands: Sequence[Value], what: str = "affine map") -> None:
    """Raise `VerifyError` unless there is a value for each dimension and symbol."""
    if len(operands) != space.num_dims + space.num_symbols:
        raise VerifyError(f"operand count and {what} dimension and symbol count must match")


def parse_map_operands(p: OpParser, num_dims: int, position: int) -> list[Value]:
    """`(%i)[%n]` behind a map or a set, which stands at `position`."""
    names = p.operand_list("(", ")")
    if len(names) != num_dims:
        raise p.stream.error("dimension operand count and integer set or map dim count must match", position)
    if p.stream.peek() == "[":
        names += p.operand_list("[", "]")
    return [p.resolve(name, index) for name in names]


def print_map_operands(p: OpPrinter, num_dims: int, num_symbols: int, operands: Sequence[Value]) -> None:
    """What `parse_map_operands` reads."""
    p("(")
    p.values(operands[:num_dims])
    p(")")
    if num_symbols:
        p("[")
        p.values(operands[num_dims:])
        p("]")


class ValueExpressions:
    """Reads expressions of values; each value becomes one dimension or, as `symbol(%n)`, one symbol of a map."""

    __slots__ = ("dims", "known", "p", "results", "symbols")

    def __init__(self, p: OpParser) -> None:
        self.p = p
        self.dims: list[Unresolved] = []
        self.symbols: list[Unresolved] = []
        self.known: dict[str, AffineExpr] = {}
        self.results: list[AffineExpr] = []

    def read(self, closing: str) -> int:
        """Expressions separated by commas up to `closing`; how many there are."""
        count = 0
        while not self.p.stream.accept(closing):
            if count:
                self.p.stream.expect(",")
            self.read_one()
            count += 1
        return count

    def read_one(self) -> None:
        """One expression, which is a further result of the map."""
        self.results.append(parse_affine_expr(self.p.stream, self._leaf))

    def _leaf(self, stream: TokenStream) -> AffineExpr | None:
        is_symbol = stream.peek() == "symbol"
        if is_symbol:
            stream.pos += 1
            stream.expect("(")
        elif stream.peek()[:1] != "%":
            return None
        operand = self.p.operand()
        name = "".join(stream.tokens[operand : stream.pos])
        if is_symbol:
            stream.expect(")")
        if name not in self.known:
            group = self.symbols if is_symbol else self.dims
            self.known[name] = AffineSymbol(len(group)) if is_symbol else AffineDim(len(group))
            group.append(operand)
        return self.known[name]

    def map(self) -> AffineMap:
        """The map of what has been read."""
        return AffineMap(len(self.dims), len(self.symbols), tuple(self.results))

    def operands(self) -> list[Value]:
        """The values for its dimensions and symbols."""
        return [self.p.resolve(name, index) for name in (*self.dims, *self.symbols)]


def parse_subscripts(p: OpParser) -> tuple[AffineMap, list[Value]]:
    """`[%i + 3, symbol(%n)]`."""
    expressions = ValueExpressions(p)
    p.stream.expect("[")
    expressions.read("]")
    return expressions.map(), expressions.operands()


def print_subscripts(p: OpPrinter, map: AffineMap, operands: Sequence[Value]) -> None:
    """What `parse_subscripts` reads."""
    p("[")
    print_expressions(p, map.results, map, operands)
    p("]")


def print_expressions(
    p: OpPrinter, expressions: Sequence[AffineExpr], map: AffineMap, operands: Sequence[Value]
) -> None:
    """Some of the results of a map as expressions of its operands."""

    def leaf(each: AffineDim | AffineSymbol) -> str:
        is_dim = isinstance(each, AffineDim)
        name = p.names.values.get(operands[each.position + (0 if is_dim else map.num_dims)], "%<unknown>")
        return name if is_dim else f"symbol({name})"

    p(", ".join([affine_text(each, leaf=leaf) for each in expressions]))
