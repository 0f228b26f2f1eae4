"""Figures of the counted space: counting, indices, streams, against other ways.

    python -m bench.space --environments 50,100,300,1000 --sizes 2..6 --limit 60

The library is the standard one in declaration order; beyond it, copies whose constants
are moved a little, so that no two signatures are the same. Times are of one process's
processor, each count in a process of its own that is stopped after ``limit`` seconds;
larger sizes are then left out. Below stand a depth-first search over a networkx graph
and combinatory logic synthesis (both chains alone, see `bench/rivals.py`) on the same
environments, and how the time to count grows.

Streams are of terms (tuples of numbers), of expressions, and of JSON lines as `racesc
enumerate` writes them, from the first rank on and from random ones; "chains" are terms
of SEQUENTIAL alone, which is what networkx walks.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import multiprocessing
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log
from pathlib import Path
from typing import Any

from bench import rivals
from racesc.files import read_source
from racesc.library import Library
from racesc.pipeline import analyse
from racesc.runtime.base import Parameter
from racesc.runtime.types import Int, Type
from racesc.source import Source
from racesc.space.pieces import Piece, pieces_of
from racesc.space.selection import OPERATORS, Selection
from racesc.space.shuffle import Shuffle
from racesc.space.space import Space
from racesc.space.steps import Steps

MANY = 3_000  # indices that are timed
STANDARD = Path(__file__).resolve().parents[1] / "stdlib_envs"


@cache
def library_pieces() -> tuple[Piece, ...]:
    """The standard library's environments."""
    names = sorted(path.stem for path in STANDARD.glob("*.races"))

    def read(path: str) -> Source | None:
        return read_source(path) if Path(path).is_file() else None

    uses = "".join(f"use {name}\n" for name in names)
    source = Source("bench.races", uses, ".")
    result = analyse([source], Library(read, str(STANDARD), tuple(names)))
    return pieces_of(result.program.modules[0].scope)


def library(count: int) -> tuple[Piece, ...]:
    """So many environments: the standard library's, then moved copies of them."""
    real = library_pieces()
    found: list[Piece] = []
    for copy in itertools.count():
        for piece in real:
            if len(found) == count:
                return tuple(found)
            found.append(_moved(piece, copy) if copy else piece)
    raise AssertionError("never ends")


def _moved(piece: Piece, copy: int) -> Piece:
    """A copy with wider constant ends of whole numbers in its ports."""
    base = piece.base
    parameters = tuple(Parameter(p.name, _wider(p.type, copy)) for p in base.parameters)
    return Piece(
        f"{piece.name}_{copy}", replace(base, parameters=parameters), piece.relational
    )


def _wider(type_: Type, by: int) -> Type:
    if isinstance(type_, Int) and isinstance(type_.high, int):
        return replace(type_, high=type_.high + by)
    if hasattr(type_, "item"):
        return replace(type_, item=_wider(type_.item, by))
    return type_


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """What some work took of the processor, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def median(work: Callable[[int], Any], inputs: Sequence[int]) -> float:
    """The median time of one piece of work."""
    return statistics.median(seconds(lambda i=i: work(i))[0] for i in inputs)


@dataclass(frozen=True)
class Counted:
    """What counting one size took: seconds, composites, types met, peak memory in MiB;
    ``stopped`` where it took too long."""

    took: float = 0.0
    total: int = 0
    types: int = 0
    memory: float = 0.0
    stopped: bool = False

    def __str__(self) -> str:
        if self.stopped:
            return f"stopped after {self.took:g} s"
        figures = f"{self.types:,} types, {self.memory:,.0f} MiB"
        return f"{self.took:.2f} s: {self.total:.4g} ({figures})"


def counted(
    pieces: Sequence[Piece],
    size: int,
    coarse: bool,
    limit: float,
    operators: tuple[str, ...] = OPERATORS,
) -> Counted:
    """Count one size from nothing, as one command does."""
    gc.disable()  # as `racesc count` does
    selection = Selection((size, size), operators=operators, coarse=coarse)
    try:
        with rivals.at_most(limit):
            took, space = seconds(lambda: _total(pieces, selection))
    except rivals.TimeUp:
        return Counted(limit, stopped=True)
    types = len(space.steps.feeder.types)
    return Counted(took, space.total, types, _memory())


def _total(pieces: Sequence[Piece], selection: Selection) -> Space:
    space = Space((), selection, Steps(pieces, selection))
    space.total  # noqa: B018
    return space


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def indexed(pieces: Sequence[Piece], size: int) -> list[tuple[str, str]]:
    """Figures of indices and streams, over all composites of one size."""
    space = _total(pieces, Selection((size, size)))
    gc.collect()
    gc.freeze()  # as `racesc enumerate` does
    rng = random.Random(1)
    ranks = [rng.randrange(space.total) for _ in range(MANY)]
    cold, terms = seconds(lambda: [space.term(rank) for rank in ranks])
    found = [
        ("unrank, first time", f"{cold / len(ranks) * 1e6:.0f} us each"),
        ("unrank", f"{median(space.term, ranks) * 1e6:.0f} us"),
        ("rank", f"{_each(space.rank, terms) * 1e6:.0f} us"),
    ]
    shuffle = Shuffle(space.total, 1)
    took, _ = seconds(lambda: [space.term(shuffle[i]) for i in range(MANY)])
    found.append(("random order, terms", f"{MANY / took:,.0f} a second"))
    starts = [0, *ranks[:4]]
    chains = Space((), Selection((size, size), operators=("SEQUENTIAL",)), space.steps)
    apart = [0, *(rng.randrange(chains.total) for _ in range(4))]
    for name, stream, most, offsets in (
        ("stream, chains", chains.terms, 200_000, apart),
        ("stream, terms", space.terms, 200_000, starts),
        ("stream, expressions", _expressions(space), 50_000, starts),
        ("stream, JSON lines", _lines(space), 20_000, starts),
    ):
        rates = [_rate(stream, start, most) for start in offsets]
        apart_rate = statistics.median(rates[1:])
        found.append(
            (name, f"{rates[0]:,.0f} a second; from random ranks {apart_rate:,.0f}")
        )
    found.append(("memory after all", f"{_memory():,.0f} MiB"))
    return found


Stream = Callable[[int], Iterable[Any]]


def _expressions(space: Space) -> Stream:
    return lambda start: map(space.expression, space.terms(start))


def _lines(space: Space) -> Stream:
    return lambda start: space.lines(range(start, space.total))


def _rate(stream: Stream, start: int, most: int) -> float:
    """How many a second: the first of them are made to start it."""
    for _ in itertools.islice(stream(start), 1_000):
        pass
    took, count = seconds(lambda: sum(1 for _ in itertools.islice(stream(start), most)))
    return count / max(took, 1e-6)  # type: ignore[no-any-return]


def alone(work: Callable[..., Any], *rest: Any) -> Any:
    """What some work says in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, rest)


def rows(
    count: int,
    sizes: range,
    limit: float,
    times: dict[tuple[int, int], float],
    counts_only: bool = False,
) -> Iterator[tuple[str, str]]:
    """The figures of a library of so many environments; what exact counting took is
    added to ``times`` by count and size."""
    pieces = library(count)
    last = 0
    for coarse in (False, True):
        name = "coarse, size" if coarse else "size"
        for size in sizes:
            figure: Counted = alone(counted, pieces, size, coarse, limit)
            yield f"{name} {size}", str(figure)
            if figure.stopped:
                break
            if not coarse:
                times[count, size] = figure.took
                last = size
    if counts_only:
        return
    if last:
        yield "indices and streams", f"of size {last}"
        yield from alone(indexed, pieces, last)
    yield from rivals.rows(pieces, (2, 3), limit)


def growth(times: dict[tuple[int, int], float]) -> Iterator[tuple[str, str]]:
    """How exact counting grows: the exponent of the library's size between two of
    them, and the factor for one more environment in a composite."""
    counts = sorted({count for count, _ in times})
    for low, high in itertools.pairwise(counts):
        found = [
            f"size {size}: N^{log(times[high, size] / times[low, size], high / low):.2f}"
            for size in sorted({size for _, size in times})
            if (low, size) in times and (high, size) in times
        ]
        yield f"{low} to {high} environments", ", ".join(found) or "no size counted"
    for count in counts:
        sizes = sorted(size for known, size in times if known == count)
        found = [
            f"{low} to {high}: {times[count, high] / times[count, low]:.1f}x"
            for low, high in itertools.pairwise(sizes)
        ]
        yield f"size, {count} environments", ", ".join(found) or "one size counted"


def _each(work: Callable[[Any], Any], inputs: Sequence[Any]) -> float:
    return statistics.median(seconds(lambda i=i: work(i))[0] for i in inputs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environments", default="50,100,300,1000")
    parser.add_argument("--sizes", default="2..6")
    parser.add_argument(
        "--limit",
        type=float,
        default=rivals.LIMIT,
        help="seconds for each count, and for each part of a rival's work",
    )
    parser.add_argument(
        "--counts-only", action="store_true", help="neither indices nor rivals"
    )
    options = parser.parse_args(arguments)
    low, _, high = options.sizes.partition("..")
    sizes = range(int(low), int(high or low) + 1)
    times: dict[tuple[int, int], float] = {}
    real = len(library_pieces())
    for count in map(int, options.environments.split(",")):
        kind = "the library's first" if count <= real else f"{real} real, others moved"
        print(f"\n{count} environments ({kind})")
        for name, figure in rows(
            count, sizes, options.limit, times, options.counts_only
        ):
            print(f"  {name:<24} {figure}", flush=True)
    print("\ngrowth of exact counting")
    for name, figure in growth(times):
        print(f"  {name:<24} {figure}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
