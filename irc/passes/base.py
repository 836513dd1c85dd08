"""What a pass is: a class whose name is its name on the command line, whose fields are its options and its statistics, and
whose docstring is its help."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from irc.ir.operation import Operation

Value = bool | int | float | str

_NUMBERS = {int: (re.compile(r"[-+]?[0-9]{1,4000}"), "an integer"), float: (re.compile(r"[-+.0-9eE]+"), "a number")}


@dataclass(slots=True)
class Option:
    """An option of a pass; the type of the default says how its text is read.

    What values are legal is stated here: numbers from `at_least` to `at_most`, only powers of two if `power_of_two`, and
    in any case the values in `also`.
    """

    default: Value
    help: str
    name: str = ""
    at_least: float | None = None
    at_most: float | None = None
    power_of_two: bool = False
    also: tuple[Value, ...] = ()

    def read(self, text: str) -> Value:
        """The value that `text` stands for. Raises `ValueError` if it is none, or not legal."""
        return self.checked(self._value(text))

    def _value(self, text: str) -> Value:
        if isinstance(self.default, bool):
            if text not in ("true", "false", ""):
                raise ValueError(f"expected true or false, got '{text}'")
            return text != "false"
        if isinstance(self.default, str):
            return text
        kind = type(self.default)
        spelling, name = _NUMBERS[kind]
        try:
            if spelling.fullmatch(text):
                return kind(text)
        except ValueError:
            pass
        raise ValueError(f"expected {name}, got '{text}'")

    def checked(self, value: Value) -> Value:
        """`value` if it is legal. Raises `ValueError` otherwise."""
        if isinstance(value, str) or value in self.also:
            return value
        fits = (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)
        if not fits or (self.power_of_two and int(value).bit_count() != 1):
            raise ValueError(f"expected {self.legal}, got {value}")
        return value

    @property
    def legal(self) -> str:
        """The legal values, in words; nothing where all are."""
        low, high = self.at_least, self.at_most
        bounds = f"from {low} to {high}" if high is not None else f"of at least {low}" if low is not None else ""
        words = [str(value) for value in self.also]
        if self.power_of_two:
            words.append(f"a power of two {bounds}".rstrip())
        elif bounds:
            words.append(f"{_NUMBERS[type(self.default)][1]} {bounds}")
        return " or ".join(words)


def option(
    default: Any,
    help: str,
    *,
    at_least: float | None = None,
    at_most: float | None = None,
    power_of_two: bool = False,
    also: tuple[Value, ...] = (),
) -> Any:
    """Declares an option of a pass: `max_iterations: int = option(10, "sweeps before giving up", at_least=1)`."""
    return Option(default, help, "", at_least, at_most, power_of_two, also)


@dataclass(slots=True)
class Statistic:
    """A number that a pass reports."""

    help: str


def statistic(help: str) -> Any:
    """Declares what a pass counts with `PassContext.count`: `bytes_saved: str = statistic("of all arenas")`.

    The field's value is the name of the statistic, which is its own with spaces.
    """
    return Statistic(help)


@dataclass(slots=True)
class PassContext:
    """What a pass may use beside the operation it runs on: counters for `--pass-statistics`."""

    statistics: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, by: int = 1) -> None:
        """Add to a statistic of the running pass."""
        self.statistics[what] = self.statistics.get(what, 0) + by


class Pass:
    """Base of passes. `run` transforms an operation in place; `anchor` is the op it runs on, `None` for any."""

    name: ClassVar[str] = ""
    anchor: ClassVar[str | None] = None
    options: ClassVar[Mapping[str, Option]] = {}
    statistics: ClassVar[Mapping[str, str]] = {}
    """What the pass counts, and what each number means."""

    def __init_subclass__(cls) -> None:
        cls.name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()
        found, counted = dict(cls.options), dict(cls.statistics)
        for key, value in list(vars(cls).items()):
            if isinstance(value, Option):
                value.name = key.replace("_", "-")
                found[key] = value
                setattr(cls, key, value.default)
            elif isinstance(value, Statistic):
                counted[key.replace("_", " ")] = value.help
                setattr(cls, key, key.replace("_", " "))
        cls.options, cls.statistics = found, counted

    def __init__(self, **options: Any) -> None:
        for key, value in options.items():
            declared = type(self).options.get(key)
            if declared is None:
                raise TypeError(f"pass '{self.name}' has no option '{key}'")
            setattr(self, key, declared.checked(value))

    def run(self, op: Operation, context: PassContext) -> None:
        """Transform `op`. Raises `DiagnosedError` where the input is not supported."""
        raise NotImplementedError

    def text(self) -> str:
        """The pass as it is written in a pipeline."""
        changed = [
            f"{declared.name}={str(getattr(self, key)).lower() if isinstance(declared.default, bool) else getattr(self, key)}"
            for key, declared in type(self).options.items()
            if getattr(self, key) != declared.default
        ]
        return self.name + (f"{{{' '.join(changed)}}}" if changed else "")


PassFactory = Callable[..., Pass]
