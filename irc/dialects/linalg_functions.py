"""Enumerations of scalar functions that named structured ops take as attributes."""

from __future__ import annotations

from irc.ods.enums import EnumAttr


class TypeFn(EnumAttr):
    """`#linalg.type_fn<cast_signed>`: how an integer becomes a number of another type."""

    name = "linalg.type_fn"
    cases = ("cast_signed", "cast_unsigned")


class UnaryFn(EnumAttr):
    """`#linalg.unary_fn<exp>`: a function of one number."""

    name = "linalg.unary_fn"
    cases = (
        "exp", "log", "abs", "ceil", "floor", "negf", "reciprocal", "round", "sqrt", "rsqrt", "square", "tanh", "erf",
    )  # fmt: skip


class BinaryFn(EnumAttr):
    """`#linalg.binary_fn<add>`: a function of two numbers."""

    name = "linalg.binary_fn"
    cases = (
        "add", "sub", "mul", "div", "div_unsigned", "max_signed", "min_signed", "max_unsigned", "min_unsigned", "powf",
    )  # fmt: skip


CAST_UNSIGNED = TypeFn("cast_unsigned")
