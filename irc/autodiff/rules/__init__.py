"""The derivative of every op, a file per dialect. Importing this package fills the table."""

from irc.autodiff.rules import (
    arith,
    complex,
    math,
    nd,
    nd_complex,
    nd_convolution,
    nd_linear_algebra,
    nd_prod,
    nd_regions,
    nd_shape,
    tensor,
)

__all__ = [
    "arith",
    "complex",
    "math",
    "nd",
    "nd_complex",
    "nd_convolution",
    "nd_linear_algebra",
    "nd_prod",
    "nd_regions",
    "nd_shape",
    "tensor",
]
