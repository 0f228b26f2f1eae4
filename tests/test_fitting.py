"""What is drawn can be written: values that outgrow are drawn anew, and nothing runs away.

The composites are those with which `bench.soundness` found it, in short, and worse ones.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import toys as t
from composites import compiled, imported

from bench.live import Live
from racesc import edges
from racesc.edges import edge_inputs
from racesc.files import read_source
from racesc.operators.fold import Fold
from racesc.operators.iterate import Iterate
from racesc.operators.map import Map
from racesc.runtime.base import Base, ContractError, Outgrown, Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.environment import Environment
from racesc.runtime.fitting import fitting
from racesc.runtime.member import contains
from racesc.runtime.size import held, may_outgrow
from racesc.runtime.types import Int, List, Matrix, Rat, Set, Str, Tuple, Type
from racesc.space.selection import Selection
from racesc.space.space import Space
from racesc.trial.package import instances

MODULES = (
    "exact_fractions",
    "lists",
    "numbers",
    "pairs",
    "probability",
    "sets",
    "statistics",
    "units",
)
# Fractions that grow with every round, numbers, lists that double, and all at once.
GROWING = (
    "fractional_part >> intersperse >> FOLD(two_state_chain, from: 0)",
    "MAP(fractional_part) >> FOLD(two_state_chain(steps: 4))",
    "binomial_probability >> ITERATE(series_win, times: 20)",
    "series_win >> series_win >> series_win >> series_win >> series_win >> series_win",
    "sort >> ITERATE(intersperse(items: _), times: 20)",
    "sort >> ITERATE(adjacent_pairs >> items_of_pairs, times: 20)",
    "partial_sums >> ITERATE(intersperse(items: _), times: 12) >> FOLD(lcm, from: 3)",
    "PARALLEL(FOLD(lcm, from: 1), series_win >> ITERATE(series_win, times: 9))",
)
# What leaves nothing to draw: only the rounds can give way.
FIXED = "series_win(chance: 1/3, ours: 5, theirs: 5) >> "
CUT = (
    FIXED + "ITERATE(series_win(ours: 5, theirs: 5), times: 20)",
    "reverse(items: [1/7, 1/5, 1/3, 1/2, 2/3, 3/4]) >> "
    "FOLD(two_state_chain(steps: 4), from: 1/2)",
)


@cache
def live() -> Live:
    return Live(MODULES)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    result = compiled([*GROWING, *CUT], list(MODULES))
    assert not result.diagnostics, result.diagnostics[:3]
    return imported(result, tmp_path_factory.mktemp("growing"))


# ── composites of the library ──


@pytest.mark.parametrize("place", range(len(GROWING)))
def test_what_grows_is_drawn_so_that_it_fits(place: int) -> None:
    """Without the rule, minutes of CPU or a ValueError of Python's for most seeds."""
    typed = live().typed(GROWING[place])
    assert typed is not None
    environment = Environment(f"c{place}", typed.node, "", GROWING[place])
    began = time.process_time()
    for seed in range(20):
        problem = environment.generate(seed, seed % 10 + 1)
        assert max(map(len, digits(problem.prompt + json.dumps(problem.trace)))) <= 400
        assert environment.grade(problem, environment.gold(problem)).reward == 1
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "text",
    [
        # Nothing is folded, and the items that the words speak of have no bound.
        "postfix_stack >> round_robin_finish >> FOLD(modular_power, from: 0)",
        # Orders are tried out on values of which only the shape is known.
        "SELECT(SELECT(turing_tape >> reverse_each_word, distractors: 3)"
        " >> cap_items, distractors: 3)",
        # Lists in lists in lists are drawn, and many long answers make one.
        "change_mask >> intersperse >> toggle_item >> interleave >> toggle_item",
        "MAP(change_mask >> intersperse >> toggle_item >> interleave >> zip_lists)",
    ],
)
def test_what_else_the_runs_found(text: str) -> None:
    typed = Live().typed(text)
    assert typed is not None
    environment = Environment("found", typed.node, "", text)
    for seed in range(20):
        problem = environment.generate(seed, seed % 10 + 1)
        assert environment.grade(problem, environment.gold(problem)).reward == 1


def digits(text: str) -> list[str]:
    """The numbers in a text."""
    return "".join(c if c.isdigit() else " " for c in text).split()


def test_some_of_them_did_not_fit_at_once() -> None:
    for text in GROWING:
        typed = live().typed(text)
        assert typed is not None
        tries = [fitting(typed.node, Rng.keyed(text, n), 10)[1] for n in range(20)]
        assert max(tries) > 1, text


@pytest.mark.parametrize("place", range(len(GROWING) + len(CUT)))
def test_an_emitted_package_draws_the_same(package: ModuleType, place: int) -> None:
    text = [*GROWING, *CUT][place]
    typed = live().typed(text)
    assert typed is not None
    emitted = package.load(f"c{place}")
    here = Environment(emitted.name, typed.node, "", text, id=emitted.id)
    for seed in range(8):
        level = seed + 1
        assert here.generate(seed, level).to_json() == json.loads(
            json.dumps(emitted.generate(seed, level).to_json())
        )


@pytest.mark.parametrize("text", CUT)
def test_where_nothing_is_drawn_the_rounds_give_way(text: str) -> None:
    typed = live().typed(text)
    assert typed is not None
    environment = Environment("cut", typed.node, "", text)
    problem = environment.generate(0, 5)
    assert max(map(len, digits(json.dumps(problem.trace)))) <= 400
    said = ("2 times in a row", "for each of the first 4 fractions in the list")
    assert any(words in problem.prompt for words in said), problem.prompt
    assert environment.grade(problem, environment.gold(problem)).reward == 1
    assert environment.generate(1, 5).trace == problem.trace


def test_short_sums_of_fractions_are_drawn_as_they_always_were() -> None:
    text = "moving_average >> FOLD(mediant, from: 0)"
    typed = live().typed(text)
    assert typed is not None
    for seed in range(100):
        rng = Rng.keyed(text, seed)
        record, tries = fitting(typed.node, rng, 10)
        assert tries == 1
        assert record == typed.node.draw(Rng.keyed(text, seed), "", 10, {})


# ── environments ──


def test_open_ports_take_the_largest_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever may be fed is at most this large, and no solver may run away on it."""
    monkeypatch.setattr(edges, "LARGEST_INT", 10**400 - 1)
    looked = 0
    for one in Live().environments():
        if one.base is None or not any(
            open_numbers(p.type) for p in one.base.parameters
        ):
            continue
        brick = Brick(one.base, instances(one.base)[0])
        ports = [Parameter(name, kind) for name, kind in brick.types.items()]
        began = time.process_time()
        for values in islice(edge_inputs(ports, 24), 12):
            if all(
                contains(brick.types[name], values[name], values) for name in values
            ):
                looked += 1
                result = one.base.solve(*values.values())
                assert contains(brick.codomain, result, values), (one.name, values)
        assert time.process_time() - began < 2, one.name
    assert looked > 500


def open_numbers(kind: Type) -> bool:
    """Whether numbers without bound, or fractions, stand in a type."""
    if isinstance(kind, Tuple):
        return any(map(open_numbers, kind.items))
    if isinstance(kind, (List, Set, Matrix)):
        return open_numbers(kind.item)
    return isinstance(kind, Rat) or (
        isinstance(kind, Int) and (kind.low is None or kind.high is None)
    )


# ── loops ──


def squared(kind: Type, solve: Callable[[Any], Any] = lambda n: n * n) -> Base:
    return t.base("square", {"n": kind}, kind, "Square {n}.", solve)


def test_iterate_stops_before_the_round_that_would_outgrow() -> None:
    # 0 and 1 would do, but there is neither.
    node = Iterate(Brick(squared(Int(2, None)), fixed={}), 20, Int(2, 9))
    record, tries = fitting(node, Rng.keyed("stops"), 3)
    assert tries > 1
    # 2^1024 is the last square of squares below 10^400.
    assert record.notes["times"] == 10 and record.value == 2**1024
    assert "10 times in a row" in node.wording(record, {}, "")
    again = node.decode(json.loads(json.dumps(node.encode(record, ()))), {})
    assert again == record
    with pytest.raises(Outgrown):
        node.draw(Rng.keyed("stops"), "", 3, {})


def test_fold_takes_only_so_many_items_in() -> None:
    step = Brick(
        t.base(
            "raise",
            {"acc": Int(2, None), "by": Int(2, 9)},
            Int(2, None),
            "Raise {acc} to the power of {by}.",
            lambda acc, by: acc**by,
        )
    )
    for start, before, said in (
        (3, [], "for each of the first 3 numbers in [9, 9, 9, 9, 9]"),
        (None, [2], "for each of the 3 numbers after it"),
    ):
        node = Fold(step, start, (5, 5), Int(9, 9))
        items = before + [9] * 5
        record = node.draw(Rng.keyed("some"), "", 0, {"items": items})
        assert record.notes == {"takes": 3 if start else 3}, record.notes
        assert record.value == (start or 2) ** 9**3
        assert said in node.wording(record, {}, "") or start is None
        data = json.loads(json.dumps(node.encode(record, ())))
        assert node.decode(data, {}) == record
        assert node.again(record, {"items": items + [9]}).value == record.value
        with pytest.raises(Outgrown):
            node.draw(Rng.keyed("some"), "", 1, {"items": items})


def test_map_holds_all_results_together() -> None:
    whole = t.base(
        "whole",
        {"n": Int(1, 9000)},
        List(Int(0, 1), (1, 9000)),
        "Write {n} ones.",
        lambda n: [1] * n,
    )
    node = Map(Brick(whole), length=(1, 8))
    assert node.draw(Rng.keyed(0), "", 1, {"items": [9000, 9000]}).value
    with pytest.raises(Outgrown):
        node.draw(Rng.keyed(0), "", 1, {"items": [9000] * 8})


def test_what_never_fits_says_so() -> None:
    large = t.base("large", {"n": Int(5, 9)}, Int(), "Large.", lambda n: 10 ** (99 * n))
    environment = Environment("large", Brick(large), "", "large")
    with pytest.raises(
        ContractError, match="`large`: whatever is drawn, it comes to a"
    ):
        environment.generate(0)


# ── sizes ──


@pytest.mark.parametrize(
    ("fits", "outgrows"),
    [
        (10**400 - 1, 10**400),
        (1 - 10**400, -(10**400)),
        (Fraction(1, 10**400 - 1), Fraction(1, 10**400)),
        ([7, 10**400 - 1], [7, -(10**400)]),
        ([0] * 10_000, [0] * 10_001),
        ("a" * 99_998, "a" * 99_999),
        ([["a" * 9_000]] * 11, [["a" * 9_000]] * 12),
        ((1, frozenset(range(10_000))), (1, frozenset(range(10_001)))),
        ((2, [(1, 2, Fraction(1, 3))]), (2, [(1, 2, Fraction(1, 10**400))])),
        ([True] * 10_000, [True] * 10_001),
    ],
)
def test_what_is_held(fits: Any, outgrows: Any) -> None:
    assert held(fits) == fits
    with pytest.raises(Outgrown):
        held(outgrows)


def test_constant_bounds_spare_the_look() -> None:
    assert not may_outgrow(Int(0, 9)) and not may_outgrow(List(Int(0, 9), (0, 99)))
    assert may_outgrow(Int(0)) and may_outgrow(Rat(0, 1)) and may_outgrow(Str())
    assert may_outgrow(List(Int(0, 9), (0, 10_001)))


# ── the counted space ──

LONG = """
env row(n: Int in 1..9) -> List[Int in 1..9] len 600 {
  describe "Write {{ n }} 600 times."
}

env twice(items: List[Int in 1..9]) -> List[Int in 1..9] len 4 * len(items) {
  describe "Write {{ items }} four times, one behind the other."
}
"""


def test_the_space_leaves_out_what_check_refuses(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("def row(n): ...\ndef twice(items): ...\n")
    path = tmp_path / "long.races"
    path.write_text(LONG)
    small = Live([], source=read_source(str(path)))
    operators = ("SEQUENTIAL", "MAP", "ITERATE")
    space = Space(small.environments(), Selection(sizes=(1, 2), operators=operators))
    texts = {space.entry(rank).expression for rank in range(space.total)}
    assert all(small.typed(text) is not None for text in texts)
    assert "row >> ITERATE(twice, times: 2)" in texts
    for refused in ("row >> MAP(row)", "row >> ITERATE(twice, times: 3)"):
        assert refused not in texts
        typed, report = small.judged(refused)
        assert typed is None
        assert [one.code for one in report.diagnostics] == ["too-large"]
