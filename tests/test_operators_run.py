"""Operators at run time: drawing, grading, and orders against brute force."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from math import factorial, perm
from typing import Any

import pytest
import toys as t
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from toy_composites import COMPOSITES, chain
from toys import DIGIT

from racesc.operators.fold import Fold
from racesc.operators.iterate import Iterate
from racesc.operators.map import Map
from racesc.operators.ordering import Ordering
from racesc.operators.parallel import Parallel
from racesc.operators.select import Select
from racesc.operators.sequential import Sequential
from racesc.operators.sort import Sort
from racesc.operators.step import Source, Step, as_step
from racesc.runtime.base import Base, ContractError, Parameter, Undefined
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.environment import Environment
from racesc.runtime.member import capped, contains, instantiate, match, same, shape
from racesc.runtime.node import Node, Record
from racesc.runtime.problem import Verdict
from racesc.runtime.types import Int, List, Newtype, Rat, Set, Str, Tuple, Type

WIDE = {"a": Int()}


def drawn(node: Node, seed: int = 1, level: int = 3, **fed: Any) -> Record:
    return node.draw(Rng.keyed("test", seed), "", level, fed)


def graded(node: Node, record: Record, answer: Any) -> Verdict:
    """The verdict on an answer, after a round trip of the record through JSON."""
    trace = json.loads(json.dumps(node.encode(record, ())))
    return node.grade(node.decode(trace, {}), json.dumps(answer))


# ── base environments ─────────────────────────────────────────────────────────


def test_a_brick_draws_what_is_neither_fed_nor_fixed() -> None:
    brick = Brick(t.kth_largest, DIGIT)
    record = drawn(brick, items=[3, 1, 2])
    assert record.inputs["items"] == [3, 1, 2] and 1 <= record.inputs["k"] <= 3
    assert brick.given(record, ("items",)) == {"k": record.inputs["k"]}
    fixed = Brick(t.kth_largest, DIGIT, fixed={"k": 2})
    record = drawn(fixed, items=[3, 1, 2])
    assert record.answer == 2 and fixed.given(record, ("items",)) == {}
    assert [port.name for port in fixed.ports] == ["items"]
    assert [port.name for port in replace(brick, port="k").ports] == ["k", "items"]


def test_the_path_keys_the_draw() -> None:
    brick = Brick(t.to_digits)
    rng = Rng.keyed("x")
    assert brick.draw(rng, "1", 3, {}) == brick.draw(rng, "1", 3, {})
    assert brick.draw(rng, "1", 9, {}) != brick.draw(rng, "2", 9, {})


def test_adding_a_step_does_not_reshuffle_the_others() -> None:
    rotate, totals = Brick(t.rotate, DIGIT), Brick(t.totals)
    short = drawn(chain(Brick(t.to_digits), rotate))
    long = drawn(chain(Brick(t.to_digits), rotate, totals))
    assert long.parts[:2] == short.parts


def broken(**changes: Any) -> Base:
    return replace(t.double, **changes)


@pytest.mark.parametrize(
    ("base", "words"),
    [
        (broken(codomain=Int(0, 3)), ["toys.double", "outside the declared codomain"]),
        (broken(solve=lambda n: float(n)), ["toys.double", "outside"]),
        (broken(solve=lambda n: 1 // 0), ["toys.double", "raised ZeroDivisionError"]),
        (broken(sample=lambda rng, level: 10**9), ["toys.double", "sampler", "`n`"]),
        (broken(sample=lambda rng, level: (1, 2)), ["toys.double", "sampler"]),
        (broken(sample=lambda rng: 1), ["toys.double", "sampler", "TypeError"]),
        (broken(parameters=(Parameter("n", Int()),)), ["toys.double", "`n`"]),
    ],
)
def test_a_broken_promise_names_the_environment(base: Base, words: list[str]) -> None:
    with pytest.raises(ContractError) as caught:
        drawn(Brick(base), level=10)
    assert all(word in str(caught.value) for word in words), caught.value


def test_a_value_outside_a_port_is_never_solved() -> None:
    with pytest.raises(ContractError, match="toys.to_digits"):
        drawn(Brick(t.to_digits), n=9)
    with pytest.raises(ContractError, match="toys.kth_largest"):
        drawn(Brick(t.kth_largest, DIGIT, fixed={"k": 4}), items=[1, 2, 3])
    with pytest.raises(ContractError):
        drawn(Brick(t.is_even), n=True)


def test_a_sampler_draws_only_what_is_left() -> None:
    calls: list[dict[str, Any]] = []

    def sample(rng: Any, level: int, **known: Any) -> Any:
        calls.append(known)
        if "a" in known:
            return 7
        return 3, 5

    base = replace(t.gcd, sample=sample)
    assert drawn(Brick(base)).inputs == {"a": 3, "b": 5}
    assert drawn(Brick(base), a=14).inputs == {"a": 14, "b": 7}
    assert drawn(Brick(base, fixed={"b": 2}), a=4).inputs == {"a": 4, "b": 2}
    assert calls == [{}, {"a": 14}]


def test_equality_is_typed() -> None:
    assert same([1, 2], [1, 2]) and not same([1], [True]) and not same([1], (1,))
    assert not same(1, Fraction(1)) and same(Fraction(2, 4), Fraction(1, 2))
    assert not same(frozenset({1}), frozenset({True}))
    assert not same([[1]], [[True]]) and not same((1, "a"), (True, "a"))
    record = drawn(Brick(t.mean), items=[1, 2])
    assert Brick(t.mean).grade(record, "6/4").correct
    assert Brick(t.mean).grade(record, "1.5").correct
    assert not Brick(t.is_even).grade(drawn(Brick(t.is_even), n=2), "1").correct
    assert not Brick(t.double).grade(drawn(Brick(t.double), n=0), "false").correct


# ── many right answers ────────────────────────────────────────────────────────


def test_as_a_final_answer_the_verifier_decides() -> None:
    brick = Brick(t.split_sum)
    record = drawn(brick, n=10)
    assert graded(brick, record, [4, 6]).correct
    assert graded(brick, record, [2, 8]).correct
    assert not graded(brick, record, [4, 5]).correct
    # It is asked only about answers inside the codomain.
    assert not graded(brick, record, [0, 10]).correct
    assert not graded(brick, record, [1, 9]).correct


def test_a_verifier_that_raises_pays_nothing() -> None:
    def verify(answer: Any, n: int) -> bool:
        raise RuntimeError

    brick = Brick(replace(t.split_sum, verify=verify))
    verdict = graded(brick, drawn(brick, n=10), [4, 6])
    assert not verdict.correct and verdict.reward == 0


def test_as_canonical_only_the_solver_counts() -> None:
    brick = Brick(t.split_sum, policy="canonical")
    record = drawn(brick, n=10)
    assert graded(brick, record, [2, 8]).correct
    assert not graded(brick, record, [4, 6]).correct


def test_as_model_the_rest_is_run_from_the_models_answer() -> None:
    free = COMPOSITES["free"]
    record = drawn(free, n=30)
    assert record.answer == [(2, 28), 2, 4]
    assert graded(free, record, [[2, 28], 2, 4]).reward == 1
    assert graded(free, record, [[10, 20], 10, 20]).reward == 1
    assert graded(free, record, [[10, 20], 2, 4]).prefix == 1
    assert graded(free, record, [[10, 20], 10, 4]).prefix == 2
    wrong = graded(free, record, [[10, 21], 1, 2])
    assert wrong.prefix == 0 and wrong.reward == 0
    # A wrong choice is no choice: the rest is judged from the solver's.
    assert [part.correct for part in graded(free, record, [[1, 2], 2, 4]).parts] == [
        False,
        True,
        True,
    ]


def model_chain(last: Brick) -> Sequential:
    """A list that the model chooses, then an operation with a drawn parameter."""
    numbers = t.base(
        "any_list",
        {"n": Int(1, 3)},
        List(Int(0, 9), (3, 5)),
        "Write any list of 3 to 5 digits that begins with {n}.",
        lambda n: [n, 0, 0],
        verify=lambda answer, n: answer[0] == n,
    )
    return Sequential(
        (
            Step(Brick(numbers, policy="model")),
            Step(last, {"items": Source(0)}),
            Step(Brick(t.double), {"n": Source(1)}),
        )
    )


def test_as_model_side_parameters_are_drawn_beforehand() -> None:
    last = Brick(t.kth_largest, DIGIT, narrow={"k": Int(1, 3)})
    node = model_chain(last)
    for seed in range(9):
        record = drawn(node, seed, n=2)
        k = record.parts[1].inputs["k"]
        own = [2, 9, 7, 5]
        value = sorted(own)[-k]
        assert graded(node, record, [own, value, 2 * value]).reward == 1


def test_as_model_what_does_not_run_is_wrong() -> None:
    narrow = t.base(
        "short",
        {"items": List(Int(), (0, 3))},
        Int(0, 3),
        "Count {items}.",
        len,
    )
    node = model_chain(Brick(narrow))
    record = drawn(node, n=2)
    verdict = graded(node, record, [[2, 9, 7, 5], 4, 8])
    assert [part.correct for part in verdict.parts] == [True, False, False]
    assert "run" in verdict.reason
    last = replace(node, reward="last")
    assert graded(last, drawn(last, n=2), [[2, 9, 7, 5], 3, 6]).reward == 0
    assert graded(last, drawn(last, n=2), [[2, 9, 7], 3, 6]).reward == 1


def test_as_model_inside_a_parallel_feeds_on() -> None:
    pair = Parallel((Brick(t.split_sum, policy="model"), Brick(t.digit_sum)))
    node = Sequential(
        (Step(pair), Step(Brick(t.divide, fixed={"by": 2}), {"n": Source(0, part=1)}))
    )
    record = drawn(node)
    half = divmod(record.parts[0].parts[1].value, 2)
    n = record.parts[0].parts[0].inputs["n"]
    digits = record.parts[0].parts[1].value
    assert graded(node, record, [[[n - 2, 2], digits], list(half)]).reward == 1


# ── chains ────────────────────────────────────────────────────────────────────


def test_a_chain_pays_its_longest_right_prefix() -> None:
    node = COMPOSITES["second_digit"]
    record = drawn(node, n=2048)
    assert record.answer == [[2, 0, 4, 8], [0, 2, 4, 8], 4]
    assert graded(node, record, record.answer).reward == 1
    for answer, prefix in [
        ([[2, 0, 4, 8], [0, 2, 4, 8], 5], 2),
        ([[2, 0, 4, 8], [0, 2, 8, 4], 4], 1),
        ([[0, 2, 4, 8], [0, 2, 4, 8], 4], 0),
        ([[2, 0, 4, 8], [0, 2, 4, 8]], 2),
        ([[2, 0, 4, 8]], 1),
    ]:
        verdict = graded(node, record, answer)
        assert (verdict.prefix, verdict.reward) == (prefix, prefix / 3)
        assert not verdict.correct and verdict.reason


def test_surplus_parts_are_no_answer() -> None:
    node = COMPOSITES["second_digit"]
    record = drawn(node, n=2048)
    verdict = graded(node, record, [*record.answer, 4])
    assert verdict.reward == 0 and verdict.parsed is None and verdict.parts == ()
    both = COMPOSITES["both"]
    verdict = graded(both, drawn(both), [1, [[1], [1], 1], 2])
    assert verdict.reward == 0 and verdict.parts == ()


def test_a_chain_is_read_by_labelled_lines_too() -> None:
    node = COMPOSITES["second_digit"]
    record = drawn(node, n=2048)
    text = "Step 1: [2, 0, 4, 8]\nStep 2: [0, 2, 4, 8]\nStep 3: 4"
    assert node.grade(record, text).reward == 1
    both = COMPOSITES["both"]
    record = drawn(both)
    first, (digits, ordered, last) = record.answer
    text = f"(a) {first}\n(b) Step b.1: {digits}\nStep b.2: {ordered}\nStep b.3: {last}"
    assert both.grade(record, text).reward == 1


@pytest.mark.parametrize(
    ("reward", "answer", "paid"),
    [
        ("last", [[1], [2], 4], 1.0),
        ("last", [[2, 0, 4, 8], [0, 2, 4, 8], 5], 0.0),
        ("last", [[2, 0, 4, 8], [0, 2, 4, 8]], 0.0),
        ("all", [[2, 0, 4, 8], [0, 2, 4, 8], 4], 1.0),
        ("all", [[2, 0, 4, 8], [0, 2, 4, 8], 5], 0.0),
    ],
)
def test_the_reward_of_a_chain_is_an_option(
    reward: str, answer: list[Any], paid: float
) -> None:
    second_digit = COMPOSITES["second_digit"]
    assert isinstance(second_digit, Sequential)
    node = replace(second_digit, reward=reward)
    verdict = graded(node, drawn(node, n=2048), answer)
    assert verdict.reward == paid
    assert verdict.correct == (answer == [[2, 0, 4, 8], [0, 2, 4, 8], 4])


def test_an_ascribed_composite_is_one_step_with_one_answer() -> None:
    node = COMPOSITES["ascribed_step"]
    record = drawn(node, items=[5] * 12)
    assert record.answer[:2] == [12, 6]
    assert graded(node, record, record.answer).reward == 1


def test_a_block_in_a_chain_answers_its_statements() -> None:
    node = COMPOSITES["block_in_chain"]
    record = drawn(node, items=[5] * 12)
    assert record.answer == [12, [3, 2, 1]]
    verdict = graded(node, record, [12, [3, 2, 2]])
    assert verdict.prefix == 1 and verdict.parts[1].prefix == 2
    assert "step 2.3" in verdict.reason


def test_a_tuple_feeds_parameters() -> None:
    node = COMPOSITES["quotient"]
    record = drawn(node, n=23, by=5)
    assert record.answer == [(4, 3), 7]
    assert node.answer_json(record) == [[4, 3], 7]


def test_a_blocks_parameters_are_named_only_where_they_are_used_twice() -> None:
    node = COMPOSITES["block"]
    assert "Let n be 23." in node.wording(drawn(node, n=23), {}, "")
    assert "Let" not in node.wording(drawn(node, n=23), {"n": "the number"}, "")
    once = COMPOSITES["ascribed_step"].steps[1].node  # type: ignore[attr-defined]
    words = replace(once, opaque=False).wording(drawn(once, n=23), {}, "")
    assert "digits of 23." in words and "Let" not in words


# ── PARALLEL ──────────────────────────────────────────────────────────────────


def test_a_parallel_pays_the_mean_of_its_parts() -> None:
    node = COMPOSITES["both"]
    record = drawn(node)
    first, (digits, ordered, last) = record.answer
    assert graded(node, record, record.answer).reward == 1
    verdict = graded(node, record, [first, [digits, ordered, -1]])
    assert verdict.reward == pytest.approx((1 + 2 / 3) / 2) and not verdict.correct
    assert verdict.parts[1].prefix == 2
    assert graded(node, record, [-1, [digits, ordered, last]]).reward == 0.5
    assert graded(node, record, [first]).reward == 0.5
    strict = replace(node, reward="all")  # type: ignore[type-var]
    assert graded(strict, record, [first, [digits, ordered, -1]]).reward == 0
    assert graded(strict, record, record.answer).reward == 1


def test_equal_questions_are_drawn_again() -> None:
    node = Parallel((Brick(t.heading), Brick(t.heading), Brick(t.heading)))
    same_questions = 0
    for seed in range(200):
        record = drawn(node, seed, 1)
        asked = [part.inputs["turns"] for part in record.parts]
        same_questions += len(set(asked)) < 3
    assert same_questions == 0


# ── SORT and SELECT ───────────────────────────────────────────────────────────


def brute_force(
    node: Ordering, record: Record
) -> Iterator[tuple[tuple[int, ...], bool, bool]]:
    """Every order of the shown operations: whether it runs, whether it is right.

    Nothing is merged or remembered; only what a step's declaration says is used.
    """
    notes = record.notes
    steps = [node.operations[slot] for slot in notes["slots"]]
    for order in permutations(range(len(steps)), len(node.chain)):
        value: Any = notes["start"]
        kind: Type | None = shape(node.ports[0].type)
        for place in order:
            if kind is None:
                break
            brick, inputs = steps[place].node, record.parts[place].inputs
            assert isinstance(brick, Brick)
            value, kind = run_one(brick, inputs, node.ports, value, kind)
        runs = kind is not None
        yield (
            tuple(place + 1 for place in order),
            runs,
            runs and same(value, notes["final"]),
        )


def run_one(
    brick: Brick, inputs: Any, ports: Any, value: Any, kind: Type
) -> tuple[Any, Type | None]:
    port = brick.ports[0].name
    values = {**inputs, port: value}
    where: dict[str, Type] = {}
    for parameter in brick.base.parameters:
        own = kind if parameter.name == port else shape(brick.types[parameter.name])
        if not match(shape(parameter.type), own, where):
            return None, None
    for parameter in brick.base.parameters:
        declared = capped(instantiate(parameter.type, where))
        if not contains(declared, values[parameter.name], values):
            return None, None
    try:
        result = brick.base.solve(*(values[p.name] for p in brick.base.parameters))
    except Exception:
        return None, None
    return result, shape(instantiate(brick.base.codomain, where))


TAKING_LISTS = [t.rotate, t.totals, t.sort, t.reverse, t.scale, t.keep_even]
GIVING_NUMBERS = [t.length, t.max_item, t.kth_largest]


def brick(base: Base) -> Brick:
    return Brick(base, WIDE)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Brick, ...]:
    """Bricks that fit each other: lists of numbers to the end, or to a number; some
    begin with a number, some go on from one."""
    head = draw(st.sampled_from([t.to_digits, t.rotate, t.totals]))
    bases = [head]
    bases += draw(st.lists(st.sampled_from(TAKING_LISTS), min_size=1, max_size=3))
    if draw(st.booleans()):
        bases.append(draw(st.sampled_from(GIVING_NUMBERS)))
        if draw(st.booleans()):
            bases.append(t.square)
    digits = {"a": Int(0, 9)}
    first = Brick(head, {"a": Int(-9, 9)} if head is t.rotate else digits)
    return (first, *map(brick, bases[1:]))


@settings(max_examples=120, deadline=None)
@given(chains(), st.integers(0, 10**6), st.booleans())
def test_the_grader_agrees_with_brute_force(
    bricks: tuple[Brick, ...], seed: int, canonical: bool
) -> None:
    node = Sort(bricks, canonical)
    check_against_brute_force(node, seed, factorial(len(bricks)))


POOL = (
    brick(t.reverse),
    brick(t.sort),
    brick(t.scale),
    brick(t.keep_even),
    brick(t.max_item),
    brick(t.totals),
    brick(t.length),
)


@settings(max_examples=60, deadline=None)
@given(chains(), st.integers(0, 10**6), st.integers(1, 3), st.booleans())
def test_selecting_agrees_with_brute_force(
    bricks: tuple[Brick, ...], seed: int, distractors: int, canonical: bool
) -> None:
    bricks = bricks[:3]
    node = Select(bricks, distractors, POOL, canonical)
    total = perm(len(bricks) + distractors, len(bricks))
    check_against_brute_force(node, seed, total)


def check_against_brute_force(node: Ordering, seed: int, total: int) -> None:
    try:
        record = drawn(node, seed, 1)
    except ContractError:
        assume(False)  # a toy's port was too narrow: these chains are not type-checked
    orders = list(brute_force(node, record))
    assert len(orders) == total
    right = [order for order, _, fine in orders if fine]
    notes = record.notes
    assert notes["running"] == sum(runs for _, runs, _ in orders)
    assert notes["right"] == len(right) >= 1
    assert notes["ambiguity"] == len(right) / total
    if node.canonical:
        assert tuple(record.answer) == min(right)
        right = [min(right)]
    assert tuple(record.answer) in right
    trace = json.loads(json.dumps(node.encode(record, ())))
    again = node.decode(trace, {})
    for order, _, _ in orders:
        verdict = node.grade(again, json.dumps(order))
        assert verdict.correct == (order in right), order
        assert verdict.reward == float(order in right)
    example = node.example(record, Rng.keyed(seed))
    if len(right) < total:
        assert not node.grade(record, example).correct
    else:
        assert json.loads(example) != record.answer


def test_the_least_ambiguous_of_the_draws_is_kept() -> None:
    # Sorting twice commutes with itself in every draw: the first is kept.
    node = Sort((Brick(t.sort, DIGIT), Brick(t.sort, DIGIT)))
    record = drawn(node)
    assert record.notes["ambiguity"] == 1.0
    many = Sort((Brick(t.rotate, {"a": Int(-99, 99)}), Brick(t.totals), brick(t.sort)))
    for seed in range(40):
        assert drawn(many, seed, 5).notes["ambiguity"] <= 1 / 3


def test_an_order_is_read_strictly() -> None:
    node = COMPOSITES["order"]
    record = drawn(node, 3)
    assert isinstance(node, Sort)
    good = record.answer
    assert graded(node, record, good).reward == 1
    for bad in ([], good[:2], [*good, 4], [1, 1, 1], [0, 1, 2], good + good, 1):
        assert graded(node, record, bad).reward == 0
    assert node.grade(record, f"({', '.join(map(str, good))})").correct
    assert node.grade(record, " ".join(map(str, good))).correct
    assert node.grade(record, "[true, 2, 3]").reward == 0


def test_ports_without_bounds_are_capped_but_the_composed_order_runs() -> None:
    node = Sort((Brick(t.double), Brick(t.square), Brick(t.square), Brick(t.square)))
    record = drawn(node, n=9999)
    # 19998 squared three times leaves the cap behind, but was type-checked; and which
    # of the squares comes first cannot matter. Other orders stop at the cap.
    assert record.notes["right"] == record.notes["running"] == 6
    assert graded(node, record, record.answer).correct
    small = drawn(node, n=1)
    assert small.notes["running"] > 1


def test_what_is_drawn_stays_in_its_bounds_or_does_not_run() -> None:
    # The k of kth_largest was drawn for the longer list.
    node = Sort((Brick(t.keep_even), Brick(t.kth_largest, WIDE)))
    node = replace(node, steps=(Brick(t.kth_largest, WIDE), Brick(t.square)))
    record = drawn(node, items=[5, 6, 7])
    assert record.notes["running"] == 1


def test_constructors_and_newtypes_must_match() -> None:
    name = Newtype("m.Poly", List(Int(-9, 9), (1, 6)))
    wrap = t.base("wrap", {"items": List(Int(-9, 9), (1, 6))}, name, "{items}", list)
    unwrap = t.base("unwrap", {"p": name}, List(Int(-9, 9), (1, 6)), "{p}", list)
    node = Sort((Brick(wrap), Brick(unwrap)))
    record = drawn(node, items=[1, 2])
    assert (record.notes["running"], record.notes["right"]) == (1, 1)


def test_classes_must_hold() -> None:
    group = t.base(
        "group",
        {"items": List(Int(0, 9), (1, 6))},
        List(Set(Int(0, 9), (1, 1)), (1, 6)),
        "{items}",
        lambda items: [frozenset({item}) for item in items],
    )
    # Python would compare sets; the language has no order on them.
    node = Sort((Brick(t.sort, DIGIT), Brick(group)))
    assert drawn(node, items=[2, 1]).notes["running"] == 1


def test_a_solver_that_raises_does_not_run() -> None:
    def fragile(items: list[int]) -> list[int]:
        if items[0] > items[-1]:
            raise ValueError
        return [*items, 9]

    base = t.base(
        "fragile",
        {"items": List(Int(0, 9), (1, 9))},
        List(Int(0, 9)),
        "{items}",
        fragile,
    )
    node = Sort((Brick(t.sort, DIGIT), Brick(base)))
    assert drawn(node, items=[2, 1]).notes["running"] == 1


def test_a_sort_that_is_fed_is_recomputed_from_the_models_value() -> None:
    numbers = t.base(
        "any_list",
        {"n": Int(1, 3)},
        List(Int(0, 9), (3, 3)),
        "Write any list of 3 digits.",
        lambda n: [3, 1, 2],
        verify=lambda answer, n: True,
    )
    sort = Sort((Brick(t.sort, DIGIT), Brick(t.totals)), True)
    node = Sequential(
        (Step(Brick(numbers, policy="model")), Step(sort, {"items": Source(0)}))
    )
    record = drawn(node)
    assert record.parts[1].notes["final"] == [1, 3, 6]
    good = record.answer[1]
    assert graded(node, record, [[2, 3, 1], good]).reward == 1
    # From here no order leads to the result that the prompt shows.
    assert graded(node, record, [[2, 2, 2], good]).prefix == 1


def test_tuples_may_be_the_current_value() -> None:
    both = {"a": Source(0, part=0), "b": Source(0, part=1)}
    node = Sort((Brick(t.divide), Step(Brick(t.add), both), Brick(t.double)))
    record = drawn(node, n=23, by=5)
    assert record.notes["final"] == 14
    words = node.wording(record, {}, "")
    assert "the first number of the current pair" in words
    fed_by_pair = Sort((Step(Brick(t.gcd), both), Brick(t.double)))
    record = drawn(fed_by_pair, a=4, b=6)
    assert record.notes["start"] == (4, 6) and record.notes["final"] == 4
    assert graded(fed_by_pair, record, record.answer).correct


def test_a_distractor_is_drawn_from_the_pool_less_the_chains_own() -> None:
    node = Select((brick(t.sort), brick(t.totals)), 3, POOL)
    names = set()
    for seed in range(30):
        record = drawn(node, seed, items=[3, 1, 2])
        slots = record.notes["slots"]
        mixed = [node.operations[s].node for s in slots if s >= len(node.chain)]
        assert len(mixed) == 3
        names |= {one.base.name for one in mixed if isinstance(one, Brick)}
    assert names == {
        "toys.reverse",
        "toys.scale",
        "toys.keep_even",
        "toys.max_item",
        "toys.length",
    }


# ── MAP, FANOUT, ITERATE, BRANCH, FOLD ────────────────────────────────────────


def test_map_answers_every_item() -> None:
    node = Map(Brick(t.double))
    record = drawn(node, items=[3, 1])
    assert record.answer == [6, 2]
    assert graded(node, record, [6, 2]).reward == 1
    assert graded(node, record, [6, 3]).reward == 0
    assert graded(node, record, [6, 2, 2]).parsed is None
    assert graded(replace(node, reward="mean"), record, [6, 3]).reward == 0.5
    empty = drawn(node, items=[])
    assert graded(node, empty, []).reward == 1


def test_map_draws_what_suits_all_items() -> None:
    node = Map(Brick(t.kth_largest, DIGIT))
    for seed in range(20):
        record = drawn(node, seed, items=[[1, 2, 3, 4, 5, 6], [7], [8, 9]])
        assert record.answer == [6, 7, 9]
    narrow = Map(Brick(t.kth_largest, DIGIT, narrow={"k": Int(2, 3)}))
    with pytest.raises(ContractError):
        drawn(narrow, items=[[1, 2, 3], [7]])


def test_map_of_a_chain_keeps_the_steps() -> None:
    node = COMPOSITES["map_chain"]
    record = drawn(node, items=[12, 34])
    assert record.answer == [[3, 6], [7, 14]] and record.value == [6, 14]
    assert graded(node, record, record.answer).reward == 1


def test_iterate_repeats_with_what_was_drawn() -> None:
    node = Iterate(Brick(t.rotate, DIGIT), 3)
    record = drawn(node, items=[1, 2, 3, 4, 5])
    shift = 3 * record.parts[0].inputs["shift"] % 5
    assert record.answer == [1, 2, 3, 4, 5][shift:] + [1, 2, 3, 4, 5][:shift]
    assert {
        drawn(COMPOSITES["iterate"], s).parts[1].notes["times"] for s in range(40)
    } == {
        2,
        3,
        4,
    }
    with pytest.raises(ContractError, match="3 times"):
        drawn(Iterate(Brick(t.double), 3), n=400_000)


def test_branch_answers_the_side_that_applies() -> None:
    node = COMPOSITES["branch"]
    assert drawn(node, n=4).answer == 8
    odd = drawn(node, n=5)
    assert odd.answer == 5 + odd.parts[2].inputs["b"]
    assert graded(node, odd, odd.answer).correct and not graded(node, odd, 10).correct


def test_fold_takes_the_items_in_turn() -> None:
    node = COMPOSITES["fold"]
    assert drawn(node, n=4862).answer == [[4, 8, 6, 2], 2]


def test_fold_may_begin_with_the_first_item() -> None:
    node = COMPOSITES["fold_from_first"]
    record = drawn(node, n=4862)
    assert record.answer == [[4, 8, 6, 2], 2]
    assert "begins as the first number in the list from step 1" in node.wording(
        record, {}, ""
    )
    single = Fold(Brick(t.gcd))
    assert drawn(single, items=[7]).answer == 7
    assert drawn(single, items=[12, 18, 10]).answer == 2
    with pytest.raises(ContractError, match="no first item"):
        drawn(single, items=[])
    with pytest.raises(Undefined, match="no first item"):
        single.again(drawn(single, items=[7]), {"items": []})


@pytest.mark.parametrize("name", COMPOSITES)
def test_every_composite_at_every_level(name: str) -> None:
    node = COMPOSITES[name]
    environment = Environment(name, node, "", "")
    for seed in range(12):
        for level in (1, 4, 10):
            if name in ("order", "order_with_order", "order_with_map") and level > 4:
                continue  # these toys' ports are too narrow there
            problem = environment.generate(seed, level)
            assert environment.grade(problem, environment.gold(problem)).reward == 1
            spoken = f"<answer>{problem.answer}</answer>"
            if problem.answer != "":
                assert environment.grade(problem, spoken).reward == 1


@pytest.mark.parametrize("name", COMPOSITES)
def test_again_on_the_same_values_gives_the_same(name: str) -> None:
    node = COMPOSITES[name]
    for seed in range(5):
        record = drawn(node, seed, 2)
        fed = {port.name: record.inputs[port.name] for port in node.ports}
        if fed:
            try:
                other = node.again(record, fed)
            except Undefined:
                pytest.fail("it ran before")
            assert same(other.value, record.value) or isinstance(node, Ordering)


def test_adapting_threads_shapes() -> None:
    numbers, texts = List(Int()), List(Str())
    node = chain(Brick(t.sort, DIGIT), Brick(t.max_item, DIGIT))
    assert isinstance(node.adapt({"items": texts}).codomain, Str)  # type: ignore[union-attr]
    mapped = Map(Brick(t.max_item, DIGIT)).adapt({"items": List(texts)})
    assert mapped is not None and mapped.codomain == List(Str())
    assert Map(Brick(t.double)).adapt({"items": texts}) is None
    assert COMPOSITES["fold"].steps[1].node.adapt({"items": texts}) is None  # type: ignore[attr-defined]
    assert COMPOSITES["branch"].adapt({"n": Str()}) is None
    assert Iterate(Brick(t.sort, DIGIT), 2).adapt({"items": numbers}) is not None
    assert as_step(Brick(t.double)).feeds == {"n": Source(0)}
    assert shape(Tuple((Int(0, 9), Str((1, 2), "ab")))) == Tuple((Int(), Str()))


def test_our_own_spelling_is_right_up_to_what_may_be_asked() -> None:
    long = t.base(
        "long",
        {"n": Int(1, 9)},
        Rat(),
        "Raise {n}/7 to the power of 400.",
        lambda n: Fraction(n, 7) ** 400,
    )
    node = Parallel((Brick(long), Brick(t.shout)))
    record = drawn(node, 4)
    assert graded(node, record, node.answer_json(record)).reward == 1
    assert node.grade(record, str(node.answer_json(record))).reward == 1
    assert graded(node, record, ["1" * 999 + "/7", ""]).prefix == 0
    empty = Parallel((Brick(t.shout, fixed={"text": ""}), Brick(t.double)))
    record = drawn(empty)
    assert empty.grade(record, str(empty.answer_json(record))).reward == 1
