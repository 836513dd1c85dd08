"""Rule sets: named rules, compiled to one matcher per root op."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from irc.ir import traits as t
from irc.ir.operation import Operation
from irc.rewrite.constants import Number
from irc.rewrite.matcher import Matcher, compile_matcher
from irc.rewrite.pattern import OpPattern, Pattern, Rule, Variable


class RuleSet:
    """Rules by name. The first that matches wins.

    `patterns` is what the greedy driver takes: for each op class that is the root of a rule, the matcher of its rules.
    Raises `TypeError` for a rule that an earlier one always takes precedence of, or that makes no sense.
    """

    def __init__(self, **rules: Rule) -> None:
        self.rules = rules
        by_root: dict[type[Operation], list[tuple[str, OpPattern, Rule]]] = {}
        for name, rule in rules.items():
            if not isinstance(rule.left, OpPattern):
                raise TypeError(f"rule '{name}': the left side must be an op")
            for left in _commuted(rule.left):
                assert isinstance(left, OpPattern)
                by_root.setdefault(left.cls, []).append((name, left, rule))
        for entries in by_root.values():
            _check_shadowing(entries)
        self.patterns: dict[type[Operation], list[Matcher]] = {
            cls: [compile_matcher(cls, entries)] for cls, entries in by_root.items()
        }


def _commuted(pattern: Pattern | Number) -> Iterator[Pattern | Number]:
    """The forms of a pattern under the `Commutative` trait.

    The driver puts constants on the right, so a number beside something that is none has that form only.
    """
    if not isinstance(pattern, OpPattern):
        yield pattern
        return
    for operands in itertools.product(*(list(_commuted(operand)) for operand in pattern.operands)):
        commutes = t.Commutative in pattern.cls.traits and len(operands) == 2
        if commutes and not isinstance(operands[0], Pattern):
            operands = operands[::-1]
            commutes = False
        yield OpPattern(pattern.cls, operands, pattern.attributes)
        variables = all(isinstance(operand, Variable) for operand in operands)
        if commutes and isinstance(operands[1], Pattern) and not variables:
            yield OpPattern(pattern.cls, operands[::-1], pattern.attributes)


def _check_shadowing(entries: list[tuple[str, OpPattern, Rule]]) -> None:
    for i, (name, left, _) in enumerate(entries):
        for earlier, pattern, rule in entries[:i]:
            if earlier != name and rule.guard is None and not _may_decline(rule) and _covers(pattern, left, {}):
                raise TypeError(f"rule '{name}' can never apply: '{earlier}' comes first and matches all that it does")


def _may_decline(rule: Rule) -> bool:
    """Whether the right side is a function, which may find that the rule does not apply after all."""
    return not isinstance(rule.right, Pattern | int | float)


def _covers(general: Pattern | Number, special: Pattern | Number, bound: dict[str, Pattern | Number]) -> bool:
    """Whether `general` matches whatever `special` matches."""
    if isinstance(general, Variable):
        known = bound.setdefault(general.name, special)
        return known is special or (
            isinstance(known, Variable) and isinstance(special, Variable) and known.name == special.name
        )
    if isinstance(general, OpPattern):
        return (
            isinstance(special, OpPattern)
            and general.cls is special.cls
            and general.attributes == special.attributes
            and len(general.operands) == len(special.operands)
            and all(_covers(a, b, bound) for a, b in zip(general.operands, special.operands, strict=True))
        )
    if isinstance(special, Pattern) or isinstance(general, Pattern):
        return False
    return repr(float(general)) == repr(float(special))
