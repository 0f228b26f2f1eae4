"""Declarations broken in one place: what `racesc test` ought to notice.

A mutant is a signature with one thing changed; the rest of the declaration stays as it
is written. ``mutants`` lists all of a signature's in a fixed order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from racesc.runtime.base import Parameter
from racesc.runtime.bounds import Bound, Operation
from racesc.runtime.types import (
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
)
from racesc.typed import Signature

Change = tuple[str, Type]


@dataclass(frozen=True)
class Mutant:
    """A changed signature; ``kind`` is the class of the change, ``where`` its place."""

    kind: str
    where: str
    signature: Signature


def mutants(signature: Signature) -> Iterator[Mutant]:
    """Every signature that differs in one place."""
    for kind, changed in tightened(signature.codomain):
        text = f"codomain {kind}"
        yield Mutant(text, "result", replace(signature, codomain=changed))
    for place, parameter in enumerate(signature.parameters):
        for kind, changed in widened(parameter.type):
            parameters = list(signature.parameters)
            parameters[place] = Parameter(parameter.name, changed)
            text = f"domain {kind}"
            yield Mutant(
                text, parameter.name, replace(signature, parameters=tuple(parameters))
            )
    for place, (name, classes) in enumerate(signature.variables):
        for dropped in classes:
            kept = tuple(one for one in classes if one != dropped)
            variables = list(signature.variables)
            variables[place] = (name, kept)
            yield Mutant(
                "class dropped", name, replace(signature, variables=tuple(variables))
            )


# ── codomains ─────────────────────────────────────────────────────────────────


def tightened(type_: Type) -> Iterator[Change]:
    """A codomain with one bound moved inwards by one, one flag added, one character or
    label gone."""
    yield from _moved(type_, 1)
    if isinstance(type_, (Int, Rat)) and not type_.nonzero:
        yield "flag nonzero added", replace(type_, nonzero=True)
    if isinstance(type_, List):
        if not type_.distinct:
            yield "flag distinct added", replace(type_, distinct=True)
        if not type_.sorted:
            yield "flag sorted added", replace(type_, sorted=True)
    if isinstance(type_, Str) and type_.alphabet and len(type_.alphabet) > 1:
        yield "first character gone", replace(type_, alphabet=type_.alphabet[1:])
        yield "last character gone", replace(type_, alphabet=type_.alphabet[:-1])
    if isinstance(type_, Labels) and len(type_.labels) > 1:
        yield "label gone", Labels(type_.labels[1:])
    yield from _inside(type_, tightened)


# ── domains ───────────────────────────────────────────────────────────────────


def widened(type_: Type) -> Iterator[Change]:
    """A domain with one bound moved outwards, a flag dropped, a character more; and
    lengths that begin at 0."""
    yield from _moved(type_, -1)
    if isinstance(type_, (Int, Rat)) and type_.nonzero:
        yield "flag nonzero dropped", replace(type_, nonzero=False)
    if isinstance(type_, List):
        if type_.distinct:
            yield "flag distinct dropped", replace(type_, distinct=False)
        if type_.sorted:
            yield "flag sorted dropped", replace(type_, sorted=False)
    if isinstance(type_, (List, Set, Str)) and type_.length[0] not in (0, 1, None):
        yield "length from 0", replace(type_, length=(0, type_.length[1]))
    if isinstance(type_, Str) and type_.alphabet is not None:
        more = next(c for c in "#%@~é" if c not in type_.alphabet)
        letters = "".join(sorted(type_.alphabet + more))
        yield "a character more", replace(type_, alphabet=letters)
    yield from _inside(type_, widened)


# ── both ──────────────────────────────────────────────────────────────────────


def _moved(type_: Type, by: int) -> Iterator[Change]:
    """Each end of each range moved by one: inwards (1) or outwards (-1)."""
    fields: list[str] = []
    if isinstance(type_, (Int, Rat)):
        if type_.low is not None:
            yield "low end", replace(type_, low=_plus(type_.low, by))
        if type_.high is not None:
            yield "high end", replace(type_, high=_plus(type_.high, -by))
        return
    if isinstance(type_, (Str, List, Set)):
        fields = ["length"]
    elif isinstance(type_, Matrix):
        fields = ["rows", "cols"]
    elif isinstance(type_, Graph):
        fields = ["nodes"]
    least = 1 if isinstance(type_, Matrix) else 0
    for name in fields:
        low, high = getattr(type_, name)
        if by > 0 or low not in (least, None):
            ends = (_plus(low or 0, by), high)
            yield f"least {name}", replace(type_, **{name: ends})
        if high is not None:
            ends = (low, _plus(high, -by))
            yield f"most {name}", replace(type_, **{name: ends})


def _plus(bound: Bound, by: int) -> Bound:
    if isinstance(bound, Operation) or not hasattr(bound, "__add__"):
        return Operation("+" if by > 0 else "-", bound, abs(by))
    if isinstance(bound, int):
        return bound + by
    return Operation("+" if by > 0 else "-", bound, abs(by))


def _inside(
    type_: Type, change: Callable[[Type], Iterator[Change]]
) -> Iterator[Change]:
    """The changes of what a type is made of."""
    if isinstance(type_, (List, Set, Matrix)):
        for kind, item in change(type_.item):
            yield f"{kind} of items", replace(type_, item=item)
    elif isinstance(type_, Graph) and type_.weight is not None:
        for kind, weight in change(type_.weight):
            yield f"{kind} of weights", replace(type_, weight=weight)
    elif isinstance(type_, Tuple):
        for place, item in enumerate(type_.items):
            for kind, changed in change(item):
                items = (*type_.items[:place], changed, *type_.items[place + 1 :])
                yield f"{kind} of part {place + 1}", Tuple(items)
