"""The one device, and the switches of JAX that programs set at their start."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from irc.tracing.array import Array, ConcreteArray, as_array, is_array_like
from irc.tracing.dtypes import has_wide_defaults, set_wide_defaults
from irc.tracing.trees import flatten, unflatten


class Device(str):
    """The CPU: a string, which `array.device` is, with the attributes of JAX's devices."""

    __slots__ = ()
    id = 0
    platform = device_kind = "cpu"
    process_index = 0


CPU = Device("cpu")


def devices(backend: str | None = None) -> list[Device]:
    """The devices: the CPU. Raises `RuntimeError` for another backend."""
    if backend not in (None, "cpu"):
        raise RuntimeError(f"there is no backend {backend!r}; there is 'cpu'")
    return [CPU]


def local_devices(
    process_index: int | None = None, backend: str | None = None, host_id: int | None = None
) -> list[Device]:
    """`devices`."""
    return devices(backend)


def device_count(backend: str | None = None) -> int:
    """1."""
    return len(devices(backend))


def local_device_count(backend: str | None = None) -> int:
    """1."""
    return len(devices(backend))


def process_index(backend: str | None = None) -> int:
    """0: there is one process."""
    return 0


def process_count(backend: str | None = None) -> int:
    """1."""
    return 1


def default_backend() -> str:
    """The CPU."""
    return "cpu"


def device_put(x: Any, device: Any = None, **_: Any) -> Any:
    """The arrays of a container as arrays of irc."""
    leaves, structure = flatten(x)
    return unflatten(structure, [as_array(leaf) for leaf in leaves])


def device_get(x: Any) -> Any:
    """The arrays of a container as arrays of NumPy."""
    leaves, structure = flatten(x)
    return unflatten(structure, [np.asarray(leaf) if isinstance(leaf, Array) else leaf for leaf in leaves])


def block_until_ready(x: Any) -> Any:
    """`x`: calls return when their results are there."""
    return x


def clear_caches() -> None:
    """Forget the programs that were compiled for single operations."""
    from irc.tracing import compile, composite, eager  # noqa: PLC0415 - not needed to start

    eager.forget()
    composite.forget()
    compile.forget()


@contextlib.contextmanager
def named_scope(name: str) -> Iterator[None]:
    """Operations are named by the line that asks for them; this name is not kept."""
    yield


def named_call(fun: Callable[..., Any], *, name: str | None = None) -> Callable[..., Any]:
    """`fun`: operations are named by the line that asks for them."""
    return functools.wraps(fun)(lambda *args, **kwargs: fun(*args, **kwargs))


@contextlib.contextmanager
def ensure_compile_time_eval() -> Iterator[None]:
    """What is known while a function is traced is computed at once inside of this."""
    from irc.tracing.current import traces  # noqa: PLC0415

    stack = traces()
    kept, stack[:] = list(stack), []
    try:
        yield
    finally:
        stack[:] = kept


class _Config:
    """`jax.config`: `jax_enable_x64` makes the default dtypes those of 64 bits, and switches that change nothing here may be
    set. Others are refused where they are to be on."""

    _WITHOUT_EFFECT = (
        "jax_platform_name", "jax_platforms", "jax_default_matmul_precision", "jax_log_compiles",
        "jax_default_device", "jax_compilation_cache_dir", "jax_numpy_rank_promotion", "jax_traceback_filtering",
        "jax_check_tracer_leaks", "jax_threefry_partitionable", "jax_cpu_enable_async_dispatch",
        "jax_transfer_guard", "jax_numpy_dtype_promotion", "jax_persistent_cache_min_compile_time_secs",
        "jax_persistent_cache_min_entry_size_bytes", "jax_explain_cache_misses", "jax_pmap_no_rank_reduction",
    )  # fmt: skip

    def update(self, name: str, value: Any) -> None:
        """Set a switch. Raises `NotImplementedError` for one that would change what programs do."""
        if name == "jax_enable_x64":
            set_wide_defaults(bool(value))
        elif name not in self._WITHOUT_EFFECT and value:
            raise NotImplementedError(f"the switch {name!r} is not there")

    @property
    def jax_enable_x64(self) -> bool:
        """Whether the default dtypes have 64 bits."""
        return has_wide_defaults()

    x64_enabled = jax_enable_x64


config = _Config()


def _absent(name: str, instead: str) -> Callable[..., Any]:
    def function(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(f"irc.{name} is not there: {instead}")

    function.__name__ = name
    return function


pmap = _absent("pmap", "there is one device; irc.vmap with axis_name has the same collective functions")
shard_map = _absent("shard_map", "there is one device; irc.vmap with axis_name has the same collective functions")
make_mesh = _absent("make_mesh", "there is one device")


def is_array(x: Any) -> bool:
    """Whether it is an array or a number."""
    return isinstance(x, ConcreteArray) or is_array_like(x)
