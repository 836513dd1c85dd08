"""Factorizations of matrices go to StableHLO as the calls that JAX makes, and come back the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import irc
import irc.numpy as jnp
import irc.scipy.linalg
from irc.importers import stablehlo
from irc.passes.manager import PassManager
from irc.passes.pipeline import parse_pipeline
from irc.text.parser import parse_module
from irc.text.printer import print_op

RANDOM = np.random.default_rng(0)
TALL = RANDOM.normal(size=(2, 4, 3)).astype(np.float32)
WIDE = RANDOM.normal(size=(3, 5))
SQUARE = RANDOM.normal(size=(2, 3, 3))
COMPLEX = (SQUARE[0] + 1j * SQUARE[1]).astype(np.complex64)
LARGER = RANDOM.normal(size=(2, 4, 4))

PROGRAMS: dict[str, tuple[Callable[..., Any], Any]] = {
    "lu": (irc.scipy.linalg.lu, TALL),
    "inverse": (jnp.linalg.inv, SQUARE),
    "determinant": (jnp.linalg.det, LARGER),
    "qr": (jnp.linalg.qr, TALL),
    "qr-of-wide-matrices": (jnp.linalg.qr, WIDE),
    "square-q": (lambda a: jnp.linalg.qr(a, mode="complete"), TALL),
    "complex-q": (jnp.linalg.qr, COMPLEX),
    "eigh": (jnp.linalg.eigh, SQUARE),
    "eigenvalues-of-the-upper-triangle": (lambda a: jnp.linalg.eigvalsh(a, UPLO="U"), COMPLEX),
    "svd": (jnp.linalg.svd, TALL),
    "short-svd": (lambda a: jnp.linalg.svd(a, full_matrices=False), WIDE),
    "singular-values": (lambda a: jnp.linalg.svd(a, compute_uv=False), COMPLEX),
    "eig": (jnp.linalg.eig, SQUARE),
    "eigenvalues": (jnp.linalg.eigvals, COMPLEX),
}


def exported(function: Callable[..., Any], x: Any) -> str:
    """A function in StableHLO."""
    module = parse_module(irc.jit(function).lower(x).as_text())
    PassManager(parse_pipeline("nd-to-stablehlo")).run(module)
    return print_op(module)


@pytest.mark.parametrize("name", PROGRAMS)
def test_there_and_back(name: str) -> None:
    function, x = PROGRAMS[name]
    text = exported(function, x)
    assert "@lapack_" in text
    expected = [np.asarray(leaf) for leaf in irc.tree.leaves(function(x))]
    found = [np.asarray(leaf) for leaf in irc.tree.leaves(stablehlo.load(text)(x))]
    for a, b in zip(found, expected, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-5)
        assert a.dtype == b.dtype


def test_what_jax_prints() -> None:
    """The routine for the type, matrices by columns, options as the numbers of letters."""
    text = exported(lambda a: jnp.linalg.svd(a, full_matrices=False), TALL)
    assert (
        "stablehlo.custom_call @lapack_sgesdd_ffi(%arg0) {api_version = 4 : i32, backend_config = {mode = 83 : ui8}, "
        "operand_layouts = [dense<[1, 2, 0]> : tensor<3xindex>]"
    ) in text
