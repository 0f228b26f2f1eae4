"""Builds the nodes of composites of the space, by the checker's own judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from racesc.compose import Flat, Incoming, Judge, Locals, Typed
from racesc.compose.terms import NO_LOCALS
from racesc.diagnostics import Report
from racesc.operators.sequential import Source
from racesc.parse import parse_expression
from racesc.resolve import EnvironmentDeclaration, Scope
from racesc.runtime.node import Node
from racesc.runtime.types import Type
from racesc.show_types import signature_text
from racesc.source import Source as SourceFile
from racesc.space.terms import Term
from racesc.syntax import (
    Chain,
    Expression,
    ImportDeclaration,
    Literal,
    Module,
    Name,
    Operation,
    Option,
    Use,
)

Owned = tuple[Scope, EnvironmentDeclaration]


def narrow_scope(owned: Sequence[Owned], home: Scope) -> Scope:
    """A scope that sees some environments and nothing else."""
    names: dict[str, list[str]] = {}
    owners: dict[str, Scope] = {}
    for owner, declared in owned:
        owners[owner.key] = owner
        names.setdefault(owner.key, []).append(declared.name.text)
    source = SourceFile(home.source.path, "", home.source.directory)
    scope = Scope(f"{home.key} suite", source, Module(" suite", (), ()))
    for key, owner in owners.items():
        listed = tuple(Name(name) for name in names[key])
        scope.imports.append((ImportDeclaration(Name(key), listed), owner))
    return scope


class _Judge(Judge):
    """The judge, which here is asked for the same steps and pools again and again.

    A base environment's step depends on the type that comes in, not on where in the
    chain it stands: that is filled in afterwards.
    """

    def takers(self, scope: Scope, type_: Type) -> list[Typed]:
        pools: dict[Type, list[Typed]] = self.__dict__.setdefault("pools", {})
        if type_ not in pools:
            pools[type_] = super().takers(scope, type_)
        return pools[type_]

    def step(
        self, flat: Flat, incoming: Incoming | None, locals_: Locals = NO_LOCALS
    ) -> Typed | None:
        use = flat.expression
        if (
            not isinstance(use, Use)
            or locals_ is not NO_LOCALS
            or (incoming is not None and type(incoming.source) is not Source)
        ):
            return super().step(flat, incoming, locals_)
        known: dict[Any, Typed] = self.__dict__.setdefault("known", {})
        key = (
            id(use),
            id(flat.scope),
            flat.policy,
            flat.extra,
            None if incoming is None else (incoming.type, incoming.name),
            self.whole,
            self.defaults,
            self.level,
        )
        place = None if incoming is None else incoming.source
        found = known.get((key, place))
        if found is not None:
            return found
        found = known.get(key)
        if found is None:
            found = super().step(flat, incoming, locals_)
            if found is None:
                return None
            # Keys are identities: what they stand for stays alive.
            self.__dict__.setdefault("alive", []).append((use, flat.scope))
            known[key] = found
        if place is not None:
            feeds = {
                name: source
                if source.step is None
                else replace(source, step=place.step)
                for name, source in found.feeds.items()
            }
            found = replace(found, feeds=feeds)
        known[key, place] = found
        return found


class Workshop:
    """Composites over one scope. ``judge`` is the checker's."""

    def __init__(self, judge: Judge, scope: Scope, level: int = 10) -> None:
        self.scope = scope
        self.judge = judge
        self._judge = _Judge(
            Report(), judge.elaborator, judge.base, judge.ascription, judge.broken
        )
        self._judge.level = level
        self._uses: dict[str, Expression] = {}

    def use(self, text: str) -> Expression:
        """One environment as an expression, parsed once."""
        if text not in self._uses:
            found = parse_expression(text, Report())
            assert found is not None, text
            self._uses[text] = found
        return self._uses[text]

    def tree(
        self, term: Term, sources: Sequence[str], places: Sequence[str]
    ) -> Expression:
        """A composite as a syntax tree, without a way through text."""
        kind = term[0]
        if kind in "bu":
            return self.use((sources if kind == "b" else places)[term[1]])
        parts = tuple(self.tree(part, sources, places) for part in term[1])
        if kind == "q":
            return Chain(parts)
        if kind == "p":
            return Operation("PARALLEL", parts)
        if kind == "s":
            return Operation("SORT", (Chain(parts),))
        count = Option("distractors", _literal(term[2]))
        return Operation("SELECT", (Chain(parts),), (count,))

    def typed(self, expression: Expression) -> Typed | None:
        """A free-standing composite; None where it is not legal."""
        judge = self._judge
        judge.parts = 0
        with judge.speculation() as aside:
            found = judge.closed(expression, self.scope)
        return None if aside.has_errors else found

    def made(
        self, term: Term, sources: Sequence[str], places: Sequence[str]
    ) -> tuple[str, str, Node] | None:
        """Canonical expression, signature and node; None where it is not legal."""
        from racesc.compose import signature_of

        typed = self.typed(self.tree(term, sources, places))
        if typed is None:
            return None
        return typed.text, signature_text(signature_of(typed)), typed.node


def _literal(value: int) -> Literal:
    return Literal(value)
