"""From LLVM IR to machine code."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from irc.codegen.cpu.background import Background
from irc.codegen.cpu.compiler import compile_object
from irc.codegen.cpu.llvm_loops import Loops

LOOP = """
define float @sum{0}(ptr %p, i64 %n) {{
start:
  br label %loop
loop:
  %i = phi i64 [ 0, %start ], [ %next, %loop ]
  %s = phi float [ {0}.0, %start ], [ %t, %loop ]
  %q = getelementptr float, ptr %p, i64 %i
  %x = load float, ptr %q
  %t = fadd reassoc float %s, %x
  %next = add i64 %i, 1
  %go = icmp slt i64 %next, %n
  br i1 %go, label %loop, label %end
end:
  ret float %t
}}
"""


@pytest.mark.parametrize("loops", Loops)
def test_threads_compile_at_the_same_time(loops: Loops) -> None:
    texts = [LOOP.format(i) for i in range(8)] * 4
    expected = {text: compile_object(text, loops=loops) for text in texts}
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: compile_object(text, loops=loops), texts))
    assert found == [expected[text] for text in texts]


def test_loops_that_are_ours_are_left_as_they_are() -> None:
    """What LLVM may optimise becomes longer code, on vectors."""
    assert len(compile_object(LOOP.format(0), loops=Loops.FINAL)) < len(
        compile_object(LOOP.format(0), loops=Loops.OPEN)
    )


def test_texts_are_compiled_in_the_background() -> None:
    with Background() as background:
        jobs = [background.submit(LOOP.format(i), 1, Loops.FINAL) for i in range(4)]
        # The last is compiled here, unless the other thread has come to it.
        codes = [job.code() for job in reversed(jobs)]
    assert codes == [compile_object(LOOP.format(i), loops=Loops.FINAL) for i in reversed(range(4))]


def test_mistakes_reach_whoever_waits() -> None:
    with Background() as background:
        job = background.submit("define nonsense", 1, Loops.FINAL)
        with pytest.raises(RuntimeError, match="parsing error"):
            job.code()


def test_what_was_not_begun_is_dropped_after_a_mistake() -> None:
    def broken() -> None:
        with Background() as background:
            for i in range(50):
                background.submit(LOOP.format(i), 1, Loops.OPEN)
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        broken()
