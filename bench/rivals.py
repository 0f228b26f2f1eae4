"""Two other ways to enumerate chains, timed beside racesc's own: depth-first search over
a networkx graph, and combinatory logic synthesis (`cosy`, `pip install 'racesc[bench]'`).

    python -m bench.rivals --environments 50 --sizes 2..3 --limit 60

The two get the same `Moves`: which environments can follow a value of which type, asked of
the checker type by type. Neither knows intervals and bounds, so to them every type with
its refinements is one name. All three make chains of exactly the size in question
(SEQUENTIAL alone); only racesc counts, ranks and draws evenly without making everything
first, and gets ready by counting. Enumerating is timed twice, for racesc keeps what it
has listed.

Each runs in a process of its own, so that its memory is its own and what the others
left behind does not slow it. Times are of the processor; ``limit`` is for each part of
the work (asking the checker, getting ready, enumerating). What is cut off says so.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from typing import Any

from racesc.runtime.types import Type
from racesc.space.feeding import fed_base
from racesc.space.pieces import Piece, routes, sources_of
from racesc.space.routing import PLAIN
from racesc.space.selection import Selection
from racesc.space.space import Space
from racesc.space.steps import Steps

LIMIT = 60.0  # seconds for each part of the work
MOST = 1_000_000  # chains that are enumerated for a rate
SHORT = 0.3  # seconds: what takes less is repeated
MISSING = "left out: not installed"

Step = tuple[str, int]  # how an expression writes it, and the state behind it


# ── what can follow what ──────────────────────────────────────────────────────


@dataclass(frozen=True)
class Moves:
    """Heads of chains, and what takes a value in a state, for chains up to some size.

    A state is a number for a type (and for whether it has many right answers: nothing
    takes those). ``left`` states were not asked about in time and look like ends:
    chains up to the size ``complete`` are all there. ``asked`` is how long the checker
    took.
    """

    heads: tuple[Step, ...]
    takes: Mapping[int, tuple[Step, ...]]
    complete: int = 1
    left: int = 0
    asked: float = 0.0

    def at(self, size: int) -> list[int]:
        """The states of values that chains of a size end in."""
        level = dict.fromkeys(state for _, state in self.heads)
        for _ in range(size - 1):
            level = dict.fromkeys(
                there for state in level for _, there in self.takes.get(state, ())
            )
        return list(level)


def moves(pieces: Sequence[Piece], size: int, limit: float = LIMIT) -> Moves:
    """The moves of chains up to a size: the checker is asked about every type that is
    reached and every way to feed an environment."""
    start = time.process_time()
    numbers: dict[tuple[Type, bool], int] = {}

    def state(type_: Type, relational: bool) -> int:
        return numbers.setdefault((type_, relational), len(numbers))

    heads = tuple((s.text, state(s.type, s.relational)) for s in sources_of(pieces))
    takes: dict[int, tuple[Step, ...]] = {}
    left = known = 0
    complete = 1
    for _ in range(size - 1):
        # Whatever the last round has reached.
        for (type_, relational), number in list(numbers.items())[known:]:
            if relational:
                takes[number] = ()
            elif time.process_time() - start > limit:
                left += 1
            else:
                takes[number] = tuple(
                    (text, state(result, many))
                    for text, result, many in _takers(pieces, type_)
                )
            known += 1
        complete += not left
    return Moves(heads, takes, complete, left, time.process_time() - start)


def _takers(pieces: Sequence[Piece], type_: Type) -> Iterator[tuple[str, Type, bool]]:
    for piece in pieces:
        for way, given in routes(piece.base, type_):
            fed = fed_base(piece.base, given)
            if fed is not None:
                text = piece.name
                if way != PLAIN:
                    text += f"({piece.base.parameters[way - 1].name}: _)"
                yield text, fed.codomain, piece.relational


# ── networkx ──────────────────────────────────────────────────────────────────


def graph_of(found: Moves) -> Any:
    """The graph of states: an edge for every step that takes a value in one state to
    another. Heads are edges from the node "head"."""
    import networkx

    graph: Any = networkx.MultiDiGraph()
    for text, there in found.heads:
        graph.add_edge("head", there, text)
    for state, steps in found.takes.items():
        for text, there in steps:
            graph.add_edge(state, there, text)
    return graph


def walks(graph: Any, size: int) -> Iterator[tuple[str, ...]]:
    """All walks of a length from "head", depth first, as the texts on their edges."""
    chain: list[str] = []

    def walk(state: Any, left: int) -> Iterator[tuple[str, ...]]:
        for there, texts in graph.adj[state].items():
            for text in texts:
                if left == 1:
                    yield (*chain, text)
                elif there in graph:
                    chain.append(text)
                    yield from walk(there, left - 1)
                    chain.pop()

    return walk("head", size)


# ── cosy ──────────────────────────────────────────────────────────────────────


class Repository:
    """Combinators for `cosy`: environments whose types are names.

    A name holds the size too (`t7@2`: a value of type 7 out of two environments), for
    cosy enumerates by no size of its own. By the taxonomy each is an `any@2`, which is
    what is asked for: all chains of size 2.
    """

    def __init__(self) -> None:
        self.specifications: dict[Any, Any] = {}
        self.taxonomy: dict[str, set[str]] = {}

    def add(self, text: str, arguments: Sequence[str], result: str) -> None:
        """A combinator; its name is its text and its type."""
        from cosy.core import Type as CosyType
        from cosy.core.types import Constructor

        types = [Constructor(name) for name in arguments]
        arrow = CosyType.curry(types, Constructor(result))
        self.specifications[text, *arguments, result] = arrow

    def value(self, state: int, size: int) -> str:
        """The name of a type at a size."""
        name = f"t{state}@{size}"
        self.taxonomy[name] = {f"any@{size}"}
        return name

    def trees(self, target: str) -> tuple[Any, Any]:
        """What inhabits a name, ready to be enumerated: cosy's solution space and the
        type to start from."""
        from cosy.core import Synthesizer
        from cosy.core.types import Constructor

        start = Constructor(target)
        synthesizer = Synthesizer(self.specifications, self.taxonomy)
        return synthesizer.construct_solution_space(start).prune(), start


def repository_of(found: Moves, size: int) -> Repository:
    """The combinators for chains up to a size."""
    repository = Repository()
    for text, there in found.heads:
        repository.add(text, (), repository.value(there, 1))
    for n in range(1, size):
        for state in found.at(n):
            for text, there in found.takes.get(state, ()):
                fed = repository.value(state, n)
                repository.add(text, (fed,), repository.value(there, n + 1))
    return repository


# ── timing ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Timing:
    """What one way took: ``ready`` seconds before the first chain (0 where it never got
    there), ``took`` for so many ``chains`` (``whole`` where these are all there are),
    ``again`` for the same once more. ``stopped`` says why there are no more; ``memory``
    is the process's peak in MiB."""

    ready: float = 0.0
    chains: int = 0
    took: float = 0.0
    again: float = 0.0
    whole: bool = False
    stopped: str = ""
    memory: float = 0.0

    def __str__(self) -> str:
        parts = [f"ready in {self.ready:.2f} s"] if self.ready else []
        if self.chains:
            share = "all" if self.whole else "first"
            first = f"{self._rate(self.took)} a second"
            again = f"{self._rate(self.again)} a second"
            rate = first if not self.again else f"{first}, later {again}"
            # So short a time is not told well.
            rate = again if self.again and self.took < SHORT / 20 else rate
            parts.append(f"{rate} ({share} {self.chains:,})")
        if self.stopped:
            parts.append(self.stopped)
        if self.memory:
            parts.append(f"{self.memory:,.0f} MiB")
        return ", ".join(parts)

    def _rate(self, took: float) -> str:
        return f"{self.chains / max(took, 1e-6):,.0f}"


class TimeUp(Exception):
    """More of the processor was used than is allowed."""


@contextmanager
def at_most(limit: float) -> Iterator[None]:
    """Raises ``TimeUp`` inside after so many seconds of the processor."""

    def stop(*_: Any) -> None:
        raise TimeUp

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


Chains = Callable[[], Iterable[Any]]  # enumerates anew each time
NO_MOVES = Moves((("head", 0),), {})


def _timed(
    prepare: Callable[[Any, int], Chains],
    nothing: Any,
    given: Any,
    size: int,
    complete: int,
    limit: float,
    most: int,
) -> Timing:
    """Prepares what is given and enumerates, each for so many seconds at most. All
    chains up to the size ``complete`` can be made of it; ``nothing`` is the like of it
    that has none."""
    prepare(nothing, 1)  # imports are not timed
    chains: Chains | None = None
    ready = took = again = 0.0
    count, whole, stopped = 0, False, ""
    start = time.process_time()
    try:
        with at_most(limit):
            chains = prepare(given, size)
        ready = time.process_time() - start
        start = time.process_time()
        with at_most(limit):
            for _ in chains():
                count += 1
                if count == most:
                    break
            else:
                whole = size <= complete
    except TimeUp:
        doing = "enumerating" if chains else "getting ready"
        stopped = f"stopped after {limit:g} s of {doing}"
    took = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if chains and not stopped:
        again = _repeated(chains, count)
    return Timing(ready, count, took, again, whole, stopped, memory)


def _repeated(chains: Chains, count: int) -> float:
    """The mean time of enumerating so many, which one short run does not tell."""
    times: list[float] = []
    while sum(times) < SHORT:
        start = time.process_time()
        for _ in islice(chains(), count):
            pass
        times.append(time.process_time() - start)
    return sum(times) / len(times)


def _walked(found: Moves, size: int) -> Chains:
    graph = graph_of(found)
    return lambda: walks(graph, size)


def _inhabited(found: Moves, size: int) -> Chains:
    space, start = repository_of(found, size).trees(f"any@{size}")
    return lambda: space.enumerate_trees(start)


def _counted(pieces: Sequence[Piece], size: int) -> Chains:
    selection = Selection((size, size), operators=("SEQUENTIAL",))
    space = Space((), selection, Steps(pieces, selection))
    gc.collect()
    gc.freeze()  # as `racesc enumerate` does
    return space.terms if space.total else lambda: ()


def _alone(prepare: Any, *rest: Any) -> Timing:
    """Timed in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_timed, (prepare, *rest))


def networkx_timing(
    found: Moves, size: int, limit: float = LIMIT, most: int = MOST
) -> Timing:
    """Depth-first search: building the graph, then walking it."""
    return _alone(_walked, NO_MOVES, found, size, found.complete, limit, most)


def cosy_timing(
    found: Moves, size: int, limit: float = LIMIT, most: int = MOST
) -> Timing:
    """Combinatory logic synthesis: inhabitation, then enumeration."""
    if find_spec("cosy") is None:
        return Timing(stopped=MISSING)
    return _alone(_inhabited, NO_MOVES, found, size, found.complete, limit, most)


def racesc_timing(
    pieces: Sequence[Piece], size: int, limit: float = LIMIT, most: int = MOST
) -> Timing:
    """The counted space: counting, then the stream."""
    return _alone(_counted, (), pieces, size, size, limit, most)


def rows(
    pieces: Sequence[Piece], sizes: Sequence[int] = (2, 3), limit: float = LIMIT
) -> Iterator[tuple[str, str]]:
    """All on a library, as names and figures to print. Where the checker was not asked
    about every type in time, the two have the same part of the chains."""
    found = moves(pieces, max(sizes), limit)
    asked = f"{len(found.takes)} types in {found.asked:.2f} s"
    if found.left:
        asked += f", {found.left} more left out: stopped after {limit:g} s"
    yield "checker asked", asked
    for size in sizes:
        yield f"racesc, size {size}", str(racesc_timing(pieces, size, limit))
        yield f"networkx, size {size}", str(networkx_timing(found, size, limit))
        yield f"cosy, size {size}", str(cosy_timing(found, size, limit))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all on libraries of some sizes."""
    from bench.space import library

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environments", default="50")
    parser.add_argument("--sizes", default="2..3")
    parser.add_argument("--limit", type=float, default=LIMIT)
    options = parser.parse_args(arguments)
    low, _, high = options.sizes.partition("..")
    sizes = range(int(low), int(high or low) + 1)
    for count in map(int, options.environments.split(",")):
        print(f"\n{count} environments")
        for name, figure in rows(library(count), sizes, options.limit):
            print(f"  {name:<22} {figure}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
