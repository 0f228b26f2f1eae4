"""Steps that would mend a composition: what fits between two steps that do not fit.

Nothing is suggested unasked for: a candidate is typed first where it would stand, with
what stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from racesc.feeding import Given, feed
from racesc.format import format_expression
from racesc.intervals import ground
from racesc.runtime.types import Int, List, Newtype, Range, Rat, Set, Str, Type
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
    budget = MOST_TYPED
    for candidates in (_in_scope(scope, gap), _beyond(judge, scope, gap)):
        for owner, declared, needs in candidates:
            base = judge.base(owner, declared.name.text)
            if base is None or base.relational or not base.signature.parameters:
                continue
            for use, result in _ways(base, gap):
                budget -= 1
                if gap.typed(use, owner):
                    given, name = type_text(gap.given), format_expression(use)
                    signature = f"`{name} : {given} -> {type_text(result)}`"
                    found.append(Bridge(name, signature, needs))
                    break
                if budget == 0:
                    return tuple(found)
            if len(found) == MOST:
                return tuple(found)
        if found:
            break
    return tuple(found)


Candidates = Iterator[tuple["Scope", BaseDeclaration, str]]


def _in_scope(scope: Scope, gap: Gap) -> Candidates:
    known = [(owner, d) for owner, d in scope.listed() if _possible(d, gap)]
    for first in (True, False):
        for owner, declared in known:
            if any(owner is scope for scope in gap.near) == first and isinstance(
                declared, BaseDeclaration
            ):
                written = declared.name.text
                if len(scope.find(written, "environments")) == 1:
                    yield owner, declared, ""


def _beyond(judge: Judge, scope: Scope, gap: Gap) -> Candidates:
    """What a `use` would bring into scope: names that one leaves out, and the modules
    of the library that are not in use."""
    for written, owner in scope.imports:
        names = {name.text for name in written.names or ()}
        for name, declared in owner.environments.items():
            if written.names is None or name in names:
                continue
            if isinstance(declared, BaseDeclaration) and _possible(declared, gap):
                needs = f"`{name}` among the names of `use {written.module.text} (…)`"
                yield owner, declared, needs
    for owner in judge.shelf():
        if scope.module(owner.name) is not None:
            continue
        for name, declared in owner.environments.items():
            if isinstance(declared, BaseDeclaration) and _possible(declared, gap):
                if not scope.find(name, "environments"):
                    yield owner, declared, f"`use {owner.name} ({name})`"


# ── quick looks ───────────────────────────────────────────────────────────────

_WORDS = {"Int", "Rat", "Bool", "Str", "List", "Matrix", "Set", "Graph", "Digraph"}


def _possible(declared: object, gap: Gap) -> bool:
    """Whether a declaration could fit, as far as its outermost constructors tell."""
    return (
        isinstance(declared, BaseDeclaration)
        and bool(declared.parameters)
        and _may_be(declared.parameters[0].type, gap.given)
        and _may_be(declared.codomain, gap.wanted)
    )


def _may_be(written: TypeExpression, type_: Type) -> bool:
    if not isinstance(written, NamedType) or written.name not in _WORDS:
        return True  # a variable, a name, a tuple: looked at closely later
    name = type(type_).__name__
    return (
        name in ("Var", "Newtype") or written.name.replace("Digraph", "Graph") == name
    )


# ── one candidate ─────────────────────────────────────────────────────────────


def _ways(base: DeclaredBase, gap: Gap) -> Iterator[tuple[Use, Type]]:
    """The ways to write a candidate so that what it returns fits: alone, else with
    numbers from the wanted range for its further parameters (`clamp(low: 1, high: 9)`);
    the least writing first."""
    name = base.declaration.name
    first, *others = base.signature.parameters
    sides = [p.name for p in others if isinstance(p.type, Int)][:2]
    ends = _ends(gap.wanted)
    choices = list(product((None, *ends), repeat=len(sides)))
    choices.sort(key=lambda each: sum(value is not None for value in each))
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
        if gap.fits(result):
            written = tuple(arguments) or None
            yield Use(name.text, arguments=written, name_span=name.span), result
            return


def _ends(wanted: Type) -> tuple[int, ...]:
    """The ends of a type's own range, where they are whole numbers."""
    while isinstance(wanted, Newtype):
        wanted = wanted.body
    ends: Range = (None, None)
    if isinstance(wanted, (Int, Rat)):
        ends = (wanted.low, wanted.high)
    elif isinstance(wanted, (Str, List, Set)):
        ends = wanted.length
    return tuple(end for end in ends if isinstance(end, int))
