"""Values at the edges of a type: where solvers break first.

Ends of ranges and their neighbours, 0 and ±1; the shortest and longest lists, all
equal, ascending, descending, alternating; texts of one character, of blanks and of
awkward characters; graphs without edges, complete, a path, a star. Everything is
deterministic and inside the type; nothing is random.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, count, islice, product
from typing import Any

from racesc.runtime import types as t
from racesc.runtime.base import Parameter
from racesc.runtime.bounds import Bound
from racesc.runtime.member import resolve

# Where a type has no end of its own, composites are capped here too.
LARGEST_INT = 10**12
LONGEST_LIST = 64
LONGEST_TEXT = 200
# Declared ends beyond these are not walked to.
MOST_ITEMS = 1000
MOST_INNER_ITEMS = 12
MOST_NODES = 60
SMALL = 64  # whole numbers that are tried one by one

AWKWARD = ("é", '"', "\\", "<", "\n", "</answer>", "0", "A", "日", "\u00a0", "'", ",")


def edge_inputs(
    parameters: Sequence[Parameter], limit: int = 200
) -> list[dict[str, Any]]:
    """At most ``limit`` assignments of edge values to the parameters, later parameters at
    the edges that earlier values give them. First come the corners: every parameter at
    one of its ends, since bounds over several parameters are reached only there."""
    corners: list[dict[str, Any]] = []
    if len(parameters) > 1:
        corners = _grown(parameters, limit // 3, _extremes)
    rest = _grown(parameters, limit, list)
    return _unequal([*corners, *rest])[:limit]


def small_inputs(
    parameters: Sequence[Parameter], limit: int = SMALL
) -> list[dict[str, Any]]:
    """For each whole number among the parameters at most ``limit`` assignments in which
    it takes every small value, the others at a few edges: a bound that is wrong
    at one number alone is found where that is small."""
    found: list[dict[str, Any]] = []
    for number in parameters:
        if isinstance(number.type, t.Int):
            found += _grown(parameters, limit, lambda edges: edges[:4], number.name)
    return _unequal(found)


def _grown(
    parameters: Sequence[Parameter],
    limit: int,
    chosen: Callable[[list[Any]], list[Any]],
    number: str = "",
) -> list[dict[str, Any]]:
    """At most ``limit`` assignments of those edge values that are ``chosen``; the
    parameter called ``number`` takes small values instead."""
    partial: list[dict[str, Any]] = [{}]
    for parameter in parameters:
        kinds = [resolve(parameter.type, values) for values in partial]
        options = [
            _small(kind) if parameter.name == number else chosen(edge_values(kind))
            for kind in kinds
        ]
        share = max(1, limit // len(partial))
        grown = []
        for index, (values, choices) in enumerate(zip(partial, options, strict=True)):
            grown += [
                {**values, parameter.name: choice}
                for choice in _turned(choices, index * share)[:share]
            ]
        partial = grown
        if not partial:
            return []
    return partial[:limit]


def _extremes(choices: list[Any]) -> list[Any]:
    """The ends among edge values: the least and greatest number; of collections the
    longest ones, with the least and the greatest items."""
    if not choices or isinstance(choices[0], (bool, frozenset, tuple)):
        return choices[:2]
    if isinstance(choices[0], (int, Fraction)):
        return [min(choices), max(choices)]
    longest = max(map(len, choices))
    found = _ordered([one for one in choices if len(one) == longest])
    return _unequal([found[0], found[-1]])


def edge_values(type: t.Type, inner: int = 0) -> list[Any]:
    """Edge values of a ground type, simplest first.

    ``inner`` counts the collections around it: inside them less is enough. Empty where
    the type has no values or still holds a variable.
    """
    if isinstance(type, t.Int):
        return _ints(type)
    if isinstance(type, t.Rat):
        return _rats(type)
    if isinstance(type, t.Bool):
        return [False, True]
    if isinstance(type, t.Str):
        return _texts(type, inner)
    if isinstance(type, t.Labels):
        return list(type.labels)
    if isinstance(type, t.List):
        return _lists(type, inner)
    if isinstance(type, t.Set):
        return _sets(type, inner)
    if isinstance(type, t.Matrix):
        return _matrices(type, inner)
    if isinstance(type, t.Graph):
        return _graphs(type, inner)
    if isinstance(type, t.Tuple):
        return _tuples(type, inner)
    if isinstance(type, t.Newtype):
        return edge_values(type.body, inner)
    return []


# ── numbers ───────────────────────────────────────────────────────────────────


def _end(bound: Bound) -> int | Fraction | None:
    return bound if isinstance(bound, (int, Fraction)) else None


def _interval(low: Bound, high: Bound) -> tuple[int | Fraction, int | Fraction]:
    least, most = _end(low), _end(high)
    if least is None:
        least = min(-LARGEST_INT, most if most is not None else 0)
    if most is None:
        most = max(LARGEST_INT, least)
    return least, most


def _ints(type: t.Int) -> list[Any]:
    low, high = _interval(type.low, type.high)
    least, most = -(-low // 1), high // 1  # whole ends inside the range
    middle = (least + most) // 2
    wanted = [least, most, 0, 1, -1, least + 1, most - 1, 2, middle, 10, -10, 7]
    return [
        int(value)
        for value in dict.fromkeys(wanted)
        if least <= value <= most and not (type.nonzero and value == 0)
    ]


def _small(type: t.Type) -> list[Any]:
    """The whole numbers of a type that are nearest 0, up to ``SMALL``."""
    assert isinstance(type, t.Int)
    return list(islice(_enumerated(type), SMALL))


def _rats(type: t.Rat) -> list[Any]:
    low, high = (Fraction(end) for end in _interval(type.low, type.high))
    wanted = [low, high, *map(Fraction, (0, 1, -1)), (low + high) / 2]
    wanted += [Fraction(1, 2), Fraction(-1, 12), Fraction(22, 7)]
    wanted += [low + Fraction(1, 12), high - Fraction(1, 12)]
    return [
        value
        for value in dict.fromkeys(wanted)
        if low <= value <= high and not (type.nonzero and value == 0)
    ]


# ── texts ─────────────────────────────────────────────────────────────────────


def _sizes(range_: t.Range, open_end: int) -> list[int]:
    """The lengths to try: shortest, longest, and next to the shortest."""
    least = max(0, int(_end(range_[0]) or 0))
    declared = _end(range_[1])
    most = max(least, open_end) if declared is None else int(declared)
    most = min(most, max(least, MOST_ITEMS))
    wanted = [least, most, least + 1, least + 2, (least + most) // 2]
    return [size for size in dict.fromkeys(wanted) if least <= size <= most]


def _texts(type: t.Str, inner: int) -> list[Any]:
    found: list[str] = []
    sizes = _sizes(type.length, LONGEST_TEXT if not inner else 8)
    for size in sizes[:3] if inner else sizes:
        if type.alphabet is None:
            patterns = ["a", " ", "ab c", "".join(AWKWARD)]
            found.append("z" * (size - 1) + "a" if size else "")
        else:
            letters = type.alphabet
            patterns = [*letters[:1], *letters[-1:], letters, letters[::-1]]
            patterns += [blank for blank in " \n\t" if blank in letters]
        found += [(pattern * size)[:size] for pattern in patterns if pattern]
        if size == 0:
            found.append("")
    return list(dict.fromkeys(found))


# ── collections ───────────────────────────────────────────────────────────────


def _lists(type: t.List, inner: int) -> list[Any]:
    items = edge_values(type.item, inner + 1)
    sizes = _sizes(type.length, LONGEST_LIST if not inner else 4)
    if inner:
        sizes = [size for size in sizes if size <= MOST_INNER_ITEMS] or sizes[:1]
    if type.distinct:
        rows = _distinct_rows(type, sizes, inner)
    else:
        rows = list(_rows(items, sizes, few=inner > 0))
    if type.sorted:
        rows = [sorted(row) for row in rows]
    return _unequal(rows)


def _rows(items: list[Any], sizes: list[int], *, few: bool) -> Iterator[list[Any]]:
    for size in sizes:
        if size == 0:
            yield []
        if size == 0 or not items:
            continue
        equal = items[:1] if few else items[:4]
        for item in equal:
            yield [item] * size
        yield list(islice(chain.from_iterable([items] * size), size))
        if few:
            continue
        ordered = _ordered(items)
        spread = [ordered[index * len(ordered) // size] for index in range(size)]
        yield spread
        yield spread[::-1]
        yield [ordered[0] if index % 2 else ordered[-1] for index in range(size)]
        yield [ordered[-1]] + [ordered[0]] * (size - 1)


def _distinct_rows(type: t.List, sizes: list[int], inner: int) -> list[list[Any]]:
    pool = distinct_values(type.item, max(sizes, default=0))
    reachable = [size for size in sizes if size <= len(pool)]
    if len(pool) < max(sizes, default=0) and sizes[0] <= len(pool):
        reachable.append(len(pool))
    rows = []
    for size in dict.fromkeys(reachable):
        low, high = pool[:size], pool[len(pool) - size :]
        rows += [low] if inner else [low, low[::-1], high]
    return rows


def _sets(type: t.Set, inner: int) -> list[Any]:
    sizes = _sizes(type.length, LONGEST_LIST if not inner else 4)
    as_list = t.List(type.item, type.length, distinct=True)
    rows = _distinct_rows(as_list, sizes, inner)
    return list(dict.fromkeys(frozenset(row) for row in rows))


def distinct_values(type: t.Type, wanted: int) -> list[Any]:
    """Up to ``wanted`` different values of a type, edges among them, in order where
    they have one."""
    found = _unequal(edge_values(type, 1))
    for value in islice(_enumerated(type), 4 * wanted + 16):
        if len(found) >= wanted:
            break
        if value not in found:
            found.append(value)
    return _ordered(found[:wanted])


def _enumerated(type: t.Type) -> Iterator[Any]:
    """Values of a type one after the other; may repeat, may end early."""
    if isinstance(type, (t.Int, t.Rat)):
        low, high = _interval(type.low, type.high)
        first = max(low, min(high, 0))
        start = int(-(-first // 1))
        for step in count():
            ahead, behind = start + step, start - step
            if ahead > high and behind < low:
                break
            yield from (
                value if isinstance(type, t.Int) else Fraction(value)
                for value in (ahead, behind)
                if low <= value <= high and not (type.nonzero and value == 0)
            )
    elif isinstance(type, t.Str):
        letters = type.alphabet if type.alphabet is not None else "abcdefghij"
        least = max(0, int(_end(type.length[0]) or 0))
        most = _end(type.length[1])
        for size in count(least):
            if (most is not None and size > most) or (size and not letters):
                break
            yield from map("".join, product(letters, repeat=size))
    elif isinstance(type, t.Newtype):
        yield from _enumerated(type.body)
    elif isinstance(type, t.Tuple):
        parts = [distinct_values(item, 12) for item in type.items]
        yield from product(*parts)
    elif isinstance(type, t.List):
        items = distinct_values(type.item, 8)
        least = max(0, int(_end(type.length[0]) or 0))
        most = _end(type.length[1])
        for size in range(least, 1 + int(min(most, 5) if most is not None else 5)):
            rows = map(list, product(items, repeat=size))
            for row in rows:
                if type.distinct and len(_unequal(row)) < len(row):
                    continue
                if not type.sorted or row == _ordered(row):
                    yield row


def _matrices(type: t.Matrix, inner: int) -> list[Any]:
    items = edge_values(type.item, inner + 1)
    if not items:
        return []
    heights = _sizes(type.rows, 6)
    widths = _sizes(type.cols, 6)
    found = []
    for height, width in product(heights[:3], widths[:3]):
        if height < 1 or width < 1:
            continue
        cells = list(islice(chain.from_iterable([items] * height * width), None))
        found.append([cells[row * width : (row + 1) * width] for row in range(height)])
        for item in items[:2] if inner else items[:4]:
            found.append([[item] * width for _ in range(height)])
    return _unequal(found)


def _graphs(type: t.Graph, inner: int) -> list[Any]:
    sizes = _sizes(type.nodes, 8)
    sizes = [size for size in sizes if size <= MOST_NODES] or sizes[:1]
    weights: list[tuple[Any, ...]] = [()]
    if type.weight is not None:
        weights = [(weight,) for weight in edge_values(type.weight, inner + 1)]
        if not weights:
            return []
    found = []
    for size in sizes:
        for shape in _shapes(size, type.directed):
            edges = sorted(dict.fromkeys(shape))
            for offset in range(min(2, len(weights))):
                turned = _turned(weights, offset)
                found.append(
                    (
                        size,
                        [
                            (*edge, *turned[index % len(turned)])
                            for index, edge in enumerate(edges)
                        ],
                    )
                )
            if type.weight is not None:
                found.append((size, [(*edge, *weights[0]) for edge in edges]))
    return _unequal(found)


def _shapes(size: int, directed: bool) -> Iterator[list[tuple[int, int]]]:
    nodes = range(1, size + 1)
    yield []
    yield [(node, node + 1) for node in nodes[:-1]]
    yield [(1, node) for node in nodes[1:]]
    complete = [(u, v) for u in nodes for v in nodes if u < v]
    yield complete
    if size >= 3 and not directed:
        yield [*((node, node + 1) for node in nodes[:-1]), (1, size)]
    if directed:
        yield [(node + 1, node) for node in nodes[:-1]]
        yield complete + [(v, u) for u, v in complete]
        if size >= 2:
            yield [*((node, node + 1) for node in nodes[:-1]), (size, 1)]


def _tuples(type: t.Tuple, inner: int) -> list[Any]:
    columns = [edge_values(item, inner + 1) for item in type.items]
    if not all(columns):
        return []
    found: list[tuple[Any, ...]] = [
        tuple(column[index % len(column)] for column in columns)
        for index in range(max(map(len, columns)))
    ]
    found += islice(product(*(column[:3] for column in columns)), 27)
    return _unequal(found)


# ── small things ──────────────────────────────────────────────────────────────


def _turned(items: list[Any], by: int) -> list[Any]:
    """The items beginning at another place, so that every item gets its turn."""
    if not items:
        return []
    cut = by % len(items)
    return items[cut:] + items[:cut]


def _unequal(items: Sequence[Any]) -> list[Any]:
    """Without repetitions; items need not be hashable."""
    return list({repr(item): item for item in items}.values())


def _ordered(items: list[Any]) -> list[Any]:
    """In ascending order where the items have one."""
    try:
        return sorted(items)
    except TypeError:
        return list(items)
