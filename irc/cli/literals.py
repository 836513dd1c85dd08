"""Numbers as they are written on the command line: `1.5`, `[[1, 2], [3, nan]]`, `true`, `-inf`, `(1+2j)`."""

from __future__ import annotations

import ast
import math
from typing import Any

_NAMES = {"true": True, "True": True, "false": False, "False": False, "nan": math.nan, "inf": math.inf}


def read_literal(text: str) -> Any:
    """A number, or lists of numbers. Raises `ValueError` where the text is something else."""
    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        raise ValueError(f"cannot read '{shortened(text)}' as a number or a list of numbers") from None


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=bool() | int() | float() | complex() as value):
            return value
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return [_value(element) for element in elements]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_number(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return +_number(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as operation, right=right):
            real, imaginary = _number(left), _number(right)
            if isinstance(real, complex) or not isinstance(imaginary, complex):
                raise ValueError("no complex number")
            return real - imaginary if isinstance(operation, ast.Sub) else real + imaginary
    raise ValueError("no number")


def _number(node: ast.expr) -> Any:
    value = _value(node)
    if isinstance(value, list):
        raise TypeError("a list has no sign")
    return value


def shortened(text: str) -> str:
    """A text for a message: its start, where it is long."""
    return text if len(text) <= 60 else f"{text[:57]}..."
