"""Where an op's fields lie in its tuples of operands, results, properties, regions and successors."""

from __future__ import annotations

from irc.ods.fields import Field

OPERAND_SEGMENTS = "operandSegmentSizes"
"""MLIR's name of the property that holds the sizes of several variadic operand groups."""


class Layout:
    """The fields of one op class by kind, and the Python expression that reads each."""

    __slots__ = ("attributes", "equal_groups", "fields", "has_segments", "name", "operands", "property_names",
                 "regions", "results", "successors")  # fmt: skip

    def __init__(self, name: str, fields: tuple[Field, ...], equal_groups: bool = False) -> None:
        self.name = name
        self.fields = fields
        self.operands = [field for field in fields if field.kind == "operand"]
        self.results = [field for field in fields if field.kind == "result"]
        self.attributes = [field for field in fields if field.kind == "attribute"]
        self.regions = [field for field in fields if field.kind == "region"]
        self.successors = [field for field in fields if field.kind == "successor"]
        # The sizes of several variadic groups are stated, unless they are all the same.
        self.equal_groups = equal_groups
        self.has_segments = sum(field.arity != "single" for field in self.operands) > 1 and not equal_groups
        self.property_names = tuple(field.name for field in self.attributes)
        if self.has_segments:
            self.property_names += (OPERAND_SEGMENTS,)
        for group in (self.results, self.regions, self.successors):
            if sum(field.arity != "single" for field in group) > 1:
                raise TypeError(f"{name}: at most one variadic {group[0].kind}")

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    def group(self, field: Field) -> tuple[str, list[Field]]:
        """The tuple that holds `field`, as an attribute of the op, and its fields."""
        return {
            "operand": ("_operands", self.operands),
            "result": ("results", self.results),
            "region": ("regions", self.regions),
            "successor": ("_successors", self.successors),
        }[field.kind]

    def read(self, field: Field, op: str = "self") -> str:
        """The Python expression for a field that is not an attribute: a value, `None` or a tuple."""
        slot, group = self.group(field)
        i = group.index(field)
        source = f"{op}.{slot}"
        if field.kind == "operand" and self.has_segments:
            sizes = f"{op}.properties[-1].values"
            start = f"sum({sizes}[:{i}])"
            if field.arity == "variadic":
                return f"{source}[{start}:sum({sizes}[:{i + 1}])]"
            return (
                f"({source}[{start}] if {sizes}[{i}] else None)" if field.arity == "optional" else f"{source}[{start}]"
            )
        if field.kind == "operand" and self.equal_groups:
            return self._in_equal_groups(source, group, i)
        flexible = next((j for j, other in enumerate(group) if other.arity != "single"), len(group))
        if i < flexible:
            return f"{source}[{i}]"
        after = len(group) - 1 - i
        if i > flexible:
            return f"{source}[{-1 - after}]"
        if field.arity == "optional":
            return f"({source}[{i}] if len({source}) == {len(group)} else None)"
        return f"{source}[{i}:len({source}) - {after}]" if after else f"{source}[{i}:]"

    def _in_equal_groups(self, source: str, group: list[Field], i: int) -> str:
        """The expression for operand field `i` where all variadic groups have the same size."""
        variadic = [field.arity == "variadic" for field in group]
        before, after = sum(variadic[:i]), sum(variadic[: i + 1])
        singles = len(group) - sum(variadic)
        size = f"(len({source}) - {singles}) // {sum(variadic)}"
        start = f"{i - before} + {before} * ({size})"
        return f"{source}[{start} : {i - before} + {after} * ({size})]" if variadic[i] else f"{source}[{start}]"
