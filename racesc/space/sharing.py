"""How sizes and depths are shared among the parts of a composite."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from math import perm
from typing import Any

from racesc.space.selection import ANY_DEPTH

MOST_SORTED = 6
DISTRACTORS = (1, 2, 3)


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Sizes of so many parts in sequence, in lexicographic order."""
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def partitions(total: int, least: int = 1) -> Iterator[tuple[int, ...]]:
    """Sizes of parts in ascending order, in lexicographic order."""
    for first in range(least, total // 2 + 1):
        for rest in partitions(total - first, first):
            yield (first, *rest)
    yield (total,)


def splits(lo: int, hi: int, deepest: int) -> list[tuple[int, int, int]]:
    """How the first of several parts can share their depths: its own lo and hi, and
    the lo that is left for the others. ``deepest`` is what the part can reach."""
    if hi < 0:
        return []
    if lo <= 0:
        return [(0, hi, 0)]
    shallow = (0, min(lo - 1, hi), lo)
    return [shallow, (lo, hi, 0)] if deepest >= lo else [shallow]


def highest(hi: int, n: int) -> int:
    """A highest depth that nothing of size n reaches is none."""
    return ANY_DEPTH if hi >= n else hi


def orders(operator: str, n: int, ambiguity: float = 1) -> Iterator[tuple[int, int]]:
    """How many steps and distractors a SORT or SELECT of size n can have, if no more
    than that share of its orders may be right."""
    for j in range(2, min(n, MOST_SORTED) + 1):
        for d in (0,) if operator == "SORT" else DISTRACTORS:
            if least_ambiguity(j, d) <= ambiguity:
                yield j, d


@cache
def least_ambiguity(steps: int, distractors: int) -> float:
    """The share of right orders, to four places like all shares: one is right at
    least."""
    return round(1 / perm(steps + distractors, steps), 4)


def shares(
    sizes: tuple[int, ...], lo: int, hi: int
) -> Iterator[tuple[tuple[int, int], ...]]:
    """How parts in sequence share their depths, so that each lies in 0..hi and one of
    them at lo or deeper: the first such part is named."""
    if lo <= 0:
        yield ((0, hi),) * len(sizes)
        return
    for first in range(len(sizes)):
        if sizes[first] >= lo:
            shallow = ((0, min(lo - 1, hi)),) * first
            yield (*shallow, (lo, hi), *((0, hi),) * (len(sizes) - first - 1))


def parts_of_tuple(
    sizes: tuple[int, ...], ends: tuple[int, ...], lo: int, hi: int
) -> Iterator[tuple[tuple[tuple[int, int], ...], int, tuple[Any, ...]]]:
    """The parts of a tuple at the head of a chain of depth lo..hi, for each way to share
    the depths: how they share them, the lo that is left for the steps, and the parts'
    nonterminals."""
    for low, high, after in splits(lo, hi, max(sizes) + 1):
        if high < 1:
            continue
        for share in shares(sizes, max(low - 1, 0), high - 1):
            parts = tuple(
                ("solo", size, end, a, highest(b, size))
                for size, end, (a, b) in zip(sizes, ends, share, strict=True)
            )
            yield share, after, parts


def multiset_shares(
    runs: list[tuple[int, int]], lo: int
) -> Iterator[tuple[tuple[int, int, int, int], ...]]:
    """How the parts of a multiset share their depths: (size, count, lo, hi) for groups
    of parts of a size, so that one of them lies at lo or deeper."""
    if lo <= 0:
        yield tuple((size, count, 0, ANY_DEPTH) for size, count in runs)
        return
    choices = [[(count - deep, deep) for deep in range(count + 1)] for _, count in runs]
    for chosen in product(*choices):
        if not any(deep for _, deep in chosen):
            continue
        groups = []
        for (size, _), (shallow, deep) in zip(runs, chosen, strict=True):
            if shallow:
                groups.append((size, shallow, 0, lo - 1))
            if deep:
                groups.append((size, deep, lo, ANY_DEPTH))
        yield tuple(groups)
