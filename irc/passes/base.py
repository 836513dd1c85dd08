"""What a pass is: a class whose name is its name on the command line, whose fields are its options and its statistics, and
whose docstring is its help."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from irc.ir.operation import Operation

_KINDS: Mapping[type, str] = {int: "an integer", float: "a number"}


@dataclass(slots=True)
class Option:
    """An option of a pass; the type of the default says how its text is read."""

    default: bool | int | float | str
    help: str
    name: str = ""

    def read(self, text: str) -> bool | int | float | str:
        """The value that `text` stands for. Raises `ValueError` if it is none."""
        if isinstance(self.default, bool):
            if text not in ("true", "false", ""):
                raise ValueError(f"expected true or false, got '{text}'")
            return text != "false"
        try:
            return type(self.default)(text)
        except ValueError:
            raise ValueError(f"expected {_KINDS[type(self.default)]}, got '{text}'") from None


def option(default: Any, help: str) -> Any:
    """Declares an option of a pass: `max_iterations: int = option(10, "sweeps before giving up")`."""
    return Option(default, help)


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
            if key not in type(self).options:
                raise TypeError(f"pass '{self.name}' has no option '{key}'")
            setattr(self, key, value)

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
