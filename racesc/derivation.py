"""How the type of a composition is derived, as a tree: one rule of
``docs/type-system.md`` on a line, its premises below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from racesc.compose import Ascription, Typed
from racesc.intervals import ground
from racesc.resolve import Scope
from racesc.runtime.brick import Brick
from racesc.runtime.text import show
from racesc.runtime.types import Tuple, Type
from racesc.show_types import signature_text, type_text
from racesc.singleton import type_of
from racesc.syntax import Block, CompositeDeclaration, Operation, Use
from racesc.unify import instantiate
from racesc.watch import Judgement, WatchingChecker, WatchingJudge, settled


@dataclass(frozen=True)
class Derivation:
    """A judgement, the rule by which it holds, and its premises."""

    rule: str
    judgement: str
    premises: tuple[Derivation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """`{"rule", "judgement", "premises"}`, nested."""
        return {
            "rule": self.rule,
            "judgement": self.judgement,
            "premises": [each.to_json() for each in self.premises],
        }

    def lines(self, first: str = "", further: str = "") -> Iterator[str]:
        """The tree as text; ``first`` and ``further`` stand before its lines."""
        yield f"{first}{self.rule}  {self.judgement}"
        for place, premise in enumerate(self.premises):
            last = place == len(self.premises) - 1
            yield from premise.lines(
                further + ("└─ " if last else "├─ "),
                further + ("   " if last else "│  "),
            )


def derive(checker: WatchingChecker, scope: Scope, name: str) -> Derivation | None:
    """The derivation of a declared composite's signature; None where it has none."""
    found = checker.environment(scope, name)
    declared = scope.environments[name]
    if found is None or not isinstance(declared, CompositeDeclaration):
        return None
    made = settled(checker.judgements.get((scope.key, name), []))
    steps = _steps(checker.books, made)
    ascribed = checker.ascription(scope, name)
    if isinstance(declared.value, Block) and ascribed is not None:
        value = type_text(found.signature.codomain)
        whole = f"⊢ {found.expression} : src {value}"
        steps = (Derivation("BLOCK", whole, steps),)
    if ascribed is None or ascribed.codomain is None:
        return steps[0] if steps else None
    whole = f"⊢ {name} : {signature_text(found.signature)}"
    return Derivation("ASCRIBE", whole, (*steps, _inside(checker, declared, ascribed)))


def _inside(
    checker: WatchingChecker, declared: CompositeDeclaration, ascribed: Ascription
) -> Derivation:
    inferred = checker.books.inferred[declared.name.span]
    assert ascribed.codomain is not None
    return Derivation(
        "WITHIN", f"{type_text(inferred)} <= {type_text(ascribed.codomain)}"
    )


# ── steps ─────────────────────────────────────────────────────────────────────


def _steps(
    books: WatchingJudge, judgements: Sequence[Judgement]
) -> tuple[Derivation, ...]:
    """Derivations of judgements about parts; steps of one chain are put together."""
    chains: dict[int, list[Judgement]] = {}
    wholes: dict[int, Typed] = {}
    for judgement in judgements:
        typed = judgement.typed
        assert typed is not None
        whole = books.chains.get(id(typed), typed)
        wholes[id(whole)] = whole
        chains.setdefault(id(whole), []).append(judgement)
    found: list[Derivation] = []
    for key, parts in chains.items():
        steps = tuple(_step(books, part) for part in parts)
        if len(parts) > 1:
            conclusion = _conclusion(parts[0], wholes[key])
            steps = (Derivation("SEQUENTIAL", conclusion, steps),)
        found.extend(steps)
    return tuple(found)


def _step(books: WatchingJudge, judgement: Judgement) -> Derivation:
    typed, expression = judgement.typed, judgement.flat.expression
    assert typed is not None
    conclusion = _conclusion(judgement, typed)
    if isinstance(typed.node, Brick):
        rule = "FEED" if typed.feeds or judgement.incoming is not None else "HEAD"
        return Derivation(rule, conclusion, tuple(_base(judgement, typed, typed.node)))
    premises = list(_steps(books, judgement.premises))
    if isinstance(expression, Operation):
        if expression.operator == "BRANCH" and len(premises) == 3:
            arms = [each.judgement.rpartition(" : ")[2] for each in premises[1:]]
            joined = f"{' ⊔ '.join(arms)} = {type_text(typed.value)}"
            premises.append(Derivation("JOIN", joined))
        return Derivation(expression.operator, conclusion, tuple(premises))
    if isinstance(expression, Use):  # a composite with a declared signature
        return Derivation("ASCRIBE", conclusion, tuple(premises))
    return Derivation("BLOCK", conclusion, tuple(premises))


def _conclusion(judgement: Judgement, typed: Typed) -> str:
    value = type_text(typed.value)
    named = _named(judgement, typed)
    if named:
        context = ", ".join(f"{name} : {type_text(type_)}" for name, type_ in named)
        return f"{context} ⊢ {typed.text} : {value}"
    if judgement.incoming is None:
        return f"⊢ {typed.text} : src {value}"
    return f"{type_text(judgement.incoming.type)} ⊢ {typed.text} : {value}"


def _named(judgement: Judgement, typed: Typed) -> list[tuple[str, Type]]:
    """The names of a block, or of an ascribed signature, that feed a step."""
    if judgement.incoming is not None:
        return []
    fed = list(typed.feeds.values())
    return [
        (name, judgement.locals.context[name])
        for name, source in judgement.locals.sources.items()
        if any(source is each for each in fed)
    ]


# ── base environments ─────────────────────────────────────────────────────────


def _base(judgement: Judgement, typed: Typed, node: Brick) -> Iterator[Derivation]:
    """What the rules HEAD and FEED ask of an environment's parameters."""
    base = node.base
    bound = ", ".join(f"{n} = {type_text(node.where[n])}" for n, _ in base.classes)
    if bound:
        yield Derivation("MATCH", bound)
    drawn = {each.name: each.type for each in typed.parameters}
    context = dict(drawn)
    for parameter in base.parameters:
        name = parameter.name
        port = type_text(instantiate(parameter.type, node.where))
        if name in node.fixed:
            value = node.fixed[name]
            own = type_of(value, parameter.type)
            given = show(value, own) if own is not None else str(value)
            yield Derivation("WITHIN", f"{given} : {port}  ({name})")
            continue
        if name in typed.feeds:
            fed = _fed(judgement, typed.feeds[name])
            if fed is not None:
                context[name] = fed
                yield Derivation("WITHIN", f"{type_text(fed)} <= {port}  ({name})")
            continue
        text = f"{name} : {port}"
        within = ground(drawn[name], context) if name in drawn else None
        if within is not None and type_text(within) != port:
            text += f", drawn from {type_text(within)}"
        yield Derivation("FEASIBLE", text)
    written = type_text(instantiate(base.codomain, node.where))
    result = type_text(typed.value)
    if written != result:
        yield Derivation("CODOMAIN", f"{written} = {result}")


def _fed(judgement: Judgement, source: Any) -> Type | None:
    """The type of what a parameter is fed."""
    found = _by_name(judgement.locals.sources, judgement.locals.context, source)
    if found is None and judgement.incoming is not None:
        found = judgement.incoming.type
        part = getattr(source, "part", None)
        if part is not None and isinstance(found, Tuple):
            component: Type = found.items[part]
            return component
    return found


def _by_name(
    sources: Mapping[str, Any], context: Mapping[str, Type], source: Any
) -> Type | None:
    for name, each in sources.items():
        if each is source:
            return context[name]
    return None
