"""From `suite` blocks to suites: names are resolved, options are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from racesc.errors.names import AmbiguousName, UnknownName
from racesc.errors.suites import EmptyEnumeration
from racesc.resolve import Scope, near
from racesc.runtime.types import Type
from racesc.space.selection import OPERATORS
from racesc.suites.options import Options
from racesc.suites.suite import (
    DEFAULT_DEPTHS,
    DEFAULT_LEVELS,
    DEFAULT_SIZES,
    DEFAULT_TAKE,
    Suite,
)
from racesc.suites.workshop import Owned, Workshop, narrow_scope
from racesc.syntax import (
    BaseDeclaration,
    DisjointClause,
    FromClause,
    GoalClause,
    MixClause,
    Name,
    RangeClause,
    RequireClause,
    SplitClause,
    SuiteDeclaration,
    TakeClause,
    UsingClause,
)
from racesc.typed import TypedEnvironment
from racesc.unify import UNKNOWN, mentions_unknown

if TYPE_CHECKING:
    from racesc.check import Checker

_WORDS = {
    FromClause: "from",
    UsingClause: "using",
    GoalClause: "goal",
    MixClause: "mix",
    TakeClause: "take",
    DisjointClause: "disjoint",
    SplitClause: "split",
}


@dataclass
class SuiteElaborator:
    """Elaborates the suites of one program, each once; None where one has a mistake."""

    checker: Checker
    _found: dict[tuple[str, str], Suite | None] = field(default_factory=dict)
    _open: set[tuple[str, str]] = field(default_factory=set)

    def suites(self, scope: Scope) -> Iterator[Suite]:
        """The suites that a module declares."""
        for name in scope.suites:
            found = self.suite(scope, name)
            if found is not None:
                yield found

    def suite(self, scope: Scope, name: str) -> Suite | None:
        """One suite."""
        key = (scope.key, name)
        if key not in self._found:
            self._open.add(key)
            self._found[key] = self._read(scope, name)
            self._open.discard(key)
        return self._found[key]

    def _read(self, scope: Scope, name: str) -> Suite | None:
        options = Options(self.checker.report)
        return _Reading(self, scope, scope.suites[name], options).suite()

    def is_open(self, scope: Scope, name: str) -> bool:
        """Whether a suite is just being elaborated, so that it speaks of itself."""
        return (scope.key, name) in self._open


@dataclass
class _Reading:
    """One block as it is read."""

    all: SuiteElaborator
    scope: Scope
    declared: SuiteDeclaration
    options: Options

    def suite(self) -> Suite | None:
        """What the block says, None where it has a mistake."""
        clauses = self._clauses()
        name = self.declared.name
        owned = self._owned(clauses.get("from"))
        using = clauses.get("using")
        operators = self.options.operators(using.operators) if using else OPERATORS
        requirements, bits = self.options.requirements(clauses.get("require", ()))
        disjoint = self._disjoint(clauses.get("disjoint"))
        take = clauses.get("take")
        if take is not None and take.count == 0:
            help_ = "leave `take` out for a thousand, or say `take all`"
            self.options.refuse("`take 0` asks for nothing", take.span, help_)
        levels = self.options.range(clauses.get("level"), DEFAULT_LEVELS)
        goals = self._goals(clauses.get("goal"), operators)
        mix = self.options.shares(clauses.get("mix"), "mix", operators)
        split = self.options.shares(clauses.get("split"), "split", None)
        sizes = self.options.range(clauses.get("size"), DEFAULT_SIZES)
        depths = self.options.range(clauses.get("depth"), DEFAULT_DEPTHS)
        if self.options.wrong:
            return None
        environments = tuple(self._typed(owned))
        if not environments:
            self.all.checker.report.add(
                EmptyEnumeration(
                    name.text,
                    "`from` leaves no base environment",
                    name.span,
                    nearest=("name more in `from`, or less behind `except`",),
                ).diagnostic()
            )
            return None
        judge = self.all.checker.judge
        workshop = Workshop(judge, narrow_scope(owned, self.scope), levels[1])
        return Suite(
            name=name.text,
            module=self.scope.key,
            environments=environments,
            workshop=workshop,
            span=name.span,
            operators=operators,
            sizes=sizes,
            depths=depths,
            goals=goals,
            requirements=requirements,
            bits=bits,
            levels=levels,
            mix=mix,
            take=DEFAULT_TAKE if take is None else take.count,
            seed=0 if take is None else take.seed,
            disjoint=disjoint,
            split=split,
            doc=self.declared.doc,
        )

    def _clauses(self) -> dict[str, Any]:
        """The clauses by word; `require` may be repeated, and is a list."""
        found: dict[str, Any] = {}
        for clause in self.declared.clauses:
            if isinstance(clause, RequireClause):
                found["require"] = (*found.get("require", ()), clause)
                continue
            word = clause.kind if isinstance(clause, RangeClause) else ""
            word = word or _WORDS[type(clause)]
            if word in found:
                help_ = f"say `{word}` once"
                self.options.refuse(f"`{word}` is said twice", clause.span, help_)
            else:
                found[word] = clause
        return found

    # ── names ──

    def _owned(self, clause: FromClause | None) -> list[Owned]:
        """The base environments in question, in the order of the scope."""
        listed: list[Owned] = [
            (owner, declared)
            for owner, declared in self.scope.listed()
            if isinstance(declared, BaseDeclaration)
        ]
        if clause is None:
            return listed
        wanted = self._meant(clause.sources)
        left_out = self._meant(clause.excepted)
        places = {(owner.key, one.name.text): (owner, one) for owner, one in listed}
        for key, one in wanted.items():
            places.setdefault(key, one)
        return [
            one for key, one in places.items() if key in wanted and key not in left_out
        ]

    def _meant(self, names: Iterable[Name]) -> dict[tuple[str, str], Owned]:
        """The environments that modules, environments and suites stand for."""
        found: dict[tuple[str, str], Owned] = {}
        for name in names:
            for owner, declared in self._one(name):
                found[owner.key, declared.name.text] = (owner, declared)
        return found

    def _one(self, name: Name) -> list[Owned]:
        scope = self.scope
        environments = scope.find(name.text, "environments")
        last = name.text.rpartition(".")[2]
        if len(environments) == 1:
            owner = environments[0]
            return [(owner, owner.environments[last])]
        module = scope.module(name.text)
        if module is not None and not environments:
            return [
                (owner, declared)
                for owner, declared in scope.listed()
                if owner is module and isinstance(declared, BaseDeclaration)
            ]
        if environments:
            self.options.wrong = True
            modules = tuple(other.name for other in environments)
            self._report(AmbiguousName(name.text, modules, name.span).diagnostic())
            return []
        suites = scope.find(name.text, "suites")
        if suites:
            if self.all.is_open(suites[0], last):
                help_ = "name modules and environments there, or another suite"
                self.options.refuse(
                    f"suite `{last}` stands on itself", name.span, help_
                )
                return []
            other = self.all.suite(suites[0], last)
            if other is None:
                self.options.wrong = True
                return []
            return list(other.workshop.scope.listed())
        self._unknown("module, environment or suite", name)
        return []

    def _unknown(self, what: str, name: Name) -> None:
        self.options.wrong = True
        if self.scope.excused(name.text):
            return
        similar = near(
            name.text,
            lambda: [
                *(declaration.module.text for declaration, _ in self.scope.imports),
                *self.scope.bare_names("environments"),
                *self.scope.suites,
            ],
            self.all.checker.report,
        )
        self._report(UnknownName(what, name.text, name.span, similar).diagnostic())

    def _report(self, diagnostic: Any) -> None:
        self.all.checker.report.add(diagnostic)

    def _typed(self, owned: Sequence[Owned]) -> Iterator[TypedEnvironment]:
        for owner, declared in owned:
            found = self.all.checker.environment(owner, declared.name.text)
            if found is not None and found.base is not None:
                yield found

    # ── types and other suites ──

    def _goals(
        self, clause: GoalClause | None, operators: Sequence[str]
    ) -> tuple[Type, ...]:
        from racesc.space.selection import Selection

        if clause is None:
            return ()
        elaborator = self.all.checker.elaborator
        found = tuple(elaborator.type(self.scope, one, {}, {}) for one in clause.types)
        if any(one == UNKNOWN or mentions_unknown(one) for one in found):
            self.options.wrong = True
            return ()
        uneven = Selection(goals=found).uneven_goal()
        if uneven is not None and "PARALLEL" in operators:
            self.options.refuse(
                "a free-standing PARALLEL has no first part, so a goal that tells its"
                " parts apart says nothing of it",
                clause.span,
                "leave PARALLEL out of `using`, or give all items of the tuple one type",
            )
        return found

    def _disjoint(self, clause: DisjointClause | None) -> tuple[Suite, str] | None:
        if clause is None:
            return None
        name = clause.suite
        owners = self.scope.find(name.text, "suites")
        last = name.text.rpartition(".")[2]
        if not owners:
            self._unknown("suite", name)
            return None
        if self.all.is_open(owners[0], last):
            self.options.refuse(
                f"suites cannot be disjoint from each other in a circle: `{last}` is"
                " chosen first",
                clause.span,
                "one `disjoint from` is enough: it holds both ways",
            )
            return None
        other = self.all.suite(owners[0], last)
        if other is None:
            self.options.wrong = True
            return None
        return other, clause.by
