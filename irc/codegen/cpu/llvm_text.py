"""A module of the llvm dialect as LLVM IR text.

Text is several times faster to make and to read than building the module through a binding. Constants become operands,
block arguments become phi nodes, and a large constant stays outside: it is declared, and its bytes are handed over for
the linker to place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from irc.codegen.cpu.llvm_constants import constant_text, type_text
from irc.codegen.cpu.llvm_instructions import INSTRUCTIONS
from irc.codegen.cpu.llvm_loops import Loops, loops_ended
from irc.codegen.cpu.llvm_writer import Writer, symbol
from irc.codegen.cpu.stack_guard import guard, recursive_functions
from irc.dialects import llvm
from irc.ir.attributes import ArrayAttr, DenseElementsAttr, IntegerAttr, StringAttr
from irc.ir.block import Block
from irc.ir.diagnostic import error
from irc.ir.interfaces import BranchOp
from irc.ir.operation import Operation
from irc.ir.value import Value
from irc.lowering.failures import FAIL

OUTSIDE_BYTES = 1024
"""Constants from this size on are passed by address."""

_PARAMETER_WORDS = {
    "llvm.noalias": "noalias", "llvm.nocapture": "captures(none)", "llvm.readonly": "readonly",
    "llvm.writeonly": "writeonly", "llvm.nonnull": "nonnull", "llvm.noundef": "noundef",
}  # fmt: skip
_PARAMETER_NUMBERS = {"llvm.align": "align {}", "llvm.dereferenceable": "dereferenceable({})"}


@dataclass
class LLVMText:
    """The text of a module.

    `symbols` gives the name in the text, with its `@`, of each symbol of the module; `outside` are the constants that
    the text refers to without containing them. `recurses` says that functions call `irc.guard`, which others define,
    `loops` what LLVM is to do with the loops.
    """

    text: str
    symbols: Mapping[str, str]
    outside: dict[str, DenseElementsAttr] = field(default_factory=dict)
    recurses: bool = False
    loops: Loops = Loops.FINAL


def write_module(module: Operation, function_attributes: str = "", prefix: str = "") -> LLVMText:
    """The LLVM IR of a `builtin.module` that holds only llvm ops.

    `function_attributes` are added to every function that has a body, `prefix` is put before the names of globals, to
    tell them from those of other modules in the same program. Raises `DiagnosedError` at an op that has no counterpart
    in LLVM.
    """
    symbols = _symbols(module, prefix)
    result = LLVMText("", symbols)
    lines: list[str] = []
    declarations: dict[str, str] = {}
    recursive = recursive_functions(module)
    result.recurses = bool(recursive)
    for op in module.nested_ops():
        if isinstance(op, llvm.Func) and (op.CConv is not llvm.ccc or op.personality is not None):
            raise error(op.location, "'llvm.func' op with a calling convention or a personality is not supported")
        match op:
            case llvm.Func(is_declaration=True) if op.link_name == FAIL:
                pass  # the executor defines it
            case llvm.Func(is_declaration=True):
                name = symbols[op.sym_name.value]
                declarations.setdefault(name, declaration(op, name))
            case llvm.Func():
                check = None
                if op in recursive:
                    constant, check = guard(op, f"@irc.deep.{len(lines)}")
                    lines.append(constant)
                _function(op, Writer(lines, declarations, symbols), function_attributes, check)
                places = {block: place for place, block in enumerate(op.body)}
                result.loops = max(result.loops, *(loops_ended(block, places) for block in places))
            case llvm.Global():
                lines.append(_global(op, symbols[op.sym_name.value], prefix, result.outside))
            case _:
                raise error(
                    op.location, f"'{op.name}' op cannot be written as LLVM IR: lower it to the llvm dialect first"
                )
    lines += declarations.values()
    result.text = "\n".join(lines) + "\n"
    return result


def _symbols(module: Operation, prefix: str) -> dict[str, str]:
    """What each symbol is called in the text: what is defined here must not take the name of an external function."""
    external = {op.link_name for op in module.nested_ops() if isinstance(op, llvm.Func) and op.is_declaration}
    found: dict[str, str] = {}
    for op in module.nested_ops():
        if isinstance(op, llvm.Func | llvm.Global) and "\0" in op.sym_name.value:
            raise error(op.location, f"'{op.name}' op has a null byte in its name, which LLVM does not allow")
        match op:
            case llvm.Func(is_declaration=True):
                found[op.sym_name.value] = symbol(op.link_name)
            case llvm.Func() | llvm.Global():
                name = op.sym_name.value
                if prefix and isinstance(op, llvm.Global):
                    found[name] = symbol(prefix + name)
                    continue
                found[name] = symbol(f"{name}.own" if name in external else name)
    return found


# -- globals ---------------------------------------------------------------------------------------------------------


def _global(op: llvm.Global, name: str, prefix: str, outside: dict[str, DenseElementsAttr]) -> str:
    if not op.initializer.is_empty:
        raise error(op.location, "'llvm.mlir.global' op with an initializer region is not supported")
    for name_of_part in ("comdat", "section", "thread_local_"):
        if op.get_attribute(name_of_part) is not None:
            raise error(op.location, f"'llvm.mlir.global' op with '{name_of_part}' is not supported")
    if op.addr_space.value:
        raise error(op.location, "'llvm.mlir.global' op in another address space than 0 is not supported")
    type = type_text(op.global_type.type)
    kind = "constant" if op.constant is not None else "global"
    align = f", align {op.alignment.value}" if op.alignment is not None else ""
    value = op.value
    if isinstance(value, DenseElementsAttr) and op.constant is not None and _is_large(value):
        own = prefix + op.sym_name.value
        outside[own if symbol(own) == name else f"{own}.own"] = value
        return f"{name} = external {kind} {type}{align}"
    linkage = op.linkage.value
    if value is None:
        initializer = "" if linkage == "external" else " zeroinitializer"
    else:
        initializer = f" {constant_text(value, op.global_type.type)}"
        linkage = "" if linkage == "external" else linkage
    return f"{name} = {linkage} {kind} {type}{initializer}{align}"


def _is_large(value: DenseElementsAttr) -> bool:
    """Whether the elements are better passed by address; a block of zeros is short to write."""
    if not value.is_splat:
        return len(value.data) >= OUTSIDE_BYTES
    return any(value.data) and len(value.data) * value.type.num_elements >= OUTSIDE_BYTES


# -- functions -------------------------------------------------------------------------------------------------------


def _parameter_attributes(op: llvm.Func, index: int) -> str:
    words: list[str] = []
    for key, value in op.argument_attributes(index).entries:
        if key in _PARAMETER_WORDS:
            words.append(_PARAMETER_WORDS[key])
        elif key in _PARAMETER_NUMBERS and isinstance(value, IntegerAttr):
            words.append(_PARAMETER_NUMBERS[key].format(value.value))
    return "".join(f" {word}" for word in words)


def _passthrough(op: llvm.Func) -> str:
    """The function attributes: a string, or a pair of strings for `"key"="value"`."""
    words: list[str] = []
    for entry in op.passthrough.elements if op.passthrough is not None else ():
        match entry:
            case StringAttr():
                words.append(entry.value if entry.value.isalpha() else f'"{entry.value}"')
            case ArrayAttr(elements=(StringAttr() as key, StringAttr() as value)):
                words.append(f'"{key.value}"="{value.value}"')
            case _:
                raise error(op.location, f"expected a string or a pair of strings in 'passthrough', got '{entry}'")
    return "".join(f" {word}" for word in words)


def _parameters(op: llvm.Func) -> list[str]:
    return [type_text(type) + _parameter_attributes(op, i) for i, type in enumerate(op.type.parameters)]


def declaration(op: llvm.Func, name: str) -> str:
    """What makes a function known that is defined elsewhere."""
    listed = ", ".join(_parameters(op) + ["..."] * op.type.is_vararg)
    return f"declare {type_text(op.type.result)} {name}({listed}){_passthrough(op)}"


def _function(op: llvm.Func, writer: Writer, extra: str, check: str | None) -> None:
    """Write a function; `check` is an instruction to start with, after what is allocated on the stack."""
    name, lines = writer.symbols[op.sym_name.value], writer.lines
    _name_everything(op, writer)
    names = writer.names
    if op.type.is_vararg:
        raise error(op.location, "'llvm.func' op that is variadic and has a body is not supported")
    listed = ", ".join([f"{text} {names[a]}" for text, a in zip(_parameters(op), op.body.entry.arguments, strict=True)])
    linkage = op.linkage.value
    if linkage == "external":
        private = op.sym_visibility is not None and op.sym_visibility.value == "private"
        linkage = "internal" if private else ""
    lines.append(f"define {linkage} {type_text(op.type.result)} {name}({listed}){_passthrough(op)} {extra} {{")
    for block in op.body:
        _block(block, writer, check if block.is_entry else None)
    lines.append("}")


def _block(block: Block, writer: Writer, check: str | None) -> None:
    lines = writer.lines
    lines.append(f"{writer.labels[block]}:")
    if block.arguments and not block.is_entry:
        _phis(block, writer)
    for op in block:
        if check is not None and not isinstance(op, llvm.Constant | llvm.Alloca):
            lines.append(check)
            check = None
        write = INSTRUCTIONS.get(op.__class__)
        if write is None:
            raise error(op.location, f"'{op.name}' op cannot be written as LLVM IR: lower it to the llvm dialect first")
        write(op, writer)
    last = block.terminator
    for i, target in enumerate(last.successors):
        label = writer.detours.get((last, i))
        if label is not None:
            lines.append(f"{label}:\n  br label %{writer.labels[target]}")


def _phis(block: Block, writer: Writer) -> None:
    incoming: list[tuple[Sequence[Value], str]] = []
    for op in block.predecessors:
        assert isinstance(op, BranchOp)
        for i, target in enumerate(op.successors):
            if target is block:
                assert op.parent is not None
                label = writer.detours.get((op, i)) or writer.labels[op.parent]
                incoming.append((op.successor_operands(i), label))
    names = writer.names
    for i, argument in enumerate(block.arguments):
        edges = ", ".join([f"[{names[values[i]]}, %{label}]" for values, label in incoming])
        # A block that nothing reaches has no edges, and a phi node needs some.
        text = f"phi {type_text(argument.type)} {edges}" if edges else f"freeze {type_text(argument.type)} poison"
        writer.lines.append(f"  {names[argument]} = {text}")


_EMPTY: dict[type[Operation], str] = {llvm.Undef: "undef", llvm.Zero: "zeroinitializer", llvm.Poison: "poison"}


def _name_everything(function: llvm.Func, writer: Writer) -> None:
    """Labels of blocks, names of arguments and results; a constant's name is the constant itself."""
    names, labels = writer.names, writer.labels
    count = 0
    for block in function.body:
        labels[block] = f"b{len(labels)}"
        for argument in block.arguments:
            names[argument] = f"%v{count}"
            count += 1
        for op in block:
            match op:
                case llvm.Constant():
                    names[op.results[0]] = constant_text(op.value, op.results[0].type)
                case llvm.AddressOf():
                    names[op.results[0]] = writer.symbols[op.global_name.root]
                case llvm.Undef() | llvm.Zero() | llvm.Poison():
                    names[op.results[0]] = _EMPTY[op.__class__]
                case _:
                    for result in op.results:
                        names[result] = f"%v{count}"
                        count += 1
        last = block.last
        if last is not None and len(last.successors) > 1:
            _name_detours(last, writer)


def _name_detours(op: Operation, writer: Writer) -> None:
    """A phi node cannot tell two edges from one block apart: all but the first get a block of their own."""
    seen: set[Block] = set()
    for i, target in enumerate(op.successors):
        if target in seen and target.arguments:
            writer.detours[op, i] = f"edge{len(writer.detours)}"
        seen.add(target)
