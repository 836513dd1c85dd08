"""The types of the `gpu` dialect: tokens, matrices that a subgroup holds, handles of sparse computations."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from irc.ir.interning import Interned
from irc.ir.types import IntegerType, Type, f16, f32, i32
from irc.ods.constraints import Constraint, is_a
from irc.ods.registry import register_type
from irc.text.strings import quote, unquote
from irc.text.types import parse_dimensions, parse_type

if TYPE_CHECKING:
    from irc.text.lexer import TokenStream

si8, ui8 = IntegerType(8, "signed"), IntegerType(8, "unsigned")

ROLES = ("AOp", "BOp", "COp")
"""What a matrix is in a product A x B + C."""


class Handle(Type):
    """Base of the types that are a name alone."""

    @classmethod
    def parse(cls, _stream: TokenStream) -> Type:
        return cls()

    def text(self, _spell: Callable[[Interned], str]) -> str:
        return ""


class AsyncToken(Handle):
    """`!gpu.async.token`: stands for the end of an op that does not wait."""

    name: ClassVar[str] = "gpu.async.token"


class SparseMatrixHandle(Handle):
    """`!gpu.sparse.spmat_handle`: a sparse matrix of a library."""

    name: ClassVar[str] = "gpu.sparse.spmat_handle"


class DenseTensorHandle(Handle):
    """`!gpu.sparse.dntensor_handle`: a dense vector or matrix of a library."""

    name: ClassVar[str] = "gpu.sparse.dntensor_handle"


class SpGEMMHandle(Handle):
    """`!gpu.sparse.spgemmop_handle`: a product of sparse matrices that a library is computing."""

    name: ClassVar[str] = "gpu.sparse.spgemmop_handle"


class MMAMatrix(Type):
    """`!gpu.mma_matrix<16x16xf32, "COp">`: a matrix spread over the threads of a subgroup, and its role in a product."""

    name: ClassVar[str] = "gpu.mma_matrix"

    shape: tuple[int, ...]
    element_type: Type
    operand: str

    def check(self) -> None:
        if self.operand not in ROLES:
            raise ValueError("operand expected to be one of AOp, BOp or COp")
        if len(self.shape) != 2:
            raise ValueError("MMAMatrixType must have exactly two dimensions")
        if self.element_type not in (si8, ui8, i32, f16, f32):
            raise ValueError("MMAMatrixType elements must be SI8, UI8, I32, F16, or F32")

    @classmethod
    def parse(cls, stream: TokenStream) -> Type:
        stream.expect("<")
        position = stream.pos
        sizes, scalable = parse_dimensions(stream)
        shape = tuple([size for size in sizes if size is not None])
        if len(shape) != len(sizes) or any(scalable):
            raise stream.error("expected static shape", position)
        element = parse_type(stream)
        stream.expect(",")
        position = stream.pos
        operand = stream.next()
        if operand[:1] != '"':
            raise stream.error("expected the role of the matrix, a string", position)
        stream.expect(">")
        return cls(shape, element, unquote(stream, operand, position))

    def text(self, spell: Callable[[Interned], str]) -> str:
        dims = "".join([f"{size}x" for size in self.shape])
        return f"<{dims}{spell(self.element_type)}, {quote(self.operand)}>"


for _cls in (AsyncToken, SparseMatrixHandle, DenseTensorHandle, SpGEMMHandle, MMAMatrix):
    register_type(_cls)

token = AsyncToken()

Token = Constraint("async token type", is_a(AsyncToken), only=token)
SparseMatrix = Constraint("sparse matrix handle type", is_a(SparseMatrixHandle), only=SparseMatrixHandle())
DenseTensor = Constraint("dense tensor handle type", is_a(DenseTensorHandle), only=DenseTensorHandle())
SpGEMM = Constraint("SpGEMM operation handle type", is_a(SpGEMMHandle), only=SpGEMMHandle())
Matrix = Constraint("MMAMatrix type", is_a(MMAMatrix))


def matrix_of(words: str, *elements: Type) -> Constraint:
    """Matrices of certain elements."""

    def holds(type: Type) -> bool:
        return isinstance(type, MMAMatrix) and type.element_type in elements

    return Constraint(f"gpu.mma_matrix of {words} values", holds)
