"""Random well-typed composites, grown step by step with the checker's own judgements.

Every operator occurs, those too that the counted space leaves out. What is grown is
ordinary text, which the whole checker gets to see afterwards.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.live import Live
from racesc.compose import Flat, Incoming, Typed
from racesc.operators.sequential import Source as Edge
from racesc.runtime.brick import Brick
from racesc.runtime.types import Bool, List, Tuple, Type
from racesc.syntax import Use
from racesc.unify import bind

OPERATORS = (
    "BASE",
    "SEQUENTIAL",
    "PARALLEL",
    "SORT",
    "SELECT",
    "MAP",
    "FANOUT",
    "ITERATE",
    "BRANCH",
    "FOLD",
)

TRIES = 6  # at a value that a MAP, FOLD or BRANCH can take


@dataclass
class Grower:
    """Grows composites over everything in scope, typed at a level."""

    live: Live
    rng: random.Random
    level: int = 10

    def __post_init__(self) -> None:
        self.heads = [one for one in self.live.environments() if one.base is not None]
        self.steps = [
            one
            for one in self.heads
            if one.base is not None and one.base.parameters and not one.relational
        ]
        self.drawn = [one for one in self.heads if one.sampleable]
        self.folds = [
            one.qualified
            for one in self.heads
            if one.base is not None
            and len(one.base.parameters) >= 2
            and not one.relational
        ]

    def typed(self, text: str) -> Typed | None:
        """An expression typed on its own."""
        return self.live.typed(text, self.level)

    def fitting(self, type_: Type, wanted: type | None = None) -> Typed | None:
        """One of the environments that a type can feed, each as likely as the others;
        ``wanted``: of those with such a result."""
        judge, scope = self.live.checker.judge, self.live.scope
        incoming = Incoming(type_, "it", None, Edge(0))
        judge.level, kept = self.level, judge.level
        try:
            for one in self.rng.sample(self.steps, len(self.steps)):
                assert one.base is not None
                if wanted is not None and not isinstance(one.base.codomain, wanted):
                    continue
                first = one.base.parameters[0].type
                if not isinstance(type_, Tuple) and not bind(first, type_, {}):
                    continue
                use = Use(one.qualified, name_span=one.span)
                judge.parts = 0
                with judge.speculation() as aside:
                    typed = judge.step(Flat(use, scope), incoming)
                if typed is not None and not aside.has_errors:
                    return typed
        finally:
            judge.level = kept
        return None

    def head(self) -> str:
        """An environment that draws all its parameters."""
        return self.rng.choice(self.drawn).qualified

    def composite(self, operator: str, size: int) -> str | None:
        """A composite of about so many environments with an operator on top (MAP and
        the like: as its last step), None where the growing came to a dead end."""
        if operator == "BASE" or size < 2 and operator != "SEQUENTIAL":
            return self.head()
        if operator == "SEQUENTIAL":
            return self.grown(self.head(), size - 1)
        if operator == "PARALLEL":
            left = self.rng.randint(1, size - 1)
            kinds = OPERATORS[:4]
            parts = [
                self.composite(self.rng.choice(kinds), n) for n in (left, size - left)
            ]
            return None if None in parts else f"PARALLEL({', '.join(map(str, parts))})"
        if operator in ("SORT", "SELECT"):
            chain = self.grown(self.head(), min(size, 5) - 1)
            more = f", distractors: {self.rng.randint(1, 3)}" * (operator == "SELECT")
            return chain and f"{operator}({chain}{more})"
        for _ in range(TRIES):
            before = self.grown(self.head(), size - 2)
            typed = before and self.typed(before)
            if before and typed and not (typed.relational and typed.policy is None):
                step = self.step(typed.value, operator)
                if step is not None:
                    return f"{before} >> {step}"
        return None

    def grown(self, text: str, steps: int) -> str | None:
        """A composite with further steps behind it."""
        for _ in range(steps):
            typed = self.typed(text)
            if typed is None:
                return None
            if typed.relational and typed.policy is None:
                if " " in text or "(" in text:
                    return None
                text += f" as {self.rng.choice(('canonical', 'model'))}"
                typed = self.typed(text)
                if typed is None:
                    return None
            chosen = self.rng.choice(OPERATORS[3:]) if self.rng.random() < 0.3 else ""
            step = self.step(typed.value, chosen) or self.step(typed.value)
            if step is None:
                return None
            text = f"{text} >> {step}"
        return text

    def step(self, type_: Type, operator: str = "") -> str | None:
        """A step that takes a type, with an operator on top."""
        rng = self.rng
        if operator == "MAP":
            inner = self.fitting(type_.item) if isinstance(type_, List) else None
            return inner and f"MAP({inner.text})"
        if operator == "FOLD":
            return self._fold(type_)
        test = self.fitting(type_, Bool) if operator == "BRANCH" else None
        if operator == "BRANCH" and test is None:
            return None
        first = self.fitting(type_)
        if first is None:
            return None
        if operator == "FANOUT":
            second = self.fitting(type_)
            return second and f"FANOUT({first.text}, {second.text})"
        if operator == "ITERATE":
            return f"ITERATE({first.text}, times: {rng.randint(1, 4)})"
        if operator == "BRANCH":
            base = first.node.base if isinstance(first.node, Brick) else None
            other = base and self.fitting(type_, type(base.codomain))
            return other and test and f"BRANCH({test.text}, {first.text}, {other.text})"
        if operator in ("SORT", "SELECT"):
            second = self.fitting(first.value)
            more = f", distractors: {rng.randint(1, 3)}" * (operator == "SELECT")
            return second and f"{operator}({first.text} >> {second.text}{more})"
        return first.text

    def _fold(self, type_: Type) -> str | None:
        if not isinstance(type_, List) or isinstance(type_.item, Tuple):
            return None
        start = self.rng.choice(("0", "1", "[]", '""'))
        return f"FOLD({self.rng.choice(self.folds)}, from: {start})"
