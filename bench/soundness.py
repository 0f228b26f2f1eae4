"""Well-typed composites do not go wrong: `make soundness`.

    python -m bench.soundness --runs 1000000     random composites of all operators
    python -m bench.soundness --exhaust 3        every chain of up to three environments

A run is a composite drawn for one seed and level. It fails where anything raises, where
the value is outside the type that the checker inferred, or (for two seeds of each
composite) where the right reply is not paid 1 or junk is paid anything. Composites come
from strata (operator, size) over the whole library: half of them uniformly from the
counted space, half grown with every operator, typed and run at some highest level. What
fails is shrunk by Hypothesis and printed as a declaration with its seed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from bench.exhaustion import Exhaustion, exhausted
from bench.growing import OPERATORS, SIZES, Grower
from bench.live import Live
from bench.shrinking import minimal
from racesc.compose import Typed
from racesc.intervals import ground
from racesc.runtime.choice import Rng
from racesc.runtime.environment import Environment
from racesc.runtime.fitting import fitting
from racesc.runtime.member import contains
from racesc.space.selection import Selection
from racesc.space.space import Space

SEEDS = 40  # of each composite
SPACED = 16  # composites of each stratum of the counted space in a batch
GROWN = 4  # composites of each stratum grown in a batch
SPACE_SIZES = (2, 3)  # larger ones take minutes to count, and are grown
LEVELS = (10, 10, 10, 5, 3)  # highest levels at which composites are typed
JUNK = ("", "junk", "<answer></answer>", "<answer>", "<think>[1]", "0" * 500)
REPORTED = 50_000  # runs after which there is a line of progress
KEPT = 1_000  # characters of what went wrong


@dataclass
class Tally:
    """What a batch gave: runs by stratum, and failures as text."""

    runs: Counter[tuple[str, int]] = field(default_factory=Counter)
    composites: int = 0
    failures: list[str] = field(default_factory=list)


@cache
def live() -> Live:
    """The library, loaded once."""
    return Live()


@cache
def space() -> Space:
    """Its counted space, which leaves the operators out that need more than a type."""
    return Space(live().environments(), Selection(sizes=SPACE_SIZES))


def spaced(rng: random.Random) -> Iterator[tuple[str, int, str]]:
    """Composites (operator, size, text), uniform in each stratum of the space."""
    first = 0
    for (size, operator), count in space().counts().items():
        for _ in range(SPACED):
            term = space().term(first + rng.randrange(count))
            yield operator, size, space().expression(term)
        first += count


def batch(number: int) -> Tally:
    """One batch of composites, each run with all its seeds."""
    rng = random.Random(number)
    level = LEVELS[number % len(LEVELS)]
    tally = Tally()
    for operator, size, text in spaced(rng):
        typed = live().typed(text)
        if typed is None:
            tally.failures.append(f"{text}\n  the checker refuses it")
        else:
            tally.runs[operator, size] += SEEDS
            tally.composites += 1
            tally.failures += failures(text, typed)
    grower = Grower(live(), rng, level)
    for operator in OPERATORS:
        for size in SIZES:
            for _ in range(GROWN):
                typed = grower.composite(operator, size)
                if typed is not None:
                    tally.runs[operator, size] += SEEDS
                    tally.composites += 1
                    tally.failures += failures(typed.text, typed, level)
    return tally


def failures(text: str, typed: Typed, highest: int = 10) -> Iterator[str]:
    """What goes wrong with a composite, shrunk: at most one report."""
    if failure(typed, text, highest) is None:
        return

    def fails(smaller: str) -> bool:
        typed = live().typed(smaller, highest)
        return typed is not None and failure(typed, smaller, highest) is not None

    yield report(text, typed, highest)
    least = minimal(text, fails)
    typed = live().typed(least, highest)
    assert typed is not None
    yield "in short: " + report(least, typed, highest)


def report(text: str, typed: Typed, highest: int) -> str:
    """A failing composite as a declaration, with its seed, and what it does."""
    found = failure(typed, text, highest)
    assert found is not None
    seed, level, what = found
    where = f"  # seed {seed}, level {level}, typed at level {highest}"
    return f"env failing = {text}{where}\n  {what}"


def failure(typed: Typed, text: str, highest: int) -> tuple[int, int, str] | None:
    """The first seed at which a composite goes wrong, its level, and what happens."""
    kind = ground(typed.value, {})
    environment = Environment("soundness", typed.node, "", text)
    for seed in range(SEEDS):
        level = seed % highest + 1
        try:
            record, _ = fitting(typed.node, Rng.keyed(text, seed, level), level)
            assert contains(kind, record.value, {}), f"{record.value!r} outside {kind}"
            if seed < 2:
                graded(environment, seed, level)
        except Exception:
            what = traceback.format_exc(limit=-2).strip()
            return seed, level, what[-KEPT:]
    return None


def graded(environment: Environment, seed: int, level: int) -> None:
    """A whole problem: the right reply earns 1, junk 0."""
    problem = environment.generate(seed, level)
    verdict = environment.grade(problem, environment.gold(problem))
    assert verdict.correct and verdict.reward == 1, f"gold refused: {verdict}"
    for reply in JUNK:
        assert environment.grade(problem, reply).reward == 0, f"paid: {reply[:20]!r}"


def random_runs(wanted: int, processes: int, first: int) -> int:
    """Batches until so many runs are made; how many failures there were."""
    total, composites, began = 0, 0, time.monotonic()
    runs: Counter[tuple[str, int]] = Counter()
    failures: list[str] = []
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        for tally in pool.imap(batch, range(first, 10**9)):
            runs += tally.runs
            before = total
            total = sum(runs.values())
            composites += tally.composites
            for text in tally.failures:
                print(f"\nFAILED {text}", flush=True)
            failures += tally.failures
            if total // REPORTED > before // REPORTED:
                print(
                    f"{total:,} runs of {composites:,} composites, {len(failures)} failed",
                    flush=True,
                )
            if sys.stderr.isatty():
                print(f"\r{total:,} of {wanted:,} runs", end="", file=sys.stderr)
            if total >= wanted:
                break
    print(f"\n{'operator':12}" + "".join(f"{f'size {n}':>11}" for n in SIZES))
    for operator in OPERATORS:
        cells = (runs[operator, n] for n in SIZES)
        print(f"{operator:12}" + "".join(f"{cell:>11,}" for cell in cells))
    spent = time.monotonic() - began
    print(f"{total:,} runs of {composites:,} composites, {len(failures)} failed")
    print(f"({spent:.0f} s in {processes} processes)")
    return len(failures)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.soundness")
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0, help="first batch")
    parser.add_argument("--exhaust", type=int, default=0, metavar="SIZE")
    parser.add_argument(
        "--shard", default="1/1", help="the i-th of n parts of the last steps"
    )
    parser.add_argument("--seeds", type=int, default=8, help="of each chain, up to 8")
    parser.add_argument("--composite", metavar="EXPRESSION", help="this one alone")
    parser.add_argument("--level", type=int, default=10, help="at which it is typed")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    live()  # before the fork
    if options.exhaust:
        part, parts = map(int, options.shard.split("/"))
        trees = Exhaustion(live(), options.exhaust, options.seeds)
        return 1 if exhausted(trees, (part, parts), options.processes) else 0
    if options.composite:
        typed = live().typed(options.composite, options.level)
        if typed is None:
            print("the checker refuses it")
            return 2
        found = list(failures(options.composite, typed, options.level))
        print("\n".join(found) or f"nothing fails in {SEEDS} runs")
        return 1 if found else 0
    space().counts()
    return 1 if random_runs(options.runs, options.processes, options.first) else 0


if __name__ == "__main__":
    sys.exit(main())
