"""The counted space: against brute force, the checker, and its own inverses."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import permutations
from math import comb, log2
from pathlib import Path

import pytest
from space_libraries import SIGNATURES, BruteForce, Small, random_library, written

from bench import ports
from bench.live import Live
from racesc.cli import main
from racesc.compose.terms import signature_of
from racesc.diagnostics import Report
from racesc.parse import parse_expression
from racesc.runtime.limits import DENOMINATORS
from racesc.runtime.types import Bool, Int, List, Rat, Set, Str, Tuple, Type
from racesc.show_types import signature_text
from racesc.space import multisets, streaming, terms
from racesc.space.budget import Budget
from racesc.space.coarse import missing
from racesc.space.counting import Counting
from racesc.space.feeding import EXACT, Feeder, fed_base
from racesc.space.grammar import Grammar
from racesc.space.information import carries, information
from racesc.space.pieces import pieces_of, routes, sources_of
from racesc.space.reach import reach
from racesc.space.reading import Reader
from racesc.space.selection import ANY_DEPTH, OPERATORS, Selection
from racesc.space.shuffle import Shuffle
from racesc.space.space import Space
from racesc.space.steps import Steps
from racesc.subsume import within


@cache
def small(seed: int, most: int = 3) -> Small:
    return random_library(seed, most)


def space(seed: int, sizes: tuple[int, int], **wanted: object) -> Space:
    return Space(small(seed).scope, Selection(sizes, **wanted))  # type: ignore[arg-type]


# ── against brute force ───────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(12))
def test_brute_force_finds_the_same_composites(seed: int) -> None:
    library = small(seed)
    brute = BruteForce(library)
    for size in (1, 2, 3):
        counted = Space(library.scope, Selection((size, size)))
        if counted.total > 100:
            break
        wanted = brute.all(size)
        found = [counted.entry(rank).expression for rank in range(counted.total)]
        assert len(set(found)) == len(found) == counted.total
        assert sorted(found) == sorted(wanted)
        # Where a PARALLEL heads a chain, its blocks come before its parts.
        assert [t for t in found if not _tuple(t)] == [
            t for t in wanted if not _tuple(t)
        ]


def test_a_place_takes_some_tuples_whole_and_others_part_by_part() -> None:
    pair = "(Int in 0..9, Int in 0..9)"
    library = Small(
        [
            f"(n: Int in 0..9) -> {pair}",
            f"(p: {pair}, q: {pair}) -> Bool",
            "(b: Bool) -> Int in 0..9",
        ]
    )
    brute = BruteForce(library)
    counted = Space(library.scope, Selection((3, 3)))
    found = [counted.entry(rank).expression for rank in range(counted.total)]
    assert sorted(found) == sorted(brute.all(3))
    assert "PARALLEL(e0, e0) >> e1" in found


def _tuple(text: str) -> bool:
    return "PARALLEL" in text and ") >>" in text


# ── against the checker ───────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(12))
def test_check_accepts_what_is_counted_and_says_the_same(seed: int) -> None:
    library = small(seed, 4)
    counted = Space(library.scope, Selection((1, 4)))
    rng = random.Random(seed)
    for _ in range(min(12, counted.total)):
        entry = counted.entry(rng.randrange(counted.total))
        typed = library.typed(entry.expression)
        assert typed is not None, entry.expression
        assert signature_text(signature_of(typed)) == entry.signature
        assert typed.bases == entry.size
        # The checker writes `e(x: _)` as `e`, also where a tuple goes whole to `x`.
        whole = "(p: _)" in entry.expression or "(x: _)" in entry.expression
        assert typed.text == entry.expression or whole


@pytest.mark.parametrize("seed", range(12))
def test_the_feeder_agrees_with_the_checker(seed: int) -> None:
    rng = random.Random(seed)
    library = Small(rng.sample(SIGNATURES, 12))
    pieces = pieces_of(library.scope)
    feeder = Feeder(pieces)
    level = list(dict.fromkeys(source.type for source in sources_of(pieces)))
    for _ in range(3):
        reached = {}
        for type_ in rng.sample(level, min(8, len(level))):
            wanted = []
            for index, piece in enumerate(pieces):
                for way, given in routes(piece.base, type_):
                    fed = fed_base(piece.base, given)
                    if fed is not None:
                        wanted.append((index, way, fed.codomain))
            number = feeder.number(type_)
            found = [(i, way, feeder.types[t]) for i, way, t in feeder.takers(number)]
            assert found == wanted
            many = sum(pieces[i].relational for i, _, _ in found)
            assert feeder.count(number) == (len(found) - many, many)
            assert sum(feeder.shapes(number).values()) == len(found)
            reached.update(dict.fromkeys(t for _, _, t in found))
        level = list(reached) or level


DEPENDENT = (
    "(n: Int in 1..40, m: Int in 0..n, k: Int in m..min(m + 8, n)) -> Int in m..k",
    "(n: Int in -9..9, m: Int in -5..9, k: Int in n..m) -> Int in n..k",
    "(n: Int in -9..9, m: Int in -5..9, k: Int in n..n + m) -> Int in n..k",
    "(n: Int in -9..9, m: Int in 0..9, k: Int in max(m, n)..min(m * 3 + 2, n + 7)) -> "
    "Int in n..k",
    "(n: Int in 0..9, m: Int in 0..9, k: Int in min(n, m)..max(n, m)) -> Int in 0..k",
    # Nothing that is fed decides: there are no such values, whatever it is.
    "(n: Int in -9..9, m: Int in 0..9, k: Int in n^0..m) -> Int in n..k",
    "(n: Int in 0..9, m: Int in -9..9, k: Int in n^0..m^1) -> Int in n..k",
    "(n: Int in 0..9, m: Int in 0..9, k: Int in 7..max(n, m * n)) -> Int in 0..k",
    "(n: Int in -9..9, m: Int in -5..9) -> Int in -(n^2 * 99)..(n - m)^3 + 9999",
    "(n: Int in -9..9, m: Int in 0..4) -> Int in (n * m)^m..max(9, (n * m)^m)",
    "(x: List[Int] len 0..5, y: List[Int] len 0..5) -> List[Int in "
    "min(lo(x), lo(y))..max(hi(x), hi(y))] len max(len(x), len(y))..len(x) + len(y)",
    "(x: List[Int] len 0..9, y: List[Int] len 0..9) -> List[Int in "
    "lo(x)..hi(y) + 99] len 0..len(x) + 2 * len(y)",
    "(x: List[Int] len 0..9, m: Int in 0..9) -> List[Int in lo(x)..m] len 0..len(x) + m",
)


@pytest.mark.parametrize("seed", range(4))
def test_formulas_for_ports_agree_with_the_checker(seed: int) -> None:
    rng = random.Random(seed)
    pieces = pieces_of(Small(list(DEPENDENT)).scope)
    feeder = Feeder(pieces)

    def number() -> Int:
        low = rng.choice((-9, -1, 0, 1, 2, 5))
        return Int(low, low + rng.choice((0, 1, 4, 30)))

    def fed() -> Type:
        shortest = rng.choice((0, 0, 1, 3))
        return rng.choice(
            (number(), List(number(), (shortest, shortest + rng.choice((0, 2)))))
        )

    accepted = refused = 0
    for _ in range(800):
        parts = rng.choice((1, 2, 2, 3))
        kinds = [fed() for _ in range(parts)]
        type_ = kinds[0] if parts == 1 else Tuple(tuple(kinds))
        found = {
            (index, way): feeder.types[result]
            for index, way, result in feeder.takers(feeder.number(type_))
        }
        for index, piece in enumerate(pieces):
            for way, given in routes(piece.base, type_):
                fed_type = fed_base(piece.base, given)
                wanted = None if fed_type is None else fed_type.codomain
                assert found.get((index, way)) == wanted, (type_, piece.name, way)
                accepted += wanted is not None
                refused += wanted is None
    assert accepted > 100 and refused > 100


def test_formulas_agree_on_made_up_signatures() -> None:
    rng = random.Random(1)
    found = ports.Found()
    lines: list[str] = []
    while found.asked < 6_000:
        one = ports.piece(ports.signature(rng))
        if one is not None:
            lines += ports.compare(one, rng, found)
    assert not lines and found.taken > 60


@pytest.mark.parametrize("seed", range(8))
def test_types_that_count_as_one_are_counted_alike(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounded = space(seed, (1, 5)).counts()
    monkeypatch.setattr(Counting, "valued", lambda _: None)
    assert space(seed, (1, 5)).counts() == rounded
    monkeypatch.setattr(Grammar, "results", lambda *_: EXACT)
    assert space(seed, (1, 5)).counts() == rounded


@pytest.mark.parametrize("seed", range(4))
def test_parts_of_the_library_are_counted_alike(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = pieces_of(Live().environments())
    rng = random.Random(seed)
    chosen = sorted(rng.sample(range(len(pieces)), 9))
    part = tuple(pieces[index] for index in chosen)

    def counts() -> tuple[object, object]:
        selection = Selection((1, 3))
        counted = Space((), selection, Steps(part, selection))
        return counted.counts(), counted.by_codomain()

    rounded = counts()
    monkeypatch.setattr(Counting, "valued", lambda _: None)
    assert counts() == rounded
    monkeypatch.setattr(Grammar, "results", lambda *_: EXACT)
    assert counts() == rounded


@pytest.mark.parametrize("seed", range(24))
def test_laws_budgets_and_goals_are_counted_alike(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By value and along the expansions; and what is drawn has the index it was drawn
    by, in cells that hold as many as were counted."""
    pieces = pieces_of(Live().environments())
    rng = random.Random(seed)
    # Tuples of hidden parts are where counting by what is seen could go wrong.
    generic = [i for i, piece in enumerate(pieces) if piece.base.classes]
    chosen = {*rng.sample(generic, 5), *rng.sample(range(len(pieces)), 4)}
    part = tuple(pieces[index] for index in sorted(chosen))
    steps = Steps(part, Selection())
    names = [piece.name for piece in part]
    base = Space((), Selection((1, 2)), steps)
    drawn = [base.term(rng.randrange(base.total)) for _ in range(rng.choice((0, 3)))]
    selection = Selection(
        (1, 3),
        rng.choice(((0, ANY_DEPTH), (0, ANY_DEPTH), (1, 2), (2, 3))),
        rng.choice((OPERATORS, OPERATORS, OPERATORS[:2], ("SEQUENTIAL", "SORT"))),
        tuple(type_ for type_ in map(base.codomain, drawn) if not _is_tuple(type_)),
        frozenset(
            (rng.choice(names), rng.choice(steps.place_texts))
            for _ in range(rng.choice((0, 4, 12)))
        ),
        rng.choice((0, 1, 2.5, 5, 8.2, 20)),
    )

    def counted() -> Space:
        return Space((), selection, Steps(part, selection))

    whole = counted()
    found = whole.counts(), whole.by_codomain()
    for rank in rng.sample(range(whole.total), min(whole.total, 60)):
        assert whole.rank(whole.term(rank)) == rank
    for key, cell in whole.indices._cells.items():
        assert (cell.totals[-1] if cell.totals else 0) == whole.counting.count(key)
    monkeypatch.setattr(Counting, "valued", lambda _: None)
    expanded = counted()
    assert (expanded.counts(), expanded.by_codomain()) == found


def _is_tuple(type_: Type) -> bool:
    return isinstance(type_, Tuple)


def test_the_feeder_agrees_with_the_checker_on_the_library() -> None:
    pieces = pieces_of(Live().environments())
    feeder = Feeder(pieces)
    rng = random.Random(5)
    sources = list(dict.fromkeys(source.type for source in sources_of(pieces)))
    reached = list(sources)
    for type_ in rng.sample(sources, 25):
        taken = feeder.takers(feeder.number(type_))
        reached += [feeder.types[result] for _, _, result in taken]
    for type_ in rng.sample(reached, 30):
        number = feeder.number(type_)
        found = {(i, way): feeder.types[t] for i, way, t in feeder.takers(number)}
        for index, piece in enumerate(pieces):
            for way, given in routes(piece.base, type_):
                fed = fed_base(piece.base, given)
                wanted = None if fed is None else fed.codomain
                assert found.get((index, way)) == wanted, (type_, piece.name, way)


@pytest.mark.parametrize("seed", range(10))
def test_a_coarse_count_has_legal_composites_alone(seed: int) -> None:
    for wanted in ({}, {"goals": (Int(0, 30), List(Int(1, 9)))}):
        library = small(seed, 4)
        exact = Space(library.scope, Selection((1, 4), **wanted))
        coarse = Space(library.scope, Selection((1, 4), coarse=True, **wanted))
        for kind, count in coarse.counts().items():
            assert count <= exact.counts()[kind]
        rng = random.Random(seed)
        for _ in range(min(15, coarse.total)):
            term = coarse.term(rng.randrange(coarse.total))
            assert exact.rank(term) is not None
            assert library.typed(exact.expression(term)) is not None


def test_a_coarse_count_says_what_it_misses() -> None:
    # A port for numbers up to 18 is named less often than ports for larger ones.
    common = [f"(n: Int in 0..{50 + i}) -> Int in 0..{i}" for i in range(8)] * 2
    rare = ["(n: Int in 5..18) -> Int in 5..17"]
    library = Small(rare + common)
    found = missing(library.scope, Selection((2, 5)))
    assert found.size == 3
    assert 0 < found.counted < found.exact
    assert found.share == 1 - found.counted / found.exact
    with pytest.raises(ValueError):
        Space(library.scope, Selection((1, 2), bits=2, coarse=True))


def test_the_coarse_count_of_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, solvers = written(["(n: Int in 1..9) -> Int in 1..9", "(n: Int) -> Bool"])
    (tmp_path / "few.races").write_text(text)
    (tmp_path / "few.py").write_text(solvers)
    path = str(tmp_path / "few.races")
    assert main(["count", path, "--size", "2..3", "--coarse", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    measured = document["coarse"]
    assert measured["size"] == 3 and measured["exact"] >= measured["counted"] > 0
    assert main(["count", path, "--size", "2..3", "--coarse"]) == 0
    out = capsys.readouterr().out
    assert "at least" in out
    assert f"{measured['missing']:.2%} are missing there" in out


# ── its own inverses ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(12))
def test_rank_inverts_unrank_everywhere(seed: int) -> None:
    counted = space(seed, (1, 3))
    reader = Reader(counted.steps)
    step = max(1, counted.total // 400)
    for rank in range(0, counted.total, step):
        term = counted.term(rank)
        assert counted.rank(term) == rank
        written = parse_expression(counted.expression(term), Report())
        assert written is not None
        assert reader.read(written) == term


@pytest.mark.parametrize("seed", range(8))
def test_rank_inverts_unrank_in_every_selection(seed: int) -> None:
    for wanted in (
        {"depths": (2, 2)},
        {"depths": (1, 9)},
        {"operators": ("SORT", "PARALLEL")},
        {"goals": (Int(0, 20), Bool())},
    ):
        counted = space(seed, (1, 4), **wanted)
        for rank in range(0, counted.total, max(1, counted.total // 60)):
            assert counted.rank(counted.term(rank)) == rank


@pytest.mark.parametrize("seed", range(8))
def test_a_stream_is_what_the_ranks_say_from_any_offset(seed: int) -> None:
    rng = random.Random(seed)
    for wanted in (
        {},
        {"depths": (2, 2)},
        {"depths": (1, 9)},
        {"operators": ("SORT", "PARALLEL")},
        {"goals": (Int(0, 20), Bool())},
    ):
        counted = space(seed, (1, 4), **wanted)
        for start in (0, *(rng.randrange(counted.total or 1) for _ in range(4))):
            stop = min(counted.total, start + rng.choice((1, 40, 300)))
            ranks = range(start, stop)
            assert list(counted.terms(start, stop)) == list(map(counted.term, ranks))
            assert list(counted.lines(ranks)) == [
                json.dumps(counted.entry(rank).to_json(), ensure_ascii=False)
                for rank in ranks
            ]
        assert list(counted.terms(counted.total)) == []


@pytest.mark.parametrize("seed", range(2))
def test_a_stream_without_kept_runs_is_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = space(seed, (2, 4))
    wanted = list(kept.terms(7, 3_000))
    monkeypatch.setattr(streaming, "SHORT", 1)
    monkeypatch.setattr(streaming, "MOST_KEPT", 0)
    assert list(space(seed, (2, 4)).terms(7, 3_000)) == wanted


def test_multisets() -> None:
    for n in range(1, 6):
        for r in range(1, 5):
            found = [
                tuple(multisets.unrank(r, i)) for i in range(multisets.count(n, r))
            ]
            assert len(set(found)) == len(found)
            assert found == sorted(found, key=lambda members: members[::-1])
            for number, members in enumerate(found):
                assert list(members) == sorted(members) and max(members) < n
                assert multisets.rank(members) == number


def test_a_shuffle_is_a_bijection() -> None:
    for total in (1, 2, 3, 10, 257, 1000):
        shuffle = Shuffle(total, 7)
        assert sorted(shuffle[i] for i in range(total)) == list(range(total))
    huge = 10**30
    assert len({Shuffle(huge, 1)[i] for i in range(100)}) == 100
    assert [Shuffle(1000, 1)[i] for i in range(5)] != [
        Shuffle(1000, 2)[i] for i in range(5)
    ]
    assert Shuffle(10**6, 3)[0] == 483_412  # the same on every machine


# ── selections ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(10))
def test_a_selection_is_a_filter(seed: int) -> None:
    whole = space(seed, (1, 3))
    if whole.total > 6_000:
        pytest.skip("many")
    everything = [whole.term(rank) for rank in range(whole.total)]

    def check(wanted: dict[str, object], keep: object) -> None:
        part = space(seed, (1, 3), **wanted)
        found = [part.expression(part.term(rank)) for rank in range(part.total)]
        expected = [whole.expression(t) for t in everything if keep(t)]  # type: ignore[operator]
        assert sorted(found) == sorted(expected)

    for low, high in ((0, 0), (0, 1), (1, 1), (2, 2), (2, 9), (3, 3)):
        check(
            {"depths": (low, high)}, lambda t, a=low, b=high: a <= terms.depth(t) <= b
        )
    goals = (Int(0, 30), List(Int(1, 9)))
    check(
        {"goals": goals},
        lambda t: any(within(whole.codomain(t), goal, {}) for goal in goals),
    )
    for used in (("SEQUENTIAL",), ("SEQUENTIAL", "PARALLEL"), ("PARALLEL", "SORT")):
        check(
            {"operators": used},
            lambda t, used=used: _operators(t) <= {*used},
        )


def _operators(term: terms.Term) -> set[str]:
    if term[0] in "bu":
        return set()
    found = {terms.operator(term)}
    for part in term[1]:
        found |= _operators(part)
    return found


def test_forbidden_neighbours_and_a_budget_stay_exact() -> None:
    for seed in range(6):
        whole = space(seed, (2, 3), operators=("SEQUENTIAL",))
        texts = [whole.expression(whole.term(rank)) for rank in range(whole.total)]
        pairs = Counter(
            (left.partition("[")[0], right)
            for text in texts
            for left, right in zip(
                text.split(" >> "), text.split(" >> ")[1:], strict=False
            )
        )
        if not pairs:
            continue
        bad = min(pairs)
        part = space(
            seed, (2, 3), operators=("SEQUENTIAL",), forbidden=frozenset({bad})
        )
        found = [part.expression(part.term(rank)) for rank in range(part.total)]
        assert found == [text for text in texts if not _neighbours(text, bad)]


@pytest.mark.parametrize("bits", [1.5, 3, 5])
def test_a_budget_leaves_what_carries_as_much_at_every_step(bits: float) -> None:
    fewer = 0
    for seed in range(8):
        whole = space(seed, (1, 3))
        wanted = []
        for rank in range(whole.total):
            term = whole.term(rank)
            if all(information(type_) >= bits for type_ in _values(whole, term)):
                wanted.append(whole.expression(term))
        rich = space(seed, (1, 3), bits=bits)
        found = [rich.expression(rich.term(rank)) for rank in range(rich.total)]
        assert found == wanted
        assert sum(rich.counts().values()) == rich.total
        fewer += rich.total < whole.total
    assert fewer


@pytest.mark.parametrize("ambiguity", [0.05, 1 / 6, 0.2])
def test_orders_of_too_few_operations_are_left_out(ambiguity: float) -> None:
    fewer = 0
    for seed in range(6):
        whole = space(seed, (2, 4), operators=("SEQUENTIAL", "SORT", "SELECT"))
        every = [whole.term(rank) for rank in range(min(whole.total, 4000))]
        wanted = [term for term in every if _hardest(term) <= round(ambiguity, 4)]
        for size in (4, 3):  # counts by value and along the expansions
            part = space(
                seed,
                (2, 4),
                operators=("SEQUENTIAL", "SORT", "SELECT"),
                ambiguity=round(ambiguity, 4),
                depths=(0, size),
            )
            found = [part.term(rank) for rank in range(part.total)]
            assert found[: len(wanted)] == wanted
            assert part.total == len(wanted) or len(every) < whole.total
            assert sum(part.counts().values()) == part.total
        missed = [term for term in every if term not in wanted][:20]
        assert all(part.rank(term) is None for term in missed)
        fewer += bool(missed)
    assert fewer


def _hardest(term: terms.Term) -> float:
    """The largest share of right orders that a term cannot go below."""
    if term[0] in "bu":
        return 0.0
    inner = max(map(_hardest, term[1]))
    if term[0] not in "st":
        return inner
    count = len(term[1])
    every = list(permutations(range(count + (term[2] if term[0] == "t" else 0)), count))
    return max(inner, round(1 / len(every), 4))


def test_a_budget_sees_how_many_there_are_to_choose_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = Small(
        [
            "(n: Int in 0..9) -> Int in 0..9",
            "(n: Int in 0..9) -> Set[Int in 0..5] len 1..3",
            "(n: Int in 0..9) -> Set[Int in 0..99] len 1..3",
            "(n: Int in 0..9) -> List[Int in 0..5] len 6",
            "(n: Int in 0..9) -> List[Int in 0..99] len 6",
            "[a](items: Set[a], n: Int in 0..9) -> Set[a] len 6",
            "[a: Ord](items: List[a], n: Int in 0..9) -> List[a] len 6 distinct sorted",
        ]
    )
    selection = Selection((3, 3), operators=("SEQUENTIAL", "PARALLEL"), bits=2.5)
    rich = Space(library.scope, selection)
    found = [text for text in map(rich.expression, rich.terms()) if _tuple(text)]
    # Six of the six numbers from 0 to 5 are one set, whoever makes it.
    assert found == ["PARALLEL(e2, e0) >> e5", "PARALLEL(e4, e0) >> e6"]
    counts = rich.counts()
    monkeypatch.setattr(Counting, "valued", lambda _: None)
    assert Space(library.scope, selection).counts() == counts


def _values(whole: Space, term: terms.Term, state: int = -1) -> Iterator[Type]:
    """The types of everything that is fed onwards or answered in a composite."""
    here = state
    if term[0] not in "bu":
        for part in term[1]:
            yield from _values(whole, part, state if term[0] == "p" else here)
            here = whole.showing.state(part, here)
    yield whole.steps.types[whole.showing.state(term, state)]


FRACTIONS = {
    value
    for over in range(1, DENOMINATORS + 1)
    for value in (Fraction(number, over) for number in range(3 * over))
    if Fraction(1, 2) <= value <= Fraction(7, 3)
}


@pytest.mark.parametrize(
    ("type_", "values"),
    [
        (Bool(), 2),
        (Int(1, 8), 8),
        (List(Bool(), (0, 2)), 7),
        (List(Int(1, 4), (4, 4), distinct=True), 24),
        (List(Int(1, 4), (2, 2), sorted=True), 10),
        (Str(alphabet="ab", length=(1, 2)), 6),
        (Tuple((Bool(), Int(1, 4))), 8),
        (Int(1, 1), 1),
        (Int(0, 10**30), 2**64),
        (Rat(Fraction(1, 2), Fraction(7, 3)), len(FRACTIONS)),
        (Rat(0, 10**12, nonzero=True), 46 * 10**12),
        (Rat(0, 10**30), 2**64),
        (List(Int(0, 1), (10**5, 10**5)), 2**64),
        (List(Int(3, 3), (1, 10**12)), 10**12),
        (Set(Int(0, 99), (40, 40)), comb(100, 40)),
        (Set(Int(0, 39), (40, 40)), 1),
        (List(Int(0, 40), (40, 40), distinct=True, sorted=True), 41),
    ],
)
def test_information_is_the_logarithm_of_the_number_of_values(
    type_: Type, values: int
) -> None:
    assert information(type_) == pytest.approx(min(64, log2(values)))
    for bits in (0.5, 1, 2.5, 5, 5.3, 5.4, 20, 64):
        assert carries(type_, bits) == (values >= 2**bits), bits


def test_goals_that_are_compiled_hold_what_is_within_them() -> None:
    rng = random.Random(5)
    live = Live().environments()
    held = 0
    for _ in range(4):
        environments = rng.sample(live, 30)
        steps = Space(environments, Selection((1, 1))).steps
        states = list(range(len(steps.types)))
        for state in states:
            steps.takes(state)
        types = list(steps.feeder.types)
        goals = tuple(rng.sample(types, 12))
        budget = Budget(steps.feeder, 0, goals)
        for number, type_ in enumerate(types):
            if steps.feeder.is_bare(number):
                continue
            expected = any(within(type_, goal, {}) for goal in goals)
            assert budget.allows(number) == expected, (type_, goals)
            held += expected
    assert held > 100


def _neighbours(text: str, pair: tuple[str, str]) -> bool:
    steps = [step.partition("[")[0] for step in text.split(" >> ")]
    return pair in zip(steps, steps[1:], strict=False)


@pytest.mark.parametrize("seed", range(10))
def test_counts_by_size_operator_and_codomain_add_up(seed: int) -> None:
    counted = space(seed, (1, 4))
    assert sum(counted.counts().values()) == counted.total
    assert sum(counted.by_codomain().values()) == counted.total


# ── the graph of a library ────────────────────────────────────────────────────


def test_what_feeds_what() -> None:
    library = Small(
        [
            "(n: Int in 1..9) -> List[Int in 0..n] len n",
            "(items: List[Int in 0..9] len 0..9) -> Bool",
            '(s: Str over "ab" len 1..4) -> Int in 1..4',
        ]
    )
    found = reach(library.scope)
    assert found.unfed == ("e2",)
    assert found.dead_ends == ("e1",)
    assert found.reachable == {"e0": 1, "e1": 0, "e2": 2}
    assert json.dumps(found.to_json())
