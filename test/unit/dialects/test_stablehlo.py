"""`stablehlo` and `chlo` from Python: constructors infer result types, accessors know defaults."""

import pytest

from irc.dialects import chlo, stablehlo
from irc.ir.attributes import DenseArrayAttr, IntegerAttr, bool_attr, i64_attr
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.types import TensorType, f32, i1, i32
from irc.ods.compile import compile_init, compile_verify
from irc.ods.registry import OPS
from irc.text.assembly_parse import custom_parser
from irc.text.assembly_print import custom_printer

GENERIC_ONLY = {
    "all_gather", "all_reduce", "all_to_all", "async_done", "async_start", "batch_norm_grad", "batch_norm_inference",
    "batch_norm_training", "case", "collective_broadcast", "collective_permute", "constant_like", "cross-replica-sum",
    "dynamic_conv", "dynamic_gather", "gather", "if", "infeed", "map", "outfeed", "ragged_dot", "recv", "reduce_scatter",
    "reduce_window", "scatter", "select_and_scatter", "send", "sort", "torch_index_select", "triangular_solve",
}  # fmt: skip

ALL = [OPS[name] for name in sorted(OPS) if name.startswith(("stablehlo.", "chlo."))]


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: cls.name)
def test_declarations_compile(cls):
    compile_init(cls, cls.layout)
    compile_verify(cls, cls.layout)
    has_custom_form = cls.name.partition(".")[2] not in GENERIC_ONLY
    assert (custom_parser(cls) is not None) == has_custom_form
    assert (custom_printer(cls) is not None) == has_custom_form


def values(*types):
    return Block(types).arguments


def test_results_are_inferred():
    x, y = values(TensorType((2, None), f32), TensorType((None, 3), f32))
    assert stablehlo.Add(x, y).result.type is TensorType((2, 3), f32)
    assert stablehlo.Compare(x, y, stablehlo.ComparisonDirection("LT")).result.type is TensorType((2, 3), i1)
    assert stablehlo.Transpose(x, DenseArrayAttr.i64((1, 0))).result.type is TensorType((None, 2), f32)
    assert chlo.BroadcastAdd(x, *values(TensorType((3,), f32))).result.type is TensorType((2, 3), f32)


def test_wrong_operands_are_found_when_types_are_inferred():
    (x,) = values(TensorType((2, 3), f32))
    with pytest.raises(VerifyError, match="does not match permutation size 1"):
        stablehlo.Transpose(x, DenseArrayAttr.i64((0,)))


def test_variadic_groups_of_the_same_size():
    x, y, a, b = values(*[TensorType((2, 3), f32)] * 2, *[TensorType((), f32)] * 2)
    scalar = TensorType((), f32)
    body = Region()
    block = Block([scalar] * 4)
    body.append(block)
    block.append(stablehlo.Return(block.arguments[:2]))
    op = stablehlo.Reduce([x, y], [a, b], DenseArrayAttr.i64((0,)), body)
    assert tuple(op.inputs) == (x, y)
    assert tuple(op.init_values) == (a, b)
    assert [result.type for result in op.results] == [TensorType((3,), f32)] * 2
    op.verify_op()


def test_an_attribute_that_is_absent_reads_as_its_default():
    (x,) = values(TensorType((2, 2), f32))
    op = stablehlo.Cholesky(x)
    assert op.lower is bool_attr(False)
    assert op.property_dict() == {}
    op.lower = bool_attr(True)
    assert op.lower is bool_attr(True)


def test_attributes_are_checked_beyond_their_class():
    (x,) = values(TensorType((2, 2), f32))
    op = stablehlo.GetDimensionSize(x, IntegerAttr(0, i32))
    with pytest.raises(VerifyError, match="64-bit signless integer attribute whose value is non-negative"):
        op.verify_op()
    stablehlo.GetDimensionSize(x, i64_attr(1)).verify_op()


def test_windows_have_defaults():
    x, c = values(TensorType((4, 6), f32), TensorType((), f32))
    op = stablehlo.ReduceWindow([x], [c], DenseArrayAttr.i64((2, 3)), Region(), result_types=[TensorType((3, 4), f32)])
    assert [(window.size, window.stride, window.low, window.dilation) for window in op.windows()] == [
        (2, 1, 0, 1), (3, 1, 0, 1),
    ]  # fmt: skip
    assert [window.positions(size) for window, size in zip(op.windows(), (4, 6), strict=True)] == [3, 4]
