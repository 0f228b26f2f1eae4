"""Well-typed composites do not go wrong: `make soundness`.

    python -m bench.soundness --runs 1000000     random composites of all operators
    python -m bench.soundness --exhaust 3        every chain of up to three environments

A run is a composite drawn for one seed and level. It fails where anything raises, where
the value is outside the type that the checker inferred, or (for two seeds of each
composite) where the right reply is not paid 1 or junk is paid anything. Composites come
from strata (size, operator): half of them uniformly from the counted space of a random
part of the library, half grown over the whole library with every operator, typed and
run at some highest level.
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

from bench.exhaustion import exhausted
from bench.growing import OPERATORS, Grower
from bench.live import Live
from racesc.compose import Typed
from racesc.intervals import ground
from racesc.runtime.choice import Rng
from racesc.runtime.environment import Environment
from racesc.runtime.member import contains
from racesc.space.pieces import pieces_of
from racesc.space.selection import Selection
from racesc.space.space import Space
from racesc.space.steps import Steps

SEEDS = 40  # of each composite
PER_STRATUM = 48  # composites of each (size, operator) in a batch's counted space
GROWN = 16  # tries at composites of each (size, operator) over the whole library
SPACE_PART = 10  # environments of a batch's counted space
SPACE_SIZES = (2, 4)
GROWN_SIZES = (2, 3, 4, 5, 6)
LEVELS = (10, 10, 10, 5, 3)  # highest levels at which composites are typed
JUNK = ("", "junk", "<answer></answer>", "<answer>", "<think>[1]", "0" * 500)


@dataclass
class Tally:
    """What a batch gave: runs by stratum, and failures as text."""

    runs: Counter[tuple[str, int]] = field(default_factory=Counter)
    composites: int = 0
    failures: list[str] = field(default_factory=list)


@cache
def live() -> Live:
    """The library, loaded once in each process."""
    return Live()


def spaced(rng: random.Random) -> Iterator[tuple[str, int, str]]:
    """Composites (operator, size, text), uniform in each stratum of a counted space."""
    pieces = pieces_of(live().environments())
    places = sorted(rng.sample(range(len(pieces)), SPACE_PART))
    selection = Selection(sizes=SPACE_SIZES)
    space = Space([], selection, Steps([pieces[i] for i in places], selection))
    first = 0
    for (size, operator), count in space.counts().items():
        for _ in range(PER_STRATUM):
            term = space.term(first + rng.randrange(count))
            yield operator, size, space.expression(term)
        first += count


def grown(rng: random.Random, level: int) -> Iterator[tuple[str, int, str]]:
    """Composites of every operator over the whole library, typed at a level."""
    grower = Grower(live(), rng, level)
    for operator in OPERATORS[1:]:
        for size in GROWN_SIZES:
            for _ in range(GROWN):
                text = grower.composite(operator, size)
                if text is not None and grower.typed(text) is not None:
                    yield operator, size, text


def batch(number: int) -> Tally:
    """One batch of composites, each run with all its seeds."""
    rng = random.Random(number)
    level = LEVELS[number % len(LEVELS)]
    tally = Tally()
    for operator, size, text in (*spaced(rng), *grown(rng, level)):
        typed = live().typed(text, level)
        if typed is None:
            if level == 10:
                tally.failures.append(f"{text}\n  the checker refuses it")
            continue
        tally.composites += 1
        tally.runs[operator, size] += SEEDS
        tally.failures += run_all(text, typed, level)
    return tally


def run_all(text: str, typed: Typed, highest: int = 10) -> Iterator[str]:
    """What goes wrong with a composite, at most one failure."""
    kind = ground(typed.value, {})
    environment = Environment("soundness", typed.node, "", text)
    for seed in range(SEEDS):
        level = seed % highest + 1
        try:
            record = typed.node.draw(Rng.keyed(text, seed, level), "", level, {})
            assert contains(kind, record.value, {}), f"{record.value!r} outside {kind}"
            if seed < 2:
                graded(environment, seed, level)
        except Exception:
            what = traceback.format_exc(limit=-2).strip()
            yield f"{text}\n  seed {seed}, level {level}: {what}"
            return


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
            total = sum(runs.values())
            composites += tally.composites
            for text in tally.failures:
                print(f"\nFAILED {text}", flush=True)
            failures += tally.failures
            if sys.stderr.isatty():
                print(f"\r{total:,} of {wanted:,} runs", end="", file=sys.stderr)
            if total >= wanted:
                break
    print(f"\n{'operator':12}" + "".join(f"{f'size {n}':>11}" for n in range(2, 7)))
    for operator in OPERATORS[1:]:
        cells = (runs[operator, n] for n in range(2, 7))
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
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    live()  # before the fork
    if options.exhaust:
        return 1 if exhausted(live(), options.exhaust, options.processes) else 0
    return 1 if random_runs(options.runs, options.processes, options.first) else 0


if __name__ == "__main__":
    sys.exit(main())
