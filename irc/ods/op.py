"""`Op`: the base of declared operations.

    class AddF(Op, name="arith.addf", traits=[Pure, Commutative]):
        \"\"\"Floating-point addition.\"\"\"
        lhs: Value = operand(T)
        rhs: Value = operand(T)
        result: Value = result(T)
        assembly = "$lhs `,` $rhs attr-dict `:` type($result)"

A class without `name=` is a base that shares fields. The metaclass reads the fields once; `irc.ods.compile` writes the
constructor, the accessors and the verifier from them, and `irc.text` the parser and the printer from `assembly`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import InitVar
from typing import Any, ClassVar, dataclass_transform

from irc.ir.attributes import Attribute
from irc.ir.interfaces import FoldResult
from irc.ir.location import UNKNOWN, Location
from irc.ir.operation import NO_ATTRIBUTES, Operation
from irc.ir.traits import SameVariadicOperandSize, Trait
from irc.ir.types import Type
from irc.ods import fields as f
from irc.ods.compile import accessors, compile_on_first_use
from irc.ods.fields import Field, Keyword
from irc.ods.layout import Layout
from irc.ods.registry import register_op

TypesMatch = Mapping[str, tuple[str, Callable[[Type], Type]]]


@dataclass_transform(
    eq_default=False,
    field_specifiers=(
        f.operand, f.variadic, f.result, f.optional_result, f.variadic_results, f.attribute, f.region, f.variadic_regions,
        f.successor, f.variadic_successors, f.keyword,
    ),
)  # fmt: skip
class OpMeta(type):
    """Collects the fields of an op class and compiles them."""

    def __new__(
        mcs,
        cls_name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        name: str = "",
        traits: Sequence[Trait] = (),
    ) -> OpMeta:
        namespace.setdefault("__slots__", ())
        own: dict[str, Field] = {}
        for key, value in list(namespace.items()):
            if isinstance(value, Field):
                own[key] = value
                # `name_` declares MLIR's `name`, which as a Python attribute would hide the op's own.
                value.key, value.name = key, key.removesuffix("_")
                del namespace[key]
            elif isinstance(value, Keyword):
                del namespace[key]
        cls = super().__new__(mcs, cls_name, bases, namespace)
        inherited: dict[str, Field] = {}
        inherited_traits: set[Trait] = set()
        for base in reversed(bases):
            inherited.update(getattr(base, "op_fields", {}))
            inherited_traits |= getattr(base, "traits", frozenset())
        type.__setattr__(cls, "op_fields", {**inherited, **own})
        type.__setattr__(cls, "traits", frozenset(inherited_traits.union(traits)))
        if name:
            _complete(cls, name)
        return cls


def _complete(cls: Any, name: str) -> None:
    """Give a named op class its generated members and register it."""
    layout = Layout(name, tuple(cls.op_fields.values()), SameVariadicOperandSize in cls.traits)
    cls.name, cls.layout, cls.property_names = name, layout, layout.property_names
    compile_on_first_use(cls, layout)
    for key, accessor in accessors(layout).items():
        setattr(cls, key, accessor)
    register_op(cls)


class Op(Operation, metaclass=OpMeta):
    """Base of all declared operations. See the module's docstring."""

    layout: ClassVar[Layout]
    op_fields: ClassVar[dict[str, Field]]
    assembly: ClassVar[str | None] = None
    """The custom form, in MLIR's assembly-format language; `None` where the class has `parse` and `print`, or neither."""

    types_match: ClassVar[TypesMatch] = {}
    derived_attributes: ClassVar[tuple[str, ...]] = ()
    """Attributes in which MLIR remembers what follows from the op. They may be read, but are not kept."""
    """Types that follow from others, for the parser: a field, the field whose type is stated, and the function."""

    fold: ClassVar[Callable[..., FoldResult] | None] = None
    """`fold(self, *constants)`: what the op's result is, given the operands' constant values (`None` if not constant)."""

    infer: ClassVar[Callable[[Any], Sequence[Type]] | None] = None
    """`infer(self)`: the result types, from operands and properties. Raises `VerifyError` if these do not fit."""

    verify: ClassVar[Callable[[Any], None] | None] = None
    """`verify(self)`: constraints beyond those of the fields and traits; raises `VerifyError`."""

    result_types: InitVar[Sequence[Type] | None] = f.keyword(default=None, kw_only=True)
    attributes: Mapping[str, Attribute] = f.keyword(default=NO_ATTRIBUTES, kw_only=True)
    location: Location = f.keyword(default=UNKNOWN, kw_only=True)
