"""From scopes to typed environments: every declaration of every module, judged."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from racesc.compose import (
    Ascription,
    Flat,
    Incoming,
    Judge,
    Typed,
    signature_of,
    unfed,
)
from racesc.declare import DeclaredBase, Declarer
from racesc.diagnostics import Report
from racesc.drawing import drawn_type
from racesc.elaborate import Elaborator
from racesc.emit.targets import available
from racesc.errors.composition import SignatureMismatch
from racesc.errors.declarations import InvalidClause, MissingTarget, UnboundedSample
from racesc.errors.names import CyclicEnvironment, DuplicateName, UnknownName
from racesc.feeding import DEFAULTS, feed
from racesc.format import format_expression
from racesc.intervals import ground
from racesc.library import Library
from racesc.operators.sequential import Source as Edge
from racesc.resolve import Parse, Scope, find_environment, near, resolve
from racesc.runtime.base import Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.text import show
from racesc.runtime.types import Type
from racesc.shelf import Shelf
from racesc.show_types import signature_text, type_text
from racesc.source import Source, Span
from racesc.subsume import within
from racesc.syntax import (
    BaseDeclaration,
    Block,
    Chain,
    CompositeDeclaration,
    Expression,
    LawClause,
    Name,
    Operation,
    PackageDeclaration,
    Use,
)
from racesc.typed import (
    Law,
    Program,
    Signature,
    TypedEnvironment,
    TypedModule,
    TypedPackage,
)
from racesc.unify import mentions_unknown
from racesc.witness import counterexample

if TYPE_CHECKING:
    from racesc.suites.elaborate import SuiteElaborator

DEFAULT_VERSION = "0.1.0"
VERSION = re.compile(r"[0-9]+(\.[0-9]+)*((a|b|rc|\.post|\.dev)[0-9]+)*")


def check(
    sources: Iterable[Source], library: Library, report: Report, parse: Parse
) -> Program:
    """Judge modules and everything they use.

    Mistakes go to ``report``; what is sound comes back typed. Environments of imported
    modules are typed as far as they are needed.
    """
    roots, order = resolve(sources, library, report, parse)
    checker = Checker(report)
    checker.judge.shelf = Shelf(library, order)
    for scope in order:
        checker.find_cycles(scope)
    for scope in order:
        for name in scope.types:
            checker.elaborator.declaration(scope, name)
    modules = tuple(checker.module(scope) for scope in roots)
    for scope in order:
        # Bases of imported modules are judged too: a package may carry them.
        if scope not in roots:
            for name in scope.environments:
                checker.environment(scope, name)
    return Program(
        modules,
        {
            s.key: s.source.solver_text
            for s in order
            if s.source.solver_text is not None
        },
        {s.key: hashlib.sha256(s.source.text.encode()).hexdigest() for s in order},
    )


@dataclass
class Checker:
    """Types declarations, each once; composites need the environments they name."""

    report: Report
    elaborator: Elaborator = field(init=False)
    declarer: Declarer = field(init=False)
    judge: Judge = field(init=False)
    _bases: dict[tuple[str, str], DeclaredBase] = field(default_factory=dict)
    _ascriptions: dict[tuple[str, str], Ascription | None] = field(default_factory=dict)
    _environments: dict[tuple[str, str], TypedEnvironment | None] = field(
        default_factory=dict
    )
    _cyclic: set[tuple[str, str]] = field(default_factory=set)
    suites: SuiteElaborator | None = None

    def __post_init__(self) -> None:
        self.elaborator = Elaborator(self.report)
        self.declarer = Declarer(self.report, self.elaborator)
        self.judge = Judge(
            self.report,
            self.elaborator,
            self.base,
            self.ascription,
            self.broken,
        )

    # ── cycles ────────────────────────────────────────────────────────────────

    def find_cycles(self, scope: Scope) -> None:
        """Mark the composites of a module that contain themselves; imports cannot be
        cyclic, so a cycle stays within one module."""
        state: dict[str, str] = {}
        for start in scope.environments:
            self._visit(scope, start, state)

    def _visit(self, scope: Scope, start: str, state: dict[str, str]) -> None:
        trail: list[tuple[str, Iterator[Use]]] = []

        def enter(name: str) -> None:
            state[name] = "open"
            trail.append((name, iter(_uses(scope.environments[name]))))

        if start in state:
            return
        enter(start)
        while trail:
            name, uses = trail[-1]
            for use in uses:
                target = use.name.rpartition(".")
                if target[0] and target[0] != scope.name:
                    continue
                inner = target[2]
                if inner not in scope.environments:
                    continue
                if state.get(inner) == "open":
                    names = [n for n, _ in trail]
                    circle = names[names.index(inner) :]
                    self._cyclic.update((scope.key, n) for n in circle)
                    self.report.add(
                        CyclicEnvironment((*circle, inner), use.name_span).diagnostic()
                    )
                elif inner not in state:
                    enter(inner)
                    break
            else:
                state[name] = "done"
                trail.pop()

    def broken(self, scope: Scope, name: str) -> bool:
        """Whether a composite has a mistake that was reported where it is declared."""
        return (scope.key, name) in self._cyclic or self.environment(
            scope, name
        ) is None

    # ── declarations ──────────────────────────────────────────────────────────

    def base(self, scope: Scope, name: str) -> DeclaredBase | None:
        """A declared base environment, judged once; None where its declaration has a
        mistake."""
        key = (scope.key, name)
        declared = scope.environments.get(name)
        if not isinstance(declared, BaseDeclaration):
            return None
        if key not in self._bases:
            self._bases[key] = self.declarer.base(scope, declared)
        found = self._bases[key]
        return found if found.sound else None

    def ascription(self, scope: Scope, name: str) -> Ascription | None:
        """The signature a composite declares, or None where it declares none."""
        key = (scope.key, name)
        if key in self._ascriptions:
            return self._ascriptions[key]
        declared = scope.environments[name]
        assert isinstance(declared, CompositeDeclaration)
        found: Ascription | None = None
        if declared.parameters is not None or declared.codomain is not None:
            variables = self.declarer.variables(declared.variables)
            parameters = None
            context: dict[str, Type] = {}
            if declared.parameters is not None:
                context = self.declarer.parameters(
                    scope, declared.parameters, variables
                )
                parameters = tuple(Parameter(n, t) for n, t in context.items())
            codomain = None
            if declared.codomain is not None:
                codomain = self.elaborator.type(
                    scope, declared.codomain, variables, context
                )
                self.elaborator.scalar_bounds(codomain, declared.codomain.span, context)
            found = Ascription(tuple(variables.items()), parameters, codomain)
        self._ascriptions[key] = found
        return found

    def environment(self, scope: Scope, name: str) -> TypedEnvironment | None:
        """A declared environment, typed once; None where it has a mistake."""
        key = (scope.key, name)
        if key not in self._environments:
            if key in self._cyclic:
                return None
            for inner in self._before(scope, name):
                self.environment(scope, inner)
            self._environments[key] = None
            declared = scope.environments[name]
            state = self._save()
            if isinstance(declared, BaseDeclaration):
                self._environments[key] = self._base_environment(scope, declared)
            else:
                self._environments[key] = self._composite(scope, declared)
            self._restore(state)
        return self._environments[key]

    def _before(self, scope: Scope, name: str) -> list[str]:
        """The environments of the same module that one is made of and that are not
        judged yet, inner ones first: chains of names may be too long for recursion."""
        found: dict[str, None] = {}
        trail = [(name, iter(_uses(scope.environments[name])))]
        entered = {name}
        while trail:
            here, uses = trail[-1]
            for use in uses:
                module, _, inner = use.name.rpartition(".")
                known = inner in scope.environments and module in ("", scope.name)
                key = (scope.key, inner)
                if not known or inner in entered or key in self._environments:
                    continue
                entered.add(inner)
                trail.append((inner, iter(_uses(scope.environments[inner]))))
                break
            else:
                trail.pop()
                found[here] = None
        del found[name]
        return list(found)

    def _save(self) -> tuple[object, ...]:
        """Declarations are judged where first needed, in a clean state."""
        judge = self.judge
        kept = (
            judge.depth,
            judge.parts,
            judge.whole,
            judge.defaults,
            judge.report,
            self.elaborator.report,
            judge.speculating,
        )
        judge.depth, judge.parts, judge.whole = 0, 0, False
        judge.defaults = DEFAULTS
        judge.speculating = False
        judge.report = self.elaborator.report = self.report
        return kept

    def _restore(self, kept: tuple[object, ...]) -> None:
        judge = self.judge
        (
            judge.depth,
            judge.parts,
            judge.whole,
            judge.defaults,
            judge.report,
            self.elaborator.report,
            judge.speculating,
        ) = kept  # type: ignore[assignment]

    def _base_environment(
        self, scope: Scope, written: BaseDeclaration
    ) -> TypedEnvironment | None:
        declared = self.base(scope, written.name.text)
        if declared is None:
            return None
        node, reason = self._free_brick(declared)
        return TypedEnvironment(
            name=written.name.text,
            module=scope.key,
            doc=written.doc,
            tags=declared.tags,
            signature=declared.signature,
            node=node,
            base=declared.base,
            expression=written.name.text,
            relational=declared.relational,
            sampleable=node is not None,
            span=written.name.span,
            examples=declared.examples,
            laws=tuple(self._laws(scope, declared)),
            undrawable=reason,
        )

    def _free_brick(self, declared: DeclaredBase) -> tuple[Brick | None, str]:
        """A base environment as a free-standing problem, or why it cannot be drawn."""
        first = ""
        for default in DEFAULTS:
            order = (default, *(t for t in DEFAULTS if t != default))
            fed = feed(declared, {}, defaults=order)
            if not fed.misfits:
                where = {name: ground(t, {}) for name, t in fed.where.items()}
                return Brick(declared.base, where), ""
            misfit = fed.misfits[0]
            reason = (
                f"`{misfit.parameter}: {type_text(misfit.port)}` has no finite range"
                if misfit.kind == "unbounded"
                else f"`{misfit.parameter}` may have no value: {misfit.reason}"
            )
            first = first or reason
            if not declared.base.classes:
                break
        return None, first

    def _laws(self, scope: Scope, declared: DeclaredBase) -> Iterator[Law]:
        for clause in declared.laws:
            law = self._law(scope, declared, clause)
            if law is not None:
                yield law

    def _law(
        self, scope: Scope, declared: DeclaredBase, clause: LawClause
    ) -> Law | None:
        """Both sides of an equation, fed what the environment's first port takes."""
        parameters = declared.signature.parameters
        if not parameters:
            return None
        node, _ = self._free_brick(declared)
        if node is None:
            return None
        head = parameters[0]
        port = node.types[head.name]
        type_ = ground(drawn_type(declared.base, head.name, port, {}), {})
        sides: list[Typed | None] = []
        for side in (clause.left, clause.right):
            if isinstance(side, Use) and side.name == "id":
                sides.append(None)
                continue
            incoming = Incoming(type_, "the law's input", clause.span, Edge(None, "x"))
            typed = self.judge.chain((side,), scope, incoming, None)
            if typed is None:
                return None
            sides.append(typed)
        text = f"{format_expression(clause.left)} == {format_expression(clause.right)}"
        nodes = [None if s is None else unfed(s.node) for s in sides]
        return Law(nodes[0], nodes[1], text, clause.span)

    # ── composites ────────────────────────────────────────────────────────────

    def _composite(
        self, scope: Scope, written: CompositeDeclaration
    ) -> TypedEnvironment | None:
        before = self.report.count
        ascribed = self.ascription(scope, written.name.text)
        flat = Flat(written.value, scope)
        if ascribed is None:
            typed = self._free(scope, written)
        else:
            if self.report.count != before:
                return None
            typed = self.judge.declared(flat, written, ascribed)
            if typed is not None:
                typed = self._ascribed(written, ascribed, typed)
        if typed is None or self.report.count != before:
            return None
        signature = signature_of(typed)
        if ascribed is not None and ascribed.codomain is not None:
            signature = replace(signature, codomain=ascribed.codomain)
        return TypedEnvironment(
            name=written.name.text,
            module=scope.key,
            doc=written.doc,
            tags=(),
            signature=signature,
            node=typed.node,
            base=None,
            expression=typed.text,
            relational=typed.relational,
            sampleable=True,
            span=written.name.span,
            steps=tuple((s.text, type_text(s.value)) for s in typed.steps),
        )

    def _free(self, scope: Scope, written: CompositeDeclaration) -> Typed | None:
        """A composite without a declared signature."""
        value = written.value
        if isinstance(value, Block):
            return self.judge.step(Flat(value, scope), None)
        return self.judge.closed(value, scope)

    def _ascribed(
        self, written: CompositeDeclaration, ascribed: Ascription, typed: Typed
    ) -> Typed | None:
        """Whether the inferred codomain lies inside the ascribed one."""
        if ascribed.codomain is None:
            return typed
        context = {p.name: p.type for p in ascribed.parameters or ()}
        inferred = typed.inferred
        if inferred is None or mentions_unknown(ascribed.codomain):
            return None
        if within(inferred, ascribed.codomain, context):
            return typed
        loose, wanted = ground(inferred, context), ground(ascribed.codomain, context)
        found = counterexample(loose, wanted)
        assert written.codomain is not None
        parameters = () if ascribed.parameters is None else ascribed.parameters
        whole = Signature(ascribed.variables, parameters or typed.parameters, inferred)
        self.report.add(
            SignatureMismatch(
                written.name.text,
                f"it can return values outside `{type_text(ascribed.codomain)}`",
                written.codomain.span,
                f"promises `{type_text(ascribed.codomain)}`",
                written.value.span,
                f"returns `{type_text(inferred)}`",
                signature_text(whole),
                "" if found is None else show(found[0], loose),
            ).diagnostic()
        )
        return None

    # ── modules and packages ──────────────────────────────────────────────────

    def module(self, scope: Scope) -> TypedModule:
        """A root module with all its declarations judged."""
        environments = [self.environment(scope, name) for name in scope.environments]
        sound = tuple(e for e in environments if e is not None)
        return TypedModule(
            scope.key,
            scope.source.path,
            sound,
            self._packages(scope, sound),
            tuple(self._scope_environments(scope)),
            scope.source.solver_text,
            tuple(self._suites(scope)),
        )

    def _suites(self, scope: Scope) -> Iterator[Any]:
        """The suites that a module declares, and those its packages include besides."""
        names = [name.text for p in scope.packages.values() for name in p.include]
        for name in dict.fromkeys((*scope.suites, *names)):
            for owner in scope.find(name, "suites")[:1]:
                if self.suites is None:  # most files have none
                    from racesc.suites.elaborate import SuiteElaborator

                    self.suites = SuiteElaborator(self)
                found = self.suites.suite(owner, name.rpartition(".")[2])
                if found is not None:
                    yield found

    def _scope_environments(self, scope: Scope) -> Iterator[TypedEnvironment]:
        for owner, declared in scope.listed():
            found = self.environment(owner, declared.name.text)
            if found is not None:
                yield found

    def _packages(
        self, scope: Scope, sound: tuple[TypedEnvironment, ...]
    ) -> tuple[TypedPackage, ...]:
        if not scope.packages:
            # A file without a package block is a package of what it declares.
            whole = tuple(e for e in sound if e.sampleable)
            suites = tuple(scope.suites)
            spans = [one.name.span for one in scope.suites.values()]
            spans = [*(one.span for one in whole), *spans]
            if not spans:
                return ()
            return (
                TypedPackage(
                    scope.name, DEFAULT_VERSION, "", whole, suites, (), spans[0]
                ),
            )
        return tuple(self._package(scope, p) for p in scope.packages.values())

    def _package(self, scope: Scope, written: PackageDeclaration) -> TypedPackage:
        found: list[TypedEnvironment] = []
        suites: list[str] = []
        names: dict[tuple[str, ...], Span] = {}
        for name in written.include:
            # `sort` and `lists.sort` may be the same.
            owners = scope.find(name.text, "environments")
            last = name.text.rpartition(".")[2]
            key = (owners[0].key, last) if len(owners) == 1 else (name.text,)
            if key in names:
                self.report.add(
                    DuplicateName(
                        "environment", name.text, name.span, names[key], "included"
                    ).diagnostic()
                )
                continue
            names[key] = name.span
            if scope.find(name.text, "suites"):
                suites.append(name.text)
                continue
            self._include(scope, name, found)
        if not written.include:
            self.report.add(
                InvalidClause(
                    f"package `{written.name.text}` includes nothing",
                    written.name.span,
                    "add a line such as `include second_digit`",
                ).diagnostic()
            )
        known = available()
        for target in written.targets:
            if target.text not in known:
                self.report.add(
                    MissingTarget(target.text, target.span, known).diagnostic()
                )
        if written.version is not None and not VERSION.fullmatch(written.version):
            self.report.add(
                InvalidClause(
                    f"`{written.version}` is no version",
                    written.name.span,
                    'write numbers with points, `version "0.1.0"`',
                ).diagnostic()
            )
        return TypedPackage(
            written.name.text,
            written.version or DEFAULT_VERSION,
            written.doc,
            tuple(found),
            tuple(suites),
            tuple(target.text for target in written.targets),
            written.name.span,
        )

    def _include(self, scope: Scope, name: Name, found: list[TypedEnvironment]) -> None:
        if not scope.find(name.text, "environments"):
            if scope.excused(name.text):
                return
            similar = near(
                name.text,
                lambda: [*scope.bare_names("environments"), *scope.suites],
                self.report,
            )
            self.report.add(
                UnknownName(
                    "environment or suite", name.text, name.span, similar
                ).diagnostic()
            )
            return
        place = find_environment(scope, name.text, name.span, self.report)
        if place is None:
            return
        owner, declared = place
        environment = self.environment(owner, declared.name.text)
        if environment is None:
            return
        if not environment.sampleable:
            assert environment.base is not None
            first = environment.base.parameters[0]
            self.report.add(
                UnboundedSample(
                    environment.name, first.name, type_text(first.type), name.span
                ).diagnostic()
            )
            return
        found.append(environment)


def _uses(declared: BaseDeclaration | CompositeDeclaration) -> list[Use]:
    """The environments that a composite names, in order, without recursion."""
    if isinstance(declared, BaseDeclaration):
        return []
    found: list[Use] = []
    waiting: list[Expression] = [declared.value]
    while waiting:
        expression = waiting.pop()
        if isinstance(expression, Use):
            found.append(expression)
        elif isinstance(expression, Chain):
            waiting += reversed(expression.steps)
        elif isinstance(expression, Operation):
            waiting += reversed(expression.parts)
        else:
            waiting += [s.value for s in reversed(expression.statements)]
    return found


__all__ = ["Checker", "check"]
