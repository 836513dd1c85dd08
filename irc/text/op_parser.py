"""Parsing of operations, regions and blocks: what every custom form is built from.

An op's custom form is compiled from its `assembly` (`assembly_parse`), or is its class method `parse`, which gets this
parser. A use of a value is an `Unresolved`: the position of its token; `resolve` turns it into the value once the type
is known. After an error the parser skips to the next operation, so one run reports several.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from irc.ir import traits as t
from irc.ir.attributes import Attribute, DenseArrayAttr, StringAttr
from irc.ir.block import Block
from irc.ir.diagnostic import DiagnosedError, Diagnostic
from irc.ir.location import Location
from irc.ir.operation import NO_ATTRIBUTES, Operation
from irc.ir.region import Region
from irc.ir.types import FunctionType, Type
from irc.ir.value import Value
from irc.ods.layout import OPERAND_SEGMENTS
from irc.ods.registry import all_op_names, known_dialects, load_dialect, lookup_op
from irc.text.assembly_parse import custom_parser
from irc.text.attributes import parse_attribute, parse_optional_attribute_dict
from irc.text.diagnostics import did_you_mean
from irc.text.generic_form import parse_generic
from irc.text.lexer import TokenStream, describe
from irc.text.locations import parse_location
from irc.text.scopes import Scope
from irc.text.strings import unquote
from irc.text.types import parse_function_type, parse_optional_type, parse_type

Unresolved = int

MAX_ERRORS = 20
MAX_DEPTH = 100


class TooManyErrorsError(Exception):
    """Ends a parse; the errors are those of the parser."""


class OpParser:
    """The state of one parse: the tokens, the scopes of names, the errors found so far."""

    __slots__ = ("default_dialect", "depth", "errors", "location", "scope", "stream")

    def __init__(self, stream: TokenStream) -> None:
        self.stream = stream
        self.scope = Scope(None)
        self.errors: list[Diagnostic] = []
        self.location: Location = stream.location()
        self.default_dialect = "builtin"
        self.depth = 0

    # -- operations --------------------------------------------------------------------------------------------------

    def operation(self) -> Operation:
        """One operation with its results; they are defined in the current scope, the operation is detached."""
        stream = self.stream
        names = self.result_names() if stream.peek()[:1] == "%" else ()
        position = stream.pos
        self.location = location = stream.location()
        token = stream.next()
        if token[:1] == '"':
            op = parse_generic(self, unquote(stream, token, position), location)
        else:
            op = self.custom_form(token, position, location)
        if stream.peek() == "loc":
            op.location = parse_location(stream)
        if names:
            self.define_results(names, op, position)
        return op

    def result_names(self) -> list[tuple[str, int, int]]:
        """`%a, %b:2 =`: names, numbers of results, positions."""
        stream = self.stream
        names: list[tuple[str, int, int]] = []
        while True:
            position = stream.pos
            name = stream.next()
            if name[:1] != "%":
                raise stream.error(f"expected an SSA value name, got {describe(name)}", position)
            count = 1
            if stream.accept(":"):
                count = self.integer()
                if count < 1:
                    raise stream.error("expected named operation to have at least 1 result", position)
            names.append((name, count, position))
            if not stream.accept(","):
                stream.expect("=")
                return names

    def define_results(self, names: Sequence[tuple[str, int, int]], op: Operation, position: int) -> None:
        results = op.results
        if sum(count for _, count, _ in names) != len(results):
            if not results:
                raise self.stream.error("cannot name an operation with no results", names[0][2])
            wanted = sum(count for _, count, _ in names)
            raise self.stream.error(
                f"operation defines {len(results)} results but was provided {wanted} to bind", names[0][2]
            )
        start = 0
        for name, count, place in names:
            self.define(name, results[start : start + count], place)
            start += count

    def define(self, name: str, values: Sequence[Value], position: int) -> None:
        """Bind `%name` in the current scope."""
        if self.scope.find(name) is not None:
            raise self.stream.error(f"redefinition of SSA value '{name}'", position)

        def mismatch(used: Value, defined: Value) -> Exception:
            return self.stream.error(
                f"definition of SSA value '{name}' has type '{defined.type}', but it was used with type '{used.type}'",
                position,
            )

        self.scope.define(name, values, mismatch)

    def custom_form(self, name: str, position: int, location: Location) -> Operation:
        cls = self.op_class(name)
        if cls is None:
            raise self.unknown_op(name, position)
        parse = custom_parser(cls)
        if parse is None:
            raise self.stream.error(f"'{cls.name}' op has no custom form; write it as \"{cls.name}\"(…)", position)
        op: Operation = parse(self)
        op.location = location
        return op

    def op_class(self, name: str) -> Any:
        if "." in name:
            return lookup_op(name)
        return lookup_op(f"{self.default_dialect}.{name}") or lookup_op(f"builtin.{name}")

    def unknown_op(self, name: str, position: int) -> DiagnosedError:
        if not (name[:1].isalpha() or name[:1] == "_"):
            return self.stream.error(f"expected an operation, got {describe(name)}", position)
        prefix = name.partition(".")[0]
        if "." in name and not load_dialect(prefix):
            hint = did_you_mean(prefix, known_dialects())
            return self.stream.error(f"dialect '{prefix}' is not registered for custom op '{name}'{hint}", position)
        known = all_op_names()
        if "." not in name:
            default = f"{self.default_dialect}."
            known = [*(op.removeprefix(default) for op in known if op.startswith(default)), *known]
        return self.stream.error(f"custom op '{name}' is unknown{did_you_mean(name, known)}", position)

    # -- operands ----------------------------------------------------------------------------------------------------

    def operand(self) -> Unresolved:
        """`%x` or `%x#1`."""
        stream = self.stream
        position = stream.pos
        token = stream.peek()
        if token[:1] != "%":
            raise stream.error(f"expected SSA operand, got {describe(token)}")
        stream.pos = position + 1
        following = stream.peek()
        if following[:1] == "#" and following[1:].isdecimal():
            stream.pos += 1
        return position

    def optional_operand(self) -> Unresolved | None:
        return self.operand() if self.stream.peek()[:1] == "%" else None

    def operand_list(self, opening: str = "", closing: str = "") -> list[Unresolved]:
        """Operands separated by commas, possibly none, between `opening` and `closing` if these are given."""
        stream = self.stream
        if opening:
            stream.expect(opening)
        operands: list[Unresolved] = []
        if stream.peek()[:1] == "%":
            operands.append(self.operand())
            while stream.accept(","):
                operands.append(self.operand())
        if closing:
            stream.expect(closing)
        return operands

    def resolve(self, operand: Unresolved, type: Type) -> Value:
        """The value named at `operand`, which must have `type`."""
        stream = self.stream
        name = stream.tokens[operand]
        suffix = stream.tokens[operand + 1]
        index = int(suffix[1:]) if suffix[:1] == "#" and suffix[1:].isdecimal() else 0
        values = self.scope.find(name)
        if values is None:
            value = self.scope.placeholder(name, index, type, operand)
        elif index >= len(values):
            raise stream.error(f"reference to invalid result number {index} of '{name}'", operand)
        else:
            value = values[index]
        if value.type is not type:
            raise self.other_type(name, type, value.type, operand)
        return value

    def resolve_all(self, operands: Sequence[Unresolved], types: Sequence[Type]) -> list[Value]:
        if len(operands) != len(types):
            position = operands[0] if operands else None
            raise self.stream.error(f"{len(operands)} operands present, but expected {len(types)}", position)
        return [self.resolve(operand, type) for operand, type in zip(operands, types, strict=True)]

    # -- types, attributes, names ------------------------------------------------------------------------------------

    def type(self) -> Type:
        return parse_type(self.stream)

    def types(self) -> list[Type]:
        """Types separated by commas, at least one."""
        types = [parse_type(self.stream)]
        while self.stream.accept(","):
            types.append(parse_type(self.stream))
        return types

    def optional_types(self) -> list[Type]:
        """Types separated by commas, possibly none."""
        first = parse_optional_type(self.stream)
        if first is None:
            return []
        return [first, *self.types()] if self.stream.accept(",") else [first]

    def parenthesized_types(self) -> list[Type]:
        self.stream.expect("(")
        types = self.types() if self.stream.peek() != ")" else []
        self.stream.expect(")")
        return types

    def optional_arrow_types(self) -> list[Type]:
        """`-> t` or `-> (t, t)`; nothing at all for no types."""
        if not self.stream.accept("->"):
            return []
        return self.parenthesized_types() if self.stream.peek() == "(" else [self.type()]

    def function_type(self) -> FunctionType:
        return parse_function_type(self.stream)

    def attribute(self, type: Type | None = None) -> Attribute:
        return parse_attribute(self.stream, type)

    def attr_dict(self) -> dict[str, Attribute]:
        return parse_optional_attribute_dict(self.stream) if self.stream.peek() == "{" else {}

    def attr_dict_with_keyword(self) -> dict[str, Attribute]:
        return parse_optional_attribute_dict(self.stream) if self.stream.accept("attributes") else {}

    def integer(self) -> int:
        stream = self.stream
        sign = -1 if stream.accept("-") else 1
        token = stream.peek()
        if not token.isdecimal():
            raise stream.error(f"expected an integer, got {describe(token)}")
        stream.pos += 1
        return sign * int(token)

    def integer_array(self) -> DenseArrayAttr:
        """`[1, 2]`, an `array<i64>`."""
        stream = self.stream
        stream.expect("[")
        values: list[int] = []
        while not stream.accept("]"):
            if values:
                stream.expect(",")
            values.append(self.integer())
        return DenseArrayAttr.i64(tuple(values))

    def keyword(self) -> str:
        token = self.stream.peek()
        if not (token[:1].isalpha() or token[:1] == "_"):
            raise self.stream.error(f"expected a keyword, got {describe(token)}")
        self.stream.pos += 1
        return token

    def enumerator(self) -> str:
        """A case of an enumeration: a keyword, or a string as older texts have it."""
        position = self.stream.pos
        token = self.stream.peek()
        if token[:1] != '"':
            return self.keyword()
        self.stream.pos += 1
        return unquote(self.stream, token, position)

    def symbol_name(self) -> StringAttr:
        """`@name`."""
        position = self.stream.pos
        token = self.stream.next()
        if token[:1] != "@":
            raise self.stream.error(f"expected a symbol name, got {describe(token)}", position)
        return StringAttr(unquote(self.stream, token[1:], position) if token[1:2] == '"' else token[1:])

    # -- regions and blocks ------------------------------------------------------------------------------------------

    def region(
        self,
        arguments: Sequence[tuple[Unresolved, Type]] | None = None,
        *,
        isolated: bool = False,
        implicit_terminator: Callable[[], Operation] | None = None,
        default_dialect: str | None = None,
        locations: Sequence[Location] = (),
    ) -> Region:
        """`{ … }`. `arguments` are those of the entry block, whose label is then left out; their locations are where
        they are named, or `locations`."""
        stream = self.stream
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise stream.error(f"operations are nested more than {MAX_DEPTH} deep")
        stream.expect("{")
        outer, outer_dialect, outer_location = self.scope, self.default_dialect, self.location
        self.scope = Scope(None if isolated else outer)
        self.default_dialect = default_dialect or outer_dialect
        region = Region()
        if stream.peek()[:1] != "^" and (arguments is not None or stream.peek() != "}"):
            block = Block([type for _, type in arguments or ()])
            for i, ((operand, _), argument) in enumerate(zip(arguments or (), block.arguments, strict=True)):
                argument.location = locations[i] if locations else stream.location(operand)
                self.define(stream.tokens[operand], (argument,), operand)
            region.append(block)
            self.block_body(block)
        while stream.peek()[:1] == "^":
            self.labelled_block(region)
        stream.expect("}")
        self.close_scope(outer if not isolated else None)
        self.scope, self.default_dialect, self.location = outer, outer_dialect, outer_location
        self.depth -= 1
        if implicit_terminator is not None:
            add_terminator(region, implicit_terminator, outer_location)
        return region

    def close_scope(self, outer: Scope | None) -> None:
        """Check that blocks are defined, and values too, unless an outer scope may still define them."""
        scope = self.scope
        for name, (_, position) in scope.blocks.items():
            if name not in scope.defined_blocks:
                raise self.stream.error(f"reference to an undefined block '{name}'", position)
        for (name, index), (value, position) in scope.forward.items():
            if outer is not None:
                outer.forward.setdefault((name, index), (value, position))
                merged = outer.forward[name, index][0]
                if merged.type is not value.type:
                    self.report(self.other_type(name, value.type, merged.type, position))
                elif merged is not value:
                    value.replace_all_uses_with(merged)
                continue
            if scope.find(name) is not None:
                self.report(self.stream.error(f"reference to invalid result number {index} of '{name}'", position))
                continue
            hint = did_you_mean(name, scope.visible_names())
            self.report(self.stream.error(f"use of undeclared SSA value name '{name}'{hint}", position))

    def other_type(self, name: str, used: Type, known: Type, position: int) -> DiagnosedError:
        message = f"use of value '{name}' expects different type than prior uses: '{used}' vs '{known}'"
        return self.stream.error(message, position)

    def labelled_block(self, region: Region) -> None:
        stream = self.stream
        position = stream.pos
        name = stream.next()
        if name in self.scope.defined_blocks:
            raise stream.error(f"redefinition of block '{name}'", position)
        self.scope.defined_blocks.add(name)
        block = self.scope.blocks.setdefault(name, (Block(), position))[0]
        region.append(block)
        if stream.peek() == "(":
            for operand, type, location in self.block_arguments():
                argument = block.add_argument(type, location)
                self.define(stream.tokens[operand], (argument,), operand)
        stream.expect(":")
        self.block_body(block)

    def block_arguments(self) -> list[tuple[Unresolved, Type, Location]]:
        """`(%a: t, %b: t loc(…))`."""
        stream = self.stream
        stream.expect("(")
        arguments: list[tuple[Unresolved, Type, Location]] = []
        while stream.peek() != ")":
            if arguments:
                stream.expect(",")
            operand = self.operand()
            stream.expect(":")
            arguments.append((operand, self.type(), self.argument_location(operand)))
        stream.expect(")")
        return arguments

    def argument_location(self, operand: Unresolved) -> Location:
        """`loc(…)` if it stands there, else where the name of the argument stands."""
        return parse_location(self.stream) if self.stream.peek() == "loc" else self.stream.location(operand)

    def block_body(self, block: Block) -> None:
        stream = self.stream
        while True:
            token = stream.peek()
            if token == "}" or token[:1] == "^":
                return
            start = stream.pos
            depth, scope, dialect = self.depth, self.scope, self.default_dialect
            try:
                block.append(self.operation())
            except DiagnosedError as problem:
                self.report(problem)
                self.depth, self.scope, self.default_dialect = depth, scope, dialect
                self.recover(start)
                if token == "":
                    return

    def report(self, problem: DiagnosedError) -> None:
        """Keep the errors of `problem`, to go on parsing. Raises `TooManyErrorsError` where that is no use any more."""
        self.errors.extend(problem.diagnostics)
        if len(self.errors) >= MAX_ERRORS:
            raise TooManyErrorsError

    def recover(self, start: int) -> None:
        """Skip the rest of the operation that starts at `start`: to a new line outside of its braces."""
        stream = self.stream
        failed = max(stream.pos, start + 1)
        if stream.tokens[start][:1] == "%":
            for token in stream.tokens[start:failed]:
                if token == "=":
                    break
                self.scope.poisoned.add(token)
        stream.depth = 0
        depth, position, end = 0, start, len(stream.tokens)
        while position < end and stream.tokens[position] != "":
            token = stream.tokens[position]
            if token == "}" and depth == 0:
                break
            if position >= failed and depth == 0 and stream.starts_line(position):
                break
            depth += (token == "{") - (token == "}")
            position += 1
        stream.pos = position

    def successor(self) -> Block:
        """`^bb1`."""
        position = self.stream.pos
        name = self.stream.next()
        if name[:1] != "^":
            raise self.stream.error(f"expected a block name, got {describe(name)}", position)
        return self.scope.blocks.setdefault(name, (Block(), position))[0]

    def successor_and_operands(self) -> tuple[Block, list[Value]]:
        """`^bb1(%a, %b : t, t)`."""
        block = self.successor()
        if not self.stream.accept("("):
            return block, []
        operands = self.operand_list()
        self.stream.expect(":")
        types = self.types()
        self.stream.expect(")")
        return block, self.resolve_all(operands, types)

    # -- building ----------------------------------------------------------------------------------------------------

    def build(
        self,
        cls: Any,
        operands: Sequence[Value] = (),
        result_types: Sequence[Type] = (),
        attributes: Mapping[str, Attribute] = NO_ATTRIBUTES,
        regions: Sequence[Region] = (),
        successors: Sequence[Block] = (),
        segments: Sequence[int] | None = None,
    ) -> Any:
        """An op of class `cls`. Attributes that it declares become properties, and defaults are filled in."""
        layout = cls.layout
        if segments is not None:
            attributes = {**attributes, OPERAND_SEGMENTS: DenseArrayAttr.i32(tuple(segments))}
        properties = [
            attributes.get(field.name, field.default if field.arity == "optional" else None)
            for field in layout.attributes
        ]
        if layout.has_segments:
            properties.append(attributes.get(OPERAND_SEGMENTS))
        names = layout.property_names
        discardable = {key: value for key, value in attributes.items() if key not in names} if attributes else None
        return cls.create(
            operands, result_types, tuple(properties), discardable or NO_ATTRIBUTES, successors, regions, self.location
        )


def add_terminator(region: Region, terminator: Callable[[], Operation], location: Location) -> None:
    """End the only block of `region` with an operation that the text may leave out."""
    if region.first is None:
        region.append(Block())
    block = region.entry
    if block is region.last and (block.last is None or t.Terminator not in block.last.traits):
        op = terminator()
        op.location = location
        block.append(op)
