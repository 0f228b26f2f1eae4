"""Solvers and samplers for questions that are answered with true or false.

A sampler makes either answer about as likely, and a false one hard to see: it spoils
little of what would be true.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

PAIRS = {")": "(", "]": "[", "}": "{"}
WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def _left(given: dict[str, Any], drawn: dict[str, Any]) -> Any:
    """The drawn values of the parameters that are not given."""
    left = [value for name, value in drawn.items() if name not in given]
    return left[0] if len(left) == 1 else tuple(left)


# ── numbers ───────────────────────────────────────────────────────────────────


def is_multiple(n: int, d: int) -> bool:
    return n % d == 0


def draw_multiple(rng: Any, level: int, **given: Any) -> Any:
    """Draw a number that is a multiple of the other about every second time."""
    d = given.get("d", rng.randint(2, 4 * level + 6))
    most = 40 * level**3 + 40
    n = rng.randint(-most, most)
    if rng.randint(0, 1):
        size = abs(d) if abs(d) <= most else 1
        n = size * rng.randint(-(most // size), most // size)
    if "n" in given:
        factors = [size for size in range(2, 4 * level + 7) if given["n"] % size == 0]
        if factors and rng.randint(0, 1):
            d = rng.choice(factors)
    return _left(given, {"n": n, "d": d})


def is_prime(n: int) -> bool:
    """Miller and Rabin's test; the first twelve primes as witnesses decide all numbers
    below 3.3 * 10^24 (Sorenson and Webster, 2015)."""
    if n < 2:
        return False
    for p in WITNESSES:
        if n % p == 0:
            return n == p
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for witness in WITNESSES:
        power = pow(witness, odd, n)
        if power in (1, n - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % n
            if power == n - 1:
                break
        else:
            return False
    return True


def draw_perhaps_prime(rng: Any, level: int) -> int:
    """Draw a prime, or a number without very small factors that is none."""
    most = 99 + 99 * level**3
    wanted = rng.randint(0, 1) == 1
    n = rng.randint(most // 4, most)
    while is_prime(n) != wanted or math.gcd(n, 30) > 1:
        n = n + 1 if n < most else most // 4
    return int(n)


def is_square_number(n: int) -> bool:
    return n >= 0 and math.isqrt(n) ** 2 == n


def draw_perhaps_square(rng: Any, level: int) -> int:
    """Draw a square, or a number near one that ends like a square."""
    root = rng.randint(10 * level**2, 2500 + 20 * level**2)
    square = root * root
    if rng.randint(0, 1):
        return int(square)
    return int(square + 10 * rng.randint(1, 2 * root // 10 + 1))


def is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def draw_year(rng: Any, level: int) -> int:
    """Draw a leap year about every second time; years between are full centuries
    often."""
    most = 50 * level
    kind = rng.randint(0, 3)
    if kind == 0:
        return 100 * int(rng.randint(1, 4 * most))
    if kind == 1:
        return 400 * int(rng.randint(1, most))
    return 2 * int(rng.randint(2, 200 * most))


# ── texts ─────────────────────────────────────────────────────────────────────


def is_palindrome(text: str) -> bool:
    return text == text[::-1]


def draw_perhaps_palindrome(rng: Any, level: int) -> str:
    """Draw a palindrome, or one with a single character replaced."""
    size = rng.randint(2 * level + 6, 2 * level + 10)
    half = [rng.choice("abc") for _ in range((size + 1) // 2)]
    text = half + half[::-1][size % 2 :]
    if rng.randint(0, 1):
        place = rng.randint(0, size // 2 - 1)
        others = [letter for letter in "abc" if letter != text[place]]
        text[place] = rng.choice(others)
    return "".join(text)


def is_balanced(text: str) -> bool:
    open_: list[str] = []
    for character in text:
        if character in "([{":
            open_.append(character)
        elif character in PAIRS and (not open_ or open_.pop() != PAIRS[character]):
            return False
    return not open_


def draw_perhaps_balanced(rng: Any, level: int) -> str:
    """Draw balanced brackets, or such in which two neighbours changed places."""
    pairs = rng.randint(level + 3, level + 6)
    text: list[str] = []
    for _ in range(pairs):
        pair = rng.choice(["()", "[]", "{}"])
        start = rng.randint(0, len(text))
        end = start
        if text and rng.randint(0, 1):
            start, end = 0, len(text)
        text = [*text[:start], pair[0], *text[start:end], pair[1], *text[end:]]
    if rng.randint(0, 1):
        places = [at for at in range(1, len(text)) if text[at - 1] != text[at]]
        at = rng.choice(places)
        text[at - 1], text[at] = text[at], text[at - 1]
    return "".join(text)


def is_anagram(first: str, second: str) -> bool:
    return Counter(first) == Counter(second)


def draw_perhaps_anagrams(rng: Any, level: int, **given: Any) -> Any:
    """Draw two texts of the same characters, or with one of them replaced."""
    letters = "abcdefghij"
    known = next(iter(given.values()), None)
    size = rng.randint(level + 6, level + 9)
    first = known or "".join(rng.choice(letters) for _ in range(size))
    usable = [letter for letter in first if letter in letters][: level + 9]
    while len(usable) < level + 6:
        usable.append(rng.choice(letters))
    rng.shuffle(usable)
    if rng.randint(0, 1):
        usable[rng.randint(0, len(usable) - 1)] = rng.choice(letters)
    other = "".join(usable)
    return _left(
        given, {"first": other if "second" in given else first, "second": other}
    )


# ── lists ─────────────────────────────────────────────────────────────────────


def is_ascending(items: list[int]) -> bool:
    return all(a <= b for a, b in zip(items, items[1:], strict=False))


def draw_perhaps_ascending(rng: Any, level: int) -> list[int]:
    """Draw an ascending list, or one in which two neighbours changed places."""
    size = rng.randint(level + 4, level + 6)
    items = sorted(rng.randint(-200 * level, 200 * level) for _ in range(size))
    if rng.randint(0, 1):
        at = rng.randint(1, size - 1)
        items[at - 1], items[at] = items[at], items[at - 1]
    return items


def has_repeats(items: list[int]) -> bool:
    return len(set(items)) < len(items)


def draw_perhaps_repeated(rng: Any, level: int) -> list[int]:
    """Draw different numbers, or such with one of them repeated."""
    size = rng.randint(level + 5, 2 * level + 6)
    items: list[int] = []
    while len(items) < size:
        number = rng.randint(-200 * level, 200 * level)
        if number not in items:
            items.append(number)
    if rng.randint(0, 1):
        items[-1] = items[rng.randint(0, size - 2)]
    rng.shuffle(items)
    return items


def is_permutation(items: list[int]) -> bool:
    return sorted(items) == list(range(1, len(items) + 1))


def draw_perhaps_permutation(rng: Any, level: int) -> list[int]:
    """Draw a permutation, or one with an item replaced."""
    size = rng.randint(level + 6, level + 9)
    items = list(range(1, size + 1))
    rng.shuffle(items)
    if rng.randint(0, 1):
        items[rng.randint(0, size - 1)] = rng.randint(1, size + 1)
    return items


def is_subset(first: list[int], second: list[int]) -> bool:
    return set(first) <= set(second)


def draw_perhaps_subset(rng: Any, level: int, **given: Any) -> Any:
    """Draw a list and another of its items, one of them replaced every second time."""
    most = 100 * level
    size = rng.randint(2 * level + 4, 2 * level + 7)
    second = given.get("second", [rng.randint(0, most) for _ in range(size)])
    usable = [number for number in second if 0 <= number <= most] or [0]
    few = rng.randint(level + 1, level + 3)
    first = [rng.choice(usable) for _ in range(few)]
    if "first" in given:
        wanted = [number for number in given["first"] if 0 <= number <= most]
        second = [*wanted, *second][:size]
        rng.shuffle(second)
    if rng.randint(0, 1):
        first[rng.randint(0, few - 1)] = rng.randint(0, most)
    return _left(given, {"first": first, "second": second})


def has_subset_sum(items: list[int], target: int) -> bool:
    sums = {0}
    for item in items:
        sums |= {known + item for known in sums}
    return target in sums


def draw_perhaps_sum(rng: Any, level: int, **given: Any) -> Any:
    """Draw a target that is a sum of some of the numbers, or next to one."""
    most = 30 + 20 * level
    size = rng.randint(min(level + 2, 7), min(level + 3, 8))
    items = given.get("items", [rng.randint(1, most) for _ in range(size)])
    total = sum(item for item in items if rng.randint(0, 1)) + rng.randint(0, 1)
    return _left(given, {"items": items, "target": max(1, min(total, 8 * most + 1))})


# ── matrices and graphs ───────────────────────────────────────────────────────


def is_symmetric(matrix: list[list[int]]) -> bool:
    return matrix == [list(column) for column in zip(*matrix, strict=True)]


def draw_perhaps_symmetric(rng: Any, level: int) -> list[list[int]]:
    """Draw a symmetric matrix, or one with an item off the diagonal replaced."""
    size = rng.randint(2 + (level + 1) // 2, 3 + (level + 1) // 2)
    matrix = [[0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            matrix[row][column] = matrix[column][row] = rng.randint(-9, 9)
    if rng.randint(0, 1):
        row = rng.randint(1, size - 1)
        column = rng.randint(0, row - 1)
        matrix[row][column] = -matrix[row][column] or 1
    return matrix


def is_connected(g: Any) -> bool:
    nodes, edges = g
    return bool(len(_component(nodes, edges)) == nodes)


def _component(nodes: int, edges: list[Any]) -> set[int]:
    """The nodes that can be reached from node 1."""
    near: dict[int, list[int]] = {node: [] for node in range(1, nodes + 1)}
    for u, v in edges:
        near[u].append(v)
        near[v].append(u)
    seen, waiting = {1}, [1]
    while waiting:
        for node in near[waiting.pop()]:
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen


def draw_perhaps_connected(rng: Any, level: int) -> Any:
    """Draw a tree with two edges more, or such without one of its edges."""
    nodes = rng.randint(level + 5, level + 6)
    edges = _tree(rng, nodes)
    if rng.randint(0, 1):
        edges.pop(rng.randint(0, len(edges) - 1))
    for _ in range(2):
        u = rng.randint(1, nodes)
        reached = [v for v in range(1, nodes + 1) if v != u]
        edge = _edge(u, rng.choice(reached))
        if edge not in edges and rng.randint(0, 1):
            edges.append(edge)
    return nodes, sorted(edges)


def _edge(u: int, v: int) -> tuple[int, int]:
    return (u, v) if u < v else (v, u)


def _tree(rng: Any, nodes: int) -> list[tuple[int, int]]:
    """The edges of a tree whose node numbers are shuffled."""
    names = list(range(1, nodes + 1))
    rng.shuffle(names)
    return [
        _edge(names[node], names[rng.randint(0, node - 1)]) for node in range(1, nodes)
    ]


def is_bipartite(g: Any) -> bool:
    nodes, edges = g
    # Every node twice, once in each colour: an odd cycle joins the two.
    parent = list(range(2 * nodes + 2))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for u, v in edges:
        parent[root(2 * u)] = root(2 * v + 1)
        parent[root(2 * u + 1)] = root(2 * v)
    return all(root(2 * node) != root(2 * node + 1) for node in range(1, nodes + 1))


def draw_perhaps_bipartite(rng: Any, level: int) -> Any:
    """Draw a tree with edges between its two colours, and perhaps one more edge."""
    nodes = rng.randint(level + 4, level + 5)
    edges = _tree(rng, nodes)
    side = {1: 0}
    while len(side) < nodes:
        for u, v in edges:
            if (u in side) != (v in side):
                known, other = (u, v) if u in side else (v, u)
                side[other] = 1 - side[known]
    wanted = rng.randint(0, 1)
    for number in range(level // 2 + 3):
        same = number == 0 and wanted == 1
        pairs = [
            (u, v)
            for u in range(1, nodes + 1)
            for v in range(u + 1, nodes + 1)
            if (side[u] == side[v]) == same and (u, v) not in edges
        ]
        if pairs:
            edges.append(rng.choice(pairs))
    return nodes, sorted(edges)
