"""`affine.parallel`: a nest of loops whose iterations run in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects.affine_loops import Yield, check_end
from irc.dialects.affine_scopes import check_dims_and_symbols
from irc.dialects.affine_syntax import ValueExpressions, print_expressions
from irc.dialects.memref_atomics import KINDS
from irc.ir.affine import AffineExpr, AffineMap
from irc.ir.attributes import (
    AffineMapAttr,
    ArrayAttr,
    Attribute,
    DenseElementsAttr,
    IntegerAttr,
    StringAttr,
    i64_attr,
)
from irc.ir.diagnostic import VerifyError
from irc.ir.element_bytes import all_elements, dense
from irc.ir.region import Region
from irc.ir.traits import RecursiveMemoryEffects, SingleBlock
from irc.ir.types import FloatType, IntegerType, TensorType, Type, i32, i64, index
from irc.ir.value import Value
from irc.ods.attribute_constraints import AttrConstraint
from irc.ods.constraints import AnyType, Index
from irc.ods.fields import attribute, region, variadic, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

_SIGNEDNESS = {"maxs": "signed", "mins": "signed", "maxu": "unsigned", "minu": "unsigned"}


def _is_integers(attribute: Attribute) -> bool:
    return isinstance(attribute, ArrayAttr) and all(
        isinstance(element, IntegerAttr) and element.type is i64 for element in attribute.elements
    )


Integers = AttrConstraint("64-bit integer array attribute", _is_integers)
Groups = AttrConstraint(
    "32-bit signless integer elements attribute",
    lambda attribute: attribute.type.element_type is i32 and attribute.type.rank == 1,
)


def combines(kind: str, type: Type) -> bool:
    """Whether values of `type` can be combined so."""
    if kind == "assign":
        return True
    if kind in _SIGNEDNESS:
        return isinstance(type, IntegerType) and type.signedness == _SIGNEDNESS[kind]
    return isinstance(type, FloatType if kind.endswith("f") else IntegerType)


class Parallel(Op, name="affine.parallel", traits=[SingleBlock, RecursiveMemoryEffects]):
    """Loops from the greatest of some expressions to the least of others; what each iteration yields is combined.

    %s = affine.parallel (%i, %j) = (0, max(%a, %b)) to (%n, symbol(%m) * 2) step (1, 4) reduce ("addf") -> (f32) {
      affine.yield %x : f32
    }
    """

    mapOperands: Sequence[Value] = variadic(Index)
    reductions: ArrayAttr = attribute(ArrayAttr, where=Integers)
    lowerBoundsMap: AffineMapAttr = attribute(AffineMapAttr)
    lowerBoundsGroups: DenseElementsAttr = attribute(DenseElementsAttr, where=Groups)
    upperBoundsMap: AffineMapAttr = attribute(AffineMapAttr)
    upperBoundsGroups: DenseElementsAttr = attribute(DenseElementsAttr, where=Groups)
    steps: ArrayAttr = attribute(ArrayAttr, where=Integers)
    body: Region = region()
    outputs: Sequence[Value] = variadic_results(AnyType)

    @property
    def lower_operands(self) -> Sequence[Value]:
        map = self.lowerBoundsMap.map
        return self.mapOperands[: map.num_dims + map.num_symbols]

    @property
    def upper_operands(self) -> Sequence[Value]:
        map = self.lowerBoundsMap.map
        return self.mapOperands[map.num_dims + map.num_symbols :]

    @property
    def lower_bounds(self) -> list[Sequence[AffineExpr]]:
        """For each loop the expressions of whose values the greatest is the lower bound."""
        return list(_grouped(self.lowerBoundsMap.map, self.lowerBoundsGroups))

    @property
    def upper_bounds(self) -> list[Sequence[AffineExpr]]:
        """For each loop the expressions of whose values the least is the upper bound."""
        return list(_grouped(self.upperBoundsMap.map, self.upperBoundsGroups))

    @property
    def step_sizes(self) -> list[int]:
        return _integers(self.steps)

    @property
    def kinds(self) -> list[str]:
        """How each result is combined."""
        return [KINDS[number] if 0 <= number < len(KINDS) else "" for number in _integers(self.reductions)]

    def verify(self) -> None:
        lower, upper = self.lowerBoundsMap.map, self.upperBoundsMap.map
        for map, groups, which in (
            (lower, self.lowerBoundsGroups, "lower"),
            (upper, self.upperBoundsGroups, "upper"),
        ):
            # No group is empty, so that there are not more groups than bounds.
            sizes = _sizes(groups) if groups.type.num_elements <= len(map.results) else []
            if sum(sizes) != len(map.results) or any(size < 1 for size in sizes):
                raise VerifyError(f"the number of {which} bounds ({len(map.results)}) must match that of their groups")
        loops = 0 if self.body.is_empty else len(self.body.entry.arguments)
        counts = loops, len(self.lower_bounds), len(self.upper_bounds), len(self.steps.elements)
        if self.body.is_empty or len(set(counts)) != 1:
            raise VerifyError(
                f"the number of region arguments ({counts[0]}) and the number of map groups for lower ({counts[1]}) and "
                f"upper bound ({counts[2]}), and the number of steps ({counts[3]}) must all match"
            )
        if any(argument.type is not index for argument in self.body.entry.arguments):
            raise VerifyError("expects loop variables of index type")
        if len(self.mapOperands) != lower.num_dims + lower.num_symbols + upper.num_dims + upper.num_symbols:
            raise VerifyError("operand count and affine map dimension and symbol count must match")
        self._verify_results()
        check_dims_and_symbols(self, self.lower_operands, lower.num_dims)
        check_dims_and_symbols(self, self.upper_operands, upper.num_dims)
        check_end(self.body)

    def _verify_results(self) -> None:
        if len(self.kinds) != len(self.results):
            raise VerifyError("a reduction must be specified for each output")
        for kind, result in zip(self.kinds, self.results, strict=True):
            if not kind:
                raise VerifyError("invalid reduction attribute")
            if not combines(kind, result.type):
                raise VerifyError("result type cannot match reduction attribute")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        names = p.operand_list("(", ")")
        stream.expect("=")
        properties: dict[str, Attribute] = {}
        operands: list[Value] = []
        for which, keyword in (("lower", "max"), ("upper", "min")):
            if which == "upper":
                stream.expect("to")
            map, sizes, values = _parse_bounds(p, keyword)
            properties[f"{which}BoundsMap"] = AffineMapAttr(map)
            properties[f"{which}BoundsGroups"] = _groups(sizes)
            operands += values
        steps = [1] * len(names)
        if stream.accept("step"):
            steps = _parse_list(p, p.integer)
        properties["steps"] = _array(steps)
        kinds: list[int] = []
        types: list[Type] = []
        if stream.accept("reduce"):
            kinds = _parse_list(p, lambda: _parse_kind(p))
            types = p.optional_arrow_types()
        properties["reductions"] = _array(kinds)
        body = p.region([(name, index) for name in names], implicit_terminator=Yield)
        return p.build(cls, operands, types, p.more_attributes(properties), [body])

    def print(self, p: OpPrinter) -> None:
        p(" (")
        p.values(self.body.entry.arguments)
        p(") = ")
        _print_bounds(p, "max", self.lower_bounds, self.lowerBoundsMap.map, self.lower_operands)
        p(" to ")
        _print_bounds(p, "min", self.upper_bounds, self.upperBoundsMap.map, self.upper_operands)
        if any(step != 1 for step in self.step_sizes):
            p(f" step ({', '.join(map(str, self.step_sizes))})")
        if self.results:
            p(" reduce (" + ", ".join([f'"{kind}"' for kind in self.kinds]) + ") -> (")
            p.types([result.type for result in self.results])
            p(")")
        p(" ")
        p.region(self.body, terminator=bool(self.results))
        shown = ("reductions", "lowerBoundsMap", "lowerBoundsGroups", "upperBoundsMap", "upperBoundsGroups", "steps")
        p.attr_dict(self, shown)


def _array(values: Sequence[int]) -> ArrayAttr:
    return ArrayAttr(tuple([i64_attr(value) for value in values]))


def _integers(array: ArrayAttr) -> list[int]:
    return [element.value for element in array.elements if isinstance(element, IntegerAttr)]


def _sizes(groups: DenseElementsAttr) -> list[int]:
    sizes: list[int] = all_elements(groups)
    return sizes


def _groups(sizes: Sequence[int]) -> DenseElementsAttr:
    return dense(sizes, TensorType((len(sizes),), i32))


def _grouped(map: AffineMap, groups: DenseElementsAttr) -> Iterator[Sequence[AffineExpr]]:
    start = 0
    for size in _sizes(groups):
        yield map.results[start : start + size]
        start += size


def _parse_list(p: OpParser, parse: Any) -> list[int]:
    """`(a, b)`."""
    found: list[int] = []
    p.stream.expect("(")
    while not p.stream.accept(")"):
        if found:
            p.stream.expect(",")
        found.append(parse())
    return found


def _parse_kind(p: OpParser) -> int:
    position = p.stream.pos
    word = p.attribute()
    if not isinstance(word, StringAttr) or word.value not in KINDS:
        raise p.stream.error(f"invalid reduction value: {word}", position)
    return KINDS.index(word.value)


def _parse_bounds(p: OpParser, keyword: str) -> tuple[AffineMap, list[int], list[Value]]:
    """`(%a, max(%b, %c + 1))`: the map of all expressions, how many each loop has, and the operands."""
    expressions = ValueExpressions(p)
    sizes: list[int] = []
    p.stream.expect("(")
    while not p.stream.accept(")"):
        if sizes:
            p.stream.expect(",")
        if p.stream.accept(keyword):
            p.stream.expect("(")
            sizes.append(expressions.read(")"))
        else:
            expressions.read_one()
            sizes.append(1)
    return expressions.map(), sizes, expressions.operands()


def _print_bounds(
    p: OpPrinter, keyword: str, bounds: Sequence[Sequence[AffineExpr]], map: AffineMap, operands: Sequence[Value]
) -> None:
    p("(")
    for i, expressions in enumerate(bounds):
        p(", " if i else "")
        if len(expressions) != 1:
            p(f"{keyword}(")
        print_expressions(p, expressions, map, operands)
        if len(expressions) != 1:
            p(")")
    p(")")
