"""The text of functions: of a formula in a table, the expression; of a named function, its definition."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable
from functools import cache
from types import CodeType, FunctionType, ModuleType
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
    names = list(code.co_varnames[: code.co_argcount])
    around = [
        node
        for node in _lambdas(code.co_filename)
        if [argument.arg for argument in node.args.args] == names
        and (_holds(node.body, places) if places else _is_constant(node, code))
    ]
    return max(around, key=lambda node: (node.lineno, node.col_offset))


def _holds(body: ast.expr, places: list[tuple[int, int]]) -> bool:
    """Whether all of `places` lie in an expression."""
    end = (body.end_lineno or 0, body.end_col_offset or 0)
    return (body.lineno, body.col_offset) <= min(places) and max(places) <= end


def _is_constant(node: ast.Lambda, code: CodeType) -> bool:
    """Whether a lambda on the line of `code` gives its constant. Python 3.12 keeps no place of a constant that is returned."""
    try:
        return node.lineno == code.co_firstlineno and ast.literal_eval(node.body) in code.co_consts
    except ValueError:
        return False


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
