"""Random well-typed composites, grown step by step: so many of each operator and size.

Every operator occurs, those too that the counted space leaves out, blocks among them. A
step is chosen among those that the rule FEED takes; what is grown is ordinary text,
which the whole checker gets to see and may still refuse.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from bench.live import Live
from racesc.compose import Typed
from racesc.feeding import Given, feed
from racesc.runtime.base import Base
from racesc.runtime.types import Bool, Int, List, Rat, Str, Tuple, Type
from racesc.space.pieces import routes
from racesc.space.routing import PLAIN
from racesc.unify import bind, variables

SIZES = (2, 3, 4, 5, 6)
# The fewest environments that an operator needs.
LEAST = {
    "SEQUENTIAL": 2,
    "BLOCK": 2,
    "PARALLEL": 2,
    "SORT": 2,
    "SELECT": 2,
    "MAP": 1,
    "FANOUT": 2,
    "ITERATE": 1,
    "BRANCH": 3,
    "FOLD": 1,
}
OPERATORS = tuple(LEAST)
STEPS = ("MAP", "FANOUT", "ITERATE", "BRANCH", "FOLD", "SORT", "SELECT")
Wanted = Callable[[Type], bool]
TRIES = 60  # at a composite before its stratum is given up
KEPT = 20_000  # values whose takers are remembered

# What a FOLD may start from, by the constructor of its running value.
STARTS: dict[type[Type], tuple[str, ...]] = {
    Int: ("0", "1", "12"),
    Rat: ("0", "1/2"),
    Bool: ("true", "false"),
    Str: ('""', '"a"'),
    List: ("[]", "[0]", "[3, 1]"),
}


@dataclass(frozen=True)
class Declared:
    """What ``feed`` looks at of a declaration."""

    base: Base


@dataclass(frozen=True)
class Head:
    """An environment as it is written, and what it gives where all is drawn."""

    text: str
    base: Base
    value: Type
    relational: bool


class Grower:
    """Grows composites over everything in scope, typed at a level."""

    def __init__(self, live: Live, rng: random.Random, level: int = 10) -> None:
        self.live, self.rng, self.level = live, rng, level
        self.known = live.__dict__.setdefault("grown", Known(live)).at(level)

    # ── one step ──

    def taker(
        self, type_: Type, wanted: Wanted | None = None, whole: bool = False
    ) -> tuple[str, Type] | None:
        """One of the functional environments that a type can feed, each as likely as
        the others, and what it gives; ``wanted``: of those with such a result."""
        steps = self.known.steps
        for place in self.rng.sample(range(len(steps)), len(steps)):
            for text, value in self.known.ways(place, type_, whole):
                if wanted is None or wanted(value):
                    return text, value
        return None

    def head(self, wanted: Wanted | None = None) -> Head | None:
        """An environment that draws all its parameters."""
        heads = self.known.heads
        if wanted is None:
            return self.rng.choice(heads)
        places = self.rng.sample(range(len(heads)), len(heads))
        return next((heads[p] for p in places if wanted(heads[p].value)), None)

    def chain(
        self,
        type_: Type,
        size: int,
        wanted: Wanted | None = None,
        whole: bool = False,
    ) -> tuple[str, Type] | None:
        """So many steps on a value, as text, and what they give."""
        parts = []
        for place in range(size):
            last = wanted if place == size - 1 else None
            found = self.taker(type_, last, whole)
            if found is None:
                return None
            text, type_ = found
            parts.append(text)
        return " >> ".join(parts), type_

    # ── composites ──

    def composite(self, operator: str, size: int) -> Typed | None:
        """A legal composite of exactly so many environments with an operator on top or
        as its last step; None where none was found."""
        for _ in range(TRIES if size >= LEAST[operator] else 0):
            text = self.text(operator, size)
            typed = text and self.live.typed(text, self.level)
            if text and typed and typed.bases == size:
                return replace(typed, text=text)
        return None

    def text(self, operator: str, size: int) -> str | None:
        """Text that may be such a composite."""
        rng = self.rng
        if operator == "SEQUENTIAL":
            return self._sequence(size)
        if operator == "BLOCK":
            return self._block(size)
        if operator == "PARALLEL":
            left = rng.randint(1, size - 1)
            parts = [self._any(left), self._any(size - left)]
            return None if None in parts else f"PARALLEL({', '.join(map(str, parts))})"
        own = rng.randint(LEAST[operator], min(size, 1 if operator == "FOLD" else 6))
        if operator == "FOLD" and size > 1 and rng.random() < 0.3:
            own = 2
        if own == size:
            return self._alone(operator, size)
        wanted = self._taking(operator)
        if operator == "BRANCH" and own > 3 and rng.random() < 0.5:
            wanted = None  # the test may be of what another environment makes of it
        before = self._before(size - own, wanted)
        if before is None:
            return None
        step = self._operation(operator, own, before[1])
        return step and f"{before[0]} >> {step}"

    def _taking(self, operator: str) -> Wanted | None:
        """The values that an operator may be able to work on; None for most."""
        if operator in ("MAP", "FOLD"):
            return lambda value: isinstance(value, List)
        if operator == "BRANCH":
            place = self.rng.choice(self.known.tests)
            return lambda value: bool(self.known.ways(place, value, False))
        return None

    def _any(self, size: int) -> str | None:
        """A part of PARALLEL."""
        if size == 1:
            head = self.head()
            return head and head.text
        kinds = [one for one in OPERATORS if LEAST[one] <= size]
        return self.text(self.rng.choice(kinds), size)

    def _before(
        self, size: int, wanted: Wanted | None = None
    ) -> tuple[str, Type] | None:
        """A chain that something follows, and what it gives."""
        head = self.head(wanted if size == 1 else None)
        if head is None:
            return None
        text = head.text
        policy = ""
        if head.relational:
            policy = self.rng.choice(("canonical", "model"))
            text += f" as {policy}"
        if size == 1:
            return text, head.value
        found = self.chain(head.value, size - 1, wanted, policy == "model")
        return found and (f"{text} >> {found[0]}", found[1])

    def _sequence(self, size: int) -> str | None:
        """A chain; now and then one step of it is an operator."""
        if size < 3 or self.rng.random() < 0.5:
            found = self._before(size)
            return found and found[0]
        own = self.rng.randint(1, size - 2)
        operator = self.rng.choice([one for one in STEPS if LEAST[one] <= own])
        before = self._before(
            self.rng.randint(1, size - own - 1), self._taking(operator)
        )
        if before is None:
            return None
        own = own if operator != "FOLD" else 1
        step = self._operation(operator, own, before[1])
        text = step and f"{before[0]} >> {step}"
        typed = text and self.live.typed(text, self.level)
        if not typed or typed.relational or typed.bases > size:
            return None
        if typed.bases == size:
            return text
        behind = self.chain(typed.value, size - typed.bases)
        return behind and f"{text} >> {behind[0]}"

    def _block(self, size: int) -> str | None:
        """A block whose steps read any earlier results."""
        head = self.head()
        if head is None:
            return None
        policy = " as canonical" if head.relational else ""
        lines, values = [f"v1 = {head.text}{policy}"], [head.value]
        for place in range(2, size + 1):
            source = self.rng.randrange(len(values))
            kinds = values[source]
            if isinstance(kinds, Tuple):  # by its name a tuple comes whole
                return None
            found = self.known.fed(self.rng, kinds)
            if found is None:
                return None
            text, base, value = found
            first, *others = [one.name for one in base.parameters]
            given = [f"{first}: v{source + 1}"]
            if others and self.rng.random() < 0.5:
                other = self.rng.randrange(len(values))
                if bind(base.parameters[1].type, values[other], {}):
                    given.append(f"{others[0]}: v{other + 1}")
            written = f"{text}({', '.join(given)})"
            lines.append(written if place == size else f"v{place} = {written}")
            values.append(value)
        return f"SEQUENTIAL {{ {' '.join(lines)} }}"

    # ── operators ──

    def _alone(self, operator: str, size: int) -> str | None:
        """An operator that draws what it works on."""
        if operator in ("SORT", "SELECT"):
            head = self.head()
            if head is None or not head.base.parameters or head.relational:
                return None
            behind = self.chain(head.value, size - 1)
            return behind and self._shuffled(operator, f"{head.text} >> {behind[0]}")
        tests = [self.known.steps[place] for place in self.known.tests]
        one = self.rng.choice(tests if operator == "BRANCH" else self.known.steps)
        port = one.base.parameters[0].type
        if variables(port):
            return None
        if operator in ("MAP", "FOLD"):
            port = List(port, (1, 8))
        return self._operation(operator, size, port)

    def _operation(self, operator: str, size: int, type_: Type) -> str | None:
        """A step of so many environments with an operator on top."""
        rng = self.rng
        if operator == "MAP":
            if not isinstance(type_, List):
                return None
            inner = self.chain(type_.item, size, whole=True)
            return inner and f"MAP({inner[0]})"
        if operator == "ITERATE":
            inner = self.chain(type_, size, like(type_), whole=True)
            return inner and f"ITERATE({inner[0]}, times: {rng.randint(1, 4)})"
        if operator == "FOLD":
            return self._fold(type_, size)
        if operator in ("SORT", "SELECT"):
            inner = self.chain(type_, size)
            return inner and self._shuffled(operator, inner[0])
        if operator == "BRANCH":
            test = self._test(type_, size - 2)
            size -= test.count(">>") + 1 if test else 1
        cut = rng.randint(1, size - 1)
        one = self.chain(type_, cut)
        same = like(one[1]) if one and operator == "BRANCH" else None
        other = self.chain(type_, size - cut, same)
        if one is None or other is None:
            return None
        if operator == "FANOUT":
            return f"FANOUT({one[0]}, {other[0]})"
        return test and f"BRANCH({test}, {one[0]}, {other[0]})"

    def _test(self, type_: Type, most: int) -> str | None:
        """Something that says yes or no of a value, of one environment or two."""
        found = self.taker(type_, lambda value: isinstance(value, Bool))
        if found is None and most > 1:
            found = self.taker(type_, self._taking("BRANCH"))
            if found is not None:
                text = found[0]
                found = self.taker(found[1], lambda value: isinstance(value, Bool))
                return found and f"{text} >> {found[0]}"
        return found and found[0]

    def _shuffled(self, operator: str, chain: str) -> str:
        more = f", distractors: {self.rng.randint(1, 3)}" * (operator == "SELECT")
        return f"{operator}({chain}{more})"

    def _fold(self, type_: Type, size: int) -> str | None:
        if not isinstance(type_, List) or isinstance(type_.item, Tuple):
            return None
        folds = [
            one
            for one in self.known.folds
            if bind(one.base.parameters[1].type, type_.item, {})
        ]
        if not folds:
            return None
        one = self.rng.choice(folds)
        port = one.base.parameters[0].type
        starts = STARTS.get(type(port)) or ("0", "[]", '""')
        text = one.text
        if size > 1:
            first, item = [two.name for two in one.base.parameters[:2]]
            value = self.known.given(one.base, {first: port, item: type_.item}, True)
            behind = value and self.chain(value, size - 1, like(port), whole=True)
            if not behind:
                return None
            text += f" >> {behind[0]}"
        if type_.length[0] and self.rng.random() < 0.3:
            return f"FOLD({text})"  # begins with the first item
        return f"FOLD({text}, from: {self.rng.choice(starts)})"


def like(type_: Type) -> Wanted:
    """Values of the same constructor."""
    return lambda value: isinstance(value, type(type_))


class Known:
    """What has been found out about a library at a level; kept from batch to batch."""

    def __init__(self, live: Live, level: int = 10) -> None:
        self.live, self.level = live, level
        self._levels: dict[int, Known] = {}
        self._ways: dict[Any, dict[int, list[tuple[str, Type]]]] = {}

    def at(self, level: int) -> Known:
        """The same library at another level."""
        if level not in self._levels:
            self._levels[level] = Known(self.live, level)
        return self._levels[level]

    @cached_property
    def heads(self) -> list[Head]:
        """Every environment that can be drawn."""
        found = []
        for one in self.live.environments():
            if one.base is None or not one.sampleable:
                continue
            typed = self.live.typed(one.qualified, self.level)
            if typed is not None:
                found.append(Head(one.qualified, one.base, typed.value, one.relational))
        return found

    @cached_property
    def steps(self) -> list[Head]:
        """Every environment that can be fed and has one right answer."""
        return [
            Head(one.qualified, one.base, one.base.codomain, False)
            for one in self.live.environments()
            if one.base is not None and one.base.parameters and not one.relational
        ]

    @cached_property
    def folds(self) -> list[Head]:
        """Those of the steps that can take their own result and something more."""
        return [
            one
            for one in self.steps
            if len(one.base.parameters) > 1
            and bind(one.base.parameters[0].type, one.base.codomain, {})
        ]

    @cached_property
    def tests(self) -> list[int]:
        """The places of those that say yes or no."""
        steps = enumerate(self.steps)
        return [place for place, one in steps if isinstance(one.value, Bool)]

    def ways(self, place: int, type_: Type, whole: bool) -> list[tuple[str, Type]]:
        """How a step may be fed a value, as text, and what it then gives."""
        if len(self._ways) > KEPT:
            self._ways.clear()
        known = self._ways.setdefault((type_, whole), {})
        if place not in known:
            one = self.steps[place]
            known[place] = list(self._fed(one.text, one.base, type_, whole))
        return known[place]

    def _fed(
        self, text: str, base: Base, type_: Type, whole: bool
    ) -> Iterator[tuple[str, Type]]:
        for way, given in routes(base, type_):
            value = self.given(base, given, whole)
            if value is not None:
                hole = "" if way == PLAIN else f"({next(iter(given))}: _)"
                yield text + hole, value

    def given(self, base: Base, given: Mapping[str, Type], whole: bool) -> Type | None:
        """What an environment gives that is fed these types; None: it refuses them."""
        fed = feed(
            Declared(base),  # type: ignore[arg-type]
            {name: Given(kind) for name, kind in given.items()},
            whole=whole,
            level=self.level,
        )
        return None if fed.misfits else fed.codomain

    def fed(self, rng: random.Random, type_: Type) -> tuple[str, Base, Type] | None:
        """An environment whose first parameter takes a value, and what it gives."""
        for place in rng.sample(range(len(self.steps)), len(self.steps)):
            one = self.steps[place]
            for text, value in self.ways(place, type_, False):
                if text == one.text:
                    return text, one.base, value
        return None
