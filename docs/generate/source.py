"""The text of functions: of a formula in a table, the expression; of a named function, its definition."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

Function = Callable[..., Any]


def is_lambda(function: Function) -> bool:
    return function.__name__ == "<lambda>"


def parameters(function: Function) -> list[str]:
    return list(inspect.signature(function).parameters)


def expression(function: Function) -> str:
    """What a lambda computes, as text; a call of anything else."""
    if not is_lambda(function):
        return f"{function.__name__}({', '.join(parameters(function))})"
    return ast.unparse(_node(function).body)


def _node(function: Function) -> ast.Lambda:
    """The syntax of a lambda: the innermost one with its parameters around all of its code."""
    code = function.__code__
    # Instructions that stand for nothing that is written have an empty place.
    places = [(line, start) for line, _, start, end in code.co_positions() if line and start is not None and end]
    first, last = min(places), max(places)
    names = list(code.co_varnames[: code.co_argcount])
    around = [
        node
        for node in _lambdas(code.co_filename)
        if (node.body.lineno, node.body.col_offset) <= first
        and last <= (node.body.end_lineno or 0, node.body.end_col_offset or 0)
        and [argument.arg for argument in node.args.args] == names
    ]
    return max(around, key=lambda node: (node.lineno, node.col_offset))


@cache
def _lambdas(file: str) -> list[ast.Lambda]:
    with open(file, encoding="utf-8") as stream:
        return [node for node in ast.walk(ast.parse(stream.read())) if isinstance(node, ast.Lambda)]


def helpers(functions: Iterable[Function], module: ModuleType) -> list[Function]:
    """The functions of `module` that are among `functions` or that these use, in the order of the file."""
    found: set[Function] = set()
    pending = list(functions)
    while pending:
        function = pending.pop()
        if function in found:
            continue
        if not is_lambda(function) and function.__module__ == module.__name__:
            found.add(function)
        for name in function.__code__.co_names:
            used = vars(module).get(name)
            if isinstance(used, FunctionType) and used.__module__ == module.__name__:
                pending.append(used)
    return sorted(found, key=lambda function: function.__code__.co_firstlineno)


def definition(function: Function) -> str:
    """The text of a function without its decorators."""
    lines = inspect.getsource(function).split("\n")
    start = next(i for i, line in enumerate(lines) if line.lstrip().startswith("def "))
    return inspect.cleandoc("\n".join(lines[start:])) if lines[start][:1] == " " else "\n".join(lines[start:])
