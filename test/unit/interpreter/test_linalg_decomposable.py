"""`linalg.softmax` and Winograd's convolution in the interpreter."""

from __future__ import annotations

import numpy as np
import pytest
from unit.interpreter.programs import run

from irc.ir.diagnostic import DiagnosedError

SOFTMAX = """
    %r0 = linalg.softmax dimension({axis}) ins(%0 : tensor<?x3xf32>) outs(%1 : tensor<?x3xf32>) -> tensor<?x3xf32>"""
TENSORS = ["tensor<?x3xf32>"] * 2


@pytest.mark.parametrize("axis", [0, 1])
def test_softmax(axis):
    x = np.array([[1, 2, 1000], [-1000, 0, 3]], np.float32)
    (found,) = run(TENSORS, SOFTMAX.format(axis=axis), TENSORS[:1], x, np.zeros((2, 3), "f"))
    powers = np.exp(x - x.max(axis, keepdims=True))
    np.testing.assert_allclose(found, powers / powers.sum(axis, keepdims=True), rtol=1e-6)


def test_softmax_of_odd_inputs():
    body = SOFTMAX.format(axis=0)
    assert run(TENSORS, body, TENSORS[:1], np.zeros((0, 3), "f"), np.zeros((0, 3), "f"))[0].shape == (0, 3)
    assert np.isnan(run(TENSORS, body, TENSORS[:1], [[np.nan, -np.inf, np.inf]], np.zeros((1, 3), "f"))[0]).all()
    with pytest.raises(DiagnosedError, match=r"an array of shape \(1, 3\) for a destination of shape \(2, 3\)"):
        run(TENSORS, body, TENSORS[:1], np.zeros((1, 3), "f"), np.zeros((2, 3), "f"))


def test_softmax_on_buffers():
    m = np.zeros((2, 4), np.float32)
    body = "linalg.softmax dimension(1) ins(%0 : memref<2x4xf32>) outs(%0 : memref<2x4xf32>)"
    run(["memref<2x4xf32>"], body, [], m)
    assert m.tolist() == [[0.25] * 4] * 2


def winograd(m, r, filters, image, output, domain):
    """The convolution of `image` with `filters`, whose sizes per axis are `domain` in Winograd's domain."""
    (alpha_h, alpha_w), (tiles_h, tiles_w) = domain
    f, _, _, c = filters.shape
    n = image.shape[0]
    shapes = [filters.shape, image.shape, output, (alpha_h, alpha_w, c, f), (alpha_h, alpha_w, tiles_h, tiles_w, n, c),
              (alpha_h, alpha_w, tiles_h, tiles_w, n, f)]  # fmt: skip
    types = [f"tensor<{'x'.join(map(str, shape))}xf64>" for shape in shapes]
    body = f"""
    %e3 = tensor.empty() : {types[3]}
    %e4 = tensor.empty() : {types[4]}
    %g = linalg.winograd_filter_transform m({m}) r({r}) ins(%0 : {types[0]}) outs(%e3 : {types[3]}) -> {types[3]}
    %d = linalg.winograd_input_transform m({m}) r({r}) ins(%1 : {types[1]}) outs(%e4 : {types[4]}) -> {types[4]}
    %zero = arith.constant dense<0.0> : {types[5]}
    %y = linalg.generic {{indexing_maps = [affine_map<(i, j, a, b, n, f, c) -> (i, j, c, f)>,
        affine_map<(i, j, a, b, n, f, c) -> (i, j, a, b, n, c)>, affine_map<(i, j, a, b, n, f, c) -> (i, j, a, b, n, f)>],
        iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]}}
        ins(%g, %d : {types[3]}, {types[4]}) outs(%zero : {types[5]}) {{
    ^bb0(%x: f64, %w: f64, %o: f64):
      %p = arith.mulf %x, %w : f64
      %s = arith.addf %p, %o : f64
      linalg.yield %s : f64
    }} -> {types[5]}
    %e2 = tensor.empty() : {types[2]}
    %r0 = linalg.winograd_output_transform m({m}) r({r}) ins(%y : {types[5]}) outs(%e2 : {types[2]}) -> {types[2]}"""
    return run(types[:2], body, [types[2]], filters, image)[0]


@pytest.mark.parametrize(("m", "r"), [(2, 3), (4, 3), (2, 5), (3, 4)])
def test_winograd_convolves(m, r):
    generator = np.random.default_rng(0)
    filters, image = generator.normal(size=(2, r, r, 3)), generator.normal(size=(2, 2 * m + r - 1, m + r - 1, 3))
    found = winograd(m, r, filters, image, (2, 2 * m, m, 2), ((m + r - 1, m + r - 1), (2, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(image, (r, r), (1, 2))
    np.testing.assert_allclose(found, np.einsum("nhwcij,fijc->nhwf", windows, filters), rtol=1e-9, atol=1e-9)


def test_a_dimension_of_size_one_is_not_transformed():
    generator = np.random.default_rng(1)
    filters, image = generator.normal(size=(2, 1, 3, 3)), generator.normal(size=(1, 3, 10, 3))
    found = winograd(4, 3, filters, image, (1, 3, 8, 2), ((1, 6), (3, 2)))
    windows = np.lib.stride_tricks.sliding_window_view(image, (1, 3), (1, 2))
    np.testing.assert_allclose(found, np.einsum("nhwcij,fijc->nhwf", windows, filters), rtol=1e-9, atol=1e-9)


def test_tiles_lie_in_the_image():
    body = """
    %e = tensor.empty() : tensor<6x6x2x1x1x1xf32>
    %r0 = linalg.winograd_input_transform m(4) r(3) ins(%0 : tensor<1x?x?x1xf32>) outs(%e : tensor<6x6x2x1x1x1xf32>)
        -> tensor<6x6x2x1x1x1xf32>"""
    with pytest.raises(DiagnosedError, match="reads 2 tiles of 6 elements, 4 apart, of a dimension of size 9"):
        run(["tensor<1x?x?x1xf32>"], body, ["tensor<6x6x2x1x1x1xf32>"], np.zeros((1, 9, 6, 1), "f"))
