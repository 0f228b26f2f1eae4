"""The types of one program, from how they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from racesc.diagnostics import Report
from racesc.elaborate.bounds import check_scalar_bounds
from racesc.elaborate.refinements import refine
from racesc.emptiness import uninhabited
from racesc.errors.composition import TooLarge, UnorderedItems
from racesc.errors.names import CyclicType, DuplicateName, UnknownType
from racesc.errors.types import EmptyType, NotInSets, TypeArity
from racesc.format import format_literal, format_type
from racesc.intervals import Context
from racesc.resolve import Scope, elsewhere, near
from racesc.runtime.types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
    Var,
)
from racesc.show_types import type_text
from racesc.source import Span
from racesc.syntax import (
    LabelType,
    Literal,
    NamedType,
    RangeRefinement,
    TupleType,
    TypeExpression,
)
from racesc.unify import UNKNOWN, children, has_class, holdable, instantiate

MOST_TYPES = 1_000
DEEPEST_TYPE = 64
_LIMITS = (
    f"a type has at most {MOST_TYPES:,} parts and is at most {DEEPEST_TYPE} deep, the "
    "types that it names counted"
)
_ARITY = {"Int": 0, "Rat": 0, "Bool": 0, "Str": 0, "List": 1, "Matrix": 1, "Set": 1}


@dataclass
class Elaborator:
    """Elaborates the types of one program; aliases are opened once each."""

    report: Report
    _aliases: dict[tuple[str, str], Type] = field(default_factory=dict)
    _open: dict[tuple[str, str], None] = field(default_factory=dict)  # a stack
    _large: set[tuple[str, str]] = field(default_factory=set)
    _undeclared: set[tuple[str, int, str]] = field(default_factory=set)

    def declaration(self, scope: Scope, name: str) -> Type:
        """The body of an alias (a newtype wrapped), over its own variables."""
        key = (scope.key, name)
        if key in self._aliases:
            return self._aliases[key]
        # The aliases that it is made of come first: a stack instead of recursion, for
        # there may be many.
        trail = [self._entered(scope, name)]
        while trail:
            owner, last, inside = trail[-1]
            for inner, inner_name in inside:
                inner_key = (inner.key, inner_name)
                if inner_key not in self._aliases and inner_key not in self._open:
                    trail.append(self._entered(inner, inner_name))
                    break
            else:
                self._aliases[owner.key, last] = self._declared(owner, last)
                self._open.popitem()
                trail.pop()
        return self._aliases[key]

    def _entered(
        self, scope: Scope, name: str
    ) -> tuple[Scope, str, Iterator[tuple[Scope, str]]]:
        self._open[scope.key, name] = None
        return scope, name, _aliases_in(scope, scope.types[name].body)

    def _declared(self, scope: Scope, name: str) -> Type:
        declared = scope.types[name]
        if not self._large.isdisjoint(
            (owner.key, last) for owner, last in _aliases_in(scope, declared.body)
        ):
            self._large.add((scope.key, name))
            return UNKNOWN
        variables = {v.text: () for v in declared.variables}
        body = self.type(scope, declared.body, variables, {})
        if declared.nominal and body != UNKNOWN:
            arguments = tuple(Var(v.text) for v in declared.variables)
            body = Newtype(f"{scope.key}.{name}", body, arguments)
        return body

    def type(
        self,
        scope: Scope,
        written: TypeExpression,
        variables: Mapping[str, tuple[str, ...]],
        context: Context,
    ) -> Type:
        """The type that is written, under declared variables (name to classes) and the
        parameters that its bounds may mention. ``UNKNOWN`` where a mistake was
        reported."""
        if isinstance(written, TupleType):
            return Tuple(
                tuple(self.type(scope, t, variables, context) for t in written.items)
            )
        if isinstance(written, LabelType):
            return self._labels(written)
        arguments = tuple(
            self.type(scope, t, variables, context) for t in written.arguments
        )
        base = self._named(scope, written, arguments, variables)
        if base == UNKNOWN:
            return UNKNOWN
        for refinement in written.refinements:
            base = refine(base, refinement, context, self.report)
            if base == UNKNOWN:
                return UNKNOWN
        if isinstance(base, List) and base.sorted:
            self._needs_order(base, written, variables)
        return base if self._inhabited(base, written, context) else UNKNOWN

    def _labels(self, written: LabelType) -> Labels:
        """A type of labels; reports those that are listed again."""
        places: dict[str, Span] = {}
        for label, place in zip(written.labels, written.label_spans, strict=True):
            first = places.setdefault(label, place)
            if first is not place:
                name = format_literal(Literal(label))
                self.report.add(
                    DuplicateName("label", name, place, first, "listed").diagnostic()
                )
        return Labels(tuple(sorted(places)))

    # ── names ─────────────────────────────────────────────────────────────────

    def _named(
        self,
        scope: Scope,
        written: NamedType,
        arguments: tuple[Type, ...],
        variables: Mapping[str, tuple[str, ...]],
    ) -> Type:
        name = written.name
        if name in ("Graph", "Digraph"):
            if len(arguments) > 1:
                return self._arity(written, 1)
            weight = arguments[0] if arguments else None
            return Graph(directed=name == "Digraph", weight=weight)
        if name in _ARITY:
            if len(arguments) != _ARITY[name]:
                return self._arity(written, _ARITY[name])
            return self._constructor(written, arguments)
        if name in variables:
            return self._arity(written, 0) if arguments else Var(name)
        found = scope.find(name, "types")
        if found:
            return self._alias(found[0], written, arguments)
        if not scope.excused(name):
            similar = near(
                name,
                lambda: [
                    *_ARITY,
                    "Graph",
                    "Digraph",
                    *variables,
                    *scope.bare_names("types"),
                ],
                self.report,
            )
            self._unknown(scope, written, similar)
        return UNKNOWN

    def _alias(
        self, owner: Scope, written: NamedType, arguments: tuple[Type, ...]
    ) -> Type:
        """What an alias or a newtype, declared in ``owner``, stands for."""
        name = written.name
        last = name.rpartition(".")[2]
        if (owner.key, last) in self._open:
            self.report.add(CyclicType(name, written.span).diagnostic())
            return UNKNOWN
        names = [v.text for v in owner.types[last].variables]
        if len(names) != len(arguments):
            return self._arity(written, len(names))
        body = self.declaration(owner, last)
        type_ = instantiate(body, dict(zip(names, arguments, strict=True)))
        if not _too_large(type_):
            return type_
        # Whatever is made of it would be too large as well: that is said once.
        if (owner.key, last) in self._large:
            return UNKNOWN
        self._large.update([(owner.key, last), *self._open])
        problem = f"`{name}` has too many parts, or too many types inside each other"
        self.report.add(
            TooLarge(problem, written.span, _LIMITS, "give it fewer parts").diagnostic()
        )
        return UNKNOWN

    def _unknown(
        self, scope: Scope, written: NamedType, similar: tuple[str, ...]
    ) -> None:
        """Report a name that is no type; a type variable that is not declared once for
        its declaration, since one edit mends all its uses."""
        name = written.name
        if name.islower():
            declaration = _around(scope, written.span)
            if (scope.key, declaration, name) in self._undeclared:
                return
            self._undeclared.add((scope.key, declaration, name))
        hint = elsewhere(scope, name, "types", self.report)
        place = replace(written.span, end=written.span.start + len(name))
        self.report.add(
            UnknownType(name, place, () if hint else similar, hint).diagnostic()
        )

    def _arity(self, written: NamedType, expected: int) -> Type:
        self.report.add(
            TypeArity(
                written.name, expected, len(written.arguments), written.span
            ).diagnostic()
        )
        return UNKNOWN

    def _constructor(self, written: NamedType, arguments: tuple[Type, ...]) -> Type:
        simple: dict[str, Type] = {
            "Int": Int(),
            "Rat": Rat(),
            "Bool": Bool(),
            "Str": Str(),
        }
        if written.name in simple:
            return simple[written.name]
        item = arguments[0]
        if written.name == "List":
            return List(item)
        if written.name == "Matrix":
            return Matrix(item)
        if not holdable(item):
            self.report.add(
                NotInSets(type_text(item), written.arguments[0].span).diagnostic()
            )
            return UNKNOWN
        return Set(item)

    def _needs_order(
        self, type_: List, written: NamedType, variables: Mapping[str, tuple[str, ...]]
    ) -> None:
        if not has_class(type_.item, "Ord", variables):
            self.report.add(
                UnorderedItems(
                    type_text(type_.item), isinstance(type_.item, Var), written.span
                ).diagnostic()
            )

    def scalar_bounds(self, type_: Type, span: Span, context: Context) -> None:
        """Report `lo` and `hi` of what may be empty; see ``check_scalar_bounds``."""
        check_scalar_bounds(type_, span, context, self.report)

    # ── emptiness ─────────────────────────────────────────────────────────────

    def _inhabited(self, type_: Type, written: NamedType, context: Context) -> bool:
        reason = uninhabited(type_, context)
        if reason:
            # An alias may bring a range of its own; then no end is at the wrong side.
            plain = written.name in _ARITY and len(written.refinements) == 1
            turned = ""
            if plain and reason.endswith("is empty"):
                (ends,) = written.refinements
                assert isinstance(ends, RangeRefinement)
                turned = format_type(
                    replace(
                        written,
                        refinements=(replace(ends, low=ends.high, high=ends.low),),
                    )
                )
            self.report.add(
                EmptyType(type_text(type_), written.span, reason, turned).diagnostic()
            )
        return not reason


def _aliases_in(scope: Scope, written: TypeExpression) -> Iterator[tuple[Scope, str]]:
    """The aliases that a written type names, and the modules that declare them."""
    waiting = [written]
    while waiting:
        here = waiting.pop()
        if isinstance(here, TupleType):
            waiting += reversed(here.items)
        elif isinstance(here, NamedType):
            waiting += reversed(here.arguments)
            for owner in scope.find(here.name, "types")[:1]:
                yield owner, here.name.rpartition(".")[2]


def _too_large(type_: Type) -> bool:
    """Whether a type has more parts, or is deeper, than is allowed. Types share what
    they are made of, so a short program can make them very large."""
    waiting, count = [(type_, 1)], 0
    while waiting:
        here, depth = waiting.pop()
        count += 1
        if count > MOST_TYPES or depth > DEEPEST_TYPE:
            return True
        waiting += [(child, depth + 1) for child in children(here)]
    return False


def _around(scope: Scope, span: Span) -> int:
    """Where the declaration that holds a place begins."""
    starts = [d.span.start for d in scope.tree.declarations]
    return max((start for start in starts if start <= span.start), default=0)
