"""Second solvers for predicates, written from the wording alone."""

from __future__ import annotations

from itertools import combinations, permutations, product
from typing import Any


def is_multiple(n: int, d: int) -> bool:
    # Euclid's division, on sizes alone.
    rest, size = abs(n), abs(d)
    return rest - rest // size * size == 0


def is_prime(n: int) -> bool:
    if n < 4:
        return n in (2, 3)
    if n > 10**12:
        # Too large for trial division: Fermat with many bases, strengthened by roots of 1.
        return all(_passes(n, base) for base in range(2, 60) if base % n)
    if n % 2 == 0 or n % 3 == 0:
        return False
    divisor = 5
    while divisor * divisor <= n:
        if n % divisor == 0 or n % (divisor + 2) == 0:
            return False
        divisor += 6
    return True


def _passes(n: int, base: int) -> bool:
    exponent = n - 1
    power = pow(base, exponent, n)
    while power == 1 and exponent % 2 == 0:
        exponent //= 2
        power = pow(base, exponent, n)
    return power in (1, n - 1)


def is_square_number(n: int) -> bool:
    # Newton's steps from above.
    if n < 2:
        return n >= 0
    root = n
    while root * root > n:
        root = (root + n // root) // 2
    return root * root == n


def is_leap_year(year: int) -> bool:
    if year % 400 == 0:
        return True
    if year % 100 == 0:
        return False
    return year % 4 == 0


def is_palindrome(text: str) -> bool:
    return all(text[i] == text[len(text) - 1 - i] for i in range(len(text)))


def is_balanced(text: str) -> bool:
    brackets = "".join(letter for letter in text if letter in "()[]{}")
    while True:
        shorter = brackets.replace("()", "").replace("[]", "").replace("{}", "")
        if shorter == brackets:
            return brackets == ""
        brackets = shorter


def is_anagram(first: str, second: str) -> bool:
    rest = list(second)
    for letter in first:
        if letter not in rest:
            return False
        rest.remove(letter)
    return not rest


def is_ascending(items: list[int]) -> bool:
    return not any(items[i] < items[i - 1] for i in range(1, len(items)))


def has_repeats(items: list[int]) -> bool:
    return any(a == b for a, b in combinations(items, 2))


def is_permutation(items: list[int]) -> bool:
    return all(items.count(number) == 1 for number in range(1, len(items) + 1))


def is_subset(first: list[int], second: list[int]) -> bool:
    return all(number in second for number in first)


def has_subset_sum(items: list[int], target: int) -> bool:
    return any(
        sum(item for item, taken in zip(items, choice, strict=True) if taken) == target
        for choice in product((0, 1), repeat=len(items))
    )


def is_symmetric(matrix: list[list[int]]) -> bool:
    size = len(matrix)
    return len(matrix[0]) == size and all(
        matrix[i][j] == matrix[j][i] for i, j in permutations(range(size), 2)
    )


def is_connected(g: Any) -> bool:
    nodes, edges = g
    group = list(range(nodes + 1))
    for u, v in edges:
        old, new = group[u], group[v]
        group = [new if one == old else one for one in group]
    return len(set(group[1:])) == 1


def is_bipartite(g: Any) -> bool:
    # No walk of odd length comes back to where it began.
    nodes, edges = g
    near: dict[int, set[int]] = {node: set() for node in range(1, nodes + 1)}
    for u, v in edges:
        near[u].add(v)
        near[v].add(u)
    for start in near:
        odd: set[int] = set()
        even = {start}
        for _ in range(nodes + 1):
            odd |= {v for u in even for v in near[u]}
            even |= {v for u in odd for v in near[u]}
        if start in odd:
            return False
    return True
