"""LLVM IR text to machine code in this process, through llvmlite.

A module is parsed, optimised, compiled to an object file and linked into a library of its own in one process-wide JIT.
`NativeModule` owns that library: when the Python object goes, so does the code.
"""

from __future__ import annotations

import ctypes
import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

import llvmlite.binding as binding
import numpy as np

from irc.codegen.cpu.llvm_loops import Loops
from irc.codegen.cpu.small_floats import SYMBOLS, conversions_text, needs_conversions
from irc.ir.attributes import DenseElementsAttr

CONSTANT_ALIGNMENT = 64

FLUSHING = ("avx512bf16", "avxneconvert")
"""Features of x86 whose conversions to bf16 make zeros of subnormal numbers."""

_lock = threading.Lock()
_serial = itertools.count()


_machines: list[Any] = []
"""Target machines that nobody is using; one must not serve two threads at a time."""


@contextmanager
def _target_machine() -> Iterator[Any]:
    """Code for this very processor, made by nobody else meanwhile."""
    try:
        machine = _machines.pop()
    except IndexError:
        machine = _new_target_machine()
    try:
        yield machine
    finally:
        _machines.append(machine)


def _new_target_machine() -> Any:
    # The features are asked for apart from the processor's name, which may be an older one's.
    features = binding.get_host_cpu_features()
    for name in FLUSHING:
        features[name] = False
    return _target().create_target_machine(
        cpu=binding.get_host_cpu_name(), features=features.flatten(), opt=3, reloc="pic", codemodel="small", jit=True
    )


@cache
def _target() -> Any:
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    binding.initialize_native_asmparser()
    return binding.Target.from_triple(binding.get_process_triple())


@cache
def _jit() -> Any:
    # Arithmetic on integers wider than the processor's calls the compiler's runtime library.
    with suppress(OSError):
        ctypes.CDLL("libgcc_s.so.1", ctypes.RTLD_GLOBAL)
    return binding.create_lljit_compiler(_new_target_machine(), use_jit_link=True)


@cache
def function_attributes() -> str:
    """Attributes for every function: AVX-512 is used at full width, which LLVM does not do by itself."""
    wide = ' "prefer-vector-width"="512"' if binding.get_host_cpu_features().get("avx512f") else ""
    return f"nounwind{wide}"


def compile_object(text: str, level: int = 1, loops: Loops = Loops.OPEN) -> bytes:
    """Machine code for the text of a module, as an object file.

    `level` is that of LLVM's optimisation pipelines, 0 for none at all. `loops` says what is left to do with the loops: level 1
    does no more where they are in their final form.
    Raises `RuntimeError` where LLVM does not accept the text, which is a mistake of the compiler and not of its user.
    """
    with _target_machine() as machine:
        # A context of its own lets threads compile at the same time, and goes with all that was made for the module.
        context = binding.create_context()
        module = binding.parse_assembly(text, context)
        try:
            module.triple = machine.triple
            module.data_layout = str(machine.target_data)
            module.verify()
            if level > 1 or (level == 1 and loops is Loops.OPEN):
                _optimize(module, machine, level)
            elif level == 1 and loops is Loops.SHORT:
                _write_out(module, machine)
            return _emitted(module, machine)
        finally:
            module.close()
            context.close()


def _unlocked(name: str) -> Any:
    """A function of LLVM without the lock that llvmlite puts around all of them: those that take long must not keep other
    threads from compiling. LLVM allows it for modules of different contexts."""
    function = getattr(binding.ffi.lib, name)
    return getattr(function, "_cfn", function)


def _run(passes: Any, module: Any, builder: Any) -> None:
    _unlocked("LLVMPY_RunNewModulePassManager")(passes, module, builder)


def _emitted(module: Any, machine: Any) -> bytes:
    """The object file of a module."""
    lib = binding.ffi.lib
    with binding.ffi.OutputString() as problem:
        buffer = _unlocked("LLVMPY_TargetMachineEmitToMemory")(machine, module, 1, problem)
        if not buffer:
            raise RuntimeError(str(problem))
    try:
        return ctypes.string_at(lib.LLVMPY_GetBufferStart(buffer), lib.LLVMPY_GetBufferSize(buffer))
    finally:
        lib.LLVMPY_DisposeMemoryBuffer(buffer)


def _optimize(module: Any, machine: Any, level: int) -> None:
    options = binding.create_pipeline_tuning_options(speed_level=level)
    options.loop_vectorization = options.slp_vectorization = options.loop_unrolling = options.loop_interleaving = True
    builder = binding.create_pass_builder(machine, options)
    _run(builder.getModulePassManager(), module, builder)


def _write_out(module: Any, machine: Any) -> None:
    """Write out short loops.

    A tenth of the time of LLVM's own pipeline of level 1, for code that ran within a few per cent as fast in all programs
    that were measured: instruction selection simplifies what it is given by itself.
    """
    passes = binding.create_new_module_pass_manager()
    passes.add_loop_unroll_pass()
    passes.add_simplify_cfg_pass()
    options = binding.create_pipeline_tuning_options(speed_level=1)
    _run(passes, module, binding.create_pass_builder(machine, options))


class LinkError(RuntimeError):
    """Code refers to a symbol that is found nowhere."""


class NativeModule:
    """Loaded machine code. Addresses are good as long as the object lives."""

    __slots__ = ("_constants", "_tracker")

    def __init__(
        self,
        code: Sequence[bytes],
        exports: Sequence[str],
        constants: Mapping[str, DenseElementsAttr] | None = None,
        addresses: Mapping[str, int] | None = None,
    ) -> None:
        """Link the object files in `code`; `constants` and `addresses` are symbols that it refers to without defining them.

        Raises `LinkError` where a symbol is found nowhere.
        """
        self._constants = {name: aligned_copy(value) for name, value in (constants or {}).items()}
        library = binding.JITLibraryBuilder()
        for each in code:
            library.add_object_img(each)
        library.add_current_process()
        for name, array in self._constants.items():
            library.import_symbol(name, array.ctypes.data)
        for name, address in (addresses or {}).items():
            library.import_symbol(name, address)
        for name in exports:
            library.export_symbol(name)
        try:
            with _lock:
                self._tracker = library.link(_jit(), f"irc{next(_serial)}")
        except RuntimeError as problem:
            raise LinkError(str(problem)) from None

    def address(self, name: str) -> int:
        """The address of an exported symbol."""
        found: int = self._tracker[name]
        return found


@cache
def _conversions() -> NativeModule:
    return NativeModule([compile_object(conversions_text())], SYMBOLS)


def runtime_addresses(text: str) -> dict[str, int]:
    """The functions that code for this LLVM IR may call although its text does not."""
    if not needs_conversions(text):
        return {}
    native = _conversions()
    return {name: native.address(name) for name in SYMBOLS}


@cache
def _process() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def is_in_process(name: str) -> bool:
    """Whether code that is linked can refer to this symbol of the process."""
    return hasattr(_process(), name)


def aligned_copy(value: DenseElementsAttr) -> np.ndarray[Any, Any]:
    """The bytes of all elements, aligned for vector loads."""
    data = value.data * value.type.num_elements if value.is_splat else value.data
    room = np.empty(len(data) + CONSTANT_ALIGNMENT, np.uint8)
    start = -room.ctypes.data % CONSTANT_ALIGNMENT
    room[start : start + len(data)] = np.frombuffer(data, np.uint8)
    return room[start : start + len(data)]
