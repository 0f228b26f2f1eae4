"""`level` lines beside a sampler: what they narrow, who keeps them, what they leave alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from racesc.drawing import drawn_type
from racesc.runtime.base import Base, ContractError, Level, Parameter
from racesc.runtime.bounds import LEVEL, Operation
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.types import Int, Type

N = Int(0, 1000)
TIMES_NINE = Operation("*", 9, LEVEL)


def ninefold(rng: Any, level: int, **given: Any) -> int:
    """A number of 1..9 * level."""
    return int(rng.randint(1, 9 * level))


def base(line: Level) -> Base:
    """The identity, drawn by ``ninefold``."""
    return Base(
        name="m.same",
        parameters=(Parameter("n", N),),
        codomain=N,
        describe="Give {n}.",
        solve=lambda n: n,
        sample=ninefold,
        levels=(line,),
    )


@pytest.mark.parametrize(
    ("line", "narrowed"),
    [
        (Level("n", False, TIMES_NINE), Int(0, 45)),
        (Level("n", type=Int(LEVEL, TIMES_NINE)), Int(1, 45)),
    ],
)
def test_a_level_line_narrows_what_a_sampler_draws(line: Level, narrowed: Type) -> None:
    assert drawn_type(base(line), "n", N, {}, 5) == narrowed
    without = replace(base(line), levels=())
    assert drawn_type(without, "n", N, {}, 5) == N


@pytest.mark.parametrize(
    "line", [Level("n", False, LEVEL), Level("n", type=Int(0, LEVEL))]
)
def test_a_sampler_that_breaks_its_level_line_is_told(line: Level) -> None:
    with pytest.raises(ContractError, match="`level` line promises at level 9"):
        for seed in range(20):
            Brick(base(line)).draw(Rng.keyed(seed), "", 9, {})


def test_what_is_fed_is_not_narrowed() -> None:
    brick = Brick(base(Level("n", type=Int(0, LEVEL))))
    assert brick.draw(Rng.keyed(0), "", 1, {"n": 1000}).value == 1000


def test_a_type_in_a_level_line_is_drawn_from_without_a_sampler() -> None:
    line = Level("n", type=Int(TIMES_NINE, TIMES_NINE))
    brick = Brick(replace(base(line), sample=None))
    assert [brick.draw(Rng.keyed(3), "", k, {}).value for k in (1, 5)] == [9, 45]
