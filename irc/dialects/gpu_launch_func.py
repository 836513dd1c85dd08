"""`gpu.launch_func`: running a function of a `gpu.module`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from irc.dialects.gpu_async import AsyncStep, parse_async_dependencies, print_async_dependencies
from irc.dialects.gpu_module import KERNEL, Binary, Func, Module
from irc.dialects.gpu_types import token
from irc.ir.attributes import Attribute, SymbolRefAttr, TypeAttr, UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.operation import Operation
from irc.ir.symbols import SymbolTables
from irc.ir.types import FunctionType, Type, i32, i64, index
from irc.ir.value import Value
from irc.ods.constraints import I32, Constraint, Var
from irc.ods.fields import attribute, operand, variadic
from irc.text.attributes import parse_symbol_ref

if TYPE_CHECKING:
    from irc.text.op_parser import OpParser
    from irc.text.op_printer import OpPrinter

CONTAINER = "gpu.container_module"
"""The attribute of a module in which kernels are launched that it contains."""

_SIZE = Constraint(
    "index or 32-bit signless integer or 64-bit signless integer", lambda type: type in (index, i32, i64)
)
Size = Var("Size", _SIZE)


class LaunchFunc(AsyncStep, name="gpu.launch_func"):
    """Runs a kernel for each thread of a grid.

    %t = gpu.launch_func async [%d] @kernels::@f blocks in (%n, %one, %one) threads in (%k, %one, %one)
      dynamic_shared_memory_size %s args(%x : f32)
    """

    kernel: SymbolRefAttr = attribute(SymbolRefAttr)
    gridSizeX: Value = operand(Size)
    gridSizeY: Value = operand(Size)
    gridSizeZ: Value = operand(Size)
    blockSizeX: Value = operand(Size)
    blockSizeY: Value = operand(Size)
    blockSizeZ: Value = operand(Size)
    clusterSizeX: Value | None = operand(_SIZE, default=None)
    clusterSizeY: Value | None = operand(_SIZE, default=None)
    clusterSizeZ: Value | None = operand(_SIZE, default=None)
    dynamicSharedMemorySize: Value | None = operand(I32, default=None)
    kernelOperands: Sequence[Value] = variadic(default=())
    asyncObject: Value | None = operand(default=None)

    @property
    def cluster_sizes(self) -> list[Value]:
        """The three sizes of a cluster, or none."""
        sizes = (self.clusterSizeX, self.clusterSizeY, self.clusterSizeZ)
        return [size for size in sizes if size is not None]

    def verify(self) -> None:
        if len(self.cluster_sizes) not in (0, 3):
            raise VerifyError("cluster size must be all present")
        if len({size.type for size in self.cluster_sizes} | {self.gridSizeX.type}) > 1:
            raise VerifyError("expects types of the cluster dimensions must be the same")
        module = next((op for op in self.ancestors() if op.name == "builtin.module"), None)
        if module is None:
            raise VerifyError("expected to belong to a module")
        if not isinstance(module.attributes.get(CONTAINER), UnitAttr):
            raise VerifyError(f"expected the closest surrounding module to have the '{CONTAINER}' attribute")

    def verify_symbols(self, tables: SymbolTables) -> None:
        function = self.parent_op
        module = function.parent_op if function is not None else None
        if module is None or module.name != "builtin.module":
            return
        container = tables.table(module).lookup(self.kernel.root)
        if container is None:
            raise VerifyError(f"kernel container '{self.kernel.root}' is undefined")
        if isinstance(container, Binary):
            return
        if not isinstance(container, Module):
            raise VerifyError(f"kernel module '{self.kernel.root}' is undefined")
        kernel: Operation | None = container
        for name in self.kernel.nested:
            # What is not a table of symbols has none inside.
            is_table = isinstance(kernel, Module) or (kernel is not None and kernel.name == "builtin.module")
            kernel = tables.table(kernel).lookup(name) if is_table and kernel is not None else None
        if kernel is None:
            raise VerifyError(f"kernel function '{self.kernel}' is undefined")
        self._verify_kernel(kernel)

    def _verify_kernel(self, kernel: Operation) -> None:
        type = kernel.get_attribute("function_type")
        if not isinstance(type, TypeAttr):
            raise VerifyError(f"referenced kernel '{self.kernel}' is not a function")
        if not isinstance(kernel.attributes.get(KERNEL), UnitAttr):
            raise VerifyError(f"kernel function is missing the '{KERNEL}' attribute")
        if not isinstance(kernel, Func) or not isinstance(type.type, FunctionType):
            return
        inputs = type.type.inputs
        if len(self.kernelOperands) != len(inputs):
            raise VerifyError(f"got {len(self.kernelOperands)} kernel operands but expected {len(inputs)}")
        for i, (value, input) in enumerate(zip(self.kernelOperands, inputs, strict=True)):
            if value.type is not input:
                raise VerifyError(f"type of function argument {i} does not match")

    @classmethod
    def parse(cls, p: OpParser) -> Any:
        stream = p.stream
        tokens, dependencies = parse_async_dependencies(p)
        stream_object: list[Value] = []
        if stream.accept("<"):
            name = p.operand()
            stream.expect(":")
            stream_object = [p.resolve(name, p.type())]
            stream.expect(">")
        attributes: dict[str, Attribute] = {"kernel": parse_symbol_ref(stream)}
        clusters = _parse_sizes(p, "clusters") if stream.peek() == "clusters" else []
        sizes = _parse_sizes(p, "blocks") + _parse_sizes(p, "threads")
        size_type: Type = p.type() if stream.accept(":") else index
        memory = [p.resolve(p.operand(), i32)] if stream.accept("dynamic_shared_memory_size") else []
        arguments: list[Value] = []
        if stream.accept("args"):
            stream.expect("(")
            while not stream.accept(")"):
                if arguments:
                    stream.expect(",")
                name = p.operand()
                stream.expect(":")
                arguments.append(p.resolve(name, p.type()))
        operands = [p.resolve(name, token) for name in dependencies]
        operands += [p.resolve(name, size_type) for name in sizes + clusters]
        operands += [*memory, *arguments, *stream_object]
        segments = [len(dependencies), *[1] * 6, *[len(clusters) // 3] * 3]
        segments += [len(memory), len(arguments), len(stream_object)]
        return p.build(cls, operands, tokens, {**attributes, **p.attr_dict()}, segments=segments)

    def print(self, p: OpPrinter) -> None:
        if self.asyncToken is not None or self.asyncDependencies:
            p(" ")
            print_async_dependencies(p, self)
        if self.asyncObject is not None:
            p(" <")
            p.value(self.asyncObject)
            p(" : ")
            p.type(self.asyncObject.type)
            p(">")
        p(" ")
        p.attribute(self.kernel)
        _print_sizes(p, "clusters", self.cluster_sizes)
        _print_sizes(p, "blocks", [self.gridSizeX, self.gridSizeY, self.gridSizeZ])
        _print_sizes(p, "threads", [self.blockSizeX, self.blockSizeY, self.blockSizeZ])
        if self.gridSizeX.type is not index:
            p(" : ")
            p.type(self.gridSizeX.type)
        if self.dynamicSharedMemorySize is not None:
            p(" dynamic_shared_memory_size ")
            p.value(self.dynamicSharedMemorySize)
        for i, value in enumerate(self.kernelOperands):
            p(", " if i else " args(")
            p.value(value)
            p(" : ")
            p.type(value.type)
        p(")" if self.kernelOperands else "")
        p.attr_dict(self, ("kernel",))


def _parse_sizes(p: OpParser, kind: str) -> list[int]:
    """`kind in (%x, %y, %z)`."""
    p.stream.expect(kind)
    p.stream.expect("in")
    position = p.stream.pos
    names = p.operand_list("(", ")")
    if len(names) != 3:
        raise p.stream.error(f"expected 3 sizes, got {len(names)}", position)
    return names


def _print_sizes(p: OpPrinter, kind: str, sizes: Sequence[Value]) -> None:
    if sizes:
        p(f" {kind} in (")
        p.values(sizes)
        p(")")
