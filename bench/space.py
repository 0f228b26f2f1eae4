"""Figures of the counted space: counting, indices, streams, against other ways.

    python -m bench.space --environments 50,100 --sizes 2..4

The library is the standard one in declaration order; beyond it, copies whose constants
are moved a little, so that no two signatures are the same. Times are of one process's
processor (medians where a thing is done more than once). The comparison with a
depth-first search over a networkx graph and with combinatory logic synthesis (both
chains alone, see `bench/rivals.py`) runs on the same environments.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
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
from racesc.space.selection import Selection
from racesc.space.shuffle import Shuffle
from racesc.space.space import Space
from racesc.space.steps import Steps

STANDARD = Path(__file__).resolve().parents[1] / "stdlib_envs"


def library(count: int) -> tuple[Piece, ...]:
    """So many environments: the standard library's, then moved copies of them."""
    names = sorted(path.stem for path in STANDARD.glob("*.races"))

    def read(path: str) -> Source | None:
        return read_source(path) if Path(path).is_file() else None

    uses = "".join(f"use {name}\n" for name in names)
    source = Source("bench.races", uses, ".")
    result = analyse([source], Library(read, str(STANDARD), tuple(names)))
    real = pieces_of(result.program.modules[0].scope)
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


def row(
    count: int, sizes: range, limit: float = rivals.LIMIT
) -> Iterator[tuple[str, str]]:
    """The figures of a library of so many environments."""
    pieces = library(count)
    start, steps = seconds(lambda: Steps(pieces, Selection()))
    yield "sources", f"{len(steps.sources)} in {start:.2f} s"
    space = None
    for size in sizes:
        # Cold each time: what one command would take.
        def count_size(size: int = size) -> Space:
            fresh = Steps(pieces, Selection(), sources=steps.sources)
            made = Space((), Selection((size, size)), fresh)
            made.total  # noqa: B018
            return made

        took, space = seconds(count_size)
        types = len(space.steps.feeder.types)
        yield f"size {size}", f"{took:.2f} s: {space.total:.4g} ({types} types)"
    assert space is not None
    rng = random.Random(1)
    ranks = [rng.randrange(space.total) for _ in range(3_000)]
    cold, terms = seconds(lambda: [space.term(rank) for rank in ranks])
    yield "unrank, first time", f"{cold / len(ranks) * 1e6:.0f} us each"
    yield "unrank", f"{median(space.term, ranks) * 1e6:.0f} us"
    yield "rank", f"{_each(space.rank, terms) * 1e6:.0f} us"
    first = range(min(space.total, 20_000))
    took, _ = seconds(lambda: [space.term(rank) for rank in first])
    yield "stream", f"{len(first) / took:,.0f} a second"
    shuffle = Shuffle(space.total, 1)
    took, _ = seconds(lambda: [space.term(shuffle[i]) for i in range(3_000)])
    yield "random order", f"{3_000 / took:,.0f} a second"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield "memory", f"{peak:,.0f} MiB"
    yield from rivals.rows(pieces, (2, 3), limit)


def _each(work: Callable[[Any], Any], inputs: Sequence[Any]) -> float:
    return statistics.median(seconds(lambda i=i: work(i))[0] for i in inputs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environments", default="50,100")
    parser.add_argument("--sizes", default="2..4")
    parser.add_argument(
        "--limit", type=float, default=rivals.LIMIT, help="seconds for each rival"
    )
    options = parser.parse_args(arguments)
    low, _, high = options.sizes.partition("..")
    sizes = range(int(low), int(high or low) + 1)
    for count in map(int, options.environments.split(",")):
        print(f"\n{count} environments, size {sizes[-1]}")
        for name, figure in row(count, sizes, options.limit):
            print(f"  {name:<22} {figure}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
