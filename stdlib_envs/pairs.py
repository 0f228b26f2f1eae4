"""Solvers for lists of pairs, points and edges made from other values."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

_Graph = tuple[int, list[tuple[int, int]]]
_STEPS = {"U": (0, 1), "D": (0, -1), "R": (1, 0), "L": (-1, 0)}


def items_in_runs(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw runs of few different numbers."""
    pool = [rng.randint(-99, 99) for _ in range(3 + level // 2)]
    items: list[int] = []
    for _ in range(3 + level):
        items += [rng.choice(pool)] * rng.randint(1, 2 + level // 3)
    return items


def items_and_divisor(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers and a small divisor."""
    divisor = rng.randint(3, 5 + level)
    if "items" in given:
        return divisor
    items = [rng.randint(-99, 99) for _ in range(rng.randint(2, 2 + level))]
    return items if "divisor" in given else (items, divisor)


def some_small_numbers(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw numbers in random order."""
    return [rng.randint(-99, 99) for _ in range(rng.randint(4, 4 + level))]


def some_moves(rng: Any, level: int, **given: Any) -> str:
    """Draw a walk with a character here and there that is no move."""
    letters = "UDLR" * 4 + "xu"
    return "".join(rng.choice(letters) for _ in range(rng.randint(4, 5 + 2 * level)))


def matrix_and_item(rng: Any, level: int, **given: Any) -> Any:
    """Draw a matrix of few different numbers and one of them."""
    if "m" in given:
        return rng.choice(rng.choice(given["m"]))
    rows, columns = (rng.randint(3, 4 + level // 2) for _ in range(2))
    pool = [rng.randint(-9, 99) for _ in range(3 + level // 4)]
    pool += [given["item"]] if -9 <= given.get("item", -10) <= 99 else []
    matrix = [[rng.choice(pool) for _ in range(columns)] for _ in range(rows)]
    return matrix if "item" in given else (matrix, rng.choice(rng.choice(matrix)))


def rather_full_graph(rng: Any, level: int, **given: Any) -> _Graph:
    """Draw a graph that has most of the possible edges."""
    nodes = rng.randint(5 + level // 5, 6 + level // 2)
    pairs = list(itertools.combinations(range(1, nodes + 1), 2))
    missing = rng.randint(2, 4 + level)
    return nodes, sorted(rng.sample(pairs, max(0, len(pairs) - missing)))


def few_numbers(rng: Any, level: int, **given: Any) -> list[int]:
    """Draw numbers that are sorted in part."""
    items = sorted(rng.randint(-99, 99) for _ in range(4 + (level + 1) // 2))
    for _ in range(2 + level // 2):
        i, j = rng.randrange(len(items)), rng.randrange(len(items))
        items[i], items[j] = items[j], items[i]
    return items


def adjacent_pairs(items: list[Any]) -> list[tuple[Any, Any]]:
    """Give the neighbouring items."""
    return list(itertools.pairwise(items))


def items_with_places(items: list[Any]) -> list[tuple[Any, int]]:
    """Give the items with their places, the last one first."""
    return [(items[i], i + 1) for i in range(len(items) - 1, -1, -1)]


def mirror_pairs(items: list[Any]) -> list[tuple[Any, Any]]:
    """Give the pairs from both ends."""
    return [(items[i], items[-1 - i]) for i in range(len(items) // 2)]


def zip_lists(first: list[Any], second: list[Any]) -> list[tuple[Any, Any]]:
    """Give the items at the same places."""
    return list(zip(first, second, strict=False))


def runs_of_items(items: list[int]) -> list[tuple[int, int]]:
    """Give the runs with their lengths."""
    return [(item, len(list(run))) for item, run in itertools.groupby(items)]


def value_counts(items: list[int]) -> list[tuple[int, int]]:
    """Give the different numbers with their counts."""
    return sorted(Counter(items).items())


def quotient_pairs(items: list[int], divisor: int) -> list[tuple[int, int]]:
    """Give the quotients with the remainders."""
    return [divmod(item, divisor) for item in items]


def gap_spans(items: list[int]) -> list[tuple[int, int]]:
    """Give the numbers with the distances to their successors."""
    ordered = sorted(set(items))
    return [(low, high - low) for low, high in itertools.pairwise(ordered)]


def walk_points(moves: str) -> list[tuple[int, int]]:
    """Give the points of the walk."""
    x = y = 0
    points = [(0, 0)]
    for move in moves:
        if move in _STEPS:
            x, y = x + _STEPS[move][0], y + _STEPS[move][1]
            points.append((x, y))
    return points


def cells_with(m: list[list[int]], item: int) -> list[tuple[int, int]]:
    """Give the places of the item."""
    return [
        (i + 1, j + 1)
        for i, row in enumerate(m)
        for j, entry in enumerate(row)
        if entry == item
    ]


def non_edges(g: _Graph) -> list[tuple[int, int]]:
    """Give the pairs that are no edges."""
    edges = set(g[1])
    pairs = itertools.combinations(range(1, g[0] + 1), 2)
    return [pair for pair in pairs if pair not in edges]


def inversion_pairs(items: list[int]) -> list[tuple[int, int]]:
    """Give the places that are out of order."""
    return [
        (i + 1, j + 1)
        for i, j in itertools.combinations(range(len(items)), 2)
        if items[i] > items[j]
    ]


def words_and_spaces(rng: Any, level: int, **given: Any) -> str:
    """Draw words with one or more spaces between them."""
    text = ""
    for _ in range(rng.randint(3 + level // 2, 4 + level)):
        word = "".join(rng.choice("aeilmnorst") for _ in range(rng.randint(1, 7)))
        text += word + " " * rng.choice([1, 1, 1, 2])
    return text.strip()


def repeated_letters(rng: Any, level: int, **given: Any) -> str:
    """Draw runs of letters."""
    runs = (rng.choice("abcxyz") * rng.randint(1, 4) for _ in range(4 + level))
    return "".join(runs)


def _runs(starts: list[int], end: int) -> list[tuple[int, int]]:
    """Give pieces, from 1, by where they begin, from 0."""
    return [(a + 1, b - a) for a, b in itertools.pairwise([*starts, end])]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Give the places and lengths of the words."""
    spans = []
    place = 1
    for piece in text.split(" "):
        if piece:
            spans.append((place, len(piece)))
        place += len(piece) + 1
    return spans


def character_runs(text: str) -> list[tuple[int, int]]:
    """Give the places and lengths of the runs."""
    starts = [i for i in range(len(text)) if i == 0 or text[i] != text[i - 1]]
    return _runs(starts, len(text))


def rising_runs(items: list[int]) -> list[tuple[int, int]]:
    """Give the places and lengths of the rising pieces."""
    starts = [i for i in range(len(items)) if i == 0 or items[i] <= items[i - 1]]
    return _runs(starts, len(items))


def seconds_by_firsts(pairs: list[tuple[Any, Any]]) -> list[Any]:
    """Give the second items in the order of the first ones."""
    return [second for _, second in sorted(pairs, key=lambda pair: pair[0])]


def larger_of_pairs(pairs: list[tuple[Any, Any]]) -> list[Any]:
    """Give the larger items."""
    return [max(pair) for pair in pairs]


def items_of_pairs(pairs: list[tuple[Any, Any]]) -> list[Any]:
    """Give the first items and then the second ones."""
    return [pair[0] for pair in pairs] + [pair[1] for pair in pairs]


def rising_pair_places(pairs: list[tuple[Any, Any]]) -> list[int]:
    """Give the places of the pairs that rise."""
    return [i for i, (first, second) in enumerate(pairs, 1) if second > first]


def sum_of_products(pairs: list[tuple[int, int]]) -> int:
    """Give the sum of the products."""
    return sum(first * second for first, second in pairs)


def largest_product_place(pairs: list[tuple[int, int]]) -> int:
    """Give the first place of the largest product, 0 if there is none."""
    products = [first * second for first, second in pairs]
    return products.index(max(products)) + 1 if products else 0
