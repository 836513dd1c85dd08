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
    **{
        f"{group} by {executor}": least
        for executor in ("interpreter", "cpu")
        for group, least in (("results of jax", 1.0), ("results of tier A", 0.99), ("results of tiers B and C", 0.95))
    },
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
    # Native code takes its time to compile: every eighth is looked at here, all by `python -m corpus`.
    cases = GROUPS[group](FOLDER)[:: 8 if name.endswith("cpu") else 1]
    left_out = {case.name: reason for case, reason in zip(cases, check(cases), strict=True) if reason}
    assert len(left_out) <= (1 - LEAST[name]) * len(cases), left_out
