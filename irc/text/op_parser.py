"""Parsing of operations, regions and blocks: what every custom form is built from.

An op's custom form is compiled from its `assembly` (`assembly_parse`), or is its class method `parse`, which gets this
parser. After an error the parser skips to the next operation, so one run reports several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from irc.ir import traits as t
from irc.ir.block import Block
from irc.ir.diagnostic import DiagnosedError, Diagnostic
from irc.ir.location import Location
from irc.ir.operation import Operation
from irc.ir.region import Region
from irc.ir.types import Type
from irc.ir.value import Value
from irc.ods.registry import all_op_names, known_dialects, load_dialect, lookup_op
from irc.text.assembly_parse import custom_parser
from irc.text.diagnostics import did_you_mean
from irc.text.generic_form import parse_generic
from irc.text.lexer import TokenStream, describe
from irc.text.locations import parse_location
from irc.text.part_parser import PartParser, Unresolved
from irc.text.scopes import Scope
from irc.text.strings import unquote

MAX_ERRORS = 20
MAX_DEPTH = 500


class TooManyErrorsError(Exception):
    """Ends a parse; the errors are those of the parser."""


class OpParser(PartParser):
    """The state of one parse: the tokens, the scopes of names, the errors found so far."""

    __slots__ = ("default_dialect", "depth", "errors")

    def __init__(self, stream: TokenStream) -> None:
        super().__init__(stream)
        self.errors: list[Diagnostic] = []
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
            earlier = self.note("previously defined here", self.scope.place(name, 0))
            raise self.stream.error(f"redefinition of SSA value '{name}'", position, earlier)

        def mismatch(used: Value, defined: Value, first_use: int) -> Exception:
            earlier = self.note(f"previously used here with type '{used.type}'", first_use)
            message = f"definition of SSA value '{name}' has type '{defined.type}'"
            return self.stream.error(message, position, earlier)

        self.scope.define(name, values, position, mismatch)

    def define_argument(self, operand: Unresolved, argument: Value) -> None:
        """Bind the name at `operand` to an argument of a block."""
        if self.stream.tokens[operand + 1][:1] == "#":
            raise self.stream.error("result number not allowed in argument list", operand + 1)
        self.define(self.stream.tokens[operand], (argument,), operand)

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
        labelled = stream.peek()[:1] == "^"
        if labelled and arguments:
            raise stream.error("invalid block name in region with named arguments")
        if not labelled and (arguments is not None or stream.peek() != "}"):
            block = Block([type for _, type in arguments or ()])
            for i, ((operand, _), argument) in enumerate(zip(arguments or (), block.arguments, strict=True)):
                argument.location = locations[i] if locations else stream.location(operand)
                self.define_argument(operand, argument)
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
                merged, earlier = outer.forward[name, index]
                if merged.type is not value.type:
                    self.report(self.other_type(name, value.type, merged.type, position, earlier))
                elif merged is not value:
                    value.replace_all_uses_with(merged)
                continue
            if scope.find(name) is not None:
                self.report(self.stream.error(f"reference to invalid result number {index} of '{name}'", position))
                continue
            hint = did_you_mean(name, scope.visible_names())
            self.report(self.stream.error(f"use of undeclared SSA value name '{name}'{hint}", position))

    def labelled_block(self, region: Region) -> None:
        stream = self.stream
        position = stream.pos
        name = stream.next()
        if name == "^":
            raise stream.error("invalid block name", position)
        if name in self.scope.defined_blocks:
            raise stream.error(f"redefinition of block '{name}'", position)
        self.scope.defined_blocks.add(name)
        block = self.scope.blocks.setdefault(name, (Block(), position))[0]
        region.append(block)
        if stream.peek() == "(":
            for operand, type, location in self.block_arguments():
                self.define_argument(operand, block.add_argument(type, location))
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
            if token == "":
                raise stream.unexpected("an operation or '}'")
            start = stream.pos
            depth, scope, dialect = self.depth, self.scope, self.default_dialect
            try:
                block.append(self.operation())
            except DiagnosedError as problem:
                self.report(problem)
                self.depth, self.scope, self.default_dialect = depth, scope, dialect
                self.recover(start)

    def report(self, problem: DiagnosedError) -> None:
        """Keep the errors of `problem`, to go on parsing. Raises `TooManyErrorsError` where that is no use any more."""
        end = self.stream.location(len(self.stream.tokens) - 1)
        for diagnostic in problem.diagnostics:
            # Everything that is open where the text ends misses something there: it is said once.
            if diagnostic.location != end or all(known.location != end for known in self.errors):
                self.errors.append(diagnostic)
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
        if stream.tokens[failed] == "":
            # Nothing is left to skip. Every operation that is still open comes here.
            stream.pos = failed
            return
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


def add_terminator(region: Region, terminator: Callable[[], Operation], location: Location) -> None:
    """End the only block of `region` with an operation that the text may leave out."""
    if region.first is None:
        region.append(Block())
    block = region.entry
    if block is region.last and (block.last is None or t.Terminator not in block.last.traits):
        op = terminator()
        op.location = location
        block.append(op)
