"""The space's arithmetic of ends says what interval evaluation says, for every vector."""

from __future__ import annotations

import random

import pytest

from bench.live import Live
from racesc.intervals import interval
from racesc.runtime.bounds import Atom, Bound, Operation
from racesc.runtime.types import Int, Type
from racesc.space.ends import NotPlain, ends_of
from racesc.space.feeding import Feeder
from racesc.space.hulls import hull_of
from racesc.space.near import changes
from racesc.space.pieces import pieces_of, sources_of
from racesc.space.regular import irregular
from racesc.space.results import Entry, Measures
from racesc.space.vectors import HIGH, LOW, built, flat, parts, rebuildable
from racesc.unify import join

OPERATORS = ("+", "-", "*", "//", "%", "^", "min", "max")
PORTS = (Int(0, 9), Int(1, 40), Int(-9, 9), Int(-30, -2), Int(5, 5), Int(-3, 0))


def bound(rng: random.Random, depth: int) -> Bound:
    """A bound over the values of `a` and `b`."""
    if depth == 0 or rng.random() < 0.2:
        return rng.choice((Atom("value", "a"), Atom("value", "b"), rng.randint(-5, 12)))
    return Operation(
        rng.choice(OPERATORS), bound(rng, depth - 1), bound(rng, depth - 1)
    )


def inside(rng: random.Random, port: Int) -> Int:
    """A type that the port holds."""
    low, high = port.low, port.high
    assert isinstance(low, int) and isinstance(high, int)
    first, last = sorted((rng.randint(low, high), rng.randint(low, high)))
    return Int(first, last)


@pytest.mark.parametrize("seed", range(6))
def test_formulas_agree_with_interval_evaluation(seed: int) -> None:
    rng = random.Random(seed)
    compared = 0
    for _ in range(1200):
        one = bound(rng, rng.randint(1, 3))
        ports: dict[str, Type] = {"a": rng.choice(PORTS), "b": rng.choice(PORTS)}
        places = {"a": parts(ports["a"]), "b": parts(ports["b"], 3)}
        try:
            low, high = ends_of(one, Measures(places, ports).ends)
        except NotPlain:
            continue
        for _ in range(8):
            fed = {name: inside(rng, port) for name, port in ports.items()}  # type: ignore[arg-type]
            v = (fed["a"].low, fed["a"].high, False, fed["b"].low, fed["b"].high, False)
            wanted = interval(one, fed)
            found = eval(low.code, {"v": v}), eval(high.code, {"v": v})
            assert found == (wanted.low, wanted.high), (one, ports, fed)
            for end, value in zip((low, high), found, strict=True):
                assert end.low <= value <= end.high
            compared += 1
    assert compared > 1000


@pytest.mark.parametrize("seed", range(6))
def test_an_end_that_reads_one_position_is_monotone_in_it(seed: int) -> None:
    # What `near.py` builds on: where a result changes its class is found by bisection.
    rng = random.Random(seed)
    swept = 0
    for _ in range(1500):
        one = bound(rng, rng.randint(1, 3))
        ports: dict[str, Type] = {"a": rng.choice(PORTS), "b": rng.choice(PORTS)}
        places = {"a": parts(ports["a"]), "b": parts(ports["b"], 3)}
        measures = Measures(places, ports)
        try:
            pair = ends_of(one, measures.ends)
        except NotPlain:
            continue
        for end in pair:
            if len(end.positions) == 1:
                (at,) = end.positions
                first, last = measures.ranges[at]
                found = [eval(end.code, {"v": {at: x}}) for x in range(first, last + 1)]
                assert found in (sorted(found), sorted(found, reverse=True)), (one, end)
                swept += 1
    assert swept > 100


@pytest.mark.parametrize(
    ("code", "side", "known", "wanted"),
    [
        ("2 * v[0]", LOW, [7, 100], [4]),
        ("2 * v[0]", HIGH, [7, 100], [4]),
        ("(999 if v[0] > 0 else None)", HIGH, [500, 1000], [1]),
        ("(-999 if v[0] > 0 else None)", LOW, [-2000, -999], [1, 1]),
    ],
)
def test_where_a_result_changes_its_class(
    code: str, side: str, known: list[int], wanted: list[int]
) -> None:
    """An end that is missing lies as far out as its side goes."""
    entry = Entry(code, frozenset({0}))
    assert changes(entry, 0, (0, 30), side, known) == wanted


def test_hulls_of_vectors_are_those_of_types() -> None:
    pieces = pieces_of(Live().environments())
    feeder = Feeder(pieces)
    reached = list(dict.fromkeys(source.type for source in sources_of(pieces)))
    for type_ in list(reached):
        taken = feeder.takers(feeder.number(type_))
        reached += [feeder.types[result] for _, _, result in taken]
    alike: dict[object, list[Type]] = {}
    for type_ in dict.fromkeys(reached):
        shape, vector = flat(type_)
        if rebuildable(type_) and not irregular(parts(type_))(vector):
            alike.setdefault(shape, []).append(type_)
    rng = random.Random(3)
    differing = 0
    for types in alike.values():
        for _ in range(min(60, len(types) ** 2)):
            left, right = rng.choice(types), rng.choice(types)
            expected = join(left, right)
            assert expected is not None
            found = hull_of(left)(flat(left)[1], flat(right)[1])
            assert built(left, found) == expected, (left, right)
            differing += left != right
    assert differing > 1000
