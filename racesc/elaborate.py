"""Written types to types: aliases opened, refinements applied, bounds checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from racesc.diagnostics import Report
from racesc.errors.composition import TooLarge, UnorderedItems
from racesc.errors.names import CyclicType, DuplicateName, UnknownName, UnknownType
from racesc.errors.types import (
    EmptyType,
    InvalidBound,
    InvalidRefinement,
    NotInSets,
    TypeArity,
)
from racesc.format import format_literal, format_type
from racesc.intervals import Context, atoms, interval, may_be_zero, possibly_empty, tidy
from racesc.resolve import Scope, elsewhere, near
from racesc.runtime.bounds import LEVEL, Atom, Bound, Expression, Operation, operate
from racesc.runtime.types import (
    Bool,
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Range,
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
    AlphabetRefinement,
    BoundExpression,
    BoundName,
    BoundNumber,
    BoundOf,
    BoundOperation,
    FlagRefinement,
    LabelType,
    Literal,
    NamedType,
    RangeRefinement,
    Refinement,
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
_MEASURED = {
    "len": (Str, List, Set),
    "rows": (Matrix,),
    "cols": (Matrix,),
    "nodes": (Graph,),
    "lo": (List, Set, Matrix),
    "hi": (List, Set, Matrix),
}


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
            base = self._refined(base, refinement, written, context)
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
            return self._constructor(written, arguments, variables)
        if name in variables:
            if arguments:
                return self._arity(written, 0)
            return Var(name)
        found = scope.find(name, "types")
        if not found:
            if scope.excused(name):
                return UNKNOWN
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
        owner, last = found[0], name.rpartition(".")[2]
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

    def _constructor(
        self,
        written: NamedType,
        arguments: tuple[Type, ...],
        variables: Mapping[str, tuple[str, ...]],
    ) -> Type:
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

    # ── refinements ───────────────────────────────────────────────────────────

    def _refined(
        self, type_: Type, refinement: Refinement, written: NamedType, context: Context
    ) -> Type:
        if isinstance(type_, (Newtype, Var)):
            what = "a newtype" if isinstance(type_, Newtype) else "a type variable"
            help_line = f"{what} is taken as it is"
            if isinstance(type_, Newtype):
                help_line = "refine the type that the newtype names, in its declaration"
            return self._not_refined(type_, refinement, help_line)
        if isinstance(refinement, AlphabetRefinement):
            if not isinstance(type_, Str):
                return self._not_refined(type_, refinement, "`over` refines `Str`")
            letters = set(refinement.characters)
            if type_.alphabet is not None:
                letters &= set(type_.alphabet)
            return replace(type_, alphabet="".join(sorted(letters)))
        if isinstance(refinement, FlagRefinement):
            return self._flagged(type_, refinement)
        low = None if refinement.low is None else self.bound(refinement.low, context)
        high = None if refinement.high is None else self.bound(refinement.high, context)
        if low is _WRONG or high is _WRONG:
            return UNKNOWN
        assert low is None or isinstance(low, (int, Fraction, Expression))
        assert high is None or isinstance(high, (int, Fraction, Expression))
        return self._ranged(type_, refinement, (low, high))

    def _ranged(self, type_: Type, refinement: RangeRefinement, ends: Range) -> Type:
        kind = refinement.kind
        if kind == "in" and isinstance(type_, (Int, Rat)):
            low, high = _intersection((type_.low, type_.high), ends)
            return replace(type_, low=low, high=high)
        if kind == "len" and isinstance(type_, (Str, List, Set)):
            return replace(type_, length=_intersection(type_.length, ends))
        if kind == "rows" and isinstance(type_, Matrix):
            return replace(type_, rows=_intersection(type_.rows, ends))
        if kind == "cols" and isinstance(type_, Matrix):
            return replace(type_, cols=_intersection(type_.cols, ends))
        if kind == "nodes" and isinstance(type_, Graph):
            return replace(type_, nodes=_intersection(type_.nodes, ends))
        where = {
            "in": "`Int` and `Rat`",
            "len": "`Str`, `List` and `Set`",
            "rows": "`Matrix`",
            "cols": "`Matrix`",
            "nodes": "`Graph` and `Digraph`",
        }[kind]
        return self._not_refined(type_, refinement, f"`{kind}` refines {where}")

    def _flagged(self, type_: Type, refinement: FlagRefinement) -> Type:
        if refinement.flag == "nonzero" and isinstance(type_, (Int, Rat)):
            if type_.low == 0 and type_.high == 0:
                return replace(type_, nonzero=True)  # empty: reported as it is written
            return tidy(replace(type_, nonzero=True))
        if refinement.flag == "distinct" and isinstance(type_, List):
            return replace(type_, distinct=True)
        if refinement.flag == "sorted" and isinstance(type_, List):
            return replace(type_, sorted=True)
        where = "`Int` and `Rat`" if refinement.flag == "nonzero" else "`List`"
        return self._not_refined(
            type_, refinement, f"`{refinement.flag}` refines {where}"
        )

    def _not_refined(self, type_: Type, refinement: Refinement, help_line: str) -> Type:
        if isinstance(refinement, RangeRefinement):
            word = refinement.kind
        elif isinstance(refinement, FlagRefinement):
            word = refinement.flag
        else:
            word = "over"
        self.report.add(
            InvalidRefinement(
                word, type_text(type_), refinement.span, help_line
            ).diagnostic()
        )
        return UNKNOWN

    # ── bounds ────────────────────────────────────────────────────────────────

    def bound(
        self, written: BoundExpression, context: Context, with_level: bool = False
    ) -> Bound | object:
        """A bound over the context; ``_WRONG`` where a mistake was reported."""
        if isinstance(written, BoundNumber):
            return written.value
        if isinstance(written, BoundName):
            if with_level and written.name == "level":
                return LEVEL
            return self._measure("value", written.name, written.span, context)
        if isinstance(written, BoundOf):
            return self._measure(written.function, written.name, written.span, context)
        left = self.bound(written.left, context, with_level)
        right = self.bound(written.right, context, with_level)
        if left is _WRONG or right is _WRONG:
            return _WRONG
        return self._operation(written, left, right, context)  # type: ignore[arg-type]

    def _measure(
        self, kind: str, name: str, span: Span, context: Context
    ) -> Bound | object:
        known = context.get(name)
        if known is None:
            self.report.add(
                UnknownName(
                    "earlier parameter",
                    name,
                    span,
                    near(name, context, self.report),
                    "a bound may mention the parameters before it",
                ).diagnostic()
                if kind != "value" or name not in ("level",)
                else InvalidBound(
                    "`level` stands only in a `level` line",
                    span,
                    "write the type for level 10, and a line such as `level n <= 10 * level`",
                ).diagnostic()
            )
            return _WRONG
        while isinstance(known, Newtype):
            known = known.body
        if known == UNKNOWN:
            return _WRONG
        if kind == "value":
            fits = isinstance(known, Int)
        elif kind in ("lo", "hi"):
            fits = isinstance(known, (List, Set, Matrix)) and isinstance(
                known.item, (Int, Rat)
            )
        else:
            fits = isinstance(known, _MEASURED[kind])
        if fits:
            return Atom(kind, name)
        shown = name if kind == "value" else f"{kind}({name})"
        meaning = {
            "value": "an Int",
            "len": "a Str, List or Set",
            "rows": "a Matrix",
            "cols": "a Matrix",
            "nodes": "a graph",
            "lo": "a List, Set or Matrix of Int or Rat",
            "hi": "a List, Set or Matrix of Int or Rat",
        }[kind]
        self.report.add(
            InvalidBound(
                f"`{shown}` in a bound needs {meaning}, and `{name}` is "
                f"`{type_text(known)}`",
                span,
                "a bound may use n, len(p), rows(p), cols(p), nodes(p), lo(p), hi(p)",
            ).diagnostic()
        )
        return _WRONG

    def _operation(
        self, written: BoundOperation, left: Bound, right: Bound, context: Context
    ) -> Bound | object:
        operator = written.operator
        if operator in ("//", "%") and may_be_zero(interval(right, context)):
            self.report.add(
                InvalidBound(
                    "this divisor may be 0",
                    written.right.span,
                    "make sure of it, for example with `max(1, …)`",
                ).diagnostic()
            )
            return _WRONG
        if operator == "^":
            lowest = interval(right, context).low
            if lowest is None or lowest < 0:
                self.report.add(
                    InvalidBound(
                        "this exponent may be negative",
                        written.right.span,
                        "make sure of it, for example with `max(0, …)`",
                    ).diagnostic()
                )
                return _WRONG
        if isinstance(left, Expression) or isinstance(right, Expression):
            return Operation(operator, left, right)
        result = operate(operator, left, right)
        assert result is None or isinstance(result, (int, Fraction))
        return result

    def scalar_bounds(self, type_: Type, span: Span, context: Context) -> None:
        """Report `lo(p)`, `hi(p)` of a possibly empty ``p`` in a scalar's ends or in a
        length, where there is no value to speak of."""
        if isinstance(type_, Tuple):
            for item in type_.items:
                self.scalar_bounds(item, span, context)
        ends: tuple[Bound, ...] = ()
        if isinstance(type_, (Int, Rat)):
            ends = (type_.low, type_.high)
        elif isinstance(type_, (Str, List, Set)):
            ends = type_.length
        elif isinstance(type_, Matrix):
            ends = (*type_.rows, *type_.cols)
        elif isinstance(type_, Graph):
            ends = type_.nodes
        for end in ends:
            name = _undefined(end, context)
            if name is not None:
                self.report.add(
                    InvalidBound(
                        f"`{name}` may be empty, and then it has no smallest or "
                        "largest item",
                        span,
                        f"give it at least one item (`len 1..`), or write the bound as "
                        f"a multiple of `len({name})`",
                    ).diagnostic()
                )
                return

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


_WRONG = object()
WRONG_BOUND = _WRONG


def _around(scope: Scope, span: Span) -> int:
    """Where the declaration that holds a place begins."""
    starts = [d.span.start for d in scope.tree.declarations]
    return max((start for start in starts if start <= span.start), default=0)


def _intersection(known: Range, ends: Range) -> Range:
    return _stricter("max", known[0], ends[0]), _stricter("min", known[1], ends[1])


def _stricter(operator: str, known: Bound, end: Bound) -> Bound:
    if known is None or end is None:
        return end if known is None else known
    if known == end:
        return known
    if isinstance(known, Expression) or isinstance(end, Expression):
        if operator == "max" and known == 0 and isinstance(end, Atom):
            if end.kind in ("len", "rows", "cols", "nodes"):
                return end  # a size is never negative
        if operator == "max" and known in (0, 1) and not isinstance(known, Expression):
            return Operation("max", known, end)
        return Operation(operator, known, end)
    return max(known, end) if operator == "max" else min(known, end)


def _undefined(bound: Bound, context: Context) -> str | None:
    """The possibly empty name whose `lo` or `hi` stands in a bound other than as a
    factor beside its `len`."""
    if isinstance(bound, Operation) and bound.operator == "*":
        factors = _factors(bound)
        sizes = {f.name for f in factors if isinstance(f, Atom) and f.kind == "len"}
        for factor in factors:
            name = _undefined(factor, context)
            if name is not None and name not in sizes:
                return name
        return None
    if isinstance(bound, Operation):
        return _undefined(bound.left, context) or _undefined(bound.right, context)
    for atom in atoms(bound):
        if atom.kind in ("lo", "hi") and possibly_empty(atom.name, context):
            return atom.name
    return None


def _factors(bound: Bound) -> list[Bound]:
    if isinstance(bound, Operation) and bound.operator == "*":
        return _factors(bound.left) + _factors(bound.right)
    return [bound]


def uninhabited(type_: Type, context: Context) -> str:
    """Why a type has no value whatever the context holds, or an empty string."""
    ends: tuple[tuple[str, Range], ...] = ()
    if isinstance(type_, (Int, Rat)):
        ends = (("range", (type_.low, type_.high)),)
    elif isinstance(type_, (Str, List, Set)):
        ends = (("length", type_.length),)
    elif isinstance(type_, Matrix):
        ends = (("number of rows", type_.rows), ("number of columns", type_.cols))
    elif isinstance(type_, Graph):
        ends = (("number of nodes", type_.nodes),)
    for what, (low, high) in ends:
        if low is None or high is None:
            continue
        lowest = interval(low, context).low
        highest = interval(high, context).high
        if what != "range" and highest is not None and highest < 0:
            return f"this {what} is negative"
        if lowest is not None and highest is not None and lowest > highest:
            return "this range is empty" if what == "range" else f"the {what} is empty"
    if isinstance(type_, (Int, Rat)) and type_.nonzero:
        if type_.low == 0 and type_.high == 0:
            return "only 0 is in this range"
    least = 0
    if isinstance(type_, (Str, List, Set)):
        found = interval(type_.length[0], context).low
        least = int(found) if found is not None else 0
    if isinstance(type_, Str) and type_.alphabet == "" and least > 0:
        return "no character may be used"
    if isinstance(type_, Set) or (isinstance(type_, List) and type_.distinct):
        count = cardinality(type_.item, context)
        if count is not None and least > count:
            return f"there are only {count} different items"
    if isinstance(type_, Labels) and not type_.labels:
        return "there is no label"
    return ""


def cardinality(type_: Type, context: Context) -> int | None:
    """How many values a small type has at most; None for many or not known."""
    if isinstance(type_, Bool):
        return 2
    if isinstance(type_, Labels):
        return len(type_.labels)
    if isinstance(type_, Newtype):
        return cardinality(type_.body, context)
    if isinstance(type_, Int) and type_.low is not None and type_.high is not None:
        low, high = interval(type_.low, context).low, interval(type_.high, context).high
        if low is None or high is None or low > high:
            return None
        return int(high - low) + 1 - (1 if type_.nonzero and low <= 0 <= high else 0)
    return None
