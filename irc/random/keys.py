"""Keys of random numbers: two 32-bit words each, as typed arrays (`key`) or as plain ones with a last axis of two (`PRNGKey`).

Functions that make keys of keys give the kind that they get. A key is used once: what is drawn with it is always the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import optree

from irc.numpy import indexing
from irc.numpy.ufuncs.truth import equal, logical_and
from irc.random.generator import random_bits
from irc.tracing.array import Array, ConcreteArray, as_array, is_array_like
from irc.tracing.bits import reinterpret
from irc.tracing.dims import Dim, Size, sizes_of
from irc.tracing.dtypes import has_wide_defaults, is_integer
from irc.tracing.elementwise import cast, check_fits_integers
from irc.tracing.orders import reverse
from irc.tracing.shaping import reshape, show
from irc.tracing.slicing import concat
from irc.tracing.trees import NAMESPACE

WORD = np.dtype(np.uint32)
_PAIR = np.dtype(np.uint64)
IMPLEMENTATION = "threefry2x32"
"""JAX's name of the generator."""


class KeyType:
    """The dtype of typed keys."""

    name = "key<fry>"
    itemsize = 8

    def __repr__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyType)

    def __hash__(self) -> int:
        return hash(KeyType)


class KeyArray:
    """An array of keys. To transformations of functions it is a container of one array, whose last axis has the two words."""

    __slots__ = ("words",)

    def __init__(self, words: Any) -> None:
        self.words = words

    @property
    def shape(self) -> tuple[Size, ...]:
        """The shape without the axis of the words."""
        shape: tuple[Size, ...] = self.words.shape[:-1]
        return shape

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> Size:
        total: Size = 1
        for each in self.shape:
            total = total * each
        return total

    @property
    def dtype(self) -> KeyType:
        return KeyType()

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("a single key has no length")
        return int(self.shape[0])

    def __getitem__(self, index: Any) -> KeyArray:
        entries = index if isinstance(index, tuple) else (index,)
        if any(entry is Ellipsis for entry in entries):
            entries = (*entries, slice(None))
        return KeyArray(indexing.getitem(self.words, entries))

    def __iter__(self) -> Iterator[KeyArray]:
        return (self[i] for i in range(len(self)))

    def reshape(self, *shape: Any) -> KeyArray:
        """The keys with another shape, of which one size may be -1."""
        sizes = list(shape[0] if len(shape) == 1 and not isinstance(shape[0], int | Dim) else shape)
        if -1 in sizes:
            known = 1
            for size in sizes:
                known = known * (1 if size == -1 else size)
            sizes[sizes.index(-1)] = self.size // known if known else 0
        return KeyArray(reshape(self.words, (*sizes, 2)))

    def flatten(self) -> KeyArray:
        """The keys along one axis."""
        return self.reshape(-1)

    ravel = flatten

    def __eq__(self, other: object) -> Any:
        if not isinstance(other, KeyArray):
            return NotImplemented
        same = equal(self.words, other.words)
        return logical_and(same[..., 0], same[..., 1])

    def __ne__(self, other: object) -> Any:
        same = self.__eq__(other)
        return same if same is NotImplemented else equal(same, False)

    def __hash__(self) -> int:
        raise TypeError("keys are not hashable")

    def __repr__(self) -> str:
        return f"Array({self.shape}, dtype={self.dtype}) overlaying:\n{self.words}"


_REGISTER: Any = optree.register_pytree_node
_REGISTER(KeyArray, lambda keys: ((keys.words,), None), lambda _, words: KeyArray(*words), namespace=NAMESPACE)

Key = Any
"""A typed key or a plain one."""


def checked(name: str, keys: Key, single: bool = True) -> tuple[Array, bool]:
    """The words of a key, and whether it is typed. Raises `TypeError` and `ValueError` in the name of a function."""
    typed = isinstance(keys, KeyArray)
    if not typed and not is_array_like(keys):
        raise TypeError(f"{name} takes a key of irc.random.key or irc.random.PRNGKey, got {type(keys).__name__}")
    words = as_array(keys.words if typed else keys)
    if words.dtype != WORD or not words.ndim or words.shape[-1] != 2:
        raise TypeError(
            f"{name} takes a key of irc.random.key or irc.random.PRNGKey, got an array of {words.dtype} of shape "
            f"{show(words.shape)}"
        )
    if single and words.ndim != 1:
        raise ValueError(f"{name} takes a single key, got keys of shape {show(words.shape[:-1])}: use vmap for each")
    return words, typed


def _as_given(words: Array, typed: bool) -> Key:
    return KeyArray(words) if typed else words


def _seeded(name: str, seed: Any, impl: Any) -> Array:
    if impl not in (None, IMPLEMENTATION):
        raise ValueError(f"there is one generator, {IMPLEMENTATION!r}, got {impl!r}")
    if isinstance(seed, KeyArray):
        raise TypeError(f"{name} takes a number as seed, got a key")
    number = _whole(seed) if isinstance(seed, int) else as_array(seed)
    if number.shape:
        raise TypeError(f"{name} takes a single number as seed, got shape {show(number.shape)}: use vmap for each")
    if not is_integer(number.dtype):
        raise TypeError(f"{name} takes an integer as seed, got {number.dtype}")
    if number.dtype.itemsize == 8:
        return words_of(cast(number, _PAIR))
    low = reshape(cast(number, WORD), (1,))
    return concat([ConcreteArray(np.zeros(1, WORD)), low], 0)


def _whole(seed: int) -> Array:
    """A number of Python: one of 32 bits, signed unless the default integers have 64, has an upper word of zero, as in JAX."""
    if (0 if has_wide_defaults() else -(1 << 31)) <= seed < 1 << 32:
        return ConcreteArray(np.asarray(seed % (1 << 32), WORD))
    check_fits_integers(seed, _PAIR if seed >= 0 else np.dtype(np.int64))
    return ConcreteArray(np.asarray(seed % (1 << 64), _PAIR))


def words_of(pairs: Array) -> Array:
    """The upper and the lower words of 64-bit numbers, along a new last axis."""
    found = reinterpret(pairs, WORD)
    return reverse(found, [found.ndim - 1])


def key(seed: Any, *, impl: Any = None) -> KeyArray:
    """A typed key made of an integer."""
    return KeyArray(_seeded("key", seed, impl))


def PRNGKey(seed: Any, *, impl: Any = None) -> Array:
    """A key made of an integer, as an array of two words."""
    return _seeded("PRNGKey", seed, impl)


def split(key: Key, num: int | Sequence[Size] = 2) -> Key:
    """New keys of a key: `num` of them, or an array of that shape."""
    words, typed = checked("split", key)
    return _as_given(split_words(words, sizes_of(num)), typed)


def split_words(words: Array, shape: Sequence[Size] = (2,)) -> Array:
    """`split` of the words of a key."""
    return words_of(random_bits(words, shape, _PAIR))


def parts(words: Array, count: int) -> list[Array]:
    """The words of `count` new keys."""
    found = split_words(words, (count,))
    return [indexing.getitem(found, i) for i in range(count)]


def fold_in(key: Key, data: Any) -> Key:
    """A new key of a key and an integer of 32 bits."""
    words, typed = checked("fold_in", key)
    if isinstance(data, int) and not 0 <= data < 1 << 32:
        raise OverflowError(f"fold_in takes an integer of 32 bits without a sign, got {data}")
    number = as_array(data)
    if number.shape:
        raise TypeError(f"fold_in takes a single integer, got shape {show(number.shape)}: use vmap for each")
    if not is_integer(number.dtype):
        raise TypeError(f"fold_in takes an integer, got {number.dtype}")
    return _as_given(words_of(random_bits(words, (), _PAIR, cast(number, WORD))), typed)


def key_data(keys: Key) -> Array:
    """The words of keys, along the last axis."""
    return checked("key_data", keys, single=False)[0]


def wrap_key_data(key_bits_array: Any, *, impl: Any = None) -> KeyArray:
    """Typed keys made of their words."""
    if impl not in (None, IMPLEMENTATION):
        raise ValueError(f"there is one generator, {IMPLEMENTATION!r}, got {impl!r}")
    return KeyArray(checked("wrap_key_data", key_bits_array, single=False)[0])


def key_impl(keys: Key) -> str:
    """The name of the generator."""
    checked("key_impl", keys, single=False)
    return IMPLEMENTATION


def clone(key: Key) -> Key:
    """The same key: nothing here watches how often a key is used."""
    words, typed = checked("clone", key, single=False)
    return _as_given(words, typed)
