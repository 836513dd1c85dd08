"""Runs functions of a module in the llvm dialect on NumPy arrays."""

from __future__ import annotations

import ctypes
import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from irc.dialects import llvm
from irc.ir.attributes import SymbolRefAttr
from irc.ir.diagnostic import DiagnosedError, Diagnostic, error
from irc.ir.operation import Operation
from irc.jit.cpu import failing, stack_guard
from irc.jit.cpu.calling import WRAPPER_PREFIX, CallError, Layout, flush, layout_of, pack, unpack, wrapper_text
from irc.jit.cpu.compiler import NativeModule, compile_object, function_attributes, is_in_process, runtime_addresses
from irc.jit.cpu.llvm_text import write_module
from irc.lowering.failures import FAIL, decode

_Entry = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)


class CpuExecutor:
    """A compiled module. Its public functions that carry `irc.signature` can be called by name."""

    def __init__(self, module: Operation, level: int = 2) -> None:
        """Compile `module` at LLVM's optimisation level `level`.

        Raises `DiagnosedError` for an op outside the llvm dialect, and for a function that is not to be found.
        """
        check_externals(module)
        written = write_module(module, function_attributes())
        self.layouts: dict[str, Layout] = {}
        text = [written.text]
        self._uncallable: dict[str, str] = {}
        self._prints = may_fail = False
        functions: list[tuple[llvm.Func, Layout]] = []
        for function in module.nested_ops():
            if not isinstance(function, llvm.Func):
                continue
            self._prints |= function.link_name in ("printf", "puts")
            may_fail |= function.link_name == FAIL
            try:
                layout = layout_of(function)
            except DiagnosedError as problem:
                # It may still be called by others; only a call from outside is an error.
                self._uncallable[function.sym_name.value] = problem.diagnostics[0].message
                continue
            if layout is not None:
                self.layouts[layout.name] = layout
                functions.append((function, layout))
        may_fail |= written.recurses
        text += [failing.RUNTIME] if may_fail else []
        text += [stack_guard.RUNTIME] if written.recurses else []
        enter = [*(failing.ENTER if may_fail else ()), *(stack_guard.ENTER if written.recurses else ())]
        text += [wrapper_text(function, layout, written.symbols[layout.name], enter) for function, layout in functions]
        self._lock: AbstractContextManager[Any] = threading.Lock() if may_fail else nullcontext()
        self.text = "".join(text)
        exports = [WRAPPER_PREFIX + name for name in self.layouts]
        self._native = NativeModule(
            compile_object(self.text, level), exports, written.outside, runtime_addresses(self.text)
        )
        self._entries = {name: _Entry(self._native.address(WRAPPER_PREFIX + name)) for name in self.layouts}

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
        with self._lock:
            message = self._entries[name](words.ctypes.data)
            problem = decode(ctypes.string_at(message).decode("utf-8", "surrogateescape")) if message else None
        if self._prints:
            flush(None)
        if problem is not None:
            raise DiagnosedError(problem)
        return unpack(layout, words, kept)


def check_externals(module: Operation) -> None:
    """Raises `DiagnosedError` where a function is used that is defined neither here nor in the process."""
    declared = {op.sym_name.value: op for op in module.nested_ops() if isinstance(op, llvm.Func) and op.is_declaration}
    missing = {
        name: op
        for name, op in declared.items()
        if op.link_name != FAIL and not op.link_name.startswith("llvm.") and not is_in_process(op.link_name)
    }
    if not missing:
        return
    for user in module.walk():
        reference = user.callee if isinstance(user, llvm.Call) else getattr(user, "global_name", None)
        declaration = missing.get(reference.root) if isinstance(reference, SymbolRefAttr) else None
        if declaration is not None:
            note = Diagnostic(declaration.location, "it is declared here, without a body", "note")
            name = declaration.link_name
            raise error(user.location, f"there is no function '{name}', neither in the module nor in the process", note)
