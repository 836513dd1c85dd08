"""How the ops of `vector` that move lanes are computed."""

from __future__ import annotations

from typing import Any

import numpy as np

from irc.dialects import vector
from irc.interpreter.core import Frame, interpret
from irc.ir.dense import dtype_of
from irc.ir.types import Type, VectorType


def vector_type(type: Type) -> VectorType:
    assert isinstance(type, VectorType)
    if any(type.scalable):
        raise ValueError("the interpreter has no scalable vectors")
    return type


@interpret(vector.FromElements)
def from_elements(frame: Frame, op: vector.FromElements, *elements: Any) -> Any:
    type = vector_type(op.result.type)
    return np.array(elements, dtype_of(type.element_type)).reshape(type.static_shape)


@interpret(vector.Shuffle)
def shuffle(frame: Frame, op: vector.Shuffle, first: Any, second: Any) -> Any:
    return np.concatenate([np.atleast_1d(first), np.atleast_1d(second)])[list(op.positions)]


@interpret(vector.Interleave)
def interleave(frame: Frame, op: vector.Interleave, lhs: Any, rhs: Any) -> Any:
    return np.stack([lhs, rhs], axis=-1).reshape(vector_type(op.result.type).static_shape)


@interpret(vector.Deinterleave)
def deinterleave(frame: Frame, op: vector.Deinterleave, source: Any) -> Any:
    return source[..., 0::2], source[..., 1::2]


@interpret(vector.FlatTranspose)
def flat_transpose(frame: Frame, op: vector.FlatTranspose, matrix: Any) -> Any:
    """Both matrices lie column after column."""
    return matrix.reshape(op.columns.value, op.rows.value).T.ravel()
