"""How native code leaves a call in which it cannot go on: `irc.fail` jumps back to the wrapper, which returns the message.

The jump is C's `longjmp` (ISO C11, 7.13); buffers that the call has allocated are not freed. A call may be made while
another one waits for a Python function that it has called: each puts back the place that it has found.
"""

from __future__ import annotations

RUNTIME = """\
@irc.place = internal global ptr null
@irc.message = internal global ptr null
declare i32 @_setjmp(ptr) returns_twice
declare void @longjmp(ptr, i32) noreturn

define void @irc.fail(ptr %message) noreturn nounwind noinline {
  store ptr %message, ptr @irc.message
  %place = load ptr, ptr @irc.place
  call void @longjmp(ptr %place, i32 1)
  unreachable
}
"""
"""One place for all calls of a module, so that those of several threads must not overlap."""

DECLARATION = "declare void @irc.fail(ptr) noreturn nounwind\n"
"""For a part of a module, whose object file does not have it."""

ENTER = [
    "  %outer = load ptr, ptr @irc.place",
    "  %place = alloca [64 x i64], align 16",
    "  store ptr %place, ptr @irc.place",
    "  %jumped = call i32 @_setjmp(ptr %place) returns_twice",
    "  %failed = icmp ne i32 %jumped, 0",
    "  br i1 %failed, label %stop, label %go",
    "stop:",
]
"""What the wrapper of a function that may fail starts with, up to what it does when it has failed."""

LEAVE = ["  store ptr %outer, ptr @irc.place"]
"""What it ends with in either case."""

STOP = ["  %message = load ptr, ptr @irc.message", "  ret ptr %message", "go:"]
"""How it returns the message where it has failed."""
