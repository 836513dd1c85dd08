"""Random programs compute the same numbers at every level."""

from __future__ import annotations

import numpy as np
import pytest
from unit.lowering.levels import check_levels
from unit.random_programs import K, N, Program


@pytest.mark.parametrize("seed", range(60))
def test_random_program(seed):
    numbers = np.random.default_rng(seed)
    arguments = [numbers.standard_normal(shape).astype(np.float32) for shape in ((N, K), (K, N), (K,), (N,))]
    check_levels(Program(seed).text(), [*arguments, N, bool(seed % 2)])
