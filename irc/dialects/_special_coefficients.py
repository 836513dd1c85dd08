"""Coefficients of the special functions, for `f64`; lowest power first.

The polynomials interpolate the function at Chebyshev nodes, computed in 60 digits; they are rounded to doubles.
"""

from __future__ import annotations


def _floats(text: str) -> tuple[float, ...]:
    return tuple([float.fromhex(word) for word in text.split()])


ERFC = _floats(
    "0x1.3ccda0b5d5dc2p+0 -0x1.1f367683f89a7p-3 0x1.d5f29481596c2p-9 0x1.510169d096820p-4 -0x1.bda9309a27bdap-4 "
    "0x1.7a14188a99c7cp-4 -0x1.e0d0fa6e28960p-5 0x1.d0b0037da7358p-6 -0x1.3f603c2bbee97p-7 0x1.cc3a0e50fcd7fp-10 "
    "0x1.33fb1d1502b40p-12 -0x1.303fa4af46391p-12 0x1.b14551a4cafb2p-15 0x1.778caaee21353p-16 -0x1.80143d25934a5p-17 "
    "-0x1.05b171a5364f7p-20 0x1.d752841b89653p-20 -0x1.ce179013f6883p-25 -0x1.1a8b11af503efp-22 0x1.39c750a393018p-26 "
    "0x1.5f6cf4be694c6p-25 0x1.a54d5bc370666p-33 -0x1.5b6445fecfd7cp-28 -0x1.10b7474af9eb2p-30"
)
"""(1 + 2x) exp(x²) erfc(x) in powers of t = (x - 3.75) / (x + 3.75), for x from 0 to 27.5 (M. M. Shepherd and
J. G. Laframboise, "Chebyshev Approximation of (1 + 2x) exp(x²) erfc x", 1981). Relative error: 2^-58.7."""

ERF_INV_MIDDLE = _floats(
    "0x1.a755e7c99ae86p+0 0x1.ebd80d9b13dfap-3 -0x1.8b6c33114ea2fp-8 -0x1.84576948359ddp-11 0x1.879c2a20aeb2ep-13 "
    "-0x1.d1d1f7c9ffa6dp-17 -0x1.6e8a53c7ac2ffp-20 0x1.c6b4f8868f532p-22 -0x1.f36ceed4416aep-26 "
    "-0x1.1a9eb00326b9bp-28 0x1.20f544d62fff3p-30 -0x1.dc3f457145cadp-35 -0x1.c8a6afa15514bp-37 0x1.7236b79e1d4d0p-39 "
    "-0x1.6b86f85109374p-44 -0x1.6877e8ae70715p-45 0x1.d5e95ecc5d7e7p-48 -0x1.6b6b0fc6e3c4cp-55 "
    "-0x1.19ac65018d4abp-53 0x1.1e1f9ee62219ap-56 0x1.669b92134653ap-61 -0x1.9a137911da338p-62 0x1.79a647e4f8300p-66 "
    "0x1.e2aa7dddb5077p-69 -0x1.b2643e46bd4d5p-72"
)
"""erf_inv(x) / x in powers of w - 3.125, where w = -log(1 - x²) is up to 6.25 (M. Giles, "Approximating the erfinv
Function", 2011, for this and the next two). Relative error: 2^-56.9."""

ERF_INV_OUTER = _floats(
    "0x1.8abcc380d5a48p+1 0x1.0158a6d641d55p+0 0x1.5ffcfe5b6cd38p-8 -0x1.ebadabba02be5p-9 0x1.468eeca944c44p-9 "
    "-0x1.ba9240d8768c3p-10 0x1.f3cc545d9ca81p-11 -0x1.7448bcc8e9aa7p-12 0x1.932e8fd4360edp-16 0x1.1e6abbe66ca02p-14 "
    "-0x1.8cf463501e9a0p-15 0x1.a241c6f237f34p-17 0x1.899aa0e374402p-19 -0x1.0b79e820e8497p-18 0x1.8db69feb41fb6p-20 "
    "-0x1.da75906425fdap-26 -0x1.079a074d69940p-22 0x1.1a9484c4d3628p-23 -0x1.674f1725daa65p-26 "
    "-0x1.06f1da245bfd3p-26 0x1.07e3c2020286fp-27"
)
"""The same in powers of sqrt(w) - 3.25, for w from 6.25 to 16. Relative error: 2^-59.6."""

ERF_INV_END = _floats(
    "0x1.3664ddd1ad7fbp+2 0x1.02a30d1fba10ep+0 -0x1.22ea5df1901eep-13 -0x1.c2f36aa269dddp-13 0x1.3ebf4eeeae35cp-14 "
    "-0x1.4a348fb6eb341p-16 0x1.2fbd0572e3d65p-18 -0x1.0a907750d4472p-20 0x1.ebde10d893374p-23 -0x1.2226a4120b222p-24 "
    "0x1.f2fcdcb2d2d17p-26 -0x1.0614e76d4effcp-26 0x1.0b3afc230df8dp-27 -0x1.dd1c5d2bcb83cp-29 0x1.758aa846815a1p-30 "
    "-0x1.e0ea0c935ac67p-32 0x1.9d377baf867e0p-35 0x1.787e82bfc54c9p-35 -0x1.0f9c53d96325ep-36"
)
"""The same in powers of sqrt(w) - 5, for w from 16 to 37. Relative error: 2^-56.0."""

LGAMMA = _floats(
    "0x1.b0ee6072093cep-2 0x1.4a34cc4a60fa7p-2 -0x1.13e001a557607p-4 0x1.51322ac7d7fd2p-6 -0x1.e404fc218ecffp-8 "
    "0x1.7add6eae5b8fdp-9 -0x1.38ac5c2c96006p-10 0x1.0b36af3424c50p-11 -0x1.d3fd4bda4f97bp-13 0x1.a127dd231f4b2p-14 "
    "-0x1.78de85fa0bf74p-15 0x1.5806d7786fbc2p-16 -0x1.3cb5f201754a6p-17 0x1.2640a5e8ab73ep-18 -0x1.125408d7ee6ebp-19 "
    "0x1.edf317afe0c72p-21 -0x1.d06b46182e294p-22 0x1.2b4bb069ee6a9p-22 -0x1.1be56b7e101c6p-23"
)
"""lgamma(2 + z) / z for |z| <= 1/2 (DLMF 5.7.3). Relative error: 2^-58.5."""

STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400, 43867 / 244188)
"""Of the odd powers of 1/x in lgamma(x) (DLMF 5.11.1)."""

HALF_LOG_TWO_PI = float.fromhex("0x1.d67f1c864beb5p-1")
LOG_PI = float.fromhex("0x1.250d048e7a1bdp+0")

DIGAMMA_SERIES = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160)
"""Of the even powers of 1/x in log(x) - 1 / (2x) - digamma(x) (DLMF 5.11.2)."""

DIGAMMA_ROOT = _floats("0x1.762d86356be3fp+0 0x1.b86a722197829p-54")
"""The positive root of digamma as the sum of two floats."""

DIGAMMA_AT_ROOT = _floats(
    "0x1.ef72bc8ee38acp-1 -0x1.c563b54aa1a35p-2 0x1.08b4294d504bfp-2 -0x1.4fc1317257f5cp-3 0x1.b9a5b636a6ec4p-4 "
    "-0x1.27baba25d5667p-4 0x1.8fce031a4bcfbp-5 -0x1.0fa7ec7ddad99p-5 0x1.723d351e442e7p-6 -0x1.f9700ae447eeap-7 "
    "0x1.596348a0e9292p-7 -0x1.d83a7d97b2b18p-8 0x1.40e9054a67a35p-8 -0x1.b6fd443ad9131p-9 0x1.5415535d26b29p-9 "
    "-0x1.d14e27e7c89f6p-10"
)
"""digamma(root + u) / u for |u| <= 1/4. Relative error: 2^-56.6."""
