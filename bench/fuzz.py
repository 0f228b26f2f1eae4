"""Mutated programs never break the compiler: `python -m bench.fuzz --programs 10000`.

The programs are those of `tests/fuzz.py`: the examples, some of the library and the
test cases with tokens, lines and characters removed, doubled, swapped and replaced. Each
is checked, and everything that is said is printed in every way; an exception is a
failure. How time grows with a program's length is what `bench.linear` measures.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import traceback
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tests"))

import fuzz

PART = 100  # programs of one task


def part(task: tuple[int, int]) -> tuple[int, float, list[str]]:
    """So many programs of a seed: how many have errors, the slowest's seconds of CPU,
    and those that break the compiler."""
    seed, count = task
    rng, programs = random.Random(f"fuzz {seed}"), fuzz.seeds()
    wrong, slowest, broken = 0, 0.0, []
    for number in range(count):
        program = fuzz.mutated(rng, programs)
        try:
            errors, seconds = fuzz.run(program)
        except Exception:
            what = traceback.format_exc(limit=-6)
            broken.append(f"program {number} of part {seed}\n{program.text}\n{what}")
            continue
        wrong += errors
        slowest = max(slowest, seconds)
    return wrong, slowest, broken


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz")
    parser.add_argument("--programs", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="first part's seed")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    tasks = [
        (options.first + place, min(PART, options.programs - PART * place))
        for place in range(-(-options.programs // PART))
    ]
    wrong, slowest, failures = 0, 0.0, 0
    with multiprocessing.get_context("fork").Pool(options.processes) as pool:
        for errors, seconds, texts in pool.imap(part, tasks):
            wrong += errors
            slowest = max(slowest, seconds)
            failures += len(texts)
            for text in texts:
                print(f"\nFAILED {text}", flush=True)
    print(
        f"\n{options.programs:,} programs, {wrong:,} with errors, "
        f"{failures} broke the compiler; the slowest took {slowest:.2f} s of CPU"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
