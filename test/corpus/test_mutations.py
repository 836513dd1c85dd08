"""Files of the collection with something wrong in them: irc-opt reads or diagnoses each, and never fails itself."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.cases import FOLDER, GROUPS, Case
from irc.cli.irc_opt import main

TOKEN = re.compile(r'\s+|"[^"\n]*"|[\w.$%@#!^-]+|.', re.DOTALL)
STRAY = ["%", "#", "<", ">", "(", ")", "[", "]", "{", "}", '"', "?", "x", "*", "-1", "0x", "1.0", "i32", "99999999999999999999",
         "dense<", "loc(", "->", "::", ",", "=", ":", "^bb0", "%0#7", "\x00", "é"]  # fmt: skip
MAX_LENGTH = 6_000
PASSES = [
    [],
    ["--canonicalize"],
    ["--cse", "--print-op-generic"],
    ["--canonicalize", "--symbol-dce", "--print-debuginfo"],
]


@cache
def texts() -> list[str]:
    """All files that are not too long."""
    assert FOLDER is not None
    found = [case for group in GROUPS for case in GROUPS[group](FOLDER)]
    cases = [case for case in found if isinstance(case, Case)]
    return [text for text in (case.text for case in cases) if len(text) <= MAX_LENGTH]


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """A text with one to three tokens left out, put in, exchanged or repeated, or cut off."""
    tokens = TOKEN.findall(draw(st.sampled_from(texts())))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(tokens) - 1)) if tokens else 0
        match draw(st.sampled_from(["drop", "stray", "exchange", "repeat", "cut"])):
            case "drop":
                del tokens[at : at + 1]
            case "stray":
                tokens.insert(at, draw(st.sampled_from(STRAY)))
            case "exchange" if tokens:
                other = draw(st.integers(0, len(tokens) - 1))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case "repeat":
                tokens[at:at] = tokens[at : at + draw(st.integers(1, 12))]
            case _:
                tokens = tokens[:at]
    return "".join(tokens)


@pytest.mark.skipif(FOLDER is None, reason="IRC_CORPUS does not say where the collection is")
@settings(max_examples=1500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(text=st.deferred(mutants), flags=st.sampled_from(PASSES), allowed=st.booleans())
def test_a_mutant_is_read_or_diagnosed(text: str, flags: list[str], allowed: bool) -> None:
    errors = io.StringIO()
    arguments = ["-", *flags, *(["--allow-unregistered-dialect"] if allowed else [])]
    code = main(arguments, io.StringIO(text), io.StringIO(), errors)
    assert code in (0, 1), errors.getvalue()
    if code == 1:
        assert errors.getvalue().startswith("<stdin>:"), errors.getvalue()
