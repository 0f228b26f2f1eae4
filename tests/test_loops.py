"""The types of ITERATE's and FOLD's rounds, where what is drawn depends on them."""

from __future__ import annotations

from racesc.operators.fold import folded
from racesc.operators.iterate import repeated
from racesc.runtime.types import Int, Type


def doubled(type_: Type) -> Type:
    assert isinstance(type_, Int) and isinstance(type_.high, int)
    return Int(0, 2 * type_.high)


def halved(type_: Type) -> Type:
    return Int(0, 3)


def test_the_last_result_of_rounds_that_draw_the_same_may_be_wider() -> None:
    assert repeated(Int(0, 1), 3, doubled, lambda type_: ()) == Int(0, 8)
    assert folded(Int(0, 1), (1, 3), 0, doubled, lambda type_: ()) == Int(0, 8)


def test_where_draws_grow_with_the_rounds_it_may_not() -> None:
    # Three rounds draw once, from the type of the third: the first may give 8 at once.
    assert repeated(Int(0, 1), 3, doubled, lambda type_: type_) is None
    assert folded(Int(0, 1), (1, 3), 0, doubled, lambda type_: type_) is None


def test_one_round_draws_for_itself_alone() -> None:
    assert repeated(Int(0, 1), 1, doubled, lambda type_: type_) == Int(0, 2)
    assert folded(Int(0, 1), (1, 1), 0, doubled, lambda type_: type_) == Int(0, 2)


def test_rounds_that_stay_inside_may_draw_what_they_like() -> None:
    assert repeated(Int(0, 1), 3, halved, lambda type_: type_) == Int(0, 3)
    assert folded(Int(0, 1), (1, 3), 0, halved, lambda type_: type_) == Int(0, 3)
