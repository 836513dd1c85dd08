"""Memory of a device: allocation, copies, waiting for them; also what the host tells the driver."""

from __future__ import annotations

from collections.abc import Sequence

from irc.dialects.gpu_async import ASYNC, AsyncOp, AsyncStep
from irc.dialects.gpu_attributes import AddressSpace
from irc.dialects.gpu_types import Token
from irc.dialects.memref import check_extents
from irc.ir.attributes import StringAttr, UnitAttr
from irc.ir.diagnostic import VerifyError
from irc.ir.interfaces import Effect, MemoryEffects
from irc.ir.traits import Pure
from irc.ir.types import MemRefType, UnrankedMemRefType, compatible_shapes, element_type, i8
from irc.ir.value import Value
from irc.ods.constraints import I32, Constraint, Index, MemRef, Scalar, is_a
from irc.ods.fields import attribute, operand, optional_result, result, variadic
from irc.ods.op import Op

UnrankedMemRef = Constraint("unranked.memref of any type values", is_a(UnrankedMemRefType))
Bytes = Constraint(
    "1D memref of 8-bit signless integer values",
    lambda type: isinstance(type, MemRefType) and type.rank == 1 and type.element_type is i8,
)
WORKGROUP, PRIVATE = AddressSpace("workgroup"), AddressSpace("private")


class Wait(AsyncStep, name="gpu.wait"):
    """Waits for tokens; with `async`, joins them to one without waiting.

    %t = gpu.wait async [%a, %b]
    gpu.wait [%t]
    """

    assembly = ASYNC + "attr-dict"


class Alloc(AsyncOp, MemoryEffects, name="gpu.alloc"):
    """A buffer in the memory of the device, which the host sees too where it is `host_shared`.

    %m, %t = gpu.alloc async [%d] (%n) : memref<64x?xf32, 1>
    %s = gpu.alloc host_shared () : memref<13xf32>
    """

    dynamicSizes: Sequence[Value] = variadic(Index, default=())
    symbolOperands: Sequence[Value] = variadic(Index, default=())
    hostShared: UnitAttr | None = attribute(UnitAttr, default=None)
    memref: Value = result(MemRef)
    asyncToken: Value | None = optional_result(Token)
    assembly = (
        ASYNC + "(`host_shared` $hostShared^)? ` ` `(` $dynamicSizes `)` (`` `[` $symbolOperands^ `]`)? attr-dict `:` "
        "type($memref)"
    )

    def effects(self) -> Sequence[Effect]:
        return (Effect("allocate", self.memref),)

    def verify(self) -> None:
        check_extents(self.memref, self.dynamicSizes, self.symbolOperands)


class Dealloc(AsyncStep, MemoryEffects, name="gpu.dealloc"):
    """Frees a buffer of the device.

    %u = gpu.dealloc async [%t] %m : memref<8x64xf32, 1>
    """

    memref: Value = operand(MemRef)
    assembly = ASYNC + "$memref attr-dict `:` type($memref)"

    def effects(self) -> Sequence[Effect]:
        return (Effect("free", self.memref),)


class Memcpy(AsyncStep, MemoryEffects, name="gpu.memcpy"):
    """Copies a buffer, of the device or of the host, to another.

    %u = gpu.memcpy async [%t] %dst, %src : memref<?xf32, 1>, memref<?xf32>
    """

    dst: Value = operand(MemRef)
    src: Value = operand(MemRef)
    assembly = ASYNC + "$dst `,` $src `:` type($dst) `,` type($src) attr-dict"

    def effects(self) -> Sequence[Effect]:
        return Effect("read", self.src), Effect("write", self.dst)

    def verify(self) -> None:
        source, target = self.src.type, self.dst.type
        assert isinstance(source, MemRefType)
        assert isinstance(target, MemRefType)
        if source.element_type is not target.element_type:
            raise VerifyError("arguments have incompatible element type")
        if not compatible_shapes(source.shape, target.shape):
            raise VerifyError("arguments have incompatible shape")


class Memset(AsyncStep, MemoryEffects, name="gpu.memset"):
    """Fills a buffer with a value.

    %u = gpu.memset async [%t] %dst, %x : memref<?xf32, 1>, f32
    """

    dst: Value = operand(MemRef)
    value: Value = operand()
    assembly = ASYNC + "$dst `,` $value `:` type($dst) `,` type($value) attr-dict"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write", self.dst),)

    def verify(self) -> None:
        if element_type(self.dst.type) is not element_type(self.value.type):
            raise VerifyError("failed to verify that all of {dst, value} have same element type")


class HostRegister(Op, name="gpu.host_register"):
    """Lets the device see a buffer of the host.

    gpu.host_register %m : memref<*xf32>
    """

    value: Value = operand(UnrankedMemRef)
    assembly = "$value attr-dict `:` type($value)"


class HostUnregister(Op, name="gpu.host_unregister"):
    """Ends what `gpu.host_register` began.

    gpu.host_unregister %m : memref<*xf32>
    """

    value: Value = operand(UnrankedMemRef)
    assembly = "$value attr-dict `:` type($value)"


class SetDefaultDevice(Op, MemoryEffects, name="gpu.set_default_device"):
    """The device that the following ops mean, by its number.

    gpu.set_default_device %n
    """

    devIndex: Value = operand(I32)
    assembly = "attr-dict $devIndex"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write"),)


class Printf(Op, MemoryEffects, name="gpu.printf"):
    """Prints numbers from a kernel, as C's `printf` does.

    gpu.printf "x = %f, n = %d" %x, %n : f32, i32
    """

    format: StringAttr = attribute(StringAttr)
    args: Sequence[Value] = variadic(Scalar, default=())
    assembly = "$format attr-dict ($args^ `:` type($args))?"

    def effects(self) -> Sequence[Effect]:
        return (Effect("write"),)


class DynamicSharedMemory(Op, name="gpu.dynamic_shared_memory", traits=[Pure]):
    """The memory that the blocks of a kernel share, whose size its launch gives.

    %m = gpu.dynamic_shared_memory : memref<?xi8, #gpu.address_space<workgroup>>
    """

    resultMemref: Value = result(Bytes)
    assembly = "attr-dict `:` type($resultMemref)"

    def verify(self) -> None:
        type = self.resultMemref.type
        assert isinstance(type, MemRefType)
        if type.has_static_shape:
            raise VerifyError("result memref type must be memref<?xi8, #gpu.address_space<workgroup>>")
        if type.memory_space is not WORKGROUP:
            raise VerifyError("address space must be address_space<workgroup>")
