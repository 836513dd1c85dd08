"""Ops of the `gpu` dialect that may run beside the host: what they wait for, and the token that others wait for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects._named_results import NamedResults
from irc.dialects.gpu_types import Token, token
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods.fields import optional_result, variadic

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter
    from irc.text.part_parser import Unresolved


def parse_async_dependencies(p: OpParser) -> tuple[tuple[Type, ...], list[Unresolved]]:
    """`async [%t, %u]`, of which each part may be missing: the types of the token, and what is waited for."""
    position = p.stream.pos
    types: tuple[Type, ...] = ()
    if p.stream.accept("async"):
        # Nobody could wait for the end of an op whose token has no name.
        if p.stream.tokens[position - 2] != "=":
            raise p.stream.error("needs to be named when marked 'async'", position)
        types = (token,)
    return types, p.operand_list("[", "]") if p.stream.peek() == "[" else []


def print_async_dependencies(p: OpPrinter, op: Any) -> None:
    """What `parse_async_dependencies` reads."""
    words = ["async"] if op.asyncToken is not None else []
    if op.asyncDependencies:
        words.append("[" + ", ".join([p.names.values[value] for value in op.asyncDependencies]) + "]")
    p(" ".join(words))


class AsyncOp(NamedResults):
    """Base of ops that wait for tokens; those with `async` are not waited for, and have a token `asyncToken` themselves."""

    asyncDependencies: Sequence[Value] = variadic(Token)


class AsyncStep(AsyncOp):
    """Base of those that have no other result."""

    asyncToken: Value | None = optional_result(Token)

    def infer(self) -> Sequence[Type]:
        return ()


ASYNC = "custom<AsyncDependencies>(type($asyncToken), $asyncDependencies) "
"""How the assembly format of such an op starts."""
