"""The constraints of `chlo` on types: those of `stablehlo`, and unranked tensors."""

from __future__ import annotations

from irc.dialects import stablehlo_types as ty
from irc.ir.types import TensorType, Type, UnrankedTensorType
from irc.ods.constraints import Constraint


def any_rank(*elements: ty.Element) -> Constraint:
    """A tensor of the given kinds of elements, ranked or not."""
    words = " or ".join(words for words, _ in elements)

    def accepts(type: Type) -> bool:
        return isinstance(type, TensorType | UnrankedTensorType) and any(
            predicate(type.element_type) for _, predicate in elements
        )

    return Constraint(f"tensor of {words} values", accepts)


Tensor = any_rank(*ty.NUMBERS, ty.Quantized, ty.PerAxis)
Pred = any_rank(ty.Pred)
Float = any_rank(ty.Float)
Complex = any_rank(ty.Complex)
FloatOrComplex = any_rank(ty.Float, ty.Complex)
PredOrInt = any_rank(ty.Pred, ty.Int)
