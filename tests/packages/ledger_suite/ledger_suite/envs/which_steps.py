"""The environment `which_steps`.

    which_steps = SELECT(to_digits >> turn >> kth_largest, distractors: 2)

Step 1: ledger.to_digits -> List[Int in 0..9] len 2..13
    Write down the list of the decimal digits of {n}, from left to right.

Step 2: ledger.turn -> List[Int in 0..9] len 2..13
    Move the first item of {items} to its end, {times} times over.

Step 3: ledger.kth_largest -> Int in 0..9
    Find the {k:ordinal} largest item of {items}.

Distractors are drawn from ledger.total, ledger.sort, ledger.reverse,
ledger.kth_largest, ledger.turn.

Reward: 1 if the steps chosen, run in that order, reach the final result.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.select import Select
from .._runtime.step import Source, Step
from .._runtime.types import Int
from ..bases import ledger

NODE = Select(
    steps=(
        Step(Brick(ledger.TO_DIGITS), feeds={"n": Source(0)}),
        Step(Brick(ledger.TURN, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
        Step(
            Brick(ledger.KTH_LARGEST, where={"a": Int(0, 9)}),
            feeds={"items": Source(0)},
        ),
    ),
    distractors=2,
    pool=(
        Step(Brick(ledger.TOTAL), feeds={"items": Source(0)}),
        Step(Brick(ledger.SORT, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
        Step(Brick(ledger.REVERSE, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
        Step(
            Brick(ledger.KTH_LARGEST, where={"a": Int(0, 9)}),
            feeds={"items": Source(0)},
        ),
        Step(Brick(ledger.TURN, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
    ),
)

ENVIRONMENT = Environment(
    name="which_steps",
    node=NODE,
    signature="(n: Int in 10..10^12) -> List[Int in 1..5] len 3 distinct",
    expression="SELECT(to_digits >> turn >> kth_largest, distractors: 2)",
    id="644b13dfe6a048b1",
)
