"""`Array`: what programs compute with. A concrete one holds numbers, a traced one stands for a value of the IR.

The methods that are functions of `irc.numpy` (operators, `sum`, `reshape`, …) are put on the class there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from irc.codegen.cpu.direct_calls import address_of
from irc.ir.rounding import is_of_numpy
from irc.tracing.closures import seen
from irc.tracing.dtypes import DEFAULTS, DType, element_type_of

if TYPE_CHECKING:
    from irc.tracing.dims import Size


class Array:
    """An immutable array: a shape, a dtype, and methods of the Array API standard.

    A weakly typed one, which a Python scalar becomes, gives way to the dtype of others.
    """

    __slots__ = ("weak_type",)
    # NumPy's arrays leave operators with one of these to it; NumPy's functions make an array of NumPy's of it.
    __array_priority__ = 1000

    weak_type: bool

    if TYPE_CHECKING:
        # What `irc.numpy` puts on the class.
        def __getattr__(self, name: str) -> Any: ...
        def __getitem__(self, index: Any) -> Array: ...
        def __iter__(self) -> Iterator[Array]: ...
        def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]: ...
        def __add__(self, other: Any) -> Array: ...
        def __radd__(self, other: Any) -> Array: ...
        def __sub__(self, other: Any) -> Array: ...
        def __rsub__(self, other: Any) -> Array: ...
        def __mul__(self, other: Any) -> Array: ...
        def __rmul__(self, other: Any) -> Array: ...
        def __truediv__(self, other: Any) -> Array: ...
        def __rtruediv__(self, other: Any) -> Array: ...
        def __floordiv__(self, other: Any) -> Array: ...
        def __rfloordiv__(self, other: Any) -> Array: ...
        def __mod__(self, other: Any) -> Array: ...
        def __rmod__(self, other: Any) -> Array: ...
        def __pow__(self, other: Any) -> Array: ...
        def __rpow__(self, other: Any) -> Array: ...
        def __matmul__(self, other: Any) -> Array: ...
        def __rmatmul__(self, other: Any) -> Array: ...
        def __and__(self, other: Any) -> Array: ...
        def __rand__(self, other: Any) -> Array: ...
        def __or__(self, other: Any) -> Array: ...
        def __ror__(self, other: Any) -> Array: ...
        def __xor__(self, other: Any) -> Array: ...
        def __rxor__(self, other: Any) -> Array: ...
        def __lshift__(self, other: Any) -> Array: ...
        def __rlshift__(self, other: Any) -> Array: ...
        def __rshift__(self, other: Any) -> Array: ...
        def __rrshift__(self, other: Any) -> Array: ...
        def __eq__(self, other: object) -> Array: ...  # type: ignore[override]  # one for each element
        def __ne__(self, other: object) -> Array: ...  # type: ignore[override]  # one for each element
        def __lt__(self, other: Any) -> Array: ...
        def __le__(self, other: Any) -> Array: ...
        def __gt__(self, other: Any) -> Array: ...
        def __ge__(self, other: Any) -> Array: ...
        def __neg__(self) -> Array: ...
        def __pos__(self) -> Array: ...
        def __abs__(self) -> Array: ...
        def __invert__(self) -> Array: ...
        def __bool__(self) -> bool: ...
        def __int__(self) -> int: ...
        def __float__(self) -> float: ...
        def __complex__(self) -> complex: ...
        def __index__(self) -> int: ...

    @property
    def shape(self) -> tuple[Size, ...]:
        """The sizes; one that is dynamic is a `Dim`."""
        raise NotImplementedError

    @property
    def dtype(self) -> DType:
        raise NotImplementedError

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> Any:
        """The number of elements."""
        total: Any = 1
        for each in self.shape:
            total = total * each
        return total

    @property
    def itemsize(self) -> int:
        return self.dtype.itemsize

    @property
    def nbytes(self) -> Any:
        return self.size * self.itemsize

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("an array without axes has no length")
        return int(self.shape[0])

    def __hash__(self) -> int:
        raise TypeError("arrays are not hashable; as a static argument pass a tuple of numbers")


class ConcreteArray(Array):
    """Numbers in memory, which nobody writes to."""

    __slots__ = ("_address", "data", "exact")

    data: np.ndarray[Any, Any]
    _address: int | None

    def __init__(self, data: np.ndarray[Any, Any], weak_type: bool = False, exact: Any = None) -> None:
        """`data` is not copied; the caller does not write to it any more.

        `exact` is the number of Python's that it was, which other dtypes may hold with more digits.
        """
        if data.flags.writeable:
            data = data.view()
            data.flags.writeable = False
        self.data, self.weak_type, self.exact = data, weak_type, exact

    @property
    def address(self) -> int | None:
        """Where the elements lie; `None` if they are not in order there."""
        try:
            return self._address
        except AttributeError:
            self._address = address_of(self.data)
            return self._address

    @property
    def shape(self) -> tuple[int, ...]:
        shape: tuple[int, ...] = self.data.shape
        return shape

    @property
    def dtype(self) -> DType:
        dtype: DType = self.data.dtype
        return dtype

    def block_until_ready(self) -> Array:
        """This array: calls return when their results are there."""
        return self

    # -- to Python, NumPy and others -----------------------------------------------------------------------------

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        if copy is False and dtype is not None and np.dtype(dtype) != self.dtype:
            raise ValueError("a conversion to another dtype needs a copy")
        return np.array(self.data, dtype, copy=copy) if copy or dtype is not None else self.data

    def __dlpack__(
        self, *, stream: Any = None, max_version: Any = None, dl_device: Any = None, copy: bool | None = None
    ) -> Any:
        # NumPy exports no read-only arrays; those who import one promise not to write to it.
        writable = np.asarray(_Writable(self.data))
        return writable.__dlpack__(stream=stream, max_version=max_version, dl_device=dl_device, copy=copy)

    def __dlpack_device__(self) -> tuple[Any, int]:
        return self.data.__dlpack_device__()

    @property
    def __array_interface__(self) -> dict[str, Any]:
        if not is_of_numpy(self.dtype):
            # The protocol has no name for the dtypes of ml_dtypes; NumPy then asks for `__array__`.
            raise AttributeError("__array_interface__")
        return self.data.__array_interface__

    def item(self, *index: Any) -> Any:
        """The one element, or the one at a position, as a Python number."""
        return self.data.item(*index)

    def tolist(self) -> Any:
        """Nested lists of Python numbers."""
        return self.data.tolist()

    def __bool__(self) -> bool:
        return bool(self.data)

    def __int__(self) -> int:
        return int(self._number())

    def __float__(self) -> float:
        return float(self._number())

    def __complex__(self) -> complex:
        return complex(self._number())

    def _number(self) -> Any:
        if self.shape:
            raise TypeError(f"only arrays without axes are numbers, not one of shape {self.shape}")
        return self.data.item()

    def __index__(self) -> int:
        if self.shape or self.dtype.kind not in "iu":
            raise TypeError(f"only integer arrays without axes are indices, not {self.dtype}{list(self.shape)}")
        return int(self.data)

    def __repr__(self) -> str:
        weak = ", weak_type=True" if self.weak_type else ""
        text = np.array2string(self.data, separator=", ", prefix="Array(")
        shape = f"shape={self.shape}, " if not self.data.size else ""
        return f"Array({text}, {shape}dtype={self.dtype.name}{weak})"

    def __str__(self) -> str:
        return str(self.data)

    def __format__(self, spec: str) -> str:
        return format(self.item(), spec) if not self.shape else format(str(self), spec)

    def __copy__(self) -> Array:
        return self

    def __deepcopy__(self, memo: Any) -> Array:
        return ConcreteArray(self.data.copy(), self.weak_type)

    def __reduce__(self) -> Any:
        return ConcreteArray, (np.asarray(self.data), self.weak_type)


class _Writable:
    """Memory of a read-only array as NumPy takes it for a writable one."""

    def __init__(self, data: np.ndarray[Any, Any]) -> None:
        interface = dict(data.__array_interface__)
        interface["data"] = (interface["data"][0], False)
        self.__array_interface__, self.kept = interface, data


def is_array_like(x: Any) -> bool:
    """Whether functions of arrays take `x`: an array of any library, or a Python number."""
    return (
        isinstance(x, Array | np.ndarray | np.generic | bool | int | float | complex)
        or hasattr(x, "__dlpack__")
        or type(x) in CONVERSIONS
    ) or type(x) in CONVERSIONS


CONVERSIONS: dict[type, Callable[[Any], Array]] = {}
"""How values of further classes become arrays; the modules that know them add to this."""


def as_array(x: Any) -> Array:
    """`x` as an array; Python numbers are weakly typed. Raises `TypeError`.

    NumPy's arrays that somebody may write to are copied; those of other libraries come through DLPack as they are.
    """
    return _as_array(x, True)


def as_lent(x: Any) -> Array:
    """`as_array` without a copy: for the time of a call whose results do not refer to it."""
    return _as_array(x, False)


def _as_array(x: Any, copied: bool) -> Array:
    if isinstance(x, Array):
        return seen(x)
    convert = CONVERSIONS.get(type(x))
    if convert is not None:
        return convert(x)
    if isinstance(x, bool | int | float | complex) and not isinstance(x, np.generic):
        kind = (
            bool if isinstance(x, bool) else int if isinstance(x, int) else float if isinstance(x, float) else complex
        )
        return ConcreteArray(_scalar(x, DEFAULTS[kind]), weak_type=kind is not bool, exact=x)
    if isinstance(x, np.ndarray | np.generic):
        return _of_numpy(x, copied)
    if hasattr(x, "__dlpack__"):
        return ConcreteArray(checked(np.from_dlpack(x)))
    if hasattr(x, "__array__"):
        return _of_numpy(np.asarray(x), copied)
    raise TypeError(f"expected an array or a number, got {type(x).__name__}")


def _of_numpy(x: np.ndarray[Any, Any] | np.generic, copied: bool) -> Array:
    if type(x) is not np.ndarray and isinstance(x, np.ma.MaskedArray):
        raise ValueError("masked arrays are not supported: give them a value for what is masked, with filled()")
    data = checked(np.asarray(x))
    # What is neither given nor a view was made here.
    shared = (data is x or data.base is not None) and data.flags.writeable
    return ConcreteArray(data.copy() if copied and shared else data)


def checked(data: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """An array of a dtype that there is, in the byte order of the machine. Raises `TypeError`."""
    if not data.dtype.isnative:
        data = data.astype(data.dtype.newbyteorder("="))
    element_type_of(data.dtype)
    return data


def _scalar(x: Any, dtype: DType) -> np.ndarray[Any, Any]:
    """A Python number as an array; an integer that does not fit takes 64 bits."""
    try:
        with np.errstate(over="ignore"):
            return np.array(x, dtype)
    except OverflowError:
        if not -(1 << 63) <= x < 1 << 64:
            raise OverflowError(f"the Python integer {x} is out of bounds for 64 bits: use a float") from None
        return np.array(x, np.int64 if x < 1 << 63 else np.uint64)
