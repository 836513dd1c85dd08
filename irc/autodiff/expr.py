"""Formulas as Python expressions: values with operators, and lower-case functions that insert operations.

    nd = functions("nd")
    nd.cos(x) * ct                        # nd.cos, nd.multiply

A number among the arguments becomes a constant of the type of the others. On scalars the operators are those of `arith`
and `complex`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.dialects import arith, complex, nd, tensor
from irc.dialects._scalar_constants import scalar_constant
from irc.ir import types as ty
from irc.ir.attributes import IntegerAttr
from irc.ir.builder import Builder
from irc.ir.dense import splat
from irc.ir.types import ComplexType, ShapedType, TensorType, Type, VectorType
from irc.ir.value import Value
from irc.ods.registry import lookup_op

Number = int | float


class Expr:
    """A value under construction: `value` is looked up when it is first used, so that unused primal values stay unneeded."""

    __slots__ = ("_find", "_size", "_value", "active", "builder", "type")

    def __init__(
        self,
        builder: Builder,
        type: Type,
        find: Callable[[], Value],
        active: bool = True,
        size: Callable[[int], Value] | None = None,
    ) -> None:
        self.builder, self.type, self.active = builder, type, active
        self._find, self._size = find, size
        self._value: Value | None = None

    @staticmethod
    def of(builder: Builder, value: Value) -> Expr:
        return Expr(builder, value.type, lambda: value)

    @staticmethod
    def later(like: Expr, make: Callable[[], Expr]) -> Expr:
        """An expression of the type of `like` that is written where it is first used, as if it were written here."""
        location = like.builder.location

        def find() -> Value:
            with like.builder.located(location):
                return make().value

        return Expr(like.builder, like.type, find)

    @property
    def value(self) -> Value:
        if self._value is None:
            self._value = self._find()
        return self._value

    @property
    def is_tensor(self) -> bool:
        return isinstance(self.type, TensorType)

    @property
    def shape(self) -> ty.Shape:
        assert isinstance(self.type, ShapedType)
        return self.type.shape

    @property
    def rank(self) -> int:
        return len(self.shape)

    @property
    def dims(self) -> list[Value]:
        """The sizes of the dynamic dimensions, as index values."""
        return [self.size(axis) for axis, known in enumerate(self.shape) if known is None]

    def size(self, axis: int) -> Value:
        """The size along a dynamic axis, as an index value; for it the value itself may not be needed."""
        return self._size(axis) if self._size is not None else dim_of(self.builder, self.value, axis)

    def like(self, number: Number) -> Expr:
        """A constant of this expression's type."""
        return Expr.of(self.builder, full(self.builder, self.type, number, lambda: self.dims))

    def coerce(self, other: Expr | Number) -> Expr:
        return other if isinstance(other, Expr) else self.like(other)

    def __add__(self, other: Expr | Number) -> Expr:
        if isinstance(other, Part):
            return other.onto(self)
        return _operator(self, other, nd.Add, arith.AddF, complex.Add)

    def __sub__(self, other: Expr | Number) -> Expr:
        return _operator(self, other, nd.Subtract, arith.SubF, complex.Sub)

    def __mul__(self, other: Expr | Number) -> Expr:
        if isinstance(other, int | float) and other in (1, -1):
            return self if other == 1 else -self
        return _operator(self, other, nd.Multiply, arith.MulF, complex.Mul)

    def __truediv__(self, other: Expr | Number) -> Expr:
        return _operator(self, other, nd.Divide, arith.DivF, complex.Div)

    def __radd__(self, other: Number) -> Expr:
        return self.like(other) + self

    def __rsub__(self, other: Number) -> Expr:
        return self.like(other) - self

    def __rmul__(self, other: Number) -> Expr:
        return self * other

    def __rtruediv__(self, other: Number) -> Expr:
        return self.like(other) / self

    def __neg__(self) -> Expr:
        cls: Any = _choose(self.type, nd.Negative, arith.NegF, complex.Neg)
        return Expr.of(self.builder, self.builder.insert(cls(self.value)).result)


class Part(Expr):
    """Zeros but for a part, as the cotangent of what a part was taken of. It is added to a sum by changing that part alone.

    `placed` gives the part added to a total, or, where the flag is not set, in zeros of the type of `like`.
    """

    __slots__ = ("_location", "_placed")

    def __init__(self, like: Expr, placed: Callable[[Expr, bool], Expr]) -> None:
        super().__init__(like.builder, like.type, lambda: self._at(like, False).value)
        self._placed, self._location = placed, like.builder.location

    def _at(self, total: Expr, add: bool) -> Expr:
        with self.builder.located(self._location):
            return self._placed(total, add)

    def onto(self, total: Expr) -> Expr:
        """The sum of this and `total`."""
        return self._at(total, True)

    def __add__(self, other: Expr | Number) -> Expr:
        return self.onto(self.coerce(other))


def _choose(type: Type, tensors: Any, floats: Any, complexes: Any) -> Any:
    """The op class for values of a type."""
    if isinstance(type, TensorType):
        return tensors
    return complexes if isinstance(type, ComplexType) else floats


def _operator(lhs: Expr, rhs: Expr | Number, tensors: Any, floats: Any, complexes: Any) -> Expr:
    cls = _choose(lhs.type, tensors, floats, complexes)
    return Expr.of(lhs.builder, lhs.builder.insert(cls(lhs.value, lhs.coerce(rhs).value)).result)


def dim_of(builder: Builder, value: Value, axis: int) -> Value:
    """The size of `value` along `axis`, as an index value."""
    position = builder.insert(arith.Constant(IntegerAttr(axis, ty.index))).result
    return builder.insert(tensor.Dim(value, position)).result


def full(builder: Builder, type: Type, number: Number, dims: Callable[[], Sequence[Value]]) -> Value:
    """`number` everywhere. `dims` gives the dynamic sizes of a tensor, where it has some."""
    if isinstance(type, VectorType):
        return builder.insert(arith.Constant(splat(number, type))).result
    if not isinstance(type, TensorType):
        return builder.insert(scalar_constant(number, type)).results[0]
    if type.has_static_shape:
        return builder.insert(nd.Constant(splat(number, type))).result
    scalar = builder.insert(nd.Constant(splat(number, TensorType((), type.element_type)))).result
    return builder.insert(nd.BroadcastTo(scalar, dims(), result_types=[type])).result


class Functions:
    """The ops of a dialect as functions on expressions: `nd.cos(x)` inserts an `nd.cos`."""

    __slots__ = ("_dialect",)

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect

    def __getattr__(self, name: str) -> Callable[..., Expr]:
        cls = lookup_op(f"{self._dialect}.{name}")
        if cls is None:
            raise AttributeError(f"no op '{self._dialect}.{name}'")

        def build(*arguments: Expr | Number, **keywords: Any) -> Expr:
            model = next(a for a in arguments if isinstance(a, Expr))
            values = [model.coerce(argument).value for argument in arguments]
            return Expr.of(model.builder, model.builder.insert(cls(*values, **keywords)).results[0])

        return build


def functions(dialect: str) -> Functions:
    """The functions of a dialect, for formulas."""
    return Functions(dialect)
