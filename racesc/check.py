"""From scopes to typed environments: every declaration of every module, judged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from racesc.compose import Ascription, Flat, Incoming, Judge, Typed, signature_of, unfed
from racesc.declare import DeclaredBase, Declarer
from racesc.diagnostics import Report
from racesc.drawing import drawn_type
from racesc.elaborate import Elaborator
from racesc.errors.composition import SignatureMismatch
from racesc.feeding import DEFAULTS, feed
from racesc.format import format_expression
from racesc.intervals import ground
from racesc.library import Library
from racesc.made_of import cyclic, parts_first
from racesc.operators.step import Source as Edge
from racesc.packages import Packages
from racesc.resolve import Parse, Scope, resolve
from racesc.runtime.base import Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.text import show
from racesc.runtime.types import Type
from racesc.shelf import Shelf
from racesc.show_types import signature_text, type_text
from racesc.source import Source
from racesc.subsume import within
from racesc.syntax import BaseDeclaration, Block, CompositeDeclaration, LawClause, Use
from racesc.typed import Law, Program, Signature, TypedEnvironment, TypedModule
from racesc.unify import mentions_unknown
from racesc.witness import counterexample

if TYPE_CHECKING:
    from racesc.suites.elaborate import SuiteElaborator


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
    checker.prepare(order)
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

    def prepare(self, scopes: Sequence[Scope]) -> None:
        """Find what is wrong with modules before any environment is judged: composites
        that contain themselves, and types."""
        for scope in scopes:
            names = cyclic(scope, self.report)
            self._cyclic.update((scope.key, name) for name in names)
        for scope in scopes:
            for name in scope.types:
                self.elaborator.declaration(scope, name)

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
            known = self._environments
            for inner in parts_first(scope, name, lambda n: (scope.key, n) in known):
                self.environment(scope, inner)
            known[key] = None
            declared = scope.environments[name]
            with self.judge.afresh(self.report):
                if isinstance(declared, BaseDeclaration):
                    known[key] = self._base_environment(scope, declared)
                else:
                    known[key] = self._composite(scope, declared)
        return self._environments[key]

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

    # ── modules ───────────────────────────────────────────────────────────────

    def module(self, scope: Scope) -> TypedModule:
        """A root module with all its declarations judged."""
        environments = [self.environment(scope, name) for name in scope.environments]
        sound = tuple(e for e in environments if e is not None)
        return TypedModule(
            scope.key,
            scope.source.path,
            sound,
            Packages(scope, self.report, self.environment).declared(sound),
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


__all__ = ["Checker", "check"]
