"""The calls that programs for `jax.profiler` make. Nothing is recorded: a profiler of Python's or perf shows the programs."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any


@contextlib.contextmanager
def trace(
    log_dir: Any, create_perfetto_link: bool = False, create_perfetto_trace: bool = False, profiler_options: Any = None
) -> Iterator[None]:
    """What runs inside of this is not recorded."""
    yield


def start_trace(
    log_dir: Any, create_perfetto_link: bool = False, create_perfetto_trace: bool = False, profiler_options: Any = None
) -> None:
    """Without effect."""


def stop_trace() -> None:
    """Without effect."""


class TraceAnnotation(contextlib.ContextDecorator):
    """A name for what runs inside of this, which is not recorded."""

    def __init__(self, name: str, **_: Any) -> None:
        self.name = name

    def __enter__(self) -> TraceAnnotation:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing was started."""


StepTraceAnnotation = TraceAnnotation


def annotate_function(func: Callable[..., Any], name: str | None = None, **_: Any) -> Callable[..., Any]:
    """`func`, whose name is not recorded."""
    return functools.wraps(func)(lambda *args, **kwargs: func(*args, **kwargs))


__all__ = ["StepTraceAnnotation", "TraceAnnotation", "annotate_function", "start_trace", "stop_trace", "trace"]
