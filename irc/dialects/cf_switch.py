"""`cf.switch`: a branch on an integer to one of several blocks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from irc.dialects._branches import Selection, case_values_attribute, parse_case, print_cases
from irc.ir.attributes import DenseArrayAttr, DenseElementsAttr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure, Terminator
from irc.ir.types import i32
from irc.ir.value import Value
from irc.ods.constraints import AnyInteger, AnyType
from irc.ods.fields import attribute, operand, successor, variadic, variadic_successors
from irc.ods.op import Op
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


class Switch(Selection, Op, name="cf.switch", traits=[Pure, Terminator]):
    """A branch to the block whose number `flag` has, else to the default.

    cf.switch %flag : i32, [
      default: ^bb1(%x : f32),
      42: ^bb2
    ]
    """

    flag: Value = operand(AnyInteger)
    defaultOperands: Sequence[Value] = variadic(AnyType)
    caseOperands: Sequence[Value] = variadic(AnyType)
    defaultDestination: Block = successor()
    caseDestinations: Sequence[Block] = variadic_successors()
    case_operand_segments: DenseArrayAttr = attribute(DenseArrayAttr)
    case_values: DenseElementsAttr | None = attribute(DenseElementsAttr, default=None)

    @classmethod
    def of(
        cls,
        flag: Value,
        default: tuple[Block, Sequence[Value]],
        cases: Sequence[tuple[int, Block, Sequence[Value]]],
    ) -> Switch:
        """A switch with the given blocks, the operands they get, and the numbers of the cases."""
        numbers, blocks, operands = zip(*cases, strict=True) if cases else ((), (), ())
        return cls(
            flag,
            default[1],
            [value for values in operands for value in values],
            default[0],
            blocks,
            DenseArrayAttr(i32, tuple(map(len, operands))),
            case_values_attribute(numbers, flag.type) if cases else None,
        )

    def verify(self) -> None:
        count = len(self.caseDestinations)
        values = self.case_values.type if self.case_values is not None else None
        if values is None:
            if count:
                raise VerifyError(f"number of case values (0) should match number of case destinations ({count})")
        elif values.element_type is not self.flag.type:
            raise VerifyError(
                f"'flag' type ('{self.flag.type}') should match case value type ('{values.element_type}')"
            )
        elif values.num_elements != count:
            raise VerifyError(
                f"number of case values ({values.num_elements}) should match number of case destinations ({count})"
            )
        sizes = self.case_operand_segments.values
        if len(sizes) != count or sum(sizes) != len(self.caseOperands):
            raise VerifyError("case_operand_segments does not match the operands and the case destinations")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        name = p.operand()
        stream.expect(":")
        type = p.type()
        flag = p.resolve(name, type)
        stream.expect(",")
        stream.expect("[")
        stream.expect("default")
        stream.expect(":")
        default, values = p.successor_and_operands()
        numbers: list[int] = []
        blocks: list[Block] = [default]
        groups: list[Sequence[Value]] = []
        while stream.accept(","):
            number, block, operands = parse_case(p, type)
            numbers.append(number)
            blocks.append(block)
            groups.append(operands)
        stream.expect("]")
        attributes = p.attr_dict()
        if numbers:
            attributes["case_values"] = case_values_attribute(numbers, type)
        attributes["case_operand_segments"] = DenseArrayAttr(i32, tuple(map(len, groups)))
        cases = [value for group in groups for value in group]
        return p.build(
            cls, [flag, *values, *cases], (), attributes, successors=blocks, segments=[1, len(values), len(cases)]
        )

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.value(self.flag)
        p(" : ")
        p.type(self.flag.type)
        p(f", [\n{p.indent}  default: ")
        p.successor_and_operands(self.defaultDestination, self.defaultOperands)
        print_cases(p, self, ",")
        p(f"\n{p.indent}]" if self.caseDestinations else "]")
        p.attr_dict(self, ("case_values", "case_operand_segments"))
