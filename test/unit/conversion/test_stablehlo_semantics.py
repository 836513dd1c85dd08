"""Ops of StableHLO that are spelled out compute what the specification says."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from irc.importers import stablehlo


def run(body: str, types: str, *arrays: Any) -> Any:
    """The results of a function with this body, whose type is `(arguments) -> results`."""
    inputs, _, outputs = types.partition(" -> ")
    names = ", ".join(f"%a{i}: {type}" for i, type in enumerate(inputs.split("; ")) if type)
    listed = outputs.split("; ")
    returned = ", ".join(f"%r{i}" for i in range(len(listed)))
    text = f"func.func @main({names}) -> ({', '.join(listed)}) {{\n{body}\nreturn {returned} : {', '.join(listed)}\n}}"
    return stablehlo.load(text)(*arrays)


V = "tensor<4xf32>"


def test_special_functions() -> None:
    """Values from tables of the functions."""
    x = np.array([0.5, 1, 2, 10], np.float32)
    q = np.array([2, 3, 4, 1.5], np.float32)
    bessel, zeta, poly, cube = run(
        f"""%r0 = chlo.bessel_i1e %a0 : {V} -> {V}
        %r1 = chlo.zeta %a1, %a0 : {V}, {V} -> {V}
        %r2 = chlo.polygamma %a1, %a0 : {V}, {V} -> {V}
        %r3 = stablehlo.cbrt %a0 : {V}""",
        f"{V}; {V} -> {V}; {V}; {V}; {V}",
        x,
        q,
    )  # fmt: skip
    np.testing.assert_allclose(bessel, [0.15642080, 0.20791042, 0.21526929, 0.12126268], rtol=2e-6)
    np.testing.assert_allclose(zeta, [4.9348022, 1.2020569, 0.0823232337, 0.6486616], rtol=2e-6)
    np.testing.assert_allclose(poly[:3], [-16.8287966, 6.49393940, -0.886266123], rtol=1e-5)
    assert math.isnan(poly[3])  # there is no derivative one and a half
    np.testing.assert_allclose(cube, np.cbrt(x), rtol=1e-6)


def test_products_have_an_upper_half() -> None:
    x = np.array([-(2**63), 2**62, -3, 2**63 - 1])
    y = np.array([2**63 - 1, -5, 7, 2**63 - 1])
    found = run("%r0 = chlo.mulhi %a0, %a1 : tensor<4xi64>, tensor<4xi64> -> tensor<4xi64>",
                "tensor<4xi64>; tensor<4xi64> -> tensor<4xi64>", x, y)  # fmt: skip
    assert list(found) == [(int(a) * int(b)) >> 64 for a, b in zip(x, y, strict=True)]


def test_normalization_and_its_derivative() -> None:
    """The gradient is that of differences of the normalization."""
    rng = np.random.default_rng(0)
    x, dy = rng.standard_normal((2, 5, 3))
    scale, offset = rng.standard_normal((2, 3))
    kind, vector = "tensor<5x3xf64>", "tensor<3xf64>"
    how = "<{epsilon = 1.0e-3 : f32, feature_index = 1 : i64}>"
    three = f"({kind}, {vector}, {vector})"
    (y, mean, variance) = run(
        f"""%r0, %r1, %r2 = "stablehlo.batch_norm_training"(%a0, %a1, %a2) {how} : {three} -> {three}""",
        f"{kind}; {vector}; {vector} -> {kind}; {vector}; {vector}", x, scale, offset,
    )  # fmt: skip

    def normalized(x: Any) -> Any:
        return scale * (x - x.mean(0)) / np.sqrt(x.var(0) + np.float64(np.float32(1e-3))) + offset

    np.testing.assert_allclose(y, normalized(x), rtol=1e-6)
    np.testing.assert_allclose(mean, x.mean(0))
    np.testing.assert_allclose(variance, x.var(0))
    dx, dscale, doffset = run(
        f"""%r0, %r1, %r2 = "stablehlo.batch_norm_grad"(%a0, %a1, %a2, %a3, %a4) {how}
          : ({kind}, {vector}, {vector}, {vector}, {kind}) -> {three}""",
        f"{kind}; {vector}; {vector}; {vector}; {kind} -> {kind}; {vector}; {vector}", x, scale, mean, variance, dy,
    )  # fmt: skip
    step = 1e-6
    for at in ((0, 0), (3, 2)):
        moved = [x + sign * step * (np.indices(x.shape) == np.reshape(at, (2, 1, 1))).all(0) for sign in (1, -1)]
        slope = ((normalized(moved[0]) - normalized(moved[1])) * dy).sum() / (2 * step)
        np.testing.assert_allclose(dx[at], slope, rtol=1e-5)
    np.testing.assert_allclose(doffset, dy.sum(0))
    np.testing.assert_allclose(dscale, (dy * (normalized(x) - offset) / scale).sum(0), rtol=1e-6)


@pytest.mark.parametrize(
    ("algorithm", "state", "bits"),
    [
        ("DEFAULT", [8589934593, 17179869187], [512747620, 956189714]),
        ("THREE_FRY", [8589934593, 17179869187], []),
    ],
)
def test_generators_advance_their_state(algorithm: str, state: list[int], bits: list[int]) -> None:
    after, found = run(
        f"%r0, %r1 = stablehlo.rng_bit_generator %a0, algorithm = {algorithm} : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui32>)",
        "tensor<2xui64> -> tensor<2xui64>; tensor<3x5xui32>", np.array(state, np.uint64),
    )  # fmt: skip
    assert after[0] == state[0]
    assert after[1] - np.uint64(state[1]) == (4 if algorithm == "DEFAULT" else 9)
    assert len(np.unique(found)) == 15
    assert not bits or found[0, 0] == bits[0]


def test_reflectors_of_lapack() -> None:
    a = np.random.default_rng(1).standard_normal((2, 5, 3)).astype(np.float32)
    kind, vector = "tensor<2x5x3xf32>", "tensor<2x3xf32>"
    q, r = run(
        f"""%r1, %tau = stablehlo.custom_call @lapack_sgeqrf_ffi(%a0) {{mhlo.backend_config = {{}}}} : ({kind}) -> ({kind}, {vector})
        %r0 = stablehlo.custom_call @lapack_sorgqr_ffi(%r1, %tau) {{mhlo.backend_config = {{}}}} : ({kind}, {vector}) -> {kind}""",
        f"{kind} -> {kind}; {kind}", a,
    )  # fmt: skip
    np.testing.assert_allclose(q @ np.triu(r[:, :3]), a, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(np.swapaxes(q, 1, 2) @ q, np.broadcast_to(np.eye(3), (2, 3, 3)), atol=1e-6)
