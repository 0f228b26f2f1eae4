"""MAP, FANOUT, ITERATE, BRANCH and FOLD in the counted space."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

import pytest
from space_libraries import BruteForce, Small, random_library

from racesc.compose.terms import signature_of
from racesc.diagnostics import Report
from racesc.parse import parse_expression
from racesc.runtime.types import Bool, Int, List
from racesc.show_types import signature_text
from racesc.space import terms
from racesc.space.information import information
from racesc.space.reading import Reader
from racesc.space.selection import EVERY, FURTHER, Selection
from racesc.space.space import Space
from racesc.subsume import within

CHAINS = ("SEQUENTIAL", *FURTHER)


@cache
def small(seed: int, most: int = 3) -> Small:
    return random_library(seed, most)


def space(library: Small, sizes: tuple[int, int], **wanted: object) -> Space:
    wanted.setdefault("operators", EVERY)
    return Space(library.scope, Selection(sizes, **wanted))  # type: ignore[arg-type]


# ── against brute force ───────────────────────────────────────────────────────

PAIRS = (
    "(n: Int in 1..6) -> Int in 0..6",
    "(a: Int in 0..9, b: Int in 0..9) -> (Int in 0..9, Int in 0..9)",
)
WHOLE = (
    "(p: (Int in 0..9, Int in 0..9)) -> (Int in 0..9, Int in 0..9)",
    "(n: Int in 0..9, k: Int in 0..n) -> Bool",
)
ROUNDS = (
    "(n: Int in 1..40) -> List[Int in 0..9] len 2..3",
    "(total: Int in 0..18, n: Int in 0..9) -> Int in total..total + n",
)
DRAWN = (
    "(items: List[Int in 0..9] len 1..9, k: Int in 1..len(items)) -> Int in 0..k",
    "[a](x: a, y: a) -> List[a] len 2",
)


@pytest.mark.parametrize("seed", range(10))
def test_brute_force_finds_the_same_chains(seed: int) -> None:
    agree(small(seed), CHAINS, 3, 40)


@pytest.mark.parametrize("seed", range(10))
def test_brute_force_finds_the_same_with_every_operator(seed: int) -> None:
    agree(small(seed), EVERY, 2, 120)


CHOICES = (
    "(n: Int) -> Bool",
    "(n: Int in 0..9, m: Int in n..20) -> Int in 1..m",
    "[a](x: a) -> List[a] len 1",
)


@pytest.mark.parametrize(
    ("signatures", "size", "using"),
    [
        (PAIRS, 4, ("PARALLEL", "FANOUT")),
        (WHOLE, 3, ("PARALLEL", "FANOUT", "MAP", "ITERATE", "FOLD")),
        (ROUNDS, 3, ("PARALLEL", "FANOUT", "MAP", "ITERATE", "FOLD")),
        (DRAWN, 3, ("PARALLEL", "FANOUT", "MAP", "ITERATE", "FOLD")),
        (CHOICES, 4, ("BRANCH",)),
        (CHOICES[:2], 4, ("BRANCH", "FANOUT")),
    ],
)
def test_brute_force_finds_the_same_in_special_libraries(
    signatures: tuple[str, ...], size: int, using: tuple[str, ...]
) -> None:
    agree(Small(list(signatures)), ("SEQUENTIAL", *using), size, 800)


def agree(library: Small, using: tuple[str, ...], most: int, total: int) -> None:
    brute = BruteForce(library, using)
    for size in range(1, most + 1):
        counted = space(library, (size, size), operators=using)
        if counted.total > total:
            break
        wanted = brute.all(size)
        found = [counted.entry(rank).expression for rank in range(counted.total)]
        assert len(set(found)) == len(found) == counted.total
        assert sorted(found) == sorted(wanted)
        assert [t for t in found if not tuple_head(t)] == [
            t for t in wanted if not tuple_head(t)
        ]
        inverses(counted)
        for rank in range(counted.total):
            agrees(library, counted, rank)


def tuple_head(text: str) -> bool:
    """Whether it may hold a chain whose head is a PARALLEL."""
    return re.search(r"PARALLEL\(.*\) >>", text) is not None


def inverses(counted: Space) -> None:
    """Ranks, streams and what is read agree, everywhere."""
    reader = Reader(counted.steps)
    everything = [counted.term(rank) for rank in range(counted.total)]
    assert list(counted.terms()) == everything
    for rank, term in enumerate(everything):
        assert counted.rank(term) == rank
        written = parse_expression(counted.expression(term), Report())
        assert written is not None
        assert reader.read(written) == term
    assert sum(counted.counts().values()) == counted.total
    assert sum(counted.by_codomain().values()) == counted.total


def agrees(library: Small, counted: Space, rank: int) -> None:
    """The checker says the same of a composite."""
    entry = counted.entry(rank)
    typed = library.typed(entry.expression)
    assert typed is not None, entry.expression
    assert signature_text(signature_of(typed)) == entry.signature
    assert typed.bases == entry.size
    assert entry.depth == terms.depth(counted.term(rank))


# ── larger spaces, by samples ─────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(12))
def test_samples_of_larger_spaces(seed: int) -> None:
    library = small(seed, 5)
    counted = space(library, (1, 3 if seed % 3 else 4))
    rng = random.Random(seed)
    reader = Reader(counted.steps)
    ranks = [rng.randrange(counted.total) for _ in range(min(25, counted.total))]
    for rank in ranks:
        agrees(library, counted, rank)
        term = counted.term(rank)
        assert counted.rank(term) == rank
        written = parse_expression(counted.expression(term), Report())
        assert written is not None and reader.read(written) == term
    for start in ranks[:4]:
        stop = min(start + 50, counted.total)
        stream = list(counted.terms(start, stop))
        assert stream == [counted.term(rank) for rank in range(start, stop)]
    assert sum(counted.by_codomain().values()) == counted.total


def test_what_check_refuses_has_no_rank() -> None:
    library = Small(list(ROUNDS))
    counted = space(library, (1, 3))
    reader = Reader(counted.steps)
    for text, legal in {
        "MAP(e0)": True,
        "MAP(e0(n: _))": False,
        "FANOUT(e0(n: _), e0)": False,
        "ITERATE(e0, times: 2)": False,
        "ITERATE(e1, times: 7)": False,  # legal, but 7 is not counted
        "FOLD(e0)": False,
        "FOLD(e1)": False,  # what it draws may be too much
        "BRANCH(e0, e0, e0)": False,
        "e0 >> FOLD(e1)": True,
        "e0 >> FOLD(e1(total: _))": False,
    }.items():
        written = parse_expression(text, Report())
        assert written is not None
        term = reader.read(written)
        assert (term is not None and counted.rank(term) is not None) == legal, text


@pytest.mark.parametrize("seed", range(8))
def test_the_usual_operators_keep_their_ranks(seed: int) -> None:
    usual = Space(small(seed).scope, Selection((1, 3)))
    every = space(small(seed), (1, 3))
    names = [every.expression(t) for t in every.terms() if not forms_in(t)]
    assert names == [usual.expression(t) for t in usual.terms()]


# ── selections are filters ────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", [0, 1, 3, 5, 9])
def test_a_selection_is_a_filter(seed: int) -> None:
    operators = ("SEQUENTIAL", "PARALLEL", "SORT", *FURTHER)
    whole = space(small(seed), (1, 3), operators=operators)
    everything = list(whole.terms(0, 5_000))
    if len(everything) < whole.total:
        pytest.skip("many")

    def check(wanted: dict[str, object], keep: object) -> None:
        part = space(small(seed), (1, 3), **{"operators": operators, **wanted})
        found = [part.expression(term) for term in part.terms()]
        for rank in range(0, part.total, max(1, part.total // 50)):
            assert part.rank(part.term(rank)) == rank
        expected = [whole.expression(t) for t in everything if keep(t)]  # type: ignore[operator]
        assert sorted(found) == sorted(expected)

    for low, high in ((0, 0), (0, 1), (1, 1), (2, 2), (2, 9), (3, 3), (3, 4)):
        check(
            {"depths": (low, high)}, lambda t, a=low, b=high: a <= terms.depth(t) <= b
        )
    goals = (Int(0, 30), List(Int(0, 9)), Bool())
    check(
        {"goals": goals},
        lambda t: any(within(whole.codomain(t), goal, {}) for goal in goals),
    )
    for used in (("MAP", "FOLD"), ("SEQUENTIAL", "FANOUT"), ("BRANCH", "ITERATE")):
        check(
            {"operators": used},
            lambda t, used=used: names_in(t) <= {*used},
        )


def names_in(term: terms.Term) -> set[str]:
    if term[0] in "bu":
        return set()
    return {terms.operator(term)}.union(*map(names_in, term[1]))


def forms_in(term: terms.Term) -> set[str]:
    return names_in(term) & {*FURTHER}


@pytest.mark.parametrize("bits", [1.5, 3])
def test_a_budget_looks_at_what_goes_into_a_form_and_comes_out(bits: float) -> None:
    fewer = 0
    for seed in (0, 1, 3, 5, 11):
        whole = space(small(seed), (1, 3), operators=CHAINS)
        wanted = [
            whole.expression(term)
            for term in whole.terms()
            if all(information(whole.steps.types[s]) >= bits for s in fed(whole, term))
        ]
        rich = space(small(seed), (1, 3), operators=CHAINS, bits=bits)
        assert [rich.expression(term) for term in rich.terms()] == wanted
        fewer += rich.total < whole.total
    assert fewer


def fed(whole: Space, term: terms.Term) -> Iterator[int]:
    """The states between the steps of a chain, and the last one."""
    showing = whole.showing
    if term[0] != "q":
        yield showing.state(term)
        return
    for end in range(1, len(term[1]) + 1):
        yield showing.state(("q", term[1][:end]))


# ── laws ──────────────────────────────────────────────────────────────────────

STEPS = (
    "(items: List[Int in 0..9] len 1..9) -> List[Int in 0..9] len 1..9",
    "(items: List[Int in 0..9] len 1..9) -> List[Int in 0..9] len 1..9",
    "(n: Int in 0..9) -> Int in 0..9",
    "(n: Int in 0..9) -> Int in 0..9",
)


def barred(*pairs: tuple[str, str]) -> tuple[set[str], set[str]]:
    """What is there without laws, and what laws leave of it."""
    library = Small(list(STEPS))
    using = ("SEQUENTIAL", *FURTHER)
    whole = space(library, (1, 3), operators=using)
    part = space(library, (1, 3), operators=using, forbidden=frozenset(pairs))
    everything = {whole.expression(term) for term in whole.terms()}
    left = {part.expression(term) for term in part.terms()}
    assert left <= everything
    inverse = [part.term(rank) for rank in range(0, part.total, 7)]
    assert [part.rank(term) for term in inverse] == [*range(0, part.total, 7)]
    return everything, left


def test_a_law_holds_item_by_item() -> None:
    everything, left = barred(("e2", "e3"))
    gone = everything - left
    assert "e0 >> MAP(e2) >> MAP(e3)" in gone
    assert "MAP(e2) >> MAP(e3)" in gone
    assert "MAP(e2) >> e0 >> MAP(e3)" in left
    assert "e0 >> MAP(e3) >> MAP(e2)" in left
    assert all(re.search(r"e2\b.*e3\b", text) for text in gone)


def test_parts_that_take_a_value_stand_behind_the_step_that_gives_it() -> None:
    everything, left = barred(("e0", "e1"))
    gone = everything - left
    for text in (
        "e0 >> e1",
        "e0 >> FANOUT(e0, e1)",
        "e0 >> ITERATE(e1, times: 2)",
        "ITERATE(e0, times: 3) >> e1",
    ):
        assert text in gone
    # What a FANOUT answers is a tuple, and what it draws nobody made.
    assert "FANOUT(e0, e1)" in left
    assert "ITERATE(e1, times: 2) >> e0" in left


def test_what_undoes_itself_is_not_repeated() -> None:
    everything, left = barred(("e0", "e0"))
    gone = everything - left
    assert {"ITERATE(e0, times: 2)", "e1 >> ITERATE(e0, times: 3)"} <= gone
    assert "ITERATE(e1, times: 2)" in left
