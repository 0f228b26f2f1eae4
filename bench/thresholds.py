"""What an environment of the standard library is held to, and who is excepted.

From level 3 on the best constant answer is right at most a fifth of the time (yes/no
questions, tagged `yes_no`, excepted) and the answer stands among the inputs less than a
quarter of the time; the largest level has 10,000 different instances; answers tell no
less at level 10 than at level 1, and inputs do not shrink; a problem at level 10 takes
less than 5 ms of processor time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.worth import COUNTED, ENOUGH, Worth
from racesc.typed import TypedEnvironment

LEVELS = (1, 3, 5, 7, 10)
GUESS, LEAK, SLOW_US = 0.2, 0.25, 5_000
LOST_BITS = 0.2  # of entropy that may be lost from level 1 to level 10: noise
YES_NO = "yes_no"
EXCEPTED = {
    "numbers.clamp": "the answer of a clamp is one of its inputs; messages propose it "
    "to bring a number into a range",
}  # from the leak, with the reason


@dataclass(frozen=True)
class Measured:
    """An environment with its figures by level."""

    environment: TypedEnvironment
    levels: dict[int, Worth]


def outside(one: TypedEnvironment, level: int, found: Worth) -> list[str]:
    """Which thresholds one environment misses at one level."""
    if level < COUNTED:
        return []
    missed = []
    if found.guess > GUESS and YES_NO not in one.tags:
        missed.append(f"guess {found.guess:.2f}")
    if found.leak >= LEAK and one.qualified not in EXCEPTED:
        missed.append(f"leak {found.leak:.2f}")
    few = found.instances is not None and found.instances < ENOUGH
    if level == LEVELS[-1] and few:
        missed.append(f"{found.instances:,} instances")
    if found.generate_us is not None and found.generate_us >= SLOW_US:
        missed.append(f"{found.generate_us / 1000:.1f} ms")
    return missed


def growth(levels: dict[int, Worth]) -> list[str]:
    """Whether answers and inputs grow from the first level to the last."""
    first, last = levels[LEVELS[0]], levels[LEVELS[-1]]
    missed = []
    if last.entropy < first.entropy - LOST_BITS:
        missed.append(f"entropy {first.entropy:.1f} to {last.entropy:.1f}")
    if last.given < first.given:
        missed.append(f"input {first.given:.0f} to {last.given:.0f}")
    return missed


def offences(found: Sequence[Measured]) -> Iterator[str]:
    """A line for each environment that misses a threshold."""
    for each in found:
        one, levels = each.environment, each.levels
        missed = [
            f"level {level}: {text}"
            for level, figures in levels.items()
            for text in outside(one, level, figures)
        ] + growth(levels)
        if missed:
            yield f"{one.qualified}: {'; '.join(missed)}"
