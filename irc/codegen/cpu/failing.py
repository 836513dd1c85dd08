"""How native code leaves a call in which it cannot go on: `irc.fail` jumps back to the wrapper, which returns the message.

The jump is C's `longjmp` (ISO C11, 7.13); buffers that the call has allocated are not freed.
"""

from __future__ import annotations

RUNTIME = """\
@irc.place = internal global [64 x i64] zeroinitializer, align 16
@irc.message = internal global ptr null
declare i32 @_setjmp(ptr) returns_twice
declare void @longjmp(ptr, i32) noreturn

define internal void @irc.fail(ptr %message) noreturn nounwind noinline {
  store ptr %message, ptr @irc.message
  call void @longjmp(ptr @irc.place, i32 1)
  unreachable
}
"""
"""One place for all calls of a module, so that they must not overlap."""

ENTER = [
    "  %jumped = call i32 @_setjmp(ptr @irc.place) returns_twice",
    "  %failed = icmp ne i32 %jumped, 0",
    "  br i1 %failed, label %stop, label %go",
    "stop:",
    "  %message = load ptr, ptr @irc.message",
    "  ret ptr %message",
    "go:",
]
"""What the wrapper of a function that may fail starts with. It returns the message, null where nothing failed."""
