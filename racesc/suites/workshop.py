"""Builds the nodes of composites of the space, by the checker's own judgement.

``typed`` is that judgement, on the syntax tree of a composite. ``made`` gives the same
for thousands of composites, and asks the checker about base environments alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from racesc.compose import Flat, Incoming, Judge, Typed
from racesc.diagnostics import Report
from racesc.operators.parallel import Parallel
from racesc.operators.select import Select
from racesc.operators.sequential import Sequential
from racesc.operators.sort import Sort
from racesc.operators.sortable import shuffled, shuffled_step
from racesc.operators.step import Source, Step
from racesc.parse import parse_expression
from racesc.resolve import EnvironmentDeclaration, Scope
from racesc.runtime.base import Base
from racesc.runtime.node import Node
from racesc.runtime.types import Tuple, Type
from racesc.show_types import type_text
from racesc.source import Source as SourceFile
from racesc.space.ports import settled
from racesc.space.terms import FURTHER, Term
from racesc.space.terms import text as written
from racesc.syntax import (
    BaseDeclaration,
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
from racesc.unify import bind, has_class

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


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """A composite, or a part of one. ``consumed`` is its node where its value is used
    onwards, ``feeds`` what it is fed by the one step before it. ``shown`` is the type
    of its value as text, ``given`` that of its parameters, ``first`` of the first one.
    ``alone``: a base environment, or a MAP or the like over such, of which there is one
    object for each way to feed it.
    """

    node: Node
    consumed: Node
    value: Type
    text: str
    shown: str
    given: str
    first: str
    feeds: Mapping[str, Source]
    relational: bool
    alone: bool = False


class Workshop:
    """Composites over one scope. ``judge`` is the checker's."""

    def __init__(self, judge: Judge, scope: Scope, level: int = 10) -> None:
        self.scope = scope
        self.judge = judge
        self._judge = Judge(
            Report(), judge.elaborator, judge.base, judge.ascription, judge.broken
        )
        self._judge.level = level
        self._uses: dict[str, Expression] = {}
        # Bases by text, by the part before them; and by the type that it gives.
        self._behind: dict[tuple[str, int], Part | None] = {}
        self._bases: dict[tuple[str, Type | None], Part | None] = {}
        self._pools: dict[int, tuple[Step, ...]] = {}
        self._pools_of: dict[Type, tuple[Step, ...]] = {}
        self._steps: dict[tuple[int, int], Step] = {}
        self._shuffled: dict[int, Step] = {}
        # Steps that are the same for every type, by the environment's name.
        self._plain: dict[str, Step] = {}

    def use(self, text: str) -> Expression:
        """One environment, or a MAP or the like, as an expression, parsed once."""
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
        if kind in FURTHER:
            return self.use(written(term, sources, places))
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

    # ── nodes straight from terms ──

    def made(
        self, term: Term, sources: Sequence[str], places: Sequence[str]
    ) -> tuple[str, str, Node] | None:
        """Canonical expression, signature and node; None where it is not legal.

        This is what ``typed`` says of ``tree``, without asking the checker for more than
        each base environment once for each type that comes in.
        """
        part = self._part(term, None, sources, places)
        if part is None:
            return None
        return part.text, f"({part.given}) -> {part.shown}", part.node

    def _part(
        self,
        term: Term,
        before: Part | None,
        sources: Sequence[str],
        places: Sequence[str],
    ) -> Part | None:
        kind = term[0]
        if kind == "b":
            return self._base(sources[term[1]], None)
        if kind == "u":
            return self._base(places[term[1]], before)
        if kind in FURTHER:
            return self._base(written(term, sources, places), before)
        if kind == "p":
            return self._parallel(
                [self._part(part, None, sources, places) for part in term[1]]
            )
        steps: list[Part] = []
        here = before
        for inner in term[1]:
            if steps and steps[-1].relational:
                return None
            here = self._part(inner, here, sources, places)
            if here is None:
                return None
            steps.append(here)
        if kind == "q":
            return self._chain(steps)
        return self._ordering(steps, term[2] if kind == "t" else None)

    # ── base environments ──

    def _base(self, text: str, before: Part | None) -> Part | None:
        place = (text, 0 if before is None else id(before))
        if before is not None and not before.alone:
            return self._base_for(text, before.value)
        if place not in self._behind:
            type_ = None if before is None else before.value
            self._behind[place] = self._base_for(text, type_)
        return self._behind[place]

    def _base_for(self, text: str, type_: Type | None) -> Part | None:
        key = (text, type_)
        if key not in self._bases:
            incoming = None if type_ is None else Incoming(type_, "it", None, Source(0))
            flat = Flat(self.use(text), self.scope)
            judge = self._judge
            judge.parts = 0
            with judge.speculation() as aside:
                typed = judge.step(flat, incoming)
            if typed is None or aside.has_errors:
                self._bases[key] = None
            else:
                self._bases[key] = _base_part(typed)
        return self._bases[key]

    # ── operators ──

    def _chain(self, steps: list[Part]) -> Part:
        last = steps[-1]
        placed = []
        final = []
        for place, one in enumerate(steps):
            step = self._step(one, place)
            placed.append(step)
            final.append(step)
        if last.node is not last.consumed:
            feeds = placed[-1].feeds
            placed[-1] = Step(last.node, feeds)
        node = Sequential(tuple(placed))
        consumed = node
        if last.node is not last.consumed:
            consumed = Sequential(tuple(final))
        head = steps[0]
        return Part(
            node,
            consumed,
            last.value,
            " >> ".join([one.text for one in steps]),
            last.shown,
            head.given,
            head.first,
            head.feeds,
            last.relational,
        )

    def _step(self, part: Part, place: int) -> Step:
        """A part as a step of a chain whose value is used onwards."""
        key = (id(part), place)
        found = self._steps.get(key)
        if found is None:
            feeds = {
                name: replace(source, step=place - 1)
                for name, source in part.feeds.items()
            }
            found = Step(part.consumed, feeds)
            if part.alone:
                self._steps[key] = found
        return found

    def _parallel(self, parts: list[Part | None]) -> Part | None:
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        node = Parallel(tuple([part.node for part in known]))
        return Part(
            node,
            node.consumed(),
            Tuple(tuple([part.value for part in known])),
            f"PARALLEL({', '.join([part.text for part in known])})",
            f"({', '.join([part.shown for part in known])})",
            "",
            "",
            {},
            any(part.relational for part in known),
        )

    def _ordering(self, steps: list[Part], distractors: int | None) -> Part | None:
        head = steps[0]
        fed = bool(head.feeds)
        if any(one.relational for one in steps) or not (fed or head.node.ports):
            return None
        chain = tuple([self._operation(one) for one in steps])
        text = " >> ".join([one.text for one in steps])
        node: Sort | Select
        if distractors is None:
            node = Sort(chain)
            text = f"SORT({text})"
        else:
            pool = self._pool(head)
            if len(pool) < len(steps) - 1 + distractors:
                return None
            node = Select(chain, distractors, pool)
            text = f"SELECT({text}, distractors: {distractors})"
        count = len(steps)
        shown = f"List[Int in 1..{count + (distractors or 0)}] len {count} distinct"
        first = "" if fed else head.first
        value = node.codomain
        return Part(
            node, node.consumed(), value, text, shown, first, first, head.feeds, False
        )

    def _operation(self, part: Part) -> Step:
        found = self._shuffled.get(id(part))
        if found is None:
            found = shuffled_step(part.consumed, part.feeds)
            if part.alone:
                self._shuffled[id(part)] = found
        return found

    def _pool(self, head: Part) -> tuple[Step, ...]:
        """What a SELECT's distractors are drawn from."""
        found = self._pools.get(id(head))
        if found is None:
            type_ = head.value
            if type_ not in self._pools_of:
                self._pools_of[type_] = self._takers(type_)
            found = self._pools_of[type_]
            if head.alone:
                self._pools[id(head)] = found
        return found

    @cached_property
    def _takable(self) -> list[tuple[Scope, str, Base]]:
        """The functional base environments in scope that take something."""
        found = []
        for owner, declared in self.scope.listed():
            if isinstance(declared, BaseDeclaration):
                known = self._judge.base(owner, declared.name.text)
                if known and not known.relational and known.base.parameters:
                    found.append((owner, declared.name.text, known.base))
        return found

    def _takers(self, type_: Type) -> tuple[Step, ...]:
        """``Judge.takers`` as operations. What has no type variables is the same step
        for every type: of it only the rule is asked, without reasons."""
        if isinstance(type_, Tuple):
            return tuple(map(shuffled, self._judge.takers(self.scope, type_)))
        found = []
        for owner, name, base in self._takable:
            first = base.parameters[0]
            where: dict[str, Type] = {}
            if not bind(first.type, type_, where):
                continue
            if not all(
                has_class(where[variable], wanted)
                for variable, classes in base.classes
                if variable in where
                for wanted in classes
            ):
                continue
            if settled(base, {first.name: type_}, False, self._judge.level) is None:
                continue
            step = self._plain.get(base.name)
            if step is None:
                incoming = Incoming(type_, "it", None, Source(0))
                typed = self._judge.step(Flat(Use(name), owner), incoming)
                assert typed is not None, base.name
                step = shuffled(typed)
                if not base.classes:
                    self._plain[base.name] = step
            found.append(step)
        return tuple(found)


def _base_part(typed: Typed) -> Part:
    parameters = [f"{p.name}: {type_text(p.type)}" for p in typed.parameters]
    return Part(
        typed.node,
        typed.node.consumed(),
        typed.value,
        typed.text,
        type_text(typed.value),
        ", ".join(parameters),
        "".join(parameters[:1]),
        typed.feeds,
        typed.relational,
        alone=True,
    )


def _literal(value: int) -> Literal:
    return Literal(value)
