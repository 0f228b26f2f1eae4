"""Mutated programs end in diagnostics or success, never in an exception.

300 programs here; `python -m tests.fuzz 10000` runs more.
"""

from __future__ import annotations

import random

import fuzz
import pytest

COUNT = 300
PROGRAMS = fuzz.seeds()


def test_there_is_enough_to_mutate() -> None:
    assert len(PROGRAMS) > 100


@pytest.mark.parametrize("part", range(10))
def test_mutated_programs_never_break_the_compiler(part: int) -> None:
    rng = random.Random(f"fuzz {part}")
    for _ in range(COUNT // 10):
        program = fuzz.mutated(rng, PROGRAMS)
        try:
            fuzz.run(program)
        except Exception as problem:
            pytest.fail(f"{type(problem).__name__}: {problem}\n\n{program.text}")


def test_the_same_seed_gives_the_same_programs() -> None:
    once = [fuzz.mutated(random.Random(7), PROGRAMS) for _ in range(3)]
    again = [fuzz.mutated(random.Random(7), PROGRAMS) for _ in range(3)]
    assert once == again
