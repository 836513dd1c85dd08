"""Recursion that would use up the stack ends the call with an error, and not the process.

A function that may call itself asks `irc.guard` first. That compares the frame's address with a limit, which the wrapper
sets where native code is entered: half of what a thread has from there on, since no more is known of what is below.
"""

from __future__ import annotations

import resource
import sys

from irc.analysis.call_graph import cycles
from irc.codegen.cpu.llvm_constants import bytes_text
from irc.dialects import llvm
from irc.ir.operation import Operation
from irc.lowering.failures import encode

UNLIMITED_STACK = 2 << 20
"""What a thread of glibc gets where the process has no limit, in bytes."""
SMALL_STACK = 512 << 10
"""What a thread has on macOS unless it asks for more."""


def _room() -> int:
    """Bytes of stack that native code may use."""
    if sys.platform == "darwin":
        return SMALL_STACK // 2
    soft, _ = resource.getrlimit(resource.RLIMIT_STACK)
    return (UNLIMITED_STACK if soft == resource.RLIM_INFINITY else soft) // 2


RUNTIME = """\
@irc.stack = internal global i64 0
declare ptr @llvm.frameaddress.p0(i32 immarg)

define internal void @irc.guard(ptr %message) alwaysinline nounwind {
  %frame = call ptr @llvm.frameaddress.p0(i32 0)
  %here = ptrtoint ptr %frame to i64
  %limit = load i64, ptr @irc.stack
  %deep = icmp ult i64 %here, %limit
  br i1 %deep, label %stop, label %go
stop:
  call void @irc.fail(ptr %message)
  unreachable
go:
  ret void
}
"""

ENTER = [
    "  %frame = call ptr @llvm.frameaddress.p0(i32 0)",
    "  %here = ptrtoint ptr %frame to i64",
    f"  %own.limit = sub i64 %here, {_room()}",
    "  %outer.limit = load i64, ptr @irc.stack",
    "  %is.outermost = icmp eq i64 %outer.limit, 0",
    "  %limit = select i1 %is.outermost, i64 %own.limit, i64 %outer.limit",
    "  store i64 %limit, ptr @irc.stack",
]
"""What the wrapper of a function that may recurse does before it calls it; the limit of a call that waits stays."""

LEAVE = ["  store i64 %outer.limit, ptr @irc.stack"]
"""What it does afterwards."""


def recursive_functions(module: Operation) -> set[llvm.Func]:
    """The functions that may call themselves, directly or through others."""
    functions = {op.sym_name.value: op for op in module.nested_ops() if isinstance(op, llvm.Func)}
    calls = {name: [c for c in _callees(op) if c in functions] for name, op in functions.items()}
    return {functions[name] for group in cycles(calls) for name in group}


def _callees(function: llvm.Func) -> set[str]:
    return {op.callee.root for op in function.walk() if isinstance(op, llvm.Call) and op.callee is not None}


def guard(function: llvm.Func, message: str) -> tuple[str, str]:
    """The definition of `message`, a symbol, and the call that stops `function` where there is no room for it."""
    name = function.sym_name.value
    text = encode(function.location, f"the stack is used up by the recursion of '@{name}'").encode() + b"\0"
    constant = f"{message} = internal constant [{len(text)} x i8] {bytes_text(text)}"
    return constant, f"  call void @irc.guard(ptr {message})"
