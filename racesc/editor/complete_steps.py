"""What fits at a place in a composition. That is decided by types: a probe is put there,
the program is judged, and what reaches the probe says which environments fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from racesc.compose import Flat, Incoming, Locals
from racesc.editor.completion import Completion
from racesc.editor.hover import OPERATORS
from racesc.editor.place import Place
from racesc.editor.project import Project
from racesc.intervals import ground
from racesc.resolve import EnvironmentDeclaration, Scope
from racesc.runtime.types import Type
from racesc.scan import open_brackets
from racesc.show_types import signature_text, type_text
from racesc.syntax import CompositeDeclaration, Operation, Use
from racesc.unify import UNKNOWN
from racesc.watch import PROBE, Judgement, Watched

_CLOSING = {"(": ")", "[": "]", "{": "}"}


def fitting_steps(project: Project, place: Place) -> list[Completion] | None:
    """What fits there, best first; None where nothing reaches a probe: no step stands
    there, or a name before it is not known."""
    qualifier = place.text[place.start : place.end].rpartition(".")[0]
    for text in _probed(place):
        watched = project.with_text(place.path, text)
        if watched.books.folded:
            return list(_foldable(watched, watched.books.folded[-1]))
        if watched.books.probed:
            return list(_fitting(watched, qualifier))
    return None


def names_in_reach(project: Project, step: Place) -> Iterator[Completion]:
    """The names that the step written at a place may use: a probe is put instead of
    the whole step."""
    for text in _probed(step):
        probes = project.with_text(step.path, text).books.probed
        if probes:
            for local, type_ in probes[-1].locals.context.items():
                yield Completion(local, "step", type_text(type_))
            return


def environments(scope: Scope) -> Iterator[Completion]:
    """All environments in scope."""
    for _, declared, name in _listed(scope):
        yield Completion(name, "environment", "", declared.doc)


def _probed(place: Place) -> Iterator[str]:
    """The module with a probe at the place: the rest kept as it is, or else closed as
    soon as possible."""
    assert place.piece is not None
    start, end = place.piece.start, place.piece_end
    before = place.text[:start] + place.text[start : place.start]
    brackets = open_brackets(place.text, start, place.start)
    closing = "".join(_CLOSING[place.text[each]] for each in reversed(brackets))
    after = place.text[end:]
    probe = f" {PROBE}() "
    yield before + probe + place.text[place.end : end] + after
    yield before + probe + closing + "\n" + after
    yield before + probe + "== id" + closing + "\n" + after  # a law's left side


def _fitting(watched: Watched, qualifier: str) -> Iterator[Completion]:
    """What fits where the probe stands."""
    probes = watched.books.probed
    scope = probes[0].flat.scope
    fed = [each for each in probes if each.incoming is not None]
    found: list[Completion] = []
    if not fed:
        found += _heads(watched, scope, probes[-1])
    else:
        tried: list[Type] = []
        for probe in fed:
            assert probe.incoming is not None
            if probe.incoming.type not in tried:
                tried.append(probe.incoming.type)
                known = ground(probe.incoming.type, probe.locals.context)
                found += _takers(watched, scope, replace(probe.incoming, type=known))
    found = list({each.label: each for each in reversed(found)}.values())[::-1]
    if qualifier:
        dotted = f"{qualifier}."
        names = _names_of(scope.module(qualifier))
        yield from (
            Completion(
                each.label.removeprefix(dotted), each.kind, each.detail, each.doc
            )
            for each in found
            if each.label.removeprefix(dotted) in names
        )
        return
    yield from found
    for name, doc in OPERATORS.items():
        yield Completion(name, "operator", "operator", doc)


def _names_of(scope: Scope | None) -> set[str]:
    return set() if scope is None else set(scope.environments)


def _heads(watched: Watched, scope: Scope, probe: Judgement) -> Iterator[Completion]:
    """Everything that can be sampled, and in a block what takes an earlier result."""
    known = {name: t for name, t in probe.locals.context.items() if t != UNKNOWN}
    for owner, declared, name in _listed(scope):
        typed = watched.checker.environment(owner, declared.name.text)
        if typed is None or not (typed.sampleable or known):
            continue
        detail = signature_text(typed.signature)
        yield Completion(name, "environment", detail, declared.doc)


def _takers(watched: Watched, scope: Scope, incoming: Incoming) -> Iterator[Completion]:
    """The environments that a type can feed: functional ones, then composites and
    those with many right answers."""
    judge, type_ = watched.books, incoming.type
    if type_ == UNKNOWN:  # a mistake before: nothing is known, everything may fit
        yield from environments(scope)
        return
    judge.parts = judge.depth = 0
    fitting = {
        (taker.span.path, taker.span.start): taker
        for taker in judge.takers(scope, type_)
    }
    later: list[Completion] = []
    given = type_text(type_)
    for owner, declared, name in _listed(scope):
        span = declared.name.span
        taker = fitting.get((span.path, span.start))
        if taker is not None:
            detail = f"{given} -> {type_text(taker.value)}"
            yield Completion(name, "environment", detail, declared.doc)
            continue
        base = watched.checker.base(owner, declared.name.text)
        if isinstance(declared, CompositeDeclaration) or (base and base.relational):
            result = _result(watched, owner, declared, incoming)
            if result is not None:
                detail = f"{given} -> {type_text(result)}"
                later.append(Completion(name, "environment", detail, declared.doc))
    yield from later


def _result(
    watched: Watched, owner: Scope, declared: EnvironmentDeclaration, incoming: Incoming
) -> Type | None:
    """What a composite gives for what comes in; None where it does not take it."""
    judge = watched.books
    name = declared.name.text
    if watched.checker.environment(owner, name) is None:
        return None
    judge.parts = judge.depth = 0
    use = Use(name, name_span=declared.name.span)
    with judge.speculation() as aside:
        flats = judge.flatten([Flat(use, owner)])
        if flats is None:
            return None
        typed = judge.steps(flats, incoming, Locals())
    if typed is None or aside.has_errors:
        return None
    return typed[-1].value


def _foldable(watched: Watched, fold: Judgement) -> Iterator[Completion]:
    """What may stand in a FOLD: each environment is tried there."""
    judge, expression = watched.books, fold.flat.expression
    assert isinstance(expression, Operation)
    for owner, declared, name in _listed(fold.flat.scope):
        if watched.checker.environment(owner, declared.name.text) is None:
            continue
        judge.parts = judge.depth = 0
        part = Use(name, name_span=declared.name.span)
        flat = replace(fold.flat, expression=replace(expression, parts=(part,)))
        with judge.speculation() as aside:
            typed = judge.step(flat, fold.incoming, fold.locals)
        if typed is not None and not aside.has_errors:
            detail = f"folds to {type_text(typed.value)}"
            yield Completion(name, "environment", detail, declared.doc)


def _listed(scope: Scope) -> Iterator[tuple[Scope, EnvironmentDeclaration, str]]:
    """The environments in scope, and how each is written."""
    for owner, declared in scope.listed():
        name = declared.name.text
        plain = scope.find(name, "environments")
        if len(plain) != 1 or plain[0] is not owner:
            name = f"{owner.name}.{name}"
        yield owner, declared, name
