"""How the atomic ops of `llvm` are executed: there is one thread, so every op is atomic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from irc.dialects import llvm
from irc.interpreter import floats as fl
from irc.interpreter import integers as it
from irc.interpreter.core import Frame, interpret
from irc.interpreter.llvm_memory_model import Pointer, heap_of, load, store
from irc.interpreter.values import scalar
from irc.ir.types import FloatType

FLOATS: dict[str, Callable[..., Any]] = {"fadd": np.add, "fsub": np.subtract, "fmax": np.fmax, "fmin": np.fmin}

SIGNED: dict[str, Callable[[int, int], int]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "_and": lambda a, b: a & b,
    "nand": lambda a, b: ~(a & b),
    "_or": lambda a, b: a | b,
    "_xor": lambda a, b: a ^ b,
    "max": max,
    "min": min,
}
UNSIGNED: dict[str, Callable[[int, int], int]] = {
    "umax": max,
    "umin": min,
    "uinc_wrap": lambda a, b: 0 if a >= b else a + 1,
    "udec_wrap": lambda a, b: b if a == 0 or a > b else a - 1,
}
"""What becomes of the number in memory and the operand."""


@interpret(llvm.AtomicRMW)
def modify(frame: Frame, op: llvm.AtomicRMW, pointer: Any, value: Any) -> Any:
    type, word = op.val.type, op.function
    old = load(pointer, type, heap_of(frame.interpreter.memory))
    if isinstance(type, FloatType) and word in FLOATS:
        new = fl.in_float32(FLOATS[word], old, value)
    elif word in SIGNED:
        new = _wrapped(SIGNED[word](int(it.signed(old)), int(it.signed(value))), type)
    elif word in UNSIGNED:
        width = it.width_of(type)
        new = _wrapped(UNSIGNED[word](int(it.unsigned(old, width)), int(it.unsigned(value, width))), type)
    else:
        new = value
    store(pointer, new, type)
    return old


def _wrapped(number: int, type: Any) -> Any:
    width = it.width_of(type)
    number &= (1 << width) - 1
    return scalar(number - (1 << width) if number >> (width - 1) else number, type)


@interpret(llvm.CmpXchg)
def exchange(frame: Frame, op: llvm.CmpXchg, pointer: Any, expected: Any, new: Any) -> Any:
    type = op.val.type
    old = load(pointer, type, heap_of(frame.interpreter.memory))
    same = old.address == expected.address if isinstance(old, Pointer) else bool(old == expected)
    if same:
        store(pointer, new, type)
    return old, np.bool_(same)


@interpret(llvm.Fence)
def fence(frame: Frame, op: llvm.Fence) -> None:
    """Nothing is reordered."""


@interpret(llvm.Freeze)
def freeze(frame: Frame, op: llvm.Freeze, value: Any) -> Any:
    """What is undefined here has a value already."""
    return value
