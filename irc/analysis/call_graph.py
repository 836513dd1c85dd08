"""Which functions call which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node")


def strongly_connected(graph: Mapping[Node, Sequence[Node]]) -> list[list[Node]]:
    """The sets of nodes that reach each other, each after those it leads to: callees before their callers.

    R. Tarjan, "Depth-First Search and Linear Graph Algorithms" (1972), without recursion, since chains of calls are long.
    """
    number: dict[Node, int] = {}
    low: dict[Node, int] = {}
    path: dict[Node, None] = {}
    components: list[list[Node]] = []
    for root in graph:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        path[root] = None
        stack = [(root, iter(graph[root]))]
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if target not in number:
                    number[target] = low[target] = len(number)
                    path[target] = None
                    stack.append((target, iter(graph[target])))
                    break
                if target in path:
                    low[node] = min(low[node], number[target])
            else:
                stack.pop()
                if stack:
                    caller = stack[-1][0]
                    low[caller] = min(low[caller], low[node])
                if low[node] == number[node]:
                    components.append(_pop_until(path, node))
    return components


def _pop_until(path: dict[Node, None], last: Node) -> list[Node]:
    component: list[Node] = []
    while not component or component[-1] is not last:
        component.append(path.popitem()[0])
    return component


def cycles(graph: Mapping[Node, Sequence[Node]]) -> list[list[Node]]:
    """The sets of nodes that reach each other and themselves: of functions, those that may call themselves."""
    return [nodes for nodes in strongly_connected(graph) if len(nodes) > 1 or nodes[0] in graph[nodes[0]]]
