"""`nd.random_bits` gives JAX's numbers, by every executor."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from unit.custom_calls.running import EVERYWHERE, executor
from unit.lowering.levels import check_levels

from irc.dialects.nd_numpy_random import random_bits, threefry

FULL = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("key", "counter", "words"),
    [
        ((0, 0), (0, 0), (0x6B200159, 0x99BA4EFE)),
        ((FULL, FULL), (FULL, FULL), (0x1CB996FC, 0xBB002BE7)),
        ((0x13198A2E, 0x03707344), (0x243F6A88, 0x85A308D3), (0xC4923A9C, 0x483DF7A0)),
    ],
)
def test_the_generator_gives_the_known_answers_of_random123(
    key: tuple[int, int], counter: tuple[int, int], words: tuple[int, int]
) -> None:
    with np.errstate(over="ignore"):
        found = threefry(np.array(key, np.uint32), *(np.array([word], np.uint32) for word in counter))
    assert tuple(int(word[0]) for word in found) == words


SEED = 2**40 + 3
KEY = np.array([SEED >> 32, SEED & FULL], np.uint32)
JAX: dict[str, Any] = {
    "ui8": [[218, 110, 101], [168, 245, 121]],
    "ui16": [[37338, 57454, 14437], [39336, 59637, 26745]],
    "ui32": [[3377107418, 234348654, 1894791269], [1996855720, 3883329781, 47671417]],
    "ui64": [
        [8175041411427140867, 8152055432657374039, 17553935170961941357],
        [3739036583016669278, 11386760547789901462, 14020045478222519661],
    ],
}
"""`jax.random.bits(jax.random.PRNGKey(2**40 + 3), (2, 3), dtype)` of JAX 0.10.2."""

SPLIT = [[1903400153, 3090744579], [1898048313, 2094402391], [4087094024, 2204902253]]
"""`jax.random.split` of that key in 3."""
SPLIT_SQUARE = [SPLIT[:2], [SPLIT[2], [870562294, 1155932254]]]
"""In (2, 2)."""
FOLDED = {0: [1903400153, 3090744579], 7: [2676586055, 4032449802], 2**32 - 1: [589070892, 3270842819]}
"""`jax.random.fold_in` of that key and a number."""

DTYPES = {"ui8": np.uint8, "ui16": np.uint16, "ui32": np.uint32, "ui64": np.uint64}


def program(type: str, operands: str = "") -> str:
    return f"""
    func.func @f(%key: tensor<2xui32>, %start: tensor<ui64>, %m: index, %n: index) -> {type} {{
      %bits = nd.random_bits %key {operands} : {type}
      return %bits : {type}
    }}
    """


def run(how: str, type: str, operands: str = "", start: int = 0, sizes: tuple[int, int] = (0, 0)) -> Any:
    (found,) = executor(program(type, operands), how).call("f", KEY, np.array(start, np.uint64), *sizes)
    return found


@EVERYWHERE
@pytest.mark.parametrize("element", DTYPES)
def test_bits_are_those_of_jax(element: str, how: str) -> None:
    found = run(how, f"tensor<2x3x{element}>")
    assert found.dtype == DTYPES[element]
    assert found.tolist() == JAX[element]
    dynamic = run(how, f"tensor<?x?x{element}>", "sizes(%m, %n)", sizes=(2, 3))
    assert dynamic.tolist() == JAX[element]


@EVERYWHERE
def test_ranks_and_sizes(how: str) -> None:
    flat = run(how, "tensor<30xui32>")
    assert run(how, "tensor<ui32>") == flat[0]
    assert run(how, "tensor<2x3x5xui32>").ravel().tolist() == flat.tolist()
    assert run(how, "tensor<?x3x?xui32>", "sizes(%m, %n)", sizes=(0, 5)).shape == (0, 3, 5)
    assert run(how, "tensor<?x1xui32>", "sizes(%m)", sizes=(30, 0)).ravel().tolist() == flat.tolist()


@EVERYWHERE
@pytest.mark.parametrize("start", [1, 2**32 - 2, 2**63 - 1, 2**64 - 3])
def test_the_start_is_added_to_the_position(start: int, how: str) -> None:
    found = run(how, "tensor<2x3xui64>", "start %start", start)
    counters = np.arange(6, dtype=np.uint64) + np.uint64(start)
    one_by_one = [random_bits(KEY, counter, (), np.dtype(np.uint64)) for counter in counters]
    assert found.ravel().tolist() == one_by_one


def words(bits: Any) -> Any:
    """The keys that 64 bits are."""
    return np.stack([bits >> np.uint64(32), bits & np.uint64(FULL)], axis=-1).tolist()


@EVERYWHERE
def test_keys_are_split_and_folded_as_in_jax(how: str) -> None:
    assert words(run(how, "tensor<3xui64>")) == SPLIT
    assert words(run(how, "tensor<2x2xui64>")) == SPLIT_SQUARE
    for number, key in FOLDED.items():
        assert words(run(how, "tensor<ui64>", "start %start", number)) == key


@EVERYWHERE
def test_keys_are_taken_apart_by_ops(how: str) -> None:
    """`split`, written in the dialect."""
    text = """
    func.func @f(%key: tensor<2xui32>) -> tensor<3x2xui32> {
      %bits = nd.random_bits %key : tensor<3x1xui64>
      %scale = nd.constant dense<4294967296> : tensor<3x1xui64>
      %upper = nd.divide %bits, %scale : tensor<3x1xui64>
      %hi = nd.cast %upper : tensor<3x1xui64> -> tensor<3x1xui32>
      %lo = nd.cast %bits : tensor<3x1xui64> -> tensor<3x1xui32>
      %keys = nd.concat %hi, %lo axis = 1 : tensor<3x1xui32>, tensor<3x1xui32> -> tensor<3x2xui32>
      return %keys : tensor<3x2xui32>
    }
    """
    assert executor(text, how).call("f", KEY)[0].tolist() == SPLIT


def test_every_level_gives_the_same() -> None:
    check_levels(program("tensor<?x7xui16>", "start %start sizes(%m)"), [KEY, np.array(5, np.uint64), 4, 0])
