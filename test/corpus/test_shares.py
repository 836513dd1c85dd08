"""The shares of the collection that are read, and that upstream's tools take back, do not shrink."""

from __future__ import annotations

import pytest

from corpus.cases import FOLDER, GROUPS
from corpus.checks import CHECKS

LEAST = {
    "language": 0.99,
    "dialects": 0.99,
    "jax": 1.0,
    "stablehlo": 1.0,
    "canonical forms": 0.99,
    "dialects, by mlir-opt": 0.99,
    "jax, by jaxlib": 1.0,
    "stablehlo, by jaxlib": 1.0,
}


@pytest.mark.skipif(FOLDER is None, reason="IRC_CORPUS does not say where the collection is")
@pytest.mark.parametrize("name", CHECKS)
def test_share(name: str) -> None:
    group, check, lacks = CHECKS[name]
    missing = lacks()
    if missing:
        pytest.skip(missing)
    assert FOLDER is not None
    cases = GROUPS[group](FOLDER)
    left_out = {case.name: reason for case, reason in zip(cases, check(cases), strict=True) if reason}
    assert len(left_out) <= (1 - LEAST[name]) * len(cases), left_out
