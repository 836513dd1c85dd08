"""Reductions of segments."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from irc import ops
from irc.tracing.jit import jit

DATA = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]], np.float32)
IDS = np.array([0, 2, 0, -1])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("segment_sum", [[6, 8], [0, 0], [3, 4]]),
        ("segment_prod", [[5, 12], [1, 1], [3, 4]]),
        ("segment_max", [[5, 6], [-np.inf, -np.inf], [3, 4]]),
        ("segment_min", [[1, 2], [np.inf, np.inf], [3, 4]]),
    ],
)
def test_segments(name: str, expected: Any) -> None:
    """Negative numbers are no segments, and an empty one has the neutral element."""
    function = getattr(ops, name)
    np.testing.assert_array_equal(np.asarray(function(DATA, IDS)), expected)
    compiled = jit(lambda data, ids: function(data, ids, num_segments=3))
    np.testing.assert_array_equal(np.asarray(compiled(DATA, IDS)), expected)


def test_the_number_of_segments_is_known() -> None:
    with pytest.raises(TypeError, match="num_segments"):
        jit(ops.segment_sum)(DATA, IDS)
