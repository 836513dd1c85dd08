"""Products of tensors: dot, dot_general, einsum."""

from __future__ import annotations

from typing import Any

from irc.dialects import stablehlo_types as ty
from irc.dialects._shape_checks import distinct, same_shape, same_size
from irc.dialects.stablehlo_attributes import DotAlgorithm, DotDimensionNumbers, dims_text, parse_dims
from irc.dialects.stablehlo_base import StablehloOp
from irc.dialects.stablehlo_enums import Precision
from irc.dialects.stablehlo_shapes import Dim, dims, of_dims, tensor
from irc.ir.attributes import ArrayAttr, Attribute, StringAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.traits import Pure
from irc.ir.types import TensorType
from irc.ir.value import Value
from irc.ods import fields as f
from irc.text.op_parser import OpParser
from irc.text.op_printer import OpPrinter


def check_precision(config: ArrayAttr | None) -> None:
    """Raise unless `config` has at most two entries, each a precision."""
    if config is None:
        return
    if not all(isinstance(entry, Precision) for entry in config.elements):
        raise VerifyError("attribute 'precision_config' failed to satisfy constraint: Precision Config attribute")
    if len(config.elements) > 2:
        raise VerifyError(f"expects precision config to be empty or have <= 2 elements, got {len(config.elements)}")


def check_shape(inferred: TensorType, result: Value) -> None:
    """Raise unless the result may have the inferred shape."""
    actual = tensor(result)
    if not same_shape(inferred.shape, actual.shape):
        sizes = ", ".join("?" if size is None else str(size) for size in inferred.shape)
        raise VerifyError(f"inferred shape '[{sizes}]' is incompatible with return type of operation '{actual}'")


class Dot(StablehloOp, name="stablehlo.dot", traits=[Pure]):
    """The product of matrices and vectors, over the last dimension of lhs and the first of rhs.

    %y = stablehlo.dot %a, %b, precision = [HIGH, HIGH] : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2xf32>
    """

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.TensorOrPerAxis)
    precision_config: ArrayAttr | None = f.attribute(ArrayAttr, default=None)
    result: Value = f.result(ty.TensorOrPerAxis)

    def verify(self) -> None:
        check_precision(self.precision_config)
        lhs, rhs = tensor(self.lhs), tensor(self.rhs)
        if not (lhs.rank in (1, 2) and rhs.rank in (1, 2)):
            raise VerifyError("expected both lhs/rhs ranks to be either 1 or 2")
        if not same_size(lhs.shape[-1], rhs.shape[0]):
            raise VerifyError("contracting dimension sizes must match for lhs/rhs")
        sizes = [*dims(lhs)[:-1], *dims(rhs)[1:]]
        check_shape(of_dims(sizes, tensor(self.result).element_type), self.result)

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        return _finish(p, cls, _pair(p), _optional_clauses(p, ("precision",)))

    def print(self, p: OpPrinter) -> None:
        p(" ")
        p.values(self.operands)
        _print_precision(p, self.precision_config)
        p.attr_dict(self, ("precision_config",))
        p(" : ")
        p.functional_type(self.operands, self.results)


def _pair(p: OpParser) -> list[int]:
    first = p.operand()
    p.stream.expect(",")
    return [first, p.operand()]


def _optional_clauses(p: OpParser, allowed: tuple[str, ...]) -> dict[str, Attribute]:
    """`, precision = [A, B], algorithm = <…>`."""
    found: dict[str, Attribute] = {}
    stream = p.stream
    while stream.accept(","):
        position = stream.pos
        word = stream.next()
        if word not in allowed:
            raise stream.error(f"expected one of {', '.join(allowed)}, got '{word}'", position)
        stream.expect("=")
        if word == "algorithm":
            found["algorithm"] = DotAlgorithm.parse(stream)
            continue
        stream.expect("[")
        words: list[Attribute] = []
        while not stream.accept("]"):
            if words:
                stream.expect(",")
            words.append(_precision(p))
        found["precision_config"] = ArrayAttr(tuple(words))
    return found


def _precision(p: OpParser) -> Precision:
    position = p.stream.pos
    try:
        return Precision(p.keyword())
    except ValueError as problem:
        raise p.stream.error(str(problem), position) from None


def _print_precision(p: OpPrinter, config: ArrayAttr | None) -> None:
    if config is not None:
        words = [entry.value for entry in config.elements if isinstance(entry, Precision)]
        p(f", precision = [{', '.join(words)}]")


def _finish(p: OpParser, cls: Any, operands: list[int], attributes: dict[str, Attribute]) -> Any:
    attributes |= p.attr_dict()
    p.stream.expect(":")
    signature = p.function_type()
    return p.build(cls, p.resolve_all(operands, signature.inputs), signature.results, attributes)


def dot_sizes(lhs: TensorType, rhs: TensorType, numbers: DotDimensionNumbers) -> list[Dim]:
    """The sizes of a general dot: the paired dimensions, then the other ones of lhs and of rhs."""
    lhs_batch, rhs_batch = numbers.lhs_batching_dimensions, numbers.rhs_batching_dimensions
    lhs_sum, rhs_sum = numbers.lhs_contracting_dimensions, numbers.rhs_contracting_dimensions
    if len(lhs_batch) != len(rhs_batch):
        raise VerifyError("lhs and rhs should have the same number of batching dimensions")
    if len(lhs_sum) != len(rhs_sum):
        raise VerifyError("lhs and rhs should have the same number of contracting dimensions")
    for side, batch, summed in (("lhs", lhs_batch, lhs_sum), ("rhs", rhs_batch, rhs_sum)):
        if not distinct((*batch, *summed)):
            both = (*batch, *summed)
            twice = next(dim for i, dim in enumerate(both) if dim in both[:i])
            raise VerifyError(
                f"has duplicated dimension from {side}_batching_dimensions and {side}_contracting_dimensions: {twice}"
            )
    for side, type, batch, summed in (("lhs", lhs, lhs_batch, lhs_sum), ("rhs", rhs, rhs_batch, rhs_sum)):
        for kind, listed in (("batching", batch), ("contracting", summed)):
            for dim in listed:
                if not 0 <= dim < type.rank:
                    raise VerifyError(f"{side}_{kind}_dimensions value: {dim} is out of range: [0, {type.rank})")
    if not all(same_size(lhs.shape[a], rhs.shape[b]) for a, b in zip(lhs_batch, rhs_batch, strict=True)):
        raise VerifyError("batching dimension sizes must match for lhs/rhs")
    if not all(same_size(lhs.shape[a], rhs.shape[b]) for a, b in zip(lhs_sum, rhs_sum, strict=True)):
        raise VerifyError("contracting dimension sizes must match for lhs/rhs")
    left, right = dims(lhs), dims(rhs)
    return [
        *(left[dim] for dim in lhs_batch),
        *(dim for i, dim in enumerate(left) if i not in (*lhs_batch, *lhs_sum)),
        *(dim for i, dim in enumerate(right) if i not in (*rhs_batch, *rhs_sum)),
    ]


class DotGeneral(StablehloOp, name="stablehlo.dot_general", traits=[Pure]):
    """The product over any dimensions, paired over others.

    %y = stablehlo.dot_general %a, %b, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT]
        : (tensor<5x2x3xf32>, tensor<5x3x4xf32>) -> tensor<5x2x4xf32>
    """

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.TensorOrPerAxis)
    dot_dimension_numbers: DotDimensionNumbers = f.attribute(DotDimensionNumbers)
    precision_config: ArrayAttr | None = f.attribute(ArrayAttr, default=None)
    algorithm: DotAlgorithm | None = f.attribute(DotAlgorithm, default=None)
    result: Value = f.result(ty.TensorOrPerAxis)

    def verify(self) -> None:
        check_precision(self.precision_config)
        sizes = dot_sizes(tensor(self.lhs), tensor(self.rhs), self.dot_dimension_numbers)
        check_shape(of_dims(sizes, tensor(self.result).element_type), self.result)
        asked = self.precision_config.elements if self.precision_config is not None else ()
        if self.algorithm is not None and any(entry is not Precision("DEFAULT") for entry in asked):
            raise VerifyError("must specify DEFAULT precision config when algorithm is set.")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        operands = _pair(p)
        stream = p.stream
        stream.expect(",")
        batch: tuple[tuple[int, ...], tuple[int, ...]] = (), ()
        if stream.accept("batching_dims"):
            batch = _dims_pair(p)
            stream.expect(",")
        stream.expect("contracting_dims")
        summed = _dims_pair(p)
        attributes: dict[str, Attribute] = {
            "dot_dimension_numbers": DotDimensionNumbers(batch[0], batch[1], summed[0], summed[1])
        }
        return _finish(p, cls, operands, attributes | _optional_clauses(p, ("precision", "algorithm")))

    def print(self, p: OpPrinter) -> None:
        numbers = self.dot_dimension_numbers
        p(" ")
        p.values(self.operands)
        if numbers.lhs_batching_dimensions:
            p(f", batching_dims = {dims_text(numbers.lhs_batching_dimensions)}")
            p(f" x {dims_text(numbers.rhs_batching_dimensions)}")
        p(f", contracting_dims = {dims_text(numbers.lhs_contracting_dimensions)}")
        p(f" x {dims_text(numbers.rhs_contracting_dimensions)}")
        _print_precision(p, self.precision_config)
        if self.algorithm is not None:
            p(", algorithm = ")
            p(p.spelled(self.algorithm).removeprefix("#stablehlo.dot_algorithm"))
        p.attr_dict(self, ("dot_dimension_numbers", "precision_config", "algorithm"))
        p(" : ")
        p.functional_type(self.operands, self.results)


def _dims_pair(p: OpParser) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """`= [0] x [1]`."""
    p.stream.expect("=")
    lhs = parse_dims(p.stream)
    p.stream.expect("x")
    return lhs, parse_dims(p.stream)


class Einsum(StablehloOp, name="stablehlo.einsum", traits=[Pure]):
    """A sum of products in Einstein's notation.

    %y = stablehlo.einsum %a, %b, config = "ab,bc->ac" : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    """

    lhs: Value = f.operand(ty.Tensor)
    rhs: Value = f.operand(ty.Tensor)
    einsum_config: StringAttr = f.attribute(StringAttr)
    result: Value = f.result(ty.Tensor)
    assembly = "$lhs `,` $rhs `,` `config` `=` $einsum_config attr-dict `:` functional-type(operands, results)"


class UnaryEinsum(StablehloOp, name="stablehlo.unary_einsum", traits=[Pure]):
    """A sum or permutation in Einstein's notation.

    %y = stablehlo.unary_einsum %x, config = "ab->a" : (tensor<2x3xf32>) -> tensor<2xf32>
    """

    operand: Value = f.operand(ty.Tensor)
    einsum_config: StringAttr = f.attribute(StringAttr)
    result: Value = f.result(ty.Tensor)
    assembly = "$operand `,` `config` `=` $einsum_config attr-dict `:` functional-type(operands, results)"
