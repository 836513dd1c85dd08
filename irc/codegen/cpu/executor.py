"""Runs functions of a module in the llvm dialect on NumPy arrays."""

from __future__ import annotations

import ctypes
import functools
import threading
from collections.abc import Callable, Container, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np

from irc.codegen.cpu import callbacks, failing, stack_guard
from irc.codegen.cpu.calling import CallError, Layout, flush, layout_of, pack, unpack, wrapper_name, wrapper_text
from irc.codegen.cpu.compiler import (
    LinkError,
    NativeModule,
    compile_object,
    function_attributes,
    is_in_process,
    runtime_addresses,
)
from irc.codegen.cpu.direct_calls import DirectCall
from irc.codegen.cpu.llvm_loops import Loops
from irc.codegen.cpu.llvm_text import LLVMText, declaration, write_module
from irc.custom_calls.convention import CUSTOM_CALL
from irc.dialects import llvm
from irc.ir.attributes import SymbolRefAttr
from irc.ir.diagnostic import DiagnosedError, Diagnostic, error
from irc.ir.operation import Operation
from irc.lowering.failures import FAIL, decode

_PROVIDED = (FAIL, CUSTOM_CALL)
"""Functions that are neither in the module nor in the process."""

_Entry = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)


@dataclass(slots=True)
class Part:
    """Functions of a program, as a module of LLVM. `code` gives the object file, or waits for it, if that is made elsewhere."""

    written: LLVMText
    prints: bool
    may_fail: bool
    code: Callable[[], bytes] | None = None

    @classmethod
    def of(cls, module: Operation, elsewhere: Container[str] = (), prefix: str = "") -> Part:
        """A module in the llvm dialect, some of whose functions may be defined elsewhere.

        Raises `DiagnosedError` for an op outside the llvm dialect, and for a function that is not to be found.
        """
        _check_externals(module, elsewhere)
        written = write_module(module, function_attributes(), prefix)
        return cls(written, _prints(module), _may_fail_in(module))


class CpuExecutor:
    """A compiled module. Its public functions that carry `irc.signature` can be called by name."""

    def __init__(self, module: Operation, level: int = 1, own: Part | None = None, others: Sequence[Part] = ()) -> None:
        """Compile `module` at LLVM's optimisation level `level`. `own` is the module if it has been written already, `others`
        are what it declares only.

        Raises `DiagnosedError` for an op outside the llvm dialect, and for a function that is not to be found.
        """
        own = own or Part.of(module)
        written, parts = own.written, [own, *others]
        is_here = own.code is None
        text = [written.text] if is_here else []
        self.layouts: dict[str, Layout] = {}
        self._uncallable: dict[str, str] = {}
        self._prints = any(part.prints for part in parts)
        may_fail = written.recurses or any(part.may_fail for part in parts)
        functions: list[tuple[llvm.Func, Layout]] = []
        for function in module.nested_ops():
            if not isinstance(function, llvm.Func):
                continue
            try:
                layout = layout_of(function)
            except DiagnosedError as problem:
                # It may still be called by others; only a call from outside is an error.
                self._uncallable[function.sym_name.value] = problem.diagnostics[0].message
                continue
            if layout is not None:
                self.layouts[layout.name] = layout
                functions.append((function, layout))
        text += [failing.RUNTIME] if may_fail else []
        text += [stack_guard.RUNTIME] if written.recurses else []
        enter = list(stack_guard.ENTER) if written.recurses else []
        leave = list(stack_guard.LEAVE) if written.recurses else []
        if may_fail:
            leave += failing.LEAVE
            enter += [*failing.ENTER, *leave, *failing.STOP]
        for function, layout in functions:
            if not is_here:
                text.append(declaration(function, written.symbols[layout.name]) + "\n")
            text.append(wrapper_text(function, layout, written.symbols[layout.name], enter, leave))
        self._lock: AbstractContextManager[Any] = threading.RLock() if may_fail else nullcontext()
        self.text = "".join(text)
        exports = [wrapper_name(name) for name in self.layouts]
        loops = Loops.FINAL if not is_here else Loops.OPEN if written.recurses else written.loops
        code = [compile_object(self.text, level, loops)]
        constants, addresses = {**written.outside}, _addresses(self.text)
        # From the last on, which are compiled here as long as the other thread is busy with the first.
        for part in reversed(parts):
            if part.code is None:
                continue
            code.append(part.code())
            constants |= part.written.outside
            addresses |= _addresses(part.written.text)
        try:
            self._native = NativeModule(code, exports, constants, addresses)
        except LinkError:
            # LLVM itself has written to the error stream which ones; it does so nowhere else.
            raise error(module.location, "the native code needs functions that this process lacks") from None
        self._entries = {name: _Entry(self._native.address(wrapper_name(name))) for name in self.layouts}

    def call(self, name: str, *arguments: Any) -> list[Any]:
        """The results of `@name`: NumPy arrays for tensors and memrefs, NumPy scalars for scalars.

        Raises `CallError` where there is no such function or the arguments do not fit it, `DiagnosedError` where the
        program cannot go on.
        """
        layout = self.layouts.get(name)
        if layout is None:
            reason = self._uncallable.get(name)
            if reason is not None:
                raise CallError(f"@{name} cannot be called: {reason}")
            known = ", ".join(f"@{known}" for known in self.layouts) or "none"
            raise CallError(f"there is no public function @{name} to be called; there are: {known}")
        words = np.zeros(layout.words + 1, np.int64)
        kept = pack(layout, arguments, words)
        self._enter(self._entries[name], words.ctypes.data)
        return unpack(layout, words, kept)

    def direct(self, name: str) -> DirectCall:
        """`@name`, all of whose arguments and results are tensors, for callers who know that the arguments fit."""
        entry = self._entries[name]
        plain = not self._prints and isinstance(self._lock, nullcontext)
        return DirectCall(self.layouts[name], entry if plain else functools.partial(self._enter, entry))

    def _enter(self, entry: Any, words: int) -> None:
        """Run a wrapper on the words at an address. Raises `DiagnosedError` where the program cannot go on."""
        with self._lock:
            message = entry(words)
            problem = decode(ctypes.string_at(message).decode("utf-8", "surrogateescape")) if message else None
            cause = callbacks.take_exception() if problem is not None else None
        if self._prints:
            flush(None)
        if problem is not None:
            raise DiagnosedError(problem) from cause


def _addresses(text: str) -> dict[str, int]:
    """What the code for a text may call that is neither in it nor in the process."""
    return {**runtime_addresses(text), **callbacks.addresses(text)}


def _prints(module: Operation) -> bool:
    """Whether functions of a module print."""
    return any(isinstance(op, llvm.Func) and op.link_name in ("printf", "puts") for op in module.nested_ops())


def _may_fail_in(module: Operation) -> bool:
    """Whether functions of a module may find that they cannot go on."""
    return any(isinstance(op, llvm.Func) and op.link_name == FAIL for op in module.nested_ops())


def _check_externals(module: Operation, elsewhere: Container[str]) -> None:
    """Raises `DiagnosedError` where a function is used that is defined neither here, nor `elsewhere`, nor in the process."""
    missing: dict[str, tuple[str, Operation]] = {}
    for op in module.nested_ops():
        name = _external_name(op)
        if name in elsewhere:
            continue
        if isinstance(op, llvm.Func | llvm.Global) and name is not None and not is_in_process(name):
            missing[op.sym_name.value] = name, op
    if not missing:
        return
    for user in module.walk():
        reference = user.callee if isinstance(user, llvm.Call) else getattr(user, "global_name", None)
        if isinstance(reference, SymbolRefAttr) and reference.root in missing:
            name, declaration = missing[reference.root]
            note = Diagnostic(declaration.location, "it is declared here, without a definition", "note")
            raise error(user.location, f"there is no symbol '{name}', neither in the module nor in the process", note)


def _external_name(op: Operation) -> str | None:
    """The symbol of the process that a declaration stands for, `None` for anything else."""
    match op:
        case llvm.Func(is_declaration=True, link_name=name) if name not in _PROVIDED and not name.startswith("llvm."):
            return str(name)
        case llvm.Global(value=None) if op.linkage.value == "external" and op.initializer.is_empty:
            return str(op.sym_name.value)
    return None
