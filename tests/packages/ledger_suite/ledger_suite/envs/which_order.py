"""The environment `which_order`.

    which_order = SORT(to_digits >> turn >> reverse >> turn)

Step 1: ledger.to_digits -> List[Int in 0..9] len 2..13
    Write down the list of the decimal digits of {n}, from left to right.

Step 2: ledger.turn -> List[Int in 0..9] len 2..13
    Move the first item of {items} to its end, {times} times over.

Step 3: ledger.reverse -> List[Int in 0..9] len 2..13
    Write {items} in reverse order, from the last item to the first.

Step 4: ledger.turn -> List[Int in 0..9] len 2..13
    Move the first item of {items} to its end, {times} times over.

Reward: 1 if the steps, run in the order given, reach the final result.
"""

from __future__ import annotations

from .._runtime.brick import Brick
from .._runtime.environment import Environment
from .._runtime.sort import Sort
from .._runtime.step import Source, Step
from .._runtime.types import Int
from ..bases import ledger

NODE = Sort(
    steps=(
        Step(Brick(ledger.TO_DIGITS), feeds={"n": Source(0)}),
        Step(Brick(ledger.TURN, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
        Step(Brick(ledger.REVERSE, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
        Step(Brick(ledger.TURN, where={"a": Int(0, 9)}), feeds={"items": Source(0)}),
    ),
)

ENVIRONMENT = Environment(
    name="which_order",
    node=NODE,
    signature="(n: Int in 10..10^12) -> List[Int in 1..4] len 4 distinct",
    expression="SORT(to_digits >> turn >> reverse >> turn)",
    id="08d5b2156ca84a1c",
)
