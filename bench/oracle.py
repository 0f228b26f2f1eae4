"""The counted space against an outside synthesizer.

    python -m bench.oracle       (needs `pip install 'racesc[bench]'`)

Every library is a few environments: made up at random (`tests/space_libraries.py`), or
drawn from two modules of the standard library. Its environments become combinators of
`cosy` (combinatory logic synthesis), which composes them into all chains of a size, and
into all PARALLELs of them; racesc's ``Space`` lists the same, and the two must be equal:
the same expressions, each once, and as many as are counted.

cosy knows neither intervals nor bounds. So each type that is reached, refinements
included, is a name to it, and which environment takes which type is asked of the
checker's judge, by text: `head >> step` for one head of each type. Nothing of
`racesc/space` says what cosy may build. A PARALLEL at the head of a chain has two parts
here, which is all there are up to size 3; chains without one go up to size 4.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from bench.live import library
from bench.rivals import Repository
from racesc.check import Checker
from racesc.compose.terms import Flat, Typed
from racesc.diagnostics import Report
from racesc.feeding import DEFAULTS
from racesc.files import library_modules
from racesc.format import one_line
from racesc.parse import parse, parse_expression
from racesc.pipeline import analyse
from racesc.resolve import Scope, resolve
from racesc.runtime.types import Type
from racesc.source import Source
from racesc.space.selection import Selection
from racesc.space.space import Space
from racesc.syntax import Operation, Use
from racesc.typed import TypedEnvironment

TESTS = Path(__file__).resolve().parents[1] / "tests"
MOST = 3_000  # composites of one size of a library; beyond it the size is left out
PASSES = ((("SEQUENTIAL",), 4), (("SEQUENTIAL", "PARALLEL"), 3))


@dataclass(frozen=True)
class Part:
    """Some environments of a checked scope, and what its judge says of expressions."""

    checker: Checker
    resolved: Scope
    scope: tuple[TypedEnvironment, ...]
    known: dict[str, list[tuple[str, Typed]]] = field(default_factory=dict)

    def typed(self, text: str) -> Typed | None:
        """What the judge says of a composite; None where it refuses."""
        expression = parse_expression(text, Report())
        assert expression is not None, text
        judge = self.checker.judge
        judge.parts = 0
        with judge.speculation() as aside:
            found = judge.closed(expression, self.resolved)
        return None if aside.has_errors else found

    def heads(self) -> Iterator[tuple[str, Typed]]:
        """Every environment with all of it drawn; a polymorphic one for each default
        type of its variables."""
        judge = self.checker.judge
        for one in self.scope:
            seen: dict[str, Typed] = {}
            for first in DEFAULTS:
                judge.defaults = (first, *(d for d in DEFAULTS if d != first))
                judge.parts = 0
                with judge.speculation() as aside:
                    typed = judge.step(Flat(Use(one.name), self.resolved), None)
                if typed is not None and not aside.has_errors:
                    seen.setdefault(typed.text, typed)
            judge.defaults = DEFAULTS
            yield from seen.items()

    def steps(self, head: str) -> list[tuple[str, Typed]]:
        """What may follow a head, each way of feeding it once."""
        if head not in self.known:
            self.known[head] = list(self._steps(head))
        return self.known[head]

    def _steps(self, head: str) -> Iterator[tuple[str, Typed]]:
        seen = set()
        for one in self.scope:
            ways = [f"({p.name}: _)" for p in one.signature.parameters]
            for way in ("", *ways) if ways else ():
                typed = self.typed(f"{head} >> {one.name}{way}")
                if typed is not None and repr(typed.node) not in seen:
                    seen.add(repr(typed.node))
                    yield one.name + way, typed


@dataclass
class Combinators:
    """A library as combinators for composites up to a size, ``tuples`` among them."""

    part: Part
    size: int
    tuples: bool
    repository: Repository = field(default_factory=Repository)
    _states: dict[tuple[Type, bool], int] = field(default_factory=dict)
    _stands: list[str] = field(default_factory=list)  # a composite for each state

    def __post_init__(self) -> None:
        add, value = self.repository.add, self.repository.value
        at: list[dict[int, None]] = [{} for _ in range(self.size + 1)]
        for text, typed in self.part.heads():
            state = self._state(text, typed)
            at[1][state] = None
            add(text, (), value(state, 1))
        for n in range(1, self.size):
            fed = [(self._stands[state], value(state, n)) for state in at[n]]
            for left in range(1, n) if self.tuples else ():
                for one, two in product(at[left], at[n - left]):
                    stand = f"PARALLEL({self._stands[one]}, {self._stands[two]})"
                    pair = f"t{one},{two}@{left},{n - left}"
                    add("PARALLEL", (value(one, left), value(two, n - left)), pair)
                    fed.append((stand, pair))
            for stand, name in fed:
                for text, typed in self.part.steps(stand):
                    there = self._state(f"{stand} >> {text}", typed)
                    at[n + 1][there] = None
                    add(text, (name,), value(there, n + 1))
        for sizes in _compositions(self.size) if self.tuples else ():
            if len(sizes) > 1:
                parts = [f"any@{size}" for size in sizes]
                add("PARALLEL", parts, f"parallel@{sum(sizes)}")

    def _state(self, text: str, typed: Typed) -> int:
        key = typed.value, typed.relational
        if key not in self._states:
            self._states[key] = len(self._stands)
            self._stands.append(text)
        return self._states[key]

    def composites(self, size: int) -> Iterator[str]:
        """All that cosy finds of a size, as normal texts."""
        targets = [f"any@{size}"]
        if self.tuples:
            targets.append(f"parallel@{size}")
        for target in targets:
            space, start = self.repository.trees(target)
            for tree in space.enumerate_trees(start):
                yield _written(tree)


def _written(tree: Any) -> str:
    text, *_, result = tree.root
    inner = [_written(child) for child in tree.children]
    if text != "PARALLEL":
        return " >> ".join((*inner, text))
    if result.startswith("parallel@"):
        inner.sort()
    return f"PARALLEL({', '.join(inner)})"


def _normal(text: str) -> str:
    """An expression with the parts of a free-standing PARALLEL, a multiset, sorted."""
    expression = parse_expression(text, Report())
    if not isinstance(expression, Operation) or expression.operator != "PARALLEL":
        return text
    return f"PARALLEL({', '.join(sorted(map(one_line, expression.parts)))})"


def _compositions(most: int) -> Iterator[tuple[int, ...]]:
    """Sequences of sizes that add up to at most so much."""
    for first in range(1, most + 1):
        yield (first,)
        for rest in _compositions(most - first):
            yield (first, *rest)


# ── comparing ─────────────────────────────────────────────────────────────────


@dataclass
class Tally:
    """What has been compared: composites of each kind, and every difference."""

    compared: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    differences: list[str] = field(default_factory=list)


def compare(part: Part, tally: Tally, most: int = MOST) -> None:
    """Compare the two on a library; sizes with more composites than ``most`` are left
    out, as is everything above them."""
    for operators, highest in PASSES:
        spaces = []
        for size in range(1, highest + 1):
            space = Space(part.scope, Selection((size, size), operators=operators))
            if space.total > most:
                tally.left_out += highest + 1 - size
                break
            spaces.append(space)
        combinators = Combinators(part, len(spaces), "PARALLEL" in operators)
        for size, space in enumerate(spaces, 1):
            compare_size(space, set(combinators.composites(size)), tally)


def compare_size(space: Space, wanted: set[str], tally: Tally) -> None:
    """Compare a space with the normal texts that it should have."""
    found = Counter(
        _normal(space.entry(rank).expression) for rank in range(space.total)
    )
    for text in sorted(wanted - found.keys()):
        tally.differences.append(f"cosy alone: {text}")
    for text in sorted(found.keys() - wanted):
        tally.differences.append(f"racesc alone: {text}")
    for text, times in sorted(found.items()):
        kind = "chains" if "PARALLEL(" not in text else "composites with PARALLEL"
        tally.compared[kind] += 1
        if times > 1:
            tally.differences.append(f"racesc has it {times} times: {text}")


# ── libraries ─────────────────────────────────────────────────────────────────


def standard() -> Part:
    """The standard library, without names that two of its modules have."""
    uses = "".join(f"use {name}\n" for name in library_modules())
    source = Source("oracle.races", uses, ".")
    scope = analyse([source], library()).program.modules[0].scope
    report = Report()
    roots, _ = resolve([source], library(), report, parse)
    names = Counter(one.name for one in scope)
    alone = [one for one in scope if one.base is not None and names[one.name] == 1]
    return Part(Checker(report), roots[0], tuple(alone))


def drawn(whole: Part, seed: int, size: int = 8) -> Part:
    """A few environments of two modules."""
    rng = random.Random(seed)
    modules = rng.sample(sorted({one.module for one in whole.scope}), 2)
    scope = [one for one in whole.scope if one.module in modules]
    some = set(rng.sample(range(len(scope)), min(size, len(scope))))
    chosen = tuple(one for index, one in enumerate(scope) if index in some)
    return Part(whole.checker, whole.resolved, chosen)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare on many libraries; 1 where anything differs, 2 where cosy is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--libraries", type=int, default=40, help="of each kind")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--most", type=int, default=MOST)
    options = parser.parse_args(arguments)
    try:
        import cosy  # noqa: F401
    except ImportError:
        print("cosy is not installed: pip install 'racesc[bench]'", file=sys.stderr)
        return 2
    sys.path.append(str(TESTS))
    from space_libraries import random_library

    whole = standard()
    seeds = range(options.first, options.first + options.libraries)
    start = time.process_time()
    differences = 0
    for kind in ("made up", "standard"):
        tally = Tally()
        for seed in seeds:
            before = len(tally.differences)
            if kind == "standard":
                part = drawn(whole, seed)
            else:
                small = random_library(seed)
                part = Part(small.checker, small.resolved, small.scope)
            compare(part, tally, options.most)
            for text in tally.differences[before:][:10]:
                print(f"  {kind} library {seed}: {text}", flush=True)
        compared = ", ".join(f"{n:,} {what}" for what, n in tally.compared.items())
        print(
            f"{kind}: {len(seeds)} libraries, {compared}; sizes left out for more than "
            f"{options.most:,}: {tally.left_out}; differences: {len(tally.differences)}",
            flush=True,
        )
        differences += len(tally.differences)
    print(f"{time.process_time() - start:.0f} s of the processor")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
