"""Steps that would mend a composition: what fits between two steps that do not fit.

Nothing is suggested unasked for: a candidate is typed first where it would stand, with
what stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from racesc.feeding import Given, feed
from racesc.format import format_expression
from racesc.intervals import ground, underlying
from racesc.runtime.types import Int, List, Range, Rat, Set, Str, Tuple, Type
from racesc.shelf import Head
from racesc.show_types import type_text
from racesc.syntax import (
    Argument,
    BaseDeclaration,
    Literal,
    NamedType,
    TypeExpression,
    Use,
)

if TYPE_CHECKING:
    from racesc.compose import Judge
    from racesc.declare import DeclaredBase
    from racesc.resolve import Scope

Candidates: TypeAlias = "Iterator[tuple[Scope, BaseDeclaration, str]]"

MOST = 4
MOST_TYPED = 40  # candidates that are tried in their place


@dataclass(frozen=True)
class Gap:
    """Two steps that do not fit: what comes, what the second one takes (ground).

    ``fits`` says whether it would take another type, ``typed`` whether the program is
    legal with this step between; ``near`` are the modules of the two steps.
    """

    given: Type
    wanted: Type
    fits: Callable[[Type], bool]
    typed: Callable[[Use, Scope], bool]
    near: tuple[Scope, ...] = ()


@dataclass(frozen=True)
class Bridge:
    """A step that fits: as it is written, its types here, and the `use` it needs."""

    text: str
    signature: str
    needs: str = ""

    @property
    def proviso(self) -> str:
        """Ends a help line where the step is not in scope."""
        return f" (with {self.needs})" if self.needs else ""


def bridges(judge: Judge, scope: Scope, gap: Gap) -> tuple[Bridge, ...]:
    """At most four steps that fit into a gap: those in scope, the modules of the two
    steps first; where there are none, those of the library's other modules."""
    found: list[Bridge] = []
    tried = 0
    for candidates in (_in_scope(scope), _beyond(judge, scope, gap)):
        for way in _ranked(judge, candidates, gap):
            tried += 1
            if gap.typed(way.use, way.owner):
                name = format_expression(way.use)
                signature = (
                    f"{name} : {type_text(gap.given)} -> {type_text(way.result)}"
                )
                found.append(Bridge(name, f"`{signature}`", way.needs))
            if len(found) == MOST or tried == MOST_TYPED:
                return tuple(found)
        if found:
            break
    return tuple(found)


@dataclass(frozen=True)
class _Way:
    """A candidate as it would be written, and what it returns there."""

    use: Use
    result: Type
    owner: Scope
    needs: str


def _ranked(judge: Judge, candidates: Candidates, gap: Gap) -> list[_Way]:
    """The candidates that fit by their own types: those of the two steps' modules
    first, then those with the least to write."""
    ways: list[tuple[bool, int, _Way]] = []
    for owner, declared, needs in candidates:
        if not _possible(declared, gap):
            continue
        base = judge.base(owner, declared.name.text)
        if base is None or base.relational or not base.signature.parameters:
            continue
        found = _way(base, gap)
        if found is not None:
            use, result = found
            far = all(owner is not scope for scope in gap.near)
            way = _Way(use, result, owner, needs)
            ways.append((far, len(use.arguments or ()), way))
    return [way for _, _, way in sorted(ways, key=lambda each: each[:2])]


def _in_scope(scope: Scope) -> Candidates:
    for owner, declared in scope.listed():
        if isinstance(declared, BaseDeclaration):
            if len(scope.find(declared.name.text, "environments")) == 1:
                yield owner, declared, ""


def _beyond(judge: Judge, scope: Scope, gap: Gap) -> Candidates:
    """What a `use` would bring into scope: names that one leaves out, and the modules
    of the library that are not in use."""
    for written, owner in scope.imports:
        names = {name.text for name in written.names or ()}
        for name, declared in owner.environments.items():
            if written.names is None or name in names:
                continue
            if isinstance(declared, BaseDeclaration):
                needs = f"`{name}` among the names of `use {written.module.text} (…)`"
                yield owner, declared, needs

    def sought(head: Head) -> bool:
        return _begins(head.takes, gap.given) and _begins(head.gives, gap.wanted)

    for owner in judge.shelf(sought):
        if scope.module(owner.name) is not None:
            continue
        for name, declared in owner.environments.items():
            if isinstance(declared, BaseDeclaration):
                if not scope.find(name, "environments"):
                    yield owner, declared, f"`use {owner.name} ({name})`"


def bringing(judge: Judge, scope: Scope, type_: Type, missing: int) -> tuple[str, ...]:
    """At most two modules of the library with at least that many environments that
    take a type."""
    if judge.speculating:
        return ()
    found: list[str] = []

    def sought(head: Head) -> bool:
        # The parts of a tuple may feed several parameters.
        return isinstance(type_, Tuple) or _begins(head.takes, type_)

    for owner in judge.shelf(sought):
        if scope.module(owner.name) is not None:
            continue
        own = sum(
            isinstance(declared, BaseDeclaration)
            and bool(declared.parameters)
            and _may_be(declared.parameters[0].type, type_)
            for declared in owner.environments.values()
        )
        if own < missing:
            continue
        takers = [t for t in judge.takers(owner, type_) if t.name in owner.environments]
        if len(takers) >= missing:
            found.append(owner.name)
        if len(found) == 2:
            break
    return tuple(found)


# ── quick looks ───────────────────────────────────────────────────────────────

_WORDS = {"Int", "Rat", "Bool", "Str", "List", "Matrix", "Set", "Graph", "Digraph"}


def _possible(declared: BaseDeclaration, gap: Gap) -> bool:
    """Whether a declaration could fit, as far as its outermost constructors tell."""
    return (
        bool(declared.parameters)
        and _may_be(declared.parameters[0].type, gap.given)
        and _may_be(declared.codomain, gap.wanted)
    )


def _may_be(written: TypeExpression, type_: Type) -> bool:
    return not isinstance(written, NamedType) or _begins(written.name, type_)


def _begins(word: str, type_: Type) -> bool:
    """Whether a written type that begins with a word may be the type."""
    if word not in _WORDS:
        return True  # a variable, a name, a tuple: looked at closely later
    name = type(type_).__name__
    return name in ("Var", "Newtype") or word.replace("Digraph", "Graph") == name


# ── one candidate ─────────────────────────────────────────────────────────────


def _way(base: DeclaredBase, gap: Gap) -> tuple[Use, Type] | None:
    """How to write a candidate so that what it returns fits: alone, else with numbers
    from the wanted range for its further parameters, `clamp(low: 1, high: 9)`."""
    name = base.declaration.name
    first, *others = base.signature.parameters
    sides = [p.name for p in others if isinstance(p.type, Int)][:2]
    ends = _ends(gap.wanted)
    choices = list(product((None, *ends), repeat=len(sides)))
    choices.sort(key=lambda each: sum(value is not None for value in each))
    best: tuple[int, Use, Type] | None = None
    for choice in choices:
        given = {first.name: Given(gap.given)}
        arguments = []
        for side, value in zip(sides, choice, strict=True):
            if value is not None:
                given[side] = Given(Int(value, value), literal=True, value=value)
                arguments.append(Argument(side, Literal(value)))
        fed = feed(base, given)
        if fed.misfits:
            continue
        result = ground(fed.codomain, {})
        if not gap.fits(result):
            continue
        use = Use(name.text, arguments=tuple(arguments) or None, name_span=name.span)
        if not arguments:
            return use, result
        # Numbers are written only to keep most of what is wanted: `clamp(0, 0)` fits,
        # and nobody wants it.
        width = _width(result)
        if width is not None and 2 * width > (_width(gap.wanted) or 0):
            if best is None or width > best[0]:
                best = (width, use, result)
    return None if best is None else best[1:]


def _range(type_: Type) -> Range:
    """A type's own range: of a number, or of a length."""
    type_ = underlying(type_)
    if isinstance(type_, (Int, Rat)):
        return type_.low, type_.high
    if isinstance(type_, (Str, List, Set)):
        return type_.length
    return None, None


def _ends(type_: Type) -> tuple[int, ...]:
    return tuple(end for end in _range(type_) if isinstance(end, int))


def _width(type_: Type) -> int | None:
    low, high = _range(type_)
    if isinstance(low, int) and isinstance(high, int):
        return high - low
    return None
