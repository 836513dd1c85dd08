"""What may be given to `irc-run` as an argument, by which rule it is assigned, and what is said where it does not fit."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np
import pytest

from irc.cli.arguments import ArgumentError, assign_arguments
from irc.cli.irc_run import main
from irc.text.parser import parse_module

ONES, SEVENS = np.ones(2, np.float32), np.full(2, 7, np.float32)


def assign(types: str, texts: list[str], npz: Path | None = None) -> list[Any]:
    """The values of arguments whose types are given as text."""
    arguments = types.replace("; ", ", ")
    function = parse_module(f"func.func private @f({arguments})").body.entry.first
    return assign_arguments(texts, str(npz) if npz is not None else None, function.signature.inputs)


# -- literals --------------------------------------------------------------------------------------------------------

LITERALS = {
    ("f32", "0.1"): np.float32(0.1),
    ("f64", "1"): 1.0,
    ("f64", "-inf"): -np.inf,
    ("f32", "1e39"): np.inf,
    ("f32", "-1" + "0" * 400): -np.inf,
    ("bf16", "1.1"): ml_dtypes.bfloat16(1.1),
    ("i1", "true"): True,
    ("i8", "-128"): -128,
    ("ui8", "255"): 255,
    ("i3", "-4"): -4,
    ("i64", "0x7fffffffffffffff"): (1 << 63) - 1,
    ("index", " 3 "): 3,
    ("complex<f32>", "1-2j"): np.complex64(1 - 2j),
    ("tensor<?xf32>", "(1, -2.5)"): [1, -2.5],
    ("tensor<0x2xf32>", "zeros"): np.zeros((0, 2)),
    ("tensor<2x2xi1>", "[[true, false], [0, 1]]"): [[True, False], [False, True]],
    ("tensor<f64>", "iota"): 0.0,
    ("tensor<?x?xi8>", "iota@2x3"): [[0, 1, 2], [3, 4, 5]],
}


@pytest.mark.parametrize(("type", "text"), LITERALS)
def test_texts(type: str, text: str) -> None:
    (value,) = assign(type, [text])
    np.testing.assert_array_equal(value, np.asarray(LITERALS[type, text], value.dtype))


WRONG = {
    ("tensor<2xf32>", "zeros@x"): "'@x' is no shape",
    ("tensor<?xf32>", "zeros@3x"): "'@3x' is no shape",
    ("tensor<?xf32>", "zeros@99999999999999"): "more than there are",
    ("tensor<99999999999999xf32>", "ones"): "more than there are",
    ("tensor<?xf32>", "random"): "is dynamic; state a shape",
    ("f32", "random:x"): "a seed is a number",
    ("f32", "zeros:1"): "a seed is a number, and only for random",
    ("i128", "1"): "values of type 'i128' cannot be passed",
    ("none", "zeros"): "values of type 'none' cannot be passed",
    ("i3", "4"): "must be 'i3', got 4, which is out of range",
    ("i8", "[300]"): "must be 'i8', got 300, which is out of range",
    ("tensor<1xui8>", "[-1]"): "got -1, which is out of range",
    ("i1", "2"): "out of range",
    ("i32", "1.0"): "must be 'i32', got a float",
    ("f32", "1j"): "must be 'f32', got a complex number",
    ("f32", "'text'"): "cannot read ''text'' as a number",
    ("f32", "[1"): "cannot read '[1' as a number",
    ("f32", "[1, [2]]"): "lists of different lengths",
    ("f32", "[" * 5000): "cannot read",
    ("tensor<2xf32>", "1"): "must be 'tensor<2xf32>', got shape ()",
    ("tensor<2xf32>", "[1, 2, 3]"): "must be 'tensor<2xf32>', got shape (3,)",
}


@pytest.mark.parametrize(("type", "text"), WRONG)
def test_texts_that_do_not_fit(type: str, text: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        assign(type, [text])
    assert WRONG[type, text] in str(caught.value)
    assert str(caught.value).startswith("argument #0: ")


# -- files -----------------------------------------------------------------------------------------------------------

TWO = "tensor<2xf32>; tensor<2xf32>"


def saved(path: Path, *arrays: Any, **named: Any) -> Path:
    np.savez(path / "x.npz", *arrays, **named)
    return path / "x.npz"


def test_arrays_without_names_are_the_first_arguments(tmp_path: Path) -> None:
    first, second = assign(TWO, ["[1, 2]"], saved(tmp_path, SEVENS))
    assert (first.tolist(), second.tolist()) == ([7, 7], [1, 2])


def test_arrays_are_for_the_argument_they_are_named_after(tmp_path: Path) -> None:
    first, second = assign(TWO, ["[1, 2]"], saved(tmp_path, in1=SEVENS))
    assert (first.tolist(), second.tolist()) == ([1, 2], [7, 7])


WRONG_FILES: dict[str, tuple[dict[str, Any], str]] = {
    "too many": ({"a": ONES, "b": ONES, "c": ONES}, "an array for argument #2, but the function takes 2 arguments"),
    "too large a number": ({"in0": ONES, "in2": ONES}, "an array for argument #2"),
    "a huge number": ({"in99999999999999999999": ONES}, "an array for argument #99999999999999999999"),
    "a number with more digits": ({"in0": ONES, "in00": ONES}, "beside them 'in00'"),
    "names of both kinds": ({"in0": ONES, "x": ONES}, "and beside them 'x'"),
    "too few": ({"in1": ONES}, "1 by the file and 0 by --arg are given; not given by the file: #0"),
    "of another dtype": (
        {"a": ONES, "b": ONES.astype(np.float64)},
        "argument #1: must be 'tensor<2xf32>', got dtype float64",
    ),
    "complex": ({"a": ONES, "b": ONES * 1j}, "got dtype complex64"),
    "of another byte order": ({"a": ONES, "b": ONES.astype(">f4")}, "got dtype >f4"),
    "of another shape": ({"a": ONES, "b": ONES[:1]}, "got shape (1,)"),
    "objects": ({"a": ONES, "b": np.array([None])}, "cannot read"),
}


@pytest.mark.parametrize("what", WRONG_FILES)
def test_files_that_do_not_fit(what: str, tmp_path: Path) -> None:
    arrays, message = WRONG_FILES[what]
    with pytest.raises(ArgumentError) as caught:
        assign(TWO, [], saved(tmp_path, **arrays))
    assert message in str(caught.value)


def test_an_argument_is_not_given_twice(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="2 by the file and 1 by --arg are given"):
        assign(TWO, ["ones"], saved(tmp_path, ONES, ONES))


BROKEN = "it is damaged, too large, or holds objects of Python instead of numbers"
NEITHER = "it is neither an .npy nor an .npz file"
TOLD = {"missing": "No such file", "folder": "Is a directory", "npy": "is no .npz file", "empty": NEITHER, "text": NEITHER,
        "truncated": BROKEN, "corrupt": BROKEN, "objects": BROKEN}  # fmt: skip


@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "corrupt", "npy", "folder", "text", "objects"])
def test_files_that_cannot_be_read(damage: str, tmp_path: Path) -> None:
    path = saved(tmp_path, ONES, ONES)
    data = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "folder":
            path = tmp_path
        case "npy":
            with path.open("wb") as file:
                np.save(file, ONES)
        case "objects":
            saved(tmp_path, np.array([None]))
        case _:
            broken = {
                "empty": b"",
                "truncated": data[:200],
                "corrupt": data[:60] + b"x" * 60 + data[120:],
                "text": b"[1, 2]",
            }
            path.write_bytes(broken[damage])
    with pytest.raises(ArgumentError, match=TOLD[damage]):
        assign(TWO, [], path)


@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "npz", "huge"])
def test_arrays_that_cannot_be_read(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "x.npy"
    np.save(path, ONES)
    data = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "npz":
            saved(tmp_path, ONES).rename(path)
        case "huge":
            path.write_bytes(data.replace(b"(2,), }" + b" " * 13, b"(99999999999999,), }"))
        case _:
            path.write_bytes({"empty": b"", "truncated": data[:60]}[damage])
    told = {**TOLD, "npz": "several arrays", "huge": BROKEN}
    with pytest.raises(ArgumentError, match=told[damage]):
        assign("tensor<2xf32>", [str(path)])


@pytest.mark.parametrize("kind", ["bf16", "f8E4M3FN", "f8E5M2", "f4E2M1FN", "f16"])
def test_what_is_saved_can_be_read_again(kind: str, tmp_path: Path) -> None:
    text = f"func.func @main(%x: tensor<3x{kind}>) -> tensor<3x{kind}> {{ return %x : tensor<3x{kind}> }}"
    flags = ["--executor=interpreter", "--print", f"--save={tmp_path / 'y.npz'}"]
    first, second, err = io.StringIO(), io.StringIO(), io.StringIO()
    assert main(["--arg", "[1, -1.5, 0.5]", *flags], io.StringIO(text), first, err) == 0, err.getvalue()
    assert main(["--npz", str(tmp_path / "y.npz"), *flags], io.StringIO(text), second, err) == 0, err.getvalue()
    assert first.getvalue() == second.getvalue()
