"""Every chain of two and three environments over the library, up to eight seeds each.

Tree-wise: a head is drawn once for a seed, every step that its type can feed is drawn
and solved on that value, and every next step on theirs. Randomness is keyed by place,
so each path through the tree is what the composite itself gives. A relational step that
is not the last stands `as canonical`.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.live import Live
from racesc.feeding import DEFAULTS, Fed, Given, feed
from racesc.runtime.base import Base
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.member import contains
from racesc.runtime.types import Type
from racesc.space.pieces import PLAIN, Piece, Source, pieces_of, routes, sources_of

LEVELS = (1, 2, 4, 6, 8, 9, 10, 10)  # of the eight seeds
KEPT = 20_000  # types whose takers are remembered


@dataclass(frozen=True)
class Taker:
    """An environment fed in one way; ``parts`` says which component (None: all of the
    value) each fed parameter gets."""

    text: str
    node: Brick
    parts: tuple[tuple[str, int | None], ...]
    type: Type


@dataclass
class Count:
    """What a head's tree gave."""

    composites: dict[int, int] = field(default_factory=dict)
    runs: int = 0
    failures: list[str] = field(default_factory=list)


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
    """The trees of a library: chains up to ``size``, so many ``seeds`` each."""

    def __init__(self, live: Live, size: int, seeds: int = len(LEVELS)) -> None:
        self.size = size
        self.levels = LEVELS[-seeds:]
        self.pieces: tuple[Piece, ...] = pieces_of(live.environments())
        self.sources: tuple[Source, ...] = sources_of(self.pieces)
        self._takers: dict[Type, tuple[Taker, ...]] = {}

    def takers(self, type_: Type) -> tuple[Taker, ...]:
        """Every step that takes a value of a type, in every way."""
        found = self._takers.get(type_)
        if found is None:
            if len(self._takers) >= KEPT:
                self._takers.clear()
            found = self._takers[type_] = tuple(self._find(type_))
        return found

    def _find(self, type_: Type) -> list[Taker]:
        found = []
        for piece in self.pieces:
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
                node = Brick(
                    piece.base,
                    fed.where,
                    policy="canonical" if piece.relational else None,
                    port=first if first != names[0] else "",
                )
                text = piece.name if way == PLAIN else f"{piece.name}({first}: _)"
                found.append(Taker(text, node, parts, fed.codomain))
        return found

    def tree(self, index: int) -> Count:
        """All chains with one head."""
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
        drawn: list[tuple[int, int, Rng, Any]] = []
        for seed, level in enumerate(self.levels):
            rng = Rng.keyed("exhaustion", seed)
            try:
                value = node.draw(rng, "1", level, {}).value
                if not contains(source.type, value, {}):
                    raise AssertionError(f"{value!r} is outside {source.type}")
                drawn.append((seed, level, rng, value))
            except Exception:
                count.failures.append(_failure(source.text, seed, level))
            count.runs += 1
        text = f"{source.text} as canonical" if source.relational else source.text
        self._grow(text, source.type, drawn, 2, count)
        return count

    def _grow(
        self,
        text: str,
        type_: Type,
        drawn: list[tuple[int, int, Rng, Any]],
        place: int,
        count: Count,
    ) -> None:
        path = str(place)
        for taker in self.takers(type_):
            written = f"{text} >> {taker.text}"
            count.composites[place] = count.composites.get(place, 0) + 1
            here = []
            for seed, level, rng, value in drawn:
                fed = {n: value if p is None else value[p] for n, p in taker.parts}
                count.runs += 1
                try:
                    result = taker.node.draw(rng, path, level, fed).value
                    if not contains(taker.type, result, {}):
                        raise AssertionError(f"{result!r} is outside {taker.type}")
                    here.append((seed, level, rng, result))
                except Exception:
                    count.failures.append(_failure(written, seed, level))
                    break
            if place < self.size:
                if taker.node.base.verify is not None:
                    written += " as canonical"
                self._grow(written, taker.type, here, place + 1, count)


def _failure(text: str, seed: int, level: int) -> str:
    what = traceback.format_exc(limit=-2).strip()
    return f"{text}\n  seed {seed}, level {level}: {what}"


_trees: Exhaustion | None = None


def _tree(index: int) -> Count:
    assert _trees is not None
    return _trees.tree(index)


def exhausted(trees: Exhaustion, heads: Sequence[int], processes: int) -> int:
    """The trees of some heads; prints what came of them, returns how many failed."""
    global _trees
    _trees = trees
    whole, began = Count(), time.monotonic()
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        for done, count in enumerate(pool.imap(_tree, heads)):
            for place, number in count.composites.items():
                whole.composites[place] = whole.composites.get(place, 0) + number
            whole.runs += count.runs
            whole.failures += count.failures
            for text in count.failures[:20]:
                print(f"FAILED {text}", flush=True)
            if sys.stderr.isatty():
                print(f"\r{done + 1} of {len(heads)} heads", end="", file=sys.stderr)
    print()
    print(f"heads: {len(heads):,} of {len(trees.sources):,}")
    for place, number in sorted(whole.composites.items()):
        print(f"chains of {place} environments: {number:,}")
    spent = time.monotonic() - began
    print(f"{whole.runs:,} steps drawn and solved, {len(whole.failures)} failed")
    print(f"({spent:.0f} s in {processes} processes)")
    return len(whole.failures)
