"""LLVM at work while Python goes on: machine code for texts, made by a thread of its own, in order."""

from __future__ import annotations

import queue
import sys
import threading
from types import TracebackType

from irc.codegen.cpu.compiler import compile_object
from irc.codegen.cpu.llvm_loops import Loops

SWITCH_INTERVAL = 2e-4
"""Seconds after which a thread that is back from LLVM may have Python again; the usual five milliseconds are as long as
LLVM needs for a small function, and are waited for at every call."""


class Job:
    """A text to be compiled, and later its machine code."""

    __slots__ = ("_claim", "_code", "_done", "level", "loops", "text")

    def __init__(self, text: str, level: int, loops: Loops) -> None:
        self.text, self.level, self.loops = text, level, loops
        self._claim, self._done = threading.Lock(), threading.Event()
        self._code: bytes | BaseException = b""

    def run(self) -> None:
        """Compile the text, unless another thread is at it or has done so."""
        if not self._claim.acquire(blocking=False):
            return
        try:
            self._code = compile_object(self.text, self.level, self.loops)
        except BaseException as problem:  # noqa: BLE001 - whoever waits for the code gets it
            self._code = problem
        self._done.set()

    def code(self) -> bytes:
        """The object file, made now if nobody has come to it, or waited for. Raises what `compile_object` has raised."""
        self.run()
        self._done.wait()
        if isinstance(self._code, BaseException):
            raise self._code
        return self._code


class Background:
    """The thread, for as long as the `with` statement runs. What has not been started then is dropped."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._interval = 0.0

    def __enter__(self) -> Background:
        self._interval = sys.getswitchinterval()
        return self

    def submit(self, text: str, level: int, loops: Loops) -> Job:
        """Have a text compiled after those before it."""
        if self._thread is None:
            sys.setswitchinterval(min(SWITCH_INTERVAL, self._interval))
            self._thread = threading.Thread(target=self._work, name="irc-llvm", daemon=True)
            self._thread.start()
        job = Job(text, level, loops)
        self._jobs.put(job)
        return job

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.run()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._thread is None:
            return
        if kind is not None:
            self._drop()
        self._jobs.put(None)
        self._thread.join()
        sys.setswitchinterval(self._interval)

    def _drop(self) -> None:
        while True:
            try:
                self._jobs.get_nowait()
            except queue.Empty:
                return
