"""Mutated programs never break the compiler: `python -m bench.fuzz --programs 10000`.

The programs are those of `tests/fuzz.py`: the examples, some of the library and the
test cases with tokens, lines and characters removed, doubled, swapped and replaced. Each
is checked, and everything that is said is printed in every way; an exception is a
failure. Then whole files of growing length are checked, and the CPU time per 1,000
characters is set against their length: it stays where time is linear.
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
LENGTHS = (10_000, 20_000, 40_000, 80_000, 160_000)


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


def sound(length: int) -> fuzz.Seed:
    """A file of about so many characters without a mistake: environments, and
    composites of them."""
    text, solver, number = "", "", 0
    while len(text) < length:
        number += 1
        text += (
            f"## Number {number}.\nenv add_{number}(n: Int in 0..{number + 9}) -> "
            f"Int in 0..{number + 10} {{\n"
            f'  describe "Add one to {{{{ n }}}}."\n}}\n'
            f"env both_{number} = PARALLEL(add_{number}, add_{max(1, number - 1)})\n"
            f"env chain_{number} = add_{max(1, number - 1)} >> add_{number}\n\n"
        )
        solver += f"def add_{number}(n):\n    return n + 1\n"
    return fuzz.Seed(text, solver)


def broken(length: int) -> fuzz.Seed:
    """A file of about so many characters: mutated programs, one after the other."""
    rng, programs, text = random.Random(length), fuzz.seeds(), ""
    while len(text) < length:
        text += fuzz.mutated(rng, programs).text + "\n"
    return fuzz.Seed(text[:length], "")


def linear() -> None:
    """Print the time of files of growing length."""
    for name, make in (("without mistakes", sound), ("of mutated programs", broken)):
        print(f"\na file {name}:")
        print(f"{'characters':>12}{'seconds of CPU':>16}{'per 1,000':>12}")
        rates = []
        for length in LENGTHS:
            program = make(length)
            seconds = fuzz.run(program)[1]
            rates.append(1000 * seconds / len(program.text))
            print(f"{len(program.text):12,}{seconds:16.2f}{rates[-1]:12.4f}")
        print(
            f"per character the longest takes {rates[-1] / rates[0]:.2f} times as long"
        )


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz")
    parser.add_argument("--programs", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="first part's seed")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    fuzz.run(sound(1_000))  # warm: what is done once is no part of the measure
    linear()
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
