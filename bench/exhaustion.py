"""Every chain of up to so many environments over the library, up to eight seeds each.

All but the last step are run tree-wise: a head is drawn once for a seed, every step that
its type can feed is drawn and solved on that value, and every next step on theirs.
Randomness is keyed by place, so each path through the tree is what the composite itself
gives. A relational step that is not the last stands `as canonical`.

What a last step does depends on the environment, the types that its variables stand
for, the seed and the value that comes in: for each of these it is run once, for all
chains together that end in that value, and its result is held to the type that is
inferred for each of them. So every chain is covered with every seed.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bench.live import Live
from racesc.feeding import DEFAULTS, Fed, Given, feed
from racesc.intervals import atoms
from racesc.runtime.base import Base, Outgrown
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.member import contains, freeze, shape
from racesc.runtime.types import Type
from racesc.space.containment import bound_names
from racesc.space.pieces import Piece, Source, pieces_of, routes, sources_of
from racesc.space.routing import PLAIN

LEVELS = (1, 2, 4, 6, 8, 9, 10, 10)  # of the eight seeds
KEPT = 500  # types whose takers are remembered
PART = 100  # types of one task


@dataclass(frozen=True)
class Taker:
    """An environment fed in one way; ``parts`` says which component (None: all of the
    value) each fed parameter gets. Takers of one ``key`` do the same."""

    text: str
    node: Brick
    parts: tuple[tuple[str, int | None], ...]
    type: Type
    key: tuple[Any, ...]

    @cached_property
    def alone(self) -> bool:
        """Whether the parameters that are drawn do not depend on those that are fed."""
        base = self.node.base
        fed = [name for name, _ in self.parts]
        types = [one.type for one in base.parameters if one.name not in fed]
        speaks = any(any(bound_names(kind)) for kind in types) or any(
            atom.kind != "level"
            for line in base.levels
            if line.type is None
            for atom in atoms(line.bound)
        )
        return base.sample is None and not speaks

    def fed(self, value: Any) -> dict[str, Any]:
        """The fed parameters' values."""
        return {n: value if p is None else value[p] for n, p in self.parts}


@dataclass
class End:
    """Chains that end in one type: how many, and their values, each once: (seed, the
    value to compare by) to the value and a chain that has it, as text."""

    chains: int = 0
    values: dict[tuple[int, Any], tuple[Any, str]] = field(default_factory=dict)


@dataclass
class Count:
    """What some heads' trees, or some last steps, gave. ``stood`` are the runs of all
    chains, of which those that are alike were made once."""

    composites: dict[int, int] = field(default_factory=dict)
    runs: int = 0
    stood: int = 0
    outgrown: int = 0
    failures: list[str] = field(default_factory=list)
    ends: dict[Type, End] = field(default_factory=dict)

    def add(self, other: Count) -> None:
        """Count these too."""
        for place, number in other.composites.items():
            self.composites[place] = self.composites.get(place, 0) + number
        self.runs += other.runs
        self.stood += other.stood
        self.outgrown += other.outgrown
        self.failures += other.failures
        for type_, end in other.ends.items():
            own = self.ends.setdefault(type_, End())
            own.chains += end.chains
            own.values.update(end.values)


@dataclass(frozen=True)
class Declared:
    """What ``feed`` looks at of a declaration."""

    base: Base


def settled(
    base: Base, given: Mapping[str, Type], defaults: tuple[Type, ...] = DEFAULTS
) -> Fed | None:
    """What the checker says of an environment that is fed types; None: it refuses."""
    types = {name: Given(type_) for name, type_ in given.items()}
    fed = feed(Declared(base), types, defaults=defaults)  # type: ignore[arg-type]
    return None if fed.misfits else fed


class Exhaustion:
    """The chains of a library up to ``size``, so many ``seeds`` each."""

    def __init__(self, live: Live, size: int, seeds: int = len(LEVELS)) -> None:
        self.size = size
        self.levels = LEVELS[-seeds:]
        self.rngs = [Rng.keyed("exhaustion", seed) for seed in range(seeds)]
        self.pieces: tuple[Piece, ...] = pieces_of(live.environments())
        self.sources: tuple[Source, ...] = sources_of(self.pieces)
        self._takers: dict[Type, tuple[Taker, ...]] = {}
        self._nodes: dict[tuple[Any, ...], Brick] = {}
        # What was drawn beside what is fed, where that does not depend on it.
        self._drawn: dict[tuple[Any, ...], dict[str, Any]] = {}

    def takers(self, type_: Type) -> tuple[Taker, ...]:
        """Every step that takes a value of a type, in every way."""
        found = self._takers.get(type_)
        if found is None:
            if len(self._takers) >= KEPT:
                self._takers.clear()
                self._drawn.clear()
            found = self._takers[type_] = tuple(self._find(type_))
        return found

    def _find(self, type_: Type) -> list[Taker]:
        found = []
        for number, piece in enumerate(self.pieces):
            for way, given in routes(piece.base, type_):
                fed = settled(piece.base, given)
                if fed is None:
                    continue
                names = [p.name for p in piece.base.parameters]
                whole = list(given.values()) == [type_]
                parts = tuple(
                    (name, None if whole else place) for place, name in enumerate(given)
                )
                first = next(iter(given))
                text = piece.name if way == PLAIN else f"{piece.name}({first}: _)"
                key = (number, way, parts, *fed.where.items())
                node = self._nodes.get(key)
                if node is None:
                    node = Brick(
                        piece.base,
                        fed.where,
                        policy="canonical" if piece.relational else None,
                        port=first if first != names[0] else "",
                    )
                    if not fed.where:
                        self._nodes[key] = node
                found.append(Taker(text, node, parts, fed.codomain, key))
        return found

    def tree(self, index: int) -> Count:
        """All chains with one head, but for the last step."""
        source = self.sources[index]
        base = self.pieces[source.piece].base
        order = {default: None for default in DEFAULTS}
        count = Count()
        # The head's type variables are those with which its text was made.
        for default in order:
            fed = settled(base, {}, (default, *(d for d in order if d != default)))
            if fed is not None and fed.codomain == source.type:
                break
        assert fed is not None
        node = Brick(base, fed.where, policy="canonical" if source.relational else None)
        taker = Taker(source.text, node, (), source.type, ())
        drawn: list[tuple[int, Any]] = []
        for seed in range(len(self.levels)):
            count.runs += 1
            count.stood += 1
            found = self._run(taker, source.text, 1, seed, None, count)
            if found is not None:
                drawn.append((seed, found[0]))
        text = f"{source.text} as canonical" if source.relational else source.text
        self._grow(text, source.type, drawn, 2, count)
        return count

    def _run(
        self, taker: Taker, text: str, place: int, seed: int, value: Any, count: Count
    ) -> tuple[Any] | None:
        """The result of a step on a value; None where it fails, or outgrows."""
        level = self.levels[seed]
        try:
            fed = taker.fed(value)
            key = (taker.key, seed, place)
            known = self._drawn.get(key, {})
            record = taker.node.draw(self.rngs[seed], str(place), level, known | fed)
            if taker.parts and not known and taker.alone:
                drawn = {n: v for n, v in record.inputs.items() if n not in fed}
                self._drawn[key] = drawn
            result = record.value
            if not contains(taker.type, result, {}):
                raise AssertionError(f"{result!r} is outside {taker.type}")
            return (result,)
        except Outgrown:
            # The whole chain is drawn anew then, which `--runs` looks at.
            count.outgrown += 1
        except Exception:
            count.failures.append(_failure(text, seed, level))
        return None

    def _grow(
        self,
        text: str,
        type_: Type,
        drawn: list[tuple[int, Any]],
        place: int,
        count: Count,
    ) -> None:
        if place == self.size:
            end = count.ends.setdefault(type_, End())
            end.chains += 1
            for seed, value in drawn:
                end.values[seed, freeze(value)] = value, text
            return
        for taker in self.takers(type_):
            written = f"{text} >> {taker.text}"
            count.composites[place] = count.composites.get(place, 0) + 1
            here = []
            for seed, value in drawn:
                count.runs += 1
                count.stood += 1
                found = self._run(taker, written, place, seed, value, count)
                if found is not None:
                    here.append((seed, found[0]))
            if taker.node.base.verify is not None:
                written += " as canonical"
            self._grow(written, taker.type, here, place + 1, count)

    def last(self, ends: Sequence[tuple[Type, End]]) -> Count:
        """The last step of all chains that end in these types."""
        count, seeds = Count(), len(self.levels)
        holders: dict[tuple[int, Any], list[int]] = {}
        for number, (type_, end) in enumerate(ends):
            takers = self.takers(type_)
            chains = end.chains * len(takers)
            count.composites[self.size] = count.composites.get(self.size, 0) + chains
            count.stood += chains * seeds
            for key in end.values:
                holders.setdefault(key, []).append(number)
        for (seed, frozen), numbers in holders.items():
            # What each way of taking this value gave, and the types that hold it.
            known: dict[tuple[Any, ...], tuple[Any] | None] = {}
            inside: set[tuple[tuple[Any, ...], Type]] = set()
            for number in numbers:
                type_, end = ends[number]
                value, text = end.values[seed, frozen]
                for taker in self.takers(type_):
                    written = f"{text} >> {taker.text}"
                    if taker.key not in known:
                        count.runs += 1
                        known[taker.key] = self._run(
                            taker, written, self.size, seed, value, count
                        )
                        inside.add((taker.key, taker.type))
                        continue
                    elif (taker.key, taker.type) in inside:
                        continue
                    found = known[taker.key]
                    if found is None:
                        continue
                    inside.add((taker.key, taker.type))
                    if not contains(taker.type, found[0], {}):
                        what = f"{found[0]!r} is outside {taker.type}"
                        count.failures.append(f"{written}\n  seed {seed}: {what}")
        return count


def _failure(text: str, seed: int, level: int) -> str:
    what = traceback.format_exc(limit=-2).strip()
    return f"{text}\n  seed {seed}, level {level}: {what}"


_trees: Exhaustion | None = None
_ends: list[tuple[Type, End]] = []


def _tree(index: int) -> Count:
    assert _trees is not None
    return _trees.tree(index)


def _last(part: range) -> Count:
    assert _trees is not None
    return _trees.last(_ends[part.start : part.stop])


def exhausted(trees: Exhaustion, shard: tuple[int, int], processes: int) -> int:
    """All chains, or the ``shard`` (the i-th of n) of those whose last step is not yet
    run; prints what came of them, returns how many failed."""
    global _trees, _ends
    _trees = trees
    whole, began = Count(), time.monotonic()
    fork = multiprocessing.get_context("fork")
    with fork.Pool(processes) as pool:
        for count in pool.imap(_tree, range(len(trees.sources))):
            whole.add(count)
            _print_failures(count)
    # Types of one shape share values, and so the runs of last steps.
    order = {one: str(shape(one)) for one in whole.ends}
    every = sorted(whole.ends.items(), key=lambda pair: order[pair[0]])
    tasks = [range(n, n + PART) for n in range(0, len(every), PART)]
    tasks = tasks[shard[0] - 1 :: shard[1]]
    _ends, whole.ends = every, {}
    covered = 0
    with fork.Pool(processes) as pool:
        for done, count in enumerate(pool.imap(_last, tasks)):
            whole.add(count)
            _print_failures(count)
            covered += len(every[tasks[done].start : tasks[done].stop])
            if sys.stderr.isatty():
                print(f"\r{done + 1} of {len(tasks)} parts", end="", file=sys.stderr)
    print()
    print(f"heads: {len(trees.sources):,}, seeds of each chain: {len(trees.levels)}")
    print(f"types before the last step: {covered:,} of {len(every):,}")
    for place, number in sorted(whole.composites.items()):
        print(f"chains of {place} environments: {number:,}")
    spent = time.monotonic() - began
    print(
        f"{whole.stood:,} steps, of which {whole.runs:,} differ and were drawn and solved"
    )
    print(
        f"{len(whole.failures)} failed, {whole.outgrown:,} outgrew what can be written"
    )
    print(f"({spent:.0f} s in {processes} processes)")
    return len(whole.failures)


def _print_failures(count: Count) -> None:
    for text in count.failures[:20]:
        print(f"FAILED {text}", flush=True)
