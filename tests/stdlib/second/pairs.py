"""Second solvers for pairs, written from the wording alone."""

from __future__ import annotations

from typing import Any

Graph = tuple[int, list[tuple[int, int]]]


def adjacent_pairs(items: list[Any]) -> list[tuple[Any, Any]]:
    return [(items[i], items[i + 1]) for i in range(len(items) - 1)]


def items_with_places(items: list[Any]) -> list[tuple[Any, int]]:
    return list(zip(items, range(1, len(items) + 1), strict=True))[::-1]


def mirror_pairs(items: list[Any]) -> list[tuple[Any, Any]]:
    pairs = []
    items = list(items)
    while len(items) > 1:
        pairs.append((items.pop(0), items.pop()))
    return pairs


def zip_lists(first: list[Any], second: list[Any]) -> list[tuple[Any, Any]]:
    return [(first[i], second[i]) for i in range(min(len(first), len(second)))]


def runs_of_items(items: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for item in items:
        if runs and runs[-1][0] == item:
            runs[-1] = (item, runs[-1][1] + 1)
        else:
            runs.append((item, 1))
    return runs


def value_counts(items: list[int]) -> list[tuple[int, int]]:
    return [(item, items.count(item)) for item in sorted(set(items))]


def quotient_pairs(items: list[int], divisor: int) -> list[tuple[int, int]]:
    return [(x // divisor, x - divisor * (x // divisor)) for x in items]


def gap_spans(items: list[int]) -> list[tuple[int, int]]:
    found = []
    for x in sorted(set(items)):
        larger = [y for y in items if y > x]
        if larger:
            found.append((x, min(larger) - x))
    return found


def walk_points(moves: str) -> list[tuple[int, int]]:
    moves = "".join(c for c in moves if c in "UDLR")
    return [
        (
            moves[:n].count("R") - moves[:n].count("L"),
            moves[:n].count("U") - moves[:n].count("D"),
        )
        for n in range(len(moves) + 1)
    ]


def cells_with(m: list[list[int]], item: int) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(1, len(m) + 1)
        for column in range(1, len(m[0]) + 1)
        if m[row - 1][column - 1] == item
    ]


def non_edges(g: Graph) -> list[tuple[int, int]]:
    nodes, edges = g
    return [
        (u, v)
        for u in range(1, nodes + 1)
        for v in range(u + 1, nodes + 1)
        if (u, v) not in edges
    ]


def inversion_pairs(items: list[int]) -> list[tuple[int, int]]:
    count = len(items)
    return [
        (i, j)
        for i in range(1, count + 1)
        for j in range(i + 1, count + 1)
        if items[i - 1] > items[j - 1]
    ]


def word_spans(text: str) -> list[tuple[int, int]]:
    found = []
    for i in range(len(text)):
        if text[i] != " " and (i == 0 or text[i - 1] == " "):
            found.append((i + 1, len(text[i:].split(" ")[0])))
    return found


def character_runs(text: str) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, character in enumerate(text, 1):
        if runs and text[place - 2] == character:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs


def rising_runs(items: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, item in enumerate(items, 1):
        if runs and item > items[place - 2]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs


def seconds_by_firsts(pairs: list[tuple[Any, Any]]) -> list[Any]:
    order = sorted(range(len(pairs)), key=lambda i: (pairs[i][0], i))
    return [pairs[i][1] for i in order]


def larger_of_pairs(pairs: list[tuple[Any, Any]]) -> list[Any]:
    return [x if x > y else y for x, y in pairs]


def items_of_pairs(pairs: list[tuple[Any, Any]]) -> list[Any]:
    return [x for x, _ in pairs] + [y for _, y in pairs]


def rising_pair_places(pairs: list[tuple[Any, Any]]) -> list[int]:
    return [i + 1 for i in range(len(pairs)) if pairs[i][0] < pairs[i][1]]


def sum_of_products(pairs: list[tuple[int, int]]) -> int:
    total = 0
    for x, y in pairs:
        total += x * y
    return total


def largest_product_place(pairs: list[tuple[int, int]]) -> int:
    place = 0
    for i, (x, y) in enumerate(pairs, 1):
        if place == 0 or x * y > pairs[place - 1][0] * pairs[place - 1][1]:
            place = i
    return place
