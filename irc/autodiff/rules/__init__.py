"""The derivative of every op, a file per dialect or theme. Importing this package fills the table."""

from irc.autodiff.rules import (
    ad,
    arith,
    complex,
    custom_calls,
    custom_factorizations,
    math,
    nd,
    nd_combining,
    nd_complex,
    nd_convolution,
    nd_fourier,
    nd_indexing,
    nd_linear_algebra,
    nd_ordering,
    nd_prod,
    nd_shape,
    nd_special,
    nd_windows,
    tensor,
    vector,
)

__all__ = [
    "ad", "arith", "complex", "custom_calls", "custom_factorizations", "math", "nd", "nd_combining", "nd_complex",
    "nd_convolution", "nd_fourier", "nd_indexing", "nd_linear_algebra", "nd_ordering", "nd_prod", "nd_shape", "nd_special",
    "nd_windows", "tensor", "vector",
]  # fmt: skip
