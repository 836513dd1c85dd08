"""Special functions: against values computed in 60 digits, at the ends of their domains, and on every level."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.lowering.levels import check_levels
from unit.lowering.test_element_types import FLOATS, executors

INF, NAN = np.inf, np.nan

TRUE = {
    "erfc": {-3.0: 1.9999779095030015, -0.25: 1.276326390168237, 1e-10: 0.999999999887162, 0.5: 0.4795001221869535,
             1.0: 0.15729920705028513, 5.0: 1.537459794428035e-12, 13.5: 2.949433113257988e-81,
             26.0: 5.663192408856143e-296},
    "erf_inv": {1e-20: 8.86226925452758e-21, 0.03125: 0.02770167571958433, 0.25: 0.2253120550121781,
                0.5: 0.4769362762044699, -0.75: -0.8134198475976185, 0.9990234375: 2.331467773621948,
                1 - 2.0**-40: 5.05125408524939, 1 - 2.0**-53: 5.8635847487551676},
    "lgamma": {1e-30: 69.07755278982137, 0.25: 1.2880225246980774, 0.999999: 5.772164873855652e-07,
               1.000001: -5.772148423874147e-07, 1.25: -0.09827183642181316, 1.999999: -4.227840125965854e-07,
               2.000001: 4.2278465762452923e-07, 3.75: 1.486815578593417, 7.5: 7.534364236758733, 8.5: 9.549267257300997,
               100.0: 359.1342053695754, 1e10: 220258509288.81058, -0.5: 1.2655121234846454, -17.125: -31.758033741522613},
    "digamma": {1e-30: -1e30, 0.25: -4.2274535333762655, 1.0: -0.5772156649015329,
                1.4616321449683622: -9.241265521729427e-17, 1.4616322: 5.325258698206045e-08, 1.75: 0.24747245354686118,
                9.5: 2.1977378764029494, 11.0: 2.351752589066721, 1e10: 23.025850929890456, -0.25: 2.9141391202135276,
                -30.0625: 19.213671182267394},
}  # fmt: skip

SPECIAL: dict[str, list[tuple[float, float]]] = {
    "erfc": [(0.0, 1), (-0.0, 1), (INF, 0), (-INF, 2), (NAN, NAN), (30.0, 0), (-30.0, 2)],
    "erf_inv": [
        (0.0, 0.0),
        (-0.0, -0.0),
        (1, INF),
        (-1, -INF),
        (1.5, NAN),
        (-2, NAN),
        (INF, NAN),
        (-INF, NAN),
        (NAN, NAN),
    ],
    "lgamma": [(0.0, INF), (-0.0, INF), (1, 0), (2, 0), (-1, INF), (-7, INF), (INF, INF), (-INF, INF), (NAN, NAN)],
    "digamma": [(0.0, NAN), (-0.0, NAN), (-1, NAN), (-7, NAN), (INF, INF), (-INF, NAN), (NAN, NAN)],
}


def program(name: str, type: str) -> str:
    return f"func.func @f(%x: {type}) -> {type} {{ %y = nd.{name} %x : {type} return %y : {type} }}"


@pytest.mark.parametrize("name", TRUE)
def test_doubles_are_right_to_twelve_digits(name: str) -> None:
    x, expected = np.array(list(TRUE[name])), np.array(list(TRUE[name].values()))
    for executor in executors(program(name, f"tensor<{len(x)}xf64>")):
        np.testing.assert_allclose(executor.call("f", x)[0], expected, rtol=1e-13, atol=0)


@pytest.mark.parametrize("type", ["f16", "f32", "f64"])
@pytest.mark.parametrize("name", SPECIAL)
def test_where_functions_end(name: str, type: str) -> None:
    x, expected = (np.array(part, FLOATS[type]) for part in zip(*SPECIAL[name], strict=True))
    for executor in executors(program(name, f"tensor<{len(x)}x{type}>")):
        (found,) = executor.call("f", x)
        np.testing.assert_array_equal(found, expected)
        known = ~np.isnan(expected) & (expected != 0)
        np.testing.assert_array_equal(np.signbit(found[known]), np.signbit(expected[known]))
        if name == "erf_inv":
            assert np.signbit(found[:2]).tolist() == [False, True]


RANGES = {"erfc": (-6, 27), "erf_inv": (-1, 1), "lgamma": (-20, 30), "digamma": (-20, 30)}


def samples(name: str) -> np.ndarray:
    rng = np.random.default_rng(0)
    near_zero = 10.0 ** rng.uniform(-30, 0, 500) * rng.choice([-1, 1], 500)
    far = [] if name == "erf_inv" else [10.0 ** rng.uniform(0, 30, 500)]
    ends = [1 - 10.0 ** rng.uniform(-16, 0, 500)] if name == "erf_inv" else []
    return np.concatenate([rng.uniform(*RANGES[name], 2000), near_zero, *far, *ends])


@pytest.mark.parametrize("type", ["f64", "f32", "bf16", "f16", "f8E4M3FN"])
@pytest.mark.parametrize("name", RANGES)
def test_both_executors_agree(name: str, type: str) -> None:
    """They compute by other methods."""
    with np.errstate(over="ignore", invalid="ignore"):
        x = samples(name).astype(np.float32 if type != "f64" else np.float64).astype(FLOATS[type])
    interpreter, native = executors(program(name, f"tensor<{len(x)}x{type}>"))
    expected, found = (executor.call("f", x)[0].astype(np.float64) for executor in (interpreter, native))
    # Next to zeros of negative numbers, the distance counts.
    near = 1e-12 if type == "f64" else 1e-6
    np.testing.assert_allclose(
        found, expected, rtol={"f64": 1e-12, "f32": 1.2e-7}.get(type, 1e-6), atol=near * (name[0] in "ld")
    )


@pytest.mark.parametrize("name", RANGES)
def test_every_level(name: str) -> None:
    """With run-time sizes, and with nothing at all."""
    x = np.array([[0.25, -0.75], [0.5, 0.9]], np.float32)
    check_levels(program(name, "tensor<?x2xf32>"), [x])
    check_levels(program(name, "tensor<?x2xf32>"), [x[:0]])


def test_a_tangent_is_a_quotient() -> None:
    """There is no op for it: sine by cosine is as good."""
    text = """func.func @f(%x: tensor<4096xf32>) -> tensor<4096xf32> {
      %s = nd.sin %x : tensor<4096xf32>
      %c = nd.cos %x : tensor<4096xf32>
      %t = nd.divide %s, %c : tensor<4096xf32>
      return %t : tensor<4096xf32>
    }"""
    x = np.random.default_rng(0).uniform(-1000, 1000, 4096).astype(np.float32)
    exact: Any = np.tan(x.astype(np.float64))
    for executor in executors(text):
        (found,) = executor.call("f", x)
        assert np.max(np.abs(found - exact) / np.spacing(np.abs(found))) <= 4
