"""`vector.warp_execute_on_lane_0`: code that one lane of a warp runs for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from irc.dialects.vector_mask import Yield
from irc.ir.attributes import Attribute, IntegerAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.traits import RecursiveMemoryEffects, SingleBlock
from irc.ir.types import i64, index
from irc.ir.value import Value
from irc.ods.constraints import Index
from irc.ods.fields import attribute, operand, region, variadic, variadic_results
from irc.ods.op import Op

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter


class WarpExecuteOnLane0(Op, name="vector.warp_execute_on_lane_0", traits=[SingleBlock, RecursiveMemoryEffects]):
    """A region that lane 0 runs; vectors among its operands and results are distributed over the lanes.

    %r = vector.warp_execute_on_lane_0(%lane)[32] -> (vector<1xf32>) {
      %v = vector.transfer_read %m[%i], %zero {in_bounds = [true]} : memref<128xf32>, vector<32xf32>
      vector.yield %v : vector<32xf32>
    }
    """

    laneid: Value = operand(Index)
    args: Sequence[Value] = variadic()
    warp_size: IntegerAttr = attribute(IntegerAttr)
    warp_region: Region = region()
    outputs: Sequence[Value] = variadic_results()

    @classmethod
    def parse(cls, p: OpParser) -> WarpExecuteOnLane0:
        p.stream.expect("(")
        lane = p.operand()
        p.stream.expect(")")
        p.stream.expect("[")
        attributes: dict[str, Attribute] = {"warp_size": p.integer_attribute(i64)}
        p.stream.expect("]")
        arguments: list[Value] = []
        if p.stream.accept("args"):
            names = p.operand_list("(")
            p.stream.expect(":")
            types = p.types()
            p.stream.expect(")")
            arguments = p.resolve_all(names, types)
        results = p.optional_arrow_types()
        location = p.location
        body = p.region(None if arguments else [], implicit_terminator=lambda: Yield(location=location))
        operands = [p.resolve(lane, index), *arguments]
        built: WarpExecuteOnLane0 = p.build(cls, operands, results, {**attributes, **p.attr_dict()}, [body])
        return built

    def print(self, p: OpPrinter) -> None:
        p("(")
        p.value(self.laneid)
        p(f")[{self.warp_size.value}]")
        if self.args:
            p(" args(")
            p.values(self.args)
            p(" : ")
            p.types([value.type for value in self.args])
            p(")")
        if self.outputs:
            p(" -> (")
            p.types([value.type for value in self.outputs])
            p(")")
        p(" ")
        p.region(self.warp_region, bare=not self.args, terminator=bool(self.outputs))
        p.attr_dict(self, ("warp_size",))

    def verify(self) -> None:
        block = self.warp_region.block
        if len(block.arguments) != len(self.args):
            raise VerifyError("expected same number op arguments and block arguments.")
        if len(block.terminator.operands) != len(self.outputs):
            raise VerifyError("expected same number of yield operands and return values.")
