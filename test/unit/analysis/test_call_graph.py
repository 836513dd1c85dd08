"""Sets of functions that call each other, callees first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from irc.analysis.call_graph import strongly_connected


def components(graph: dict[str, str]) -> list[str]:
    return ["".join(sorted(component)) for component in strongly_connected(graph)]


def test_callees_come_before_their_callers() -> None:
    assert components({"a": "b", "b": "c", "c": ""}) == ["c", "b", "a"]


def test_functions_that_call_each_other_are_one_set() -> None:
    assert components({"a": "b", "b": "c", "c": "bd", "d": ""}) == ["d", "bc", "a"]


def test_a_function_that_calls_itself_is_a_set_of_its_own() -> None:
    assert components({"a": "ab", "b": ""}) == ["b", "a"]


def test_functions_that_do_not_meet() -> None:
    assert components({"a": "", "b": ""}) == ["a", "b"]


def test_a_long_chain_of_calls_needs_no_deep_stack() -> None:
    graph = {i: [i + 1] for i in range(20_000)} | {20_000: []}
    assert strongly_connected(graph)[0] == [20_000]


GRAPHS = st.integers(1, 7).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, n - 1), max_size=3), min_size=n, max_size=n)
)


@given(GRAPHS)
def test_two_functions_are_in_one_set_if_each_reaches_the_other(edges: list[list[int]]) -> None:
    reach = {i: {i} for i in range(len(edges))}
    for _ in edges:
        for i, targets in enumerate(edges):
            reach[i] |= {further for target in targets for further in reach[target]}
    found = strongly_connected(dict(enumerate(edges)))
    place = {node: number for number, component in enumerate(found) for node in component}
    assert sorted(place) == list(range(len(edges)))
    for i in reach:
        for j in reach:
            assert (place[i] == place[j]) is (j in reach[i] and i in reach[j])
            assert place[j] <= place[i] or j not in reach[i]
