"""Checking that remembers: which judgement was made about every step of every
composition. What editors show, and what derivations are built from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from racesc.check import Checker
from racesc.compose import Ascription, Flat, Incoming, Judge, Locals, Typed
from racesc.diagnostics import Report
from racesc.library import Library
from racesc.parse import parse as read_module
from racesc.resolve import Parse, Scope, resolve
from racesc.runtime.types import Type
from racesc.shelf import Shelf
from racesc.source import Source, Span
from racesc.syntax import NOWHERE, CompositeDeclaration, Expression, Operation
from racesc.typed import TypedEnvironment

# Stands for a step that is still to be written; no environment can have this name.
PROBE = "RACESC_STEP_TO_WRITE"

Key = tuple[str, str]


@dataclass
class Judgement:
    """One step as it was judged: what comes in (None at a head), the names in reach,
    the result (None for a mistake), and the judgements it rests on.

    A step is judged several times where types are tried; what counts is the last time.
    """

    flat: Flat
    incoming: Incoming | None
    locals: Locals
    typed: Typed | None = None
    parts: list[Judgement] = field(default_factory=list)

    @property
    def premises(self) -> list[Judgement]:
        """The parts, each as it was judged last."""
        return settled(self.parts)


def settled(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Of judgements about the same place, the last one that succeeded."""
    last: dict[tuple[Span, Span | None], Judgement] = {}
    for judgement in judgements:
        place = (judgement.flat.expression.span, judgement.flat.site)
        if judgement.typed is None or place[0] == NOWHERE:
            continue
        last.pop(place, None)  # in the order of the last round
        last[place] = judgement
    return list(last.values())


class WatchingJudge(Judge):
    """A judge who writes everything down."""

    def begin(self) -> None:
        """Start with empty books."""
        self.made: list[Judgement] = []
        self.open: list[Judgement] = []
        self.at: dict[Span, Judgement] = {}
        self.probed: list[Judgement] = []
        self.folded: list[Judgement] = []  # FOLDs of a probe
        self.inferred: dict[Span, Type] = {}
        self.chains: dict[int, Typed] = {}  # a step's id -> the chain it is a step of

    def step(
        self, flat: Flat, incoming: Incoming | None, locals_: Locals | None = None
    ) -> Typed | None:
        reach = Locals() if locals_ is None else locals_
        judgement = Judgement(flat, incoming, reach)
        expression = flat.expression
        if isinstance(expression, Operation) and expression.operator == PROBE:
            self.probed.append(judgement)
            return None
        if is_fold_of_probe(expression):
            self.folded.append(judgement)
            return None
        self.open.append(judgement)
        try:
            judgement.typed = super().step(flat, incoming, reach)
        finally:
            self.open.pop()
        (self.open[-1].parts if self.open else self.made).append(judgement)
        if flat.site is None and judgement.typed is not None:
            self.at[expression.span] = judgement
        return judgement.typed

    def _one_step(self, typed: Typed, flat: Flat) -> Typed | None:
        one = super()._one_step(typed, flat)
        # What stands in the chain is this, so the judgement is about it.
        for judgement in (self.open[-1].parts if self.open else self.made)[-1:]:
            if judgement.typed is typed and one is not None:
                judgement.typed = one
        return one

    def sequence(self, steps: list[Typed], reward: str) -> Typed:
        whole = super().sequence(steps, reward)
        if len(steps) > 1:
            self.chains.update((id(step), whole) for step in steps)
        return whole

    def declared(
        self, flat: Flat, declared: CompositeDeclaration, ascribed: Ascription | None
    ) -> Typed | None:
        typed = super().declared(flat, declared, ascribed)
        if typed is not None and typed.inferred is not None:
            self.inferred[declared.name.span] = typed.inferred
        return typed


def is_fold_of_probe(expression: Expression) -> bool:
    """Whether this is `FOLD(probe, …)`. What stands there takes two values, so that
    nothing reaches the probe itself."""
    if not isinstance(expression, Operation) or expression.operator != "FOLD":
        return False
    return any(
        isinstance(part, Operation) and part.operator == PROBE
        for part in expression.parts
    )


@dataclass
class WatchingChecker(Checker):
    """A checker with such a judge; ``judgements`` are each composite's own steps."""

    judgements: dict[Key, list[Judgement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.books = WatchingJudge(
            self.report, self.elaborator, self.base, self.ascription, self.broken
        )
        self.books.begin()
        self.judge = self.books

    def environment(self, scope: Scope, name: str) -> TypedEnvironment | None:
        books = self.books
        kept = books.made, books.open
        books.made, books.open = [], []
        try:
            found = super().environment(scope, name)
            if books.made:
                self.judgements[scope.key, name] = books.made
        finally:
            books.made, books.open = kept
        return found


@dataclass
class Watched:
    """A checked program with everything that was noticed. ``roots`` are the scopes of
    the sources given, ``scopes`` all that were loaded, imported ones first."""

    checker: WatchingChecker
    roots: list[Scope]
    scopes: list[Scope]
    report: Report

    @property
    def books(self) -> WatchingJudge:
        """The judge's notes."""
        return self.checker.books

    def scope_of(self, path: str) -> Scope | None:
        """The scope of a file."""
        return next((s for s in self.scopes if s.source.path == path), None)


def watch(
    sources: Sequence[Source],
    library: Library,
    parse: Parse = read_module,
    wanted: Callable[[Scope], bool] = lambda scope: True,
) -> Watched:
    """Check modules as ``check`` does, and remember how. Only modules that are
    ``wanted`` are judged whole, others as far as those need them."""
    report = Report()
    roots, scopes = resolve(sources, library, report, parse)
    checker = WatchingChecker(report)
    checker.judge.shelf = Shelf(library, scopes)
    checker.prepare(scopes)
    for scope in roots:
        checker.module(scope)
    for scope in scopes:
        if scope not in roots and wanted(scope):
            for name in scope.environments:
                checker.environment(scope, name)
    return Watched(checker, roots, scopes, report)
