"""The `level` lines of a declaration."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from racesc.declare.level_types import level_problem
from racesc.diagnostics import Report
from racesc.drawing import HIGHEST
from racesc.elaborate import Elaborator
from racesc.elaborate.bounds import WrongBound, read_bound
from racesc.errors.declarations import InvalidClause
from racesc.errors.names import UnknownName
from racesc.errors.types import InvalidBound
from racesc.intervals import Context, rename, rename_type, underlying
from racesc.resolve import Scope, near
from racesc.runtime.base import Level
from racesc.runtime.bounds import LEVEL
from racesc.runtime.types import Int, List, Rat, Set, Str, Type
from racesc.source import Span
from racesc.syntax import BaseDeclaration, LevelClause
from racesc.unify import UNKNOWN, mentions_unknown


class LevelLines:
    """Reads the `level` lines of one declaration, whose parameters are ``context``."""

    def __init__(
        self,
        scope: Scope,
        written: BaseDeclaration,
        context: Context,
        elaborator: Elaborator,
        report: Report,
    ) -> None:
        self._scope = scope
        self._written = written
        self._context = context
        self._elaborator = elaborator
        self._report = report
        self._places = {name: place for place, name in enumerate(context)}

    def read(self) -> tuple[Level, ...]:
        """The lines that are right, in order; reports what is wrong with the others. A
        parameter has one line with a type, or any number with bounds."""
        lines: dict[str, list[Level]] = {}
        levels: list[Level] = []
        for clause in self._written.clauses:
            if not isinstance(clause, LevelClause):
                continue
            name = clause.parameter.text
            if name not in self._context:
                similar = near(name, self._context, self._report)
                self._report.add(
                    UnknownName(
                        "parameter", name, clause.parameter.span, similar
                    ).diagnostic()
                )
                continue
            before = lines.setdefault(name, [])
            if before and (clause.type is not None or before[0].type is not None):
                problem = f"`{name}` has another `level` line already"
                self._report.add(InvalidClause(problem, clause.span).diagnostic())
                continue
            line = self._bound(clause) if clause.type is None else self._type(clause)
            if line is not None:
                before.append(line)
                levels.append(line)
        return tuple(levels)

    def _bound(self, clause: LevelClause) -> Level | None:
        """A line `level p <= …`; None after a mistake."""
        assert clause.bound is not None
        name, on_length = clause.parameter.text, clause.on_length
        body = underlying(self._context[name])
        fits = isinstance(body, (Str, List, Set) if on_length else (Int, Rat))
        if not fits and body != UNKNOWN:
            kind = "has no length" if on_length else "is not a number"
            word = name if on_length else f"{name} len"
            self._report.add(
                InvalidBound(
                    f"`{name}` {kind}, so this line cannot narrow it",
                    clause.span,
                    f"write `level {word} <= …`",
                ).diagnostic()
            )
            return None
        bound = read_bound(clause.bound, self._reach(name), self._report)
        if isinstance(bound, WrongBound):
            return None
        return Level(name, on_length, rename(bound, {"level": LEVEL}))

    def _type(self, clause: LevelClause) -> Level | None:
        """A line `level p: T`; None after a mistake."""
        assert clause.type is not None
        name = clause.parameter.text
        variables = {v.name: () for v in self._written.variables}
        reach = self._reach(name)
        type_ = self._elaborator.type(self._scope, clause.type, variables, reach)
        if mentions_unknown(type_) or mentions_unknown(self._context[name]):
            return None
        line = Level(name, type=rename_type(type_, {"level": LEVEL}))
        problem = level_problem(
            line, self._context, clause.type.span, self._declared_at(name)
        )
        if problem is not None:
            self._report.add(problem.diagnostic())
            return None
        return line

    def _declared_at(self, name: str) -> Span:
        """Where a parameter is declared."""
        return next(p.span for p in self._written.parameters if p.name.text == name)

    def _reach(self, name: str) -> Context:
        """What a line for a parameter may speak of: the level, and those before it."""
        earlier = _Earlier(self._context, self._places, self._places[name])
        return ChainMap({"level": Int(1, HIGHEST)}, earlier)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Earlier(Mapping[str, Type]):
    """The parameters of a context before one: its first ``count``."""

    context: Context
    places: Mapping[str, int]
    count: int

    def __getitem__(self, name: str) -> Type:
        if self.places[name] >= self.count:
            raise KeyError(name)
        return self.context[name]

    def __iter__(self) -> Iterator[str]:
        return islice(self.context, self.count)

    def __len__(self) -> int:
        return self.count
