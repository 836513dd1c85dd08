"""What ops that combine elements by a region have in common: the checks of that region."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects._shape_checks import same_shape
from irc.dialects.stablehlo_shapes import same_element
from irc.ir.block import Block
from irc.ir.diagnostic import VerifyError
from irc.ir.region import Region
from irc.ir.types import ComplexType, Dimension, FloatType, IntegerType, TensorType, Type
from irc.ir.value import Value


def block_of(region: Region, name: str = "", number: int = 0) -> Block:
    """The only block of a region of an op."""
    if region.first is None or region.first is not region.last:
        raise VerifyError(f"region #{number} ('{name}') failed to verify constraint: region with 1 blocks")
    return region.entry


def returned(block: Block) -> tuple[Value, ...]:
    """The values that a block ends with."""
    return block.last.operands if block.last is not None else ()


def promotable(source: Type, target: Type) -> bool:
    """Whether elements of type `source` may be accumulated as `target`: the same kind, and as wide."""
    if same_element(source, target):
        return True
    if isinstance(source, FloatType) and isinstance(target, FloatType):
        return True
    if isinstance(source, IntegerType) and isinstance(target, IntegerType):
        return source.signedness == target.signedness and source.width <= target.width and source.width != 1
    if isinstance(source, ComplexType) and isinstance(target, ComplexType):
        return promotable(source.element_type, target.element_type)
    return False


def _matches(a: TensorType, b: Type, floats_agree: bool = False) -> bool:
    if not isinstance(b, TensorType) or not same_shape(a.shape, b.shape):
        return False
    both_floats = isinstance(a.element_type, FloatType) and isinstance(b.element_type, FloatType)
    return same_element(a.element_type, b.element_type) or (floats_agree and both_floats)


def check_reducer(
    block: Block, inputs: Sequence[TensorType], inits: Sequence[TensorType], allowed: Sequence[Dimension]
) -> list[TensorType]:
    """Whether `block` combines values of the inputs' element types; the types that it accumulates in.

    `allowed` are the sizes that its values may have beside being scalars.
    """
    count = len(inputs)
    arguments = block.arguments
    if len(arguments) != 2 * count:
        raise VerifyError(f"Reduction-region must take {2 * count} parameters, but takes {len(arguments)} parameter(s)")
    values = returned(block)
    if not values:
        raise VerifyError("The reduction-region expected to return some value(s)")
    if len(values) != count:
        raise VerifyError(f"Reduction-region here must produce {count} tensors, but produces {len(values)} instead")
    found: list[TensorType] = []
    for value in values:
        if not isinstance(value.type, TensorType):
            raise VerifyError(
                f"Reduction-region here must produce tensor-typed result(s), but produces '{value.type}' instead"
            )
        found.append(value.type)
    for i, accumulator in enumerate(found):
        for j, floats_agree in ((i, False), (count + i, True)):
            if not _matches(accumulator, arguments[j].type, floats_agree):
                raise VerifyError(
                    f"The type of reduction-region's parameter at index {j} is different than the corresponding "
                    f"result type: '{arguments[j].type}' vs '{accumulator}'"
                )
        _check_accumulator(i, accumulator, inits[i])
        argument = arguments[count + i].type
        assert isinstance(argument, TensorType)
        _check_argument(count + i, argument, inputs[i], i, allowed)
    return found


def _check_accumulator(i: int, accumulator: TensorType, init: TensorType) -> None:
    if not same_shape(init.shape, accumulator.shape):
        raise VerifyError(
            f"The shape of reduction-region's result type at index {i} differs from the op's corresponding "
            f"init-value type: '{accumulator}' vs '{init}'"
        )
    if not promotable(init.element_type, accumulator.element_type):
        raise VerifyError(
            f"The element-type of reduction-region's result type at index {i} is expected to be promotable from "
            f"the op's corresponding init-value element-type: '{accumulator}' vs '{init}'"
        )


def _check_argument(j: int, argument: TensorType, source: TensorType, i: int, allowed: Sequence[Dimension]) -> None:
    if not promotable(source.element_type, argument.element_type):
        raise VerifyError(
            f"The element-type of reduction-region's argument at index {j} is expected to be promotable from "
            f"'{source.element_type}', but got '{argument.element_type}'"
        )
    if argument.rank > len(allowed):
        raise VerifyError(
            f"The rank of reduction-region's argument at index {j} is expected to be <= {len(allowed)}, got "
            f"{argument.rank}"
        )
    matched = 0
    for size in allowed:
        if matched < argument.rank and (size is None or argument.shape[matched] in (None, size)):
            matched += 1
    if matched != argument.rank:
        raise VerifyError(
            f"The shape of reduction-region's argument at index {j} is not compatible with that of reduce-op's "
            f"input-parameter at index {i}"
        )
