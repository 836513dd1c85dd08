"""irc as a back-end of the benchmark harness: the harness finds the class `Impl` in its folder `backends`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from backends.base import Backend  # the harness's


class _Layers:
    """The layers that the harness's networks use, of images in the order N, C, H, W."""

    def __init__(self, lax: Any) -> None:
        self.lax = lax

    def conv2d(self, x: Any, w: Any, pad: int) -> Any:
        """A convolution of stride one."""
        return self.lax.conv_general_dilated(
            x, w, (1, 1), [(pad, pad), (pad, pad)], dimension_numbers=("NCHW", "OIHW", "NCHW")
        )

    def maxpool2(self, x: Any) -> Any:
        """The largest of each two by two."""
        return self.lax.reduce_window(x, -np.inf, self.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")


class Impl(Backend):
    """irc's native executor."""

    name, lib = "irc", "irc"

    @classmethod
    def env(cls, threads: int) -> dict[str, str]:
        return {"IRC_NUM_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}

    def __init__(self, threads: int, x64: bool) -> None:
        super().__init__(threads, x64)
        import irc  # noqa: PLC0415 - in the worker's process alone
        import irc.lax  # noqa: PLC0415
        import irc.numpy  # noqa: PLC0415

        self.irc, self.xp, self.control, self.special = irc, irc.numpy, irc.lax, irc.lax
        self.nn = _Layers(irc.lax)

    def to_device(self, a: Any) -> Any:
        return self.xp.asarray(a)

    def to_numpy(self, a: Any) -> Any:
        return np.asarray(a)

    def sync(self, out: Any) -> Any:
        return out

    def jit(self, f: Callable[..., Any]) -> Any:
        return self.irc.jit(f)

    def value_and_grad(self, f: Callable[..., Any], argnums: Any) -> Any:
        return self.irc.value_and_grad(f, argnums)

    def hvp(self, f: Callable[..., Any]) -> Any:
        gradient = self.irc.grad(f)
        return self.irc.grad(lambda x, v: self.xp.sum(self.xp.multiply(gradient(x), v)))

    def jacobian(self, f: Callable[..., Any]) -> Any:
        return self.irc.jacrev(f)

    def hessian(self, f: Callable[..., Any]) -> Any:
        return self.irc.hessian(f)

    def warmup(self) -> None:
        self.jit(lambda x: x + 1)(self.to_device(np.ones(4, np.float32)))
