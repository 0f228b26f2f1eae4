"""What may be written at a place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from racesc.editor.complete_steps import environments, fitting_steps, names_in_reach
from racesc.editor.complete_types import (
    CLASSES,
    CONSTRUCTORS,
    MEASURES,
    names_something,
    parameters,
    variables,
    wanted,
)
from racesc.editor.completion import Completion, keywords
from racesc.editor.hover import OPERATORS
from racesc.editor.names import parameters_of
from racesc.editor.place import (
    CLAUSES,
    TOKEN,
    Place,
    called_at,
    last_of,
    outermost,
    place_at,
)
from racesc.editor.project import Project
from racesc.files import library_modules
from racesc.resolve import Scope
from racesc.scan import scan
from racesc.solvers import read_solvers
from racesc.syntax import ImportDeclaration

DECLARATIONS = ("env", "type", "newtype", "use", "suite", "package")
SUITE_CLAUSES = (
    "from using size depth goal require level mix take disjoint split".split()
)
PACKAGE_CLAUSES = ("version", "include", "target")
FILTERS = ("ordinal", "grid", "spaced")


def complete(project: Project, path: str, offset: int) -> list[Completion]:
    """What may be written at an offset of an open file, best first."""
    text = project.text(path)
    if text is None:
        return []
    place = place_at(path, text, offset)
    if place is None:
        return list(_template(project, path, text, offset))
    piece = place.piece
    if piece is None or (place.first and text[place.start - 1 : place.start] in "\n"):
        return keywords(DECLARATIONS)
    scope = project.checked().watched.scope_of(path)
    if scope is None:
        return []
    if piece.word == "use":
        return list(_import(project, place))
    if piece.word in ("type", "newtype"):
        return list(_alias(scope, place))
    if piece.word == "suite":
        return list(_suite(scope, place))
    if piece.word == "package":
        return list(_package(scope, place))
    if piece.word != "env":
        return keywords(DECLARATIONS) if place.first else []
    return list(_environment(project, scope, place))


# ── environments ──────────────────────────────────────────────────────────────


def _environment(project: Project, scope: Scope, place: Place) -> Iterator[Completion]:
    assert place.piece is not None
    tokens = place.tokens
    if outermost(tokens) == "{" and last_of(tokens, CLAUSES) != "law":
        yield from _clause(scope, place)
        return
    if not outermost(tokens) or place.before == "[":
        if place.before == ":" and "]" not in tokens and "(" not in tokens:
            yield from keywords(CLASSES)  # of a type variable
        elif not names_something(tokens):
            # The one whose type is being written is not known in it yet.
            known = tuple(parameters(tokens))
            yield from _types(scope, tokens, known if "->" in tokens else known[:-1])
        return
    fitting = fitting_steps(project, place)
    if fitting is not None:
        yield from fitting
    elif place.before == ">>":  # a name before is unknown: anything may fit
        yield from environments(scope)
    else:
        yield from _arguments(project, scope, place)


# ── everything else ───────────────────────────────────────────────────────────


def _arguments(project: Project, scope: Scope, place: Place) -> Iterator[Completion]:
    """Between the brackets behind an environment: its parameters and earlier names."""
    called = called_at(place.tokens)
    if called is None:
        return
    name = "".join(place.tokens[called:]).partition("(")[0]
    meant = scope.environment(name)
    if meant is not None and place.before in ("(", ","):
        for parameter in parameters_of(meant[0], meant[1].name.text).values():
            insert = f"{parameter.name}: "
            yield Completion(parameter.name, "parameter", insert=insert)
    step = replace(place, start=place.offsets[called], end=place.piece_end)
    yield from names_in_reach(project, step)


def _clause(scope: Scope, place: Place) -> Iterator[Completion]:
    """In the body of a base environment."""
    clause = place.clause
    if place.first:
        yield from keywords(CLAUSES)
    elif clause == ("level",):
        name = place.tokens[1] if len(place.tokens) > 1 else ""
        if name in scope.environments:
            for parameter in parameters_of(scope, name).values():
                yield Completion(parameter.name, "parameter")
        else:
            yield from _parameters(place.tokens)
    elif clause[:1] == ("level",) and len(clause) == 2:
        yield from keywords(("len",))
    elif clause[:1] == ("level",) and ":" in clause[:3]:
        yield from _types(scope, clause, ("level",))
    elif clause[:1] == ("level",) and wanted(clause).end:
        declared = list(parameters(place.tokens))
        at = declared.index(clause[1]) if clause[1] in declared else 0
        earlier = declared[:at]
        yield from _types(scope, clause, ("level", *earlier))
    elif place.before in ("solve", "sample", "verify", "plant", "witnesses"):
        text = scope.source.solver_text
        known = read_solvers(text).functions if text is not None else {}
        for function in known.values():
            yield Completion(function.name, "function", function.written)


def _parameters(tokens: tuple[str, ...]) -> Iterator[Completion]:
    for name in parameters(tokens):
        yield Completion(name, "parameter")


def _alias(scope: Scope, place: Place) -> Iterator[Completion]:
    """Behind `type T =`."""
    if "=" in place.tokens:
        yield from _types(scope, place.tokens, ())


def _types(
    scope: Scope, tokens: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[Completion]:
    """In a type: types, and where an end of a range is written the names that it may
    speak of; behind a type what refines it."""
    here = wanted(tokens)
    yield from keywords(here.words)
    if here.end:
        yield from (Completion(name, "parameter") for name in names)
        if not here.inside:
            measures = MEASURES if set(names) - {"level"} else ()
            for name in (*measures, "min", "max"):
                yield Completion(name, "function", insert=f"{name}(")
    if not here.type:
        return
    for name in scope.bare_names("types"):
        if name[:1].isupper() and scope.find(name, "types"):
            owner = scope.find(name, "types")[0]
            yield Completion(name, "type", doc=owner.types[name].doc)
    yield from (Completion(name, "type") for name in CONSTRUCTORS)
    yield from (Completion(name, "type") for name in variables(tokens))


def _import(project: Project, place: Place) -> Iterator[Completion]:
    if place.before == "use":
        folder = Path(os.path.dirname(place.path) or ".")
        beside = sorted(path.stem for path in folder.glob("*.races"))
        for name in dict.fromkeys([*beside, *library_modules()]):
            if name != Path(place.path).stem:
                yield Completion(name, "module")
    elif "(" in place.tokens:
        text = f"use {place.tokens[1]}\n"
        watched = project.with_text(place.path, text)
        scope = watched.roots[0].module(place.tokens[1])
        for name in _names_and_types(scope):
            yield Completion(name, "environment" if name[0].islower() else "type")
    elif len(place.tokens) == 2:
        yield from keywords(("from",))


def _names_and_types(scope: Scope | None) -> list[str]:
    return [] if scope is None else [*scope.environments, *scope.types]


def _suite(scope: Scope, place: Place) -> Iterator[Completion]:
    clause = last_of(place.tokens, SUITE_CLAUSES)
    if place.first:
        yield from keywords(SUITE_CLAUSES)
    elif clause == "using" or clause == "mix":
        for name, doc in OPERATORS.items():
            yield Completion(name, "operator", "operator", doc)
    elif clause == "goal":
        yield from _types(scope, place.tokens, ())
    elif clause == "disjoint":
        yield from (Completion(name, "environment") for name in scope.suites)
    elif clause == "from":
        modules = [d.module.text for d in _imports(scope)]
        yield from (Completion(name, "module") for name in modules)
        yield from _includable(scope)


def _package(scope: Scope, place: Place) -> Iterator[Completion]:
    clause = last_of(place.tokens, PACKAGE_CLAUSES)
    if place.first:
        yield from keywords(PACKAGE_CLAUSES)
    elif clause == "include":
        yield from _includable(scope)


def _imports(scope: Scope) -> Iterator[ImportDeclaration]:
    for declaration, _ in scope.imports:
        yield declaration


def _includable(scope: Scope) -> Iterator[Completion]:
    yield from (Completion(name, "environment", "suite") for name in scope.suites)
    yield from environments(scope)


def _template(
    project: Project, path: str, text: str, offset: int
) -> Iterator[Completion]:
    """Inside `{{ … }}` of a description: the parameters, and behind `|` the filters."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    opened = re.search(r"\{\{([^{}]*)$", line)
    if opened is None or not line.lstrip().startswith("describe"):
        return
    if "|" in opened[1]:
        yield from (Completion(name, "function") for name in FILTERS)
        return
    piece = None
    for each in scan(text).pieces:
        if each.start < offset:
            piece = each
    if piece is not None and piece.word == "env":
        tokens = tuple(TOKEN.findall(text[piece.start : offset]))
        yield from _parameters(tokens)
