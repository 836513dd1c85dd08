"""Functions of Python that programs call by name: the targets of `nd.custom_call`.

    @register("my.scale")
    def scale(x, *, out, factor):
        np.multiply(x, factor, out=out[0])

    %y = nd.custom_call @my.scale(%x) options {factor = 2.0} : (tensor<4xf32>) -> tensor<4xf32>

A function gets one argument per operand: a NumPy array that it must not write to (nor keep, unless it makes a copy), or a
NumPy scalar. `out` holds one array per result, of the sizes and the dtype that the result's type says and with
unspecified elements, which the function writes. The options of the op are keywords (`python_value`). Compiled code calls
the same function on its own memory: nothing is copied, so arrays may have strides. An exception ends the program's call
with an error at the op. Floating-point errors are silent, as everywhere in a program.

Names that start with `irc.` belong to irc; their functions are in the modules of this package.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar, overload

from irc.ir import attributes as at
from irc.ir.dense import fit, has_odd_width, to_numpy
from irc.ir.lazy_numpy import np
from irc.ir.rounding import to_float
from irc.ir.types import IntegerType, Type

Array: TypeAlias = "np.ndarray[Any, Any]"


Target = Callable[..., object]
"""`function(*operands, out=results, **options)`; what it returns is of no matter."""

TargetT = TypeVar("TargetT", bound=Target)

_PREFIX = "irc."
_MODULES = ("fourier", "linear_algebra", "factorizations", "lapack")
"""The modules of this package that register functions."""

_targets: dict[str, Target] = {}


@overload
def register(name: str, function: None = None, *, replace: bool = False) -> Callable[[TargetT], TargetT]: ...


@overload
def register(name: str, function: TargetT, *, replace: bool = False) -> TargetT: ...


def register(name: str, function: Target | None = None, *, replace: bool = False) -> Any:
    """Let programs call `function` by `name`; without a function, a decorator that does so.

    Raises `ValueError` for a name that is taken, unless it is to be replaced.
    """
    if function is None:
        return lambda decorated: register(name, decorated, replace=replace)
    if not replace and name in _targets:
        raise ValueError(f"there is a custom call @{name} already")
    _targets[name] = function
    return function


def unregister(name: str) -> None:
    """Take back a `register`. Raises `KeyError` for a name that is not registered."""
    del _targets[name]


def is_registered(name: str) -> bool:
    """Whether there is a function of a name."""
    try:
        find(name)
    except CustomCallError:
        return False
    return True


class CustomCallError(ValueError):
    """There is no function for a custom call, or it raised an exception."""


def find(name: str) -> Target:
    """The function of a name. Raises `CustomCallError` if there is none."""
    if name.startswith(_PREFIX) and name not in _targets:
        for module in _MODULES:
            importlib.import_module(f"{__name__}.{module}")
    found = _targets.get(name)
    if found is None:
        known = ", ".join(f"@{known}" for known in sorted(_targets) if not known.startswith(_PREFIX)) or "none"
        raise CustomCallError(f"no function is registered for the custom call @{name}; registered are: {known}")
    return found


def call(
    name: str, options: Mapping[str, Any], inputs: Sequence[Any], out: Sequence[Array], elements: Sequence[Type]
) -> None:
    """Call the function of a name; `elements` are the types of the elements that `out` has.

    Raises `CustomCallError` where there is none or it raises an exception.
    """
    function = find(name)
    for array in inputs:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False
    try:
        with np.errstate(all="ignore"):
            function(*inputs, out=tuple(out), **options)
    except Exception as problem:
        raise CustomCallError(f"custom call @{name} failed: {_words(problem)}") from problem
    for array, element in zip(out, elements, strict=True):
        if has_odd_width(element):
            array[...] = fit(array, element)


def _words(problem: Exception) -> str:
    """What an exception says, with the kind of those that say little by themselves."""
    text = str(problem)
    plain = isinstance(problem, ValueError) and text
    return text if plain else f"{type(problem).__name__}{text and ': '}{text}"


def write(out: Sequence[Array], values: Sequence[Any]) -> None:
    """Put what was computed into the first results, rounded to their dtypes.

    Raises `ValueError` where it has another shape, or is complex and the result is not.
    """
    if len(out) > len(values):
        raise ValueError(f"there are {len(values)} results, not {len(out)}")
    for array, value in zip(out, map(np.asarray, values), strict=False):
        if array.shape != value.shape:
            raise ValueError(f"computed an array of shape {value.shape} for a result of shape {array.shape}")
        if array.dtype.kind != "c" and value.dtype.kind == "c":
            raise ValueError(f"computed complex numbers for a result of {array.dtype}")
        array[...] = value if array.dtype.kind in "iuc" else to_float(value, array.dtype)


def python_value(attribute: at.Attribute) -> Any:
    """An option as a function gets it.

    Numbers, booleans, strings, tuples, dictionaries with string keys, NumPy arrays for dense elements, `True` for `unit`;
    anything else as the attribute that it is.
    """
    match attribute:
        case at.IntegerAttr(type=IntegerType(width=1)):
            return bool(attribute.value)
        case at.IntegerAttr() | at.FloatAttr() | at.StringAttr():
            return attribute.value
        case at.UnitAttr():
            return True
        case at.ArrayAttr():
            return tuple([python_value(element) for element in attribute.elements])
        case at.DenseArrayAttr():
            return tuple(attribute.values)
        case at.DictionaryAttr():
            return {key: python_value(value) for key, value in attribute.entries}
        case at.DenseElementsAttr():
            return to_numpy(attribute)
    return attribute
