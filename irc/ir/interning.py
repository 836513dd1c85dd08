"""Interned, immutable value classes: equal arguments give the very same object.

Types, attributes and affine expressions are compared by identity everywhere, as in MLIR's context. A class lists its
fields as annotations; the metaclass writes the slots and a constructor that looks the arguments up first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, dataclass_transform

from irc.ir.codegen import define


@dataclass_transform(frozen_default=True, eq_default=False)
class InternedMeta(type):
    """Gives a class slots for its annotated fields and an interning constructor.

    A class may define three hooks: `canonical(*fields) -> tuple` maps the arguments to their canonical form before the
    look-up, `equality_key(*fields)` is what is looked up where `==` on the fields says too little (zeros of both signs, NaN),
    and `check(self)` raises `ValueError` on a combination that makes no sense.
    """

    fields: tuple[str, ...]
    defaults: dict[str, Any]

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> InternedMeta:
        annotations: dict[str, Any] = namespace.get("__annotations__", {})
        own = tuple(key for key, text in annotations.items() if not str(text).startswith("ClassVar"))
        defaults = {key: namespace.pop(key) for key in own if key in namespace}
        namespace["__slots__"] = own + tuple(namespace.pop("extra_slots", ()))
        cls = super().__new__(mcs, name, bases, namespace, **options)
        inherited = next((base for base in bases if isinstance(base, InternedMeta)), None)
        cls.fields = (inherited.fields if inherited else ()) + own
        cls.defaults = {**(inherited.defaults if inherited else {}), **defaults}
        type.__setattr__(cls, "__new__", staticmethod(_on_first_use(cls)))
        return cls


def _on_first_use(cls: InternedMeta) -> Callable[..., Any]:
    """The constructor of `cls`, which is written when it is first called: most classes of a dialect never occur in a
    program."""

    def new(called: InternedMeta, *arguments: Any, **keywords: Any) -> Any:
        constructor = _constructor(cls)
        type.__setattr__(cls, "__new__", staticmethod(constructor))
        return constructor(called, *arguments, **keywords)

    return new


def _constructor(cls: InternedMeta) -> Callable[..., Any]:
    fields = cls.fields
    signature = "".join(f", {f}=defaults[{f!r}]" if f in cls.defaults else f", {f}" for f in fields)
    arguments = "".join(f"{f}, " for f in fields)
    canonical = getattr(cls, "canonical", None)
    equality_key = getattr(cls, "equality_key", None)
    lines = [f"def __new__(cls{signature}):"]
    if canonical is not None:
        lines.append(f"    {arguments or '()'} = canonical({arguments})")
    lines += [
        f"    found_by = {'equality_key' if equality_key is not None else ''}({arguments})",
        "    self = pool.get(found_by)",
        "    if self is None:",
        "        self = object.__new__(cls)",
        *(f"        set_field(self, {f!r}, {f})" for f in fields),
        *(["        self.check()"] if hasattr(cls, "check") else []),
        "        pool[found_by] = self",
        "    return self",
    ]
    environment = {
        "pool": {},
        "defaults": cls.defaults,
        "canonical": canonical,
        "equality_key": equality_key,
        "set_field": object.__setattr__,
    }
    constructor: Callable[..., Any] = define("__new__", lines, environment, f"{cls.__name__}.__new__")
    return constructor


class Interned(metaclass=InternedMeta):
    """Base of everything that is interned and immutable."""

    fields: ClassVar[tuple[str, ...]]
    printer: ClassVar[Callable[[Any], str]] = repr
    """What `str` gives: `irc.text.spelling` puts MLIR's spelling here, which this package must not import."""

    def __str__(self) -> str:
        return Interned.printer(self)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, field) for field in type(self).fields)

    def __repr__(self) -> str:
        inside = ", ".join(f"{field}={getattr(self, field)!r}" for field in type(self).fields)
        return f"{type(self).__name__}({inside})"
