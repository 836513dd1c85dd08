"""Programs in StableHLO as functions of arrays.

    program = stablehlo.load(jax.jit(f).lower(x).as_text())
    y = program(x)
    irc.grad(lambda x: program(x).sum())(x)

An imported program is a function like any other: it can be called in traced functions, differentiated, mapped and compiled.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from irc.dialects import func
from irc.importers.replay import replayed
from irc.ir.attributes import StringAttr, SymbolRefAttr
from irc.ir.block import Block
from irc.ir.cloning import IRMapping, clone
from irc.ir.collection import without_collection
from irc.ir.diagnostic import error
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTable
from irc.ir.types import TensorType, Type
from irc.ir.value import Value
from irc.ir.verifier import verify_or_raise
from irc.passes.manager import QUIET, PassManager
from irc.passes.pipeline import parse_pipeline
from irc.pipelines import IMPORT
from irc.text.parser import parse_module
from irc.text.printer import print_op
from irc.tracing.array import Array, ConcreteArray, as_array
from irc.tracing.batched import BatchedArray
from irc.tracing.compile import MAIN, Program, compile_module
from irc.tracing.current import is_tracing, traces
from irc.tracing.dtypes import element_type_of
from irc.tracing.staging import staged
from irc.tracing.trace import TracedArray

_PASSES = f"{IMPORT},inline,symbol-dce,cse,canonicalize"
_INLINE_ALL = f"inline{{max-size={1 << 30} max-growth={1 << 30}}}"


@without_collection()
def to_nd(source: Any, file: str = "stablehlo") -> Operation:
    """The module in irc's own dialects that StableHLO becomes. Raises `DiagnosedError`, with the place, and `TypeError` for
    what is no program in StableHLO.

    `source` is text, or what prints as text: what `jax.jit(f).lower(x)` and `jax.export.export` give, and modules of MLIR's
    bindings.
    """
    text = _text(source)
    if text.lstrip().startswith("HloModule"):
        raise TypeError("this program is in HLO, not in StableHLO: use jax.jit(f).lower(x).as_text()")
    module: Operation = parse_module(text, file)
    verify_or_raise(module)
    PassManager(parse_pipeline(_PASSES), QUIET).run(module)
    return module


def load(source: Any, entry: str = MAIN) -> Imported:
    """The function `entry` of a program in StableHLO. Raises `DiagnosedError` for what has no meaning here."""
    return Imported(to_nd(source), entry)


def _text(source: Any) -> str:
    if isinstance(source, str):
        return source
    if isinstance(source, bytes):
        raise TypeError("a program is given as text, not as bytecode: use as_text() or mlir_module()")
    if source is None or isinstance(source, bool | int | float | list | tuple | dict):
        raise TypeError(f"a program is given as text, or as what prints as text, not as {type(source).__name__}")
    for name in ("mlir_module", "as_text"):
        written = getattr(source, name, None)
        if written is not None:
            found: str = written() if callable(written) else written
            return found
    if callable(source):
        raise TypeError("a function has to be lowered for its arguments first: use jax.jit(f).lower(x)")
    return str(source)


class Imported:
    """A program of others as a function of arrays; it gives one array, or a tuple of several."""

    def __init__(self, module: Operation, entry: str = MAIN) -> None:
        self.module = module
        function = SymbolTable(module).lookup(entry)
        if not isinstance(function, func.Func) or function.is_declaration:
            raise ValueError(f"the program has no function @{entry} with a body")
        self._function = function
        self.__name__ = entry

    @property
    def inputs(self) -> Sequence[Type]:
        """The types of the arguments."""
        return self._function.signature.inputs

    @property
    def outputs(self) -> Sequence[Type]:
        """The types of the results."""
        return self._function.signature.results

    def as_text(self) -> str:
        """The program in irc's own dialects."""
        return print_op(self.module)

    def __call__(self, *args: Any) -> Any:
        """The results. Raises `TypeError` for arguments that do not fit, and `DiagnosedError` where the program ends."""
        if len(args) != len(self.inputs):
            raise TypeError(f"the program takes {len(self.inputs)} arguments, but {len(args)} are given")
        arrays = [_fitting(as_array(arg), type, i) for i, (arg, type) in enumerate(zip(args, self.inputs, strict=True))]
        if not is_tracing() and all(isinstance(array, ConcreteArray) for array in arrays):
            found: Sequence[Array] = [ConcreteArray(each) for each in self._program([array.data for array in arrays])]
        else:
            found = staged(lambda tree: tuple(self._written(tree)), tuple(arrays))
        return found[0] if len(found) == 1 else tuple(found)

    @functools.cached_property
    def _program(self) -> Program:
        module = clone(self.module, IRMapping())
        # What is compiled is called `main`; what has that name gets the other's. Nothing else is called from outside.
        names = {self.__name__: MAIN, MAIN: self.__name__}
        for op in module.walk():
            if isinstance(op, func.Func):
                is_entry = op.sym_name.value == self.__name__
                op.sym_visibility = None if is_entry else StringAttr("private")
                op.sym_name = StringAttr(names.get(op.sym_name.value, op.sym_name.value))
            elif isinstance(op, func.Call):
                op.callee = SymbolRefAttr(names.get(op.callee.root, op.callee.root))
        return compile_module(module)

    @functools.cached_property
    def _whole(self) -> func.Func:
        """The function with all that it calls inside it, as it is written into another one."""
        if not any(isinstance(op, func.Call) for op in self._function.walk()):
            return self._function
        module = clone(self.module, IRMapping())
        PassManager(parse_pipeline(_INLINE_ALL), QUIET).run(module)
        function = SymbolTable(module).lookup(self.__name__)
        assert isinstance(function, func.Func)
        for op in function.walk():
            if isinstance(op, func.Call):
                raise error(
                    op.location, "an imported program that calls functions which call themselves cannot be traced"
                )
        return function

    def _written(self, arrays: Sequence[Array]) -> Sequence[Array]:
        """The operations of the program where the caller is traced."""
        block = self._whole.body.entry
        if any(isinstance(array, BatchedArray) for array in arrays) or _says_more(block, arrays):
            return replayed(block, arrays)
        trace = traces()[-1]
        mapping: dict[Value, Value] = {
            argument: trace.value_of(array) for argument, array in zip(block.arguments, arrays, strict=True)
        }
        copies = IRMapping(mapping)
        for op in block:
            if op is block.terminator:
                break
            trace.builder.insert(clone(op, copies))
        return [TracedArray(trace, copies[value]) for value in block.terminator.operands]


def _says_more(block: Block, arrays: Sequence[Array]) -> bool:
    """Whether sizes of the arrays are known that the types of the arguments leave open."""
    for argument, array in zip(block.arguments, arrays, strict=True):
        shape = argument.type.shape if isinstance(argument.type, TensorType) else ()
        if any(known is None and isinstance(size, int) for known, size in zip(shape, array.shape, strict=True)):
            return True
    return False


def _fitting(array: Array, type: Type, i: int) -> Array:
    assert isinstance(type, TensorType)
    fits = array.ndim == type.rank and all(
        known is None or not isinstance(size, int) or size == known
        for size, known in zip(array.shape, type.shape, strict=False)
    )
    if not fits or element_type_of(array.dtype) is not type.element_type:
        raise TypeError(f"argument #{i} must be a '{type}', got {array.dtype}{list(array.shape)}")
    return array
