"""What the declaration of an op turns into: its constructor, its accessors and its verifier, as generated Python.

Generated once per class, they take a microsecond or two where a loop over field objects would take twenty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from irc.ir.attributes import Attribute, DenseArrayAttr
from irc.ir.codegen import define
from irc.ir.diagnostic import VerifyError
from irc.ir.location import UNKNOWN
from irc.ir.operation import NO_ATTRIBUTES
from irc.ir.traits import SameOperandsAndResultType, Trait
from irc.ir.value import Result
from irc.ods.constraints import Var
from irc.ods.fields import REQUIRED, Field
from irc.ods.layout import Layout


def accessors(layout: Layout) -> dict[str, property]:
    """A property per field. Those of attributes can be assigned to."""
    found: dict[str, property] = {}
    for field in layout.fields:
        if field.kind == "attribute":
            i = layout.attributes.index(field)
            getter = _getter(f"self.properties[{i}]") if field.absent is None else _default_getter(i, field.absent)
            found[field.key] = property(getter, _property_setter(i))
        else:
            found[field.key] = property(_getter(layout.read(field)))
    return found


@cache
def _getter(expression: str) -> Callable[[Any], Any]:
    """Few expressions serve the fields of all ops."""
    getter: Callable[[Any], Any] = define("get", ["def get(self):", f"    return {expression}"], {}, expression)
    return getter


@cache
def _default_getter(i: int, absent: Attribute) -> Callable[[Any], Any]:
    def getter(op: Any) -> Attribute:
        found: Attribute | None = op.properties[i]
        return absent if found is None else found

    return getter


@cache
def _property_setter(i: int) -> Callable[[Any, Attribute | None], None]:
    def setter(op: Any, value: Attribute | None) -> None:
        op.properties = (*op.properties[:i], value, *op.properties[i + 1 :])

    return setter


def compile_on_first_use(cls: Any, layout: Layout) -> None:
    """Give `cls` a constructor and a verifier that are generated when they are first called: most ops of a dialect never
    occur in a program."""

    compiled: list[Callable[..., None]] = []

    def init(self: Any, *arguments: Any, **keywords: Any) -> None:
        if not compiled:
            compiled.append(compile_init(cls, layout))
            if cls.__init__ is init:  # a decorator may have put a constructor of its own around this one
                cls.__init__ = compiled[0]
        compiled[0](self, *arguments, **keywords)

    def verify(self: Any) -> None:
        cls.verify_op = compile_verify(cls, layout)
        cls.verify_op(self)

    cls.__init__, cls.verify_op = init, verify


# -- constructor -----------------------------------------------------------------------------------------------------


def compile_init(cls: Any, layout: Layout) -> Callable[..., None]:
    """`__init__(self, <operands, attributes, regions, successors in declared order>, *, result_types, …)`."""
    environment: dict[str, Any] = {
        "NO_ATTRIBUTES": NO_ATTRIBUTES, "UNKNOWN": UNKNOWN, "Result": Result, "segments": _segments,
        "wrong_results": _wrong_results,
    }  # fmt: skip
    parameters: list[str] = []
    for field in layout.fields:
        if field.kind == "result":
            continue
        if field.default is REQUIRED:
            parameters.append(field.key)
        else:
            environment[f"default_{field.key}"] = field.default
            parameters.append(f"{field.key}=default_{field.key}")
    signature = ", ".join(["self", *parameters])
    lines = [
        f"def __init__({signature}, *, result_types=None, attributes=NO_ATTRIBUTES, location=UNKNOWN):",
        "    self.parent = self.prev = self.next = None",
        "    self.order = 0",
        "    self.location = location",
        "    self.attributes = attributes",
        *_build_operands(layout),
        *_build_properties(layout),
        "    self._successors = ()",
        *_build_tuple(layout.successors, "self.successors"),
        *(_build_tuple(layout.regions, "self.regions") or ["    self.regions = ()"]),
        *(["    for region in self.regions:", "        region.parent = self"] if layout.regions else []),
        *_build_results(cls, layout),
    ]
    init: Callable[..., None] = define("__init__", lines, environment, f"{layout.name}.__init__")
    return init


def _build_operands(layout: Layout) -> list[str]:
    fields = layout.operands
    lines: list[str] = []
    if all(field.arity == "single" for field in fields):
        lines.append(f"    self._operands = ({''.join(f'{field.key}, ' for field in fields)})")
        for field in fields:
            lines += [f"    users = {field.key}.users", "    users[self] = users.get(self, 0) + 1"]
        return lines
    parts = []
    for field in fields:
        match field.arity:
            case "single":
                parts.append(field.key)
            case "variadic":
                parts.append(f"*{field.key}")
            case "optional":
                parts.append(f"*(() if {field.key} is None else ({field.key},))")
    return [
        f"    self._operands = ({', '.join(parts)},)",
        "    for operand in self._operands:",
        "        users = operand.users",
        "        users[self] = users.get(self, 0) + 1",
    ]


def _build_properties(layout: Layout) -> list[str]:
    parts = [field.key for field in layout.attributes]
    if layout.has_segments:
        sizes = {"single": "1", "variadic": "len({})", "optional": "int({} is not None)"}
        parts.append(f"segments({', '.join(sizes[f.arity].format(f.key) for f in layout.operands)})")
    return [f"    self.properties = ({''.join(f'{part}, ' for part in parts)})"]


def _build_tuple(fields: list[Field], target: str) -> list[str]:
    if not fields:
        return []
    parts = [f"*{field.key}" if field.arity == "variadic" else field.key for field in fields]
    return [f"    {target} = ({', '.join(parts)},)"]


def _build_results(cls: Any, layout: Layout) -> list[str]:
    if not layout.results:
        return ["    self.results = ()"]
    inferred = [_type_from_operands(field, layout) for field in layout.results]
    explicit = "    self.results = tuple([Result(type, self, i) for i, type in enumerate(result_types)])"
    if all(inferred):
        values = "".join(f"Result({source}, self, {i}), " for i, source in enumerate(inferred))
        return ["    if result_types is None:", f"        self.results = ({values})", "    else:", f"    {explicit}"]
    missing = "self.infer()" if cls.infer is not None else "wrong_results(self)"
    return ["    if result_types is None:", f"        result_types = {missing}", explicit]


def _type_from_operands(field: Field, layout: Layout) -> str | None:
    """The expression for the type of a result whose `Var` an operand or a typed attribute shares."""
    if not isinstance(field.constraint, Var) or field.arity != "single":
        return None
    for operand in layout.operands:
        if operand.constraint is field.constraint and operand.arity == "single":
            return f"{operand.key}.type"
        if operand.constraint is field.constraint and operand.arity == "variadic":
            return f"{operand.key}[0].type"
    return None


def _segments(*sizes: int) -> DenseArrayAttr:
    return DenseArrayAttr.i32(sizes)


def _wrong_results(op: Any) -> None:
    raise TypeError(f"the types of the results of '{op.name}' must be given as result_types=")


# -- verifier --------------------------------------------------------------------------------------------------------


def compile_verify(cls: Any, layout: Layout) -> Callable[[Any], None]:
    """`verify_op(self)`: counts, type constraints, attribute classes, traits, then the class's own `verify`."""
    lines, environment = _verify_fields(cls, layout, ("operand", "result", "region", "successor"))
    for trait in cls.traits:
        if trait.verify is not None:
            name = f"trait_{len(environment)}"
            environment[name] = trait.verify
            lines.append(f"    {name}(self)")
    if cls.verify is not None:
        lines.append("    self.verify()")
    verify: Callable[[Any], None] = define("verify_op", lines, environment, f"{layout.name}.verify")
    return verify


def compile_verify_inputs(cls: Any) -> Callable[[Any], None]:
    """`verify_op(self)` for an op without results: what `infer` may rely on, the types of operands and the attributes."""
    lines, environment = _verify_fields(cls, cls.layout, ("operand",))
    verify: Callable[[Any], None] = define("verify_op", lines, environment, f"{cls.layout.name}.verify_inputs")
    return verify


def _verify_fields(cls: Any, layout: Layout, kinds: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """The checks of the attributes and of the fields of some kinds, with the names that they use."""
    environment: dict[str, Any] = {
        "wrong_type": _wrong_type, "wrong_count": _wrong_count, "wrong_same": _wrong_same,
        "wrong_attribute": _wrong_attribute, "layout": layout, "traits": cls.traits, "DenseArrayAttr": DenseArrayAttr,
    }  # fmt: skip
    lines = [
        "def verify_op(self):",
        "    operands, results, properties = self._operands, self.results, self.properties",
    ]
    lines += _verify_counts(layout, kinds)
    leaders = _leaders(layout, kinds)
    for kind, fields in (("operand", layout.operands), ("result", layout.results)):
        if kind in kinds:
            for i, field in enumerate(fields):
                lines += _verify_values(layout, kind, field, i, environment, leaders)
    for i, field in enumerate(layout.attributes):
        lines += _verify_attribute(field, i, environment)
    return lines, environment


def _verify_counts(layout: Layout, kinds: Sequence[str]) -> list[str]:
    lines: list[str] = []
    groups = (("operand", "operands", layout.operands), ("result", "results", layout.results),
              ("region", "self.regions", layout.regions), ("successor", "self._successors", layout.successors))  # fmt: skip
    for kind, source, fields in groups:
        if kind not in kinds:
            continue
        least = sum(field.arity == "single" for field in fields)
        if kind == "operand" and layout.equal_groups:
            groups_, singles = len(fields) - least, least
            condition = f"len({source}) < {singles} or (len({source}) - {singles}) % {groups_}"
        elif kind == "operand" and layout.has_segments:
            sizes = "properties[-1].values"
            bounds = {"single": "{0} != 1", "optional": "not 0 <= {0} <= 1", "variadic": "{0} < 0"}
            condition = " or ".join(
                [
                    "properties[-1].__class__ is not DenseArrayAttr",
                    f"len({sizes}) != {len(fields)}",
                    f"sum({sizes}) != len({source})",
                    *(bounds[field.arity].format(f"{sizes}[{i}]") for i, field in enumerate(fields)),
                ]
            )
        elif any(field.arity == "variadic" for field in fields):
            condition = f"len({source}) < {least}" if least else ""
        elif any(field.arity == "optional" for field in fields):
            condition = f"not {least} <= len({source}) <= {least + 1}"
        else:
            condition = f"len({source}) != {least}"
        if condition:
            lines += [f"    if {condition}:", f"        wrong_count(layout, {kind!r}, len({source}))"]
    return lines


def _verify_values(
    layout: Layout, kind: str, field: Field, i: int, environment: dict[str, Any], leaders: dict[str, Field]
) -> list[str]:
    constraint = field.constraint
    order = layout.operands + layout.results
    accepted, accepts = f"accepted_{kind}_{i}", f"accepts_{kind}_{i}"
    environment[accepted], environment[accepts] = constraint.accepted, constraint.accepts
    environment[f"field_{kind}_{i}"] = field
    check = [
        f"if type not in {accepted} and not {accepts}(type):",
        f"    wrong_type({kind!r}, self, value, field_{kind}_{i})",
    ]
    if isinstance(constraint, Var):
        leader = leaders.get(constraint.name)
        differs = f"    wrong_same(layout, {constraint.name!r}, traits)"
        if leader is field:
            check.append(f"type_{constraint.name} = type")
        elif leader is not None and order.index(leader) < order.index(field):
            # The leader's type has been accepted.
            check = [f"if type is not type_{constraint.name}:", differs]
        elif leader is not None:
            check += [f"if type is not {layout.read(leader)}.type:", differs]
        elif field.arity == "variadic":
            # No single field leads, so each group's values are compared with its first.
            check += [f"if type is not {layout.read(field)}[0].type:", differs]
    if field.arity == "single":
        return [f"    value = {layout.read(field)}", "    type = value.type", *("    " + line for line in check)]
    group = layout.read(field)
    values = group if field.arity == "variadic" else f"({group},) if {group} is not None else ()"
    return [f"    for value in {values}:", "        type = value.type", *("        " + line for line in check)]


def _leaders(layout: Layout, kinds: Sequence[str]) -> dict[str, Field]:
    """For each constraint variable the single field, of some kinds, whose type the others must have."""
    leaders: dict[str, Field] = {}
    for field in (*layout.operands, *layout.results):
        if field.kind in kinds and isinstance(field.constraint, Var) and field.arity == "single":
            leaders.setdefault(field.constraint.name, field)
    return leaders


def _verify_attribute(field: Field, i: int, environment: dict[str, Any]) -> list[str]:
    environment[f"classes_{i}"], environment[f"attribute_{i}"] = field.constraint, field
    absent = f"properties[{i}] is not None and " if field.arity == "optional" and field.default is None else ""
    wrong = f"not isinstance(properties[{i}], classes_{i})"
    if field.where is not None:
        environment[f"where_{i}"] = field.where.predicate
        wrong = f"({wrong} or not where_{i}(properties[{i}]))"
    return [
        f"    if {absent}{wrong}:",
        f"        wrong_attribute(properties[{i}], attribute_{i})",
    ]


def _wrong_count(layout: Layout, kind: str, found: int) -> None:
    if kind == "operand" and layout.equal_groups:
        raise VerifyError(f"expected groups of operands of the same size, but found {found} operands")
    if kind == "operand" and layout.has_segments:
        raise VerifyError("operandSegmentSizes does not match the operands")
    fields = [field for field in layout.fields if field.kind == kind]
    least = sum(field.arity == "single" for field in fields)
    words = {0: f"requires zero {kind}s", 1: f"requires one {kind}"}
    flexible = any(field.arity != "single" for field in fields)
    expected = f"expected {least} or more {kind}s" if flexible else words.get(least, f"expected {least} {kind}s")
    raise VerifyError(f"{expected}, but found {found}")


def _wrong_type(kind: str, op: Any, value: Any, field: Field) -> None:
    values = op.operands if kind == "operand" else op.results
    i = next(i for i, other in enumerate(values) if other is value)
    raise VerifyError(f"{kind} #{i} must be {_described(field)}, but got '{value.type}'")


def _described(field: Field) -> str:
    description: str = field.constraint.description
    return f"variadic of {description}" if field.arity == "variadic" else description


def _wrong_same(layout: Layout, variable: str, traits: frozenset[Trait]) -> None:
    if SameOperandsAndResultType in traits:
        raise VerifyError("requires the same type for all operands and results")
    names = [
        field.name
        for field in layout.operands + layout.results
        if isinstance(field.constraint, Var) and field.constraint.name == variable
    ]
    raise VerifyError(f"failed to verify that all of {{{', '.join(names)}}} have same type")


def _wrong_attribute(found: Attribute | None, field: Field) -> None:
    if found is None:
        raise VerifyError(f"requires attribute '{field.name}'")
    if field.where is not None:
        raise VerifyError(f"attribute '{field.name}' failed to satisfy constraint: {field.where.description}")
    expected = " or ".join(cls.__name__ for cls in field.constraint)
    raise VerifyError(f"attribute '{field.name}' failed to satisfy constraint: {expected}, got '{found}'")
