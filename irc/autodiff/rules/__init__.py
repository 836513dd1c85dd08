"""The derivative of every op, a file per dialect or theme. Importing this package fills the table."""

from irc.autodiff.rules import (
    ad,
    arith,
    complex,
    custom_calls,
    custom_factorizations,
    math,
    nd,
    nd_complex,
    nd_convolution,
    nd_fourier,
    nd_indexing,
    nd_linear_algebra,
    nd_prod,
    nd_regions,
    nd_shape,
    tensor,
)

__all__ = [
    "ad", "arith", "complex", "custom_calls", "custom_factorizations", "math", "nd", "nd_complex", "nd_convolution",
    "nd_fourier", "nd_indexing", "nd_linear_algebra", "nd_prod", "nd_regions", "nd_shape", "tensor",
]  # fmt: skip
