"""Coefficients and constants of `expand-math`, keyed by whether they are for `f32` (else for `f64`).

The polynomials are weighted minimax fits: least squares on Chebyshev nodes in 50 digits (mpmath), reweighted eight times
by Lawson's method so that the largest relative error of the *function* becomes as small as the degree allows, then
rounded to the format. Lowest power first.
"""

from __future__ import annotations


def _floats(text: str) -> tuple[float, ...]:
    return tuple([float.fromhex(word) for word in text.split()])


LOG2_E = float.fromhex("0x1.71547652b82fep+0")
TWO_OVER_PI = float.fromhex("0x1.45f306dc9c883p-1")

LN2 = {
    True: _floats("0x1.62e43p-1 -0x1.05c61p-29"),
    False: _floats("0x1.62e42fefa39efp-1 0x1.abc9e3b39803fp-56"),
}
"""ln 2 as the sum of two floats."""

HALF_PI = {
    True: _floats("0x1.921fb6p+0 -0x1.777a5cp-25 -0x1.ee59dap-50"),
    False: _floats("0x1.921fb54442d18p+0 0x1.1a62633145c07p-54 -0x1.f1976b7ed8fbcp-110"),
}
"""pi/2 as the sum of three floats."""

SQRT_HALF_BITS = {True: 0x3F3504F3, False: 0x3FE6A09E667F3BCD}
"""The bits of sqrt(1/2)."""

EXP = {
    True: _floats("0x1.fffffep-2 0x1.5554aep-3 0x1.555674p-5 0x1.1228fp-7 0x1.6beecp-10"),
    False: _floats(
        "0x1p-1 0x1.5555555555559p-3 0x1.555555555553ep-5 0x1.111111110f64dp-7 0x1.6c16c16c1f515p-10 "
        "0x1.a01a01b0132d2p-13 0x1.a01a017ab3db5p-16 0x1.71ddf7ceb202ep-19 0x1.27e537bf8446p-22 0x1.af5fc2429beafp-26 "
        "0x1.1ee7243b5ddecp-29"
    ),
}
"""(exp(r) - 1 - r) / r² for |r| <= 0.3475. Relative errors: 2^-26.2, 2^-61.7."""

LOG_F32 = _floats(
    "0x1.555548p-2 -0x1.000006p-2 0x1.99a4dp-3 -0x1.555cccp-3 0x1.23360cp-3 -0x1.fc1204p-4 0x1.e6f242p-4 "
    "-0x1.de8f72p-4 0x1.14b3ecp-4"
)
"""(log(1 + f) - f + f²/2) / f³ for 1 + f between sqrt(1/2) and sqrt(2). Relative error: 2^-30.3."""

LOG_F64 = _floats(
    "0x1.5555555555593p-1 0x1.999999997fd17p-2 0x1.24924941f8aep-2 0x1.c71c5203b025fp-3 0x1.7466400769f09p-3 "
    "0x1.39a19e47d3282p-3 0x1.2f0680ac39b92p-3"
)
"""(log((1 + s) / (1 - s)) / s - 2) / s² in powers of s² up to 0.02944. Relative error: 2^-58.5."""

ERF_SMALL = {
    True: _floats(
        "0x1.20dd74p+0 -0x1.81273ep-2 0x1.ce2d2p-4 -0x1.b7fbacp-6 0x1.5419aep-8 -0x1.a483fp-11 0x1.4adf8ap-14"
    ),
    False: _floats(
        "0x1.20dd750429b6dp+0 -0x1.812746b0379e7p-2 0x1.ce2f21a042bdep-4 -0x1.b82ce312889c2p-6 0x1.565bcd0e65186p-8 "
        "-0x1.c02db3feefeb4p-11 0x1.f9a326c2d2c88p-14 -0x1.f4d2562980176p-17 0x1.b9e65184d455ap-20 "
        "-0x1.5f6d9c5a34b73p-23 0x1.fc43ea7678fcp-27 -0x1.4e633f3a021e4p-30 0x1.7f16848e9e79ep-34 -0x1.29dfcf86e5eedp-38"
    ),
}
"""erf(x) / x in powers of x² up to 1. Relative errors: 2^-29.7, 2^-68.8."""

ERF_TOP = {True: 3.95, False: 5.95}
"""From here on erf rounds to 1."""

ERF_TAIL = {
    True: _floats(
        "-0x1.d97fcp+0 -0x1.51c9bp+1 -0x1.afabb4p-1 -0x1.547f88p-5 0x1.494ffap-7 -0x1.085996p-9 0x1.3390a4p-12 "
        "-0x1.84dceap-16 0x1.f05062p-23"
    ),
    False: _floats(
        "-0x1.d97fbf27aa2a1p+0 -0x1.51c9b0006c23dp+1 -0x1.afabc11a28f44p-1 -0x1.5477f09ca8578p-5 "
        "0x1.48c9d40be558dp-7 -0x1.033f699278087p-9 0x1.f1b4bbe488d35p-13 0x1.b8be28c5fe8c1p-16 "
        "-0x1.c758eba5bc281p-16 0x1.4154b8a437607p-17 -0x1.0eac45d294106p-19 0x1.ac18383e76058p-24 "
        "0x1.1828e9b27849cp-23 -0x1.316317c31bd27p-24 0x1.8fae376b0542dp-26 -0x1.80a9ff3602312p-28 "
        "0x1.18e16d0b0f394p-30 -0x1.3150e1c208886p-33 0x1.d320859f1ac7ep-37 -0x1.c089e349de186p-41 "
        "0x1.95e61dde5337bp-46"
    ),
}
"""log(erfc(1 + u)) from 0 to the top less 1. Errors of erf: 2^-35.8, 2^-66.1."""

SIN = {
    True: _floats("-0x1.555546p-3 0x1.110772p-7 -0x1.9953fcp-13"),
    False: _floats(
        "-0x1.5555555555549p-3 0x1.111111110f876p-7 -0x1.a01a019c11432p-13 0x1.71de35777b2a8p-19 -0x1.ae5e66127cd21p-26 "
        "0x1.5d92f6ad9cf93p-33"
    ),
}
"""(sin(r) - r) / r³ in powers of r² for |r| <= pi/4. Relative errors: 2^-28.1, 2^-58.0."""

COS = {
    True: _floats("0x1.55554ap-5 -0x1.6c0c86p-10 0x1.9a019ep-16"),
    False: _floats(
        "0x1.555555555554cp-5 -0x1.6c16c16c1518fp-10 0x1.a01a019cb40e7p-16 -0x1.27e4f80bf9df8p-22 0x1.1ee9ed7bd0fc5p-29 "
        "-0x1.8faf80376a962p-37"
    ),
}
"""(cos(r) - 1 + r²/2) / r⁴ in powers of r² for |r| <= pi/4. Relative errors: 2^-33.3, 2^-64.2."""
