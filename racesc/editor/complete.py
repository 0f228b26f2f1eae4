"""What may be written at a place. In a composition that is decided by types: a probe is
put where the cursor is, the program is judged, and what reaches the probe says which
environments fit."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from racesc.compose import Flat, Incoming, Locals
from racesc.editor.complete_types import (
    CLASSES,
    CONSTRUCTORS,
    MEASURES,
    names_something,
    parameters,
    variables,
    wanted,
)
from racesc.editor.hover import OPERATORS
from racesc.editor.names import parameters_of
from racesc.editor.project import Project
from racesc.files import library_modules
from racesc.intervals import ground
from racesc.resolve import EnvironmentDeclaration, Scope
from racesc.runtime.types import Type
from racesc.scan import Piece, open_brackets, scan
from racesc.show_types import signature_text, type_text
from racesc.solvers import read_solvers
from racesc.syntax import (
    CompositeDeclaration,
    ImportDeclaration,
    Operation,
    Use,
)
from racesc.unify import UNKNOWN
from racesc.watch import PROBE, Judgement, Watched

DECLARATIONS = ("env", "type", "newtype", "use", "suite", "package")
CLAUSES = "describe solve sample verify level law example plant witnesses tags".split()
SUITE_CLAUSES = (
    "from using size depth goal require level mix take disjoint split".split()
)
PACKAGE_CLAUSES = ("version", "include", "target")
FILTERS = ("ordinal", "grid", "spaced")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_TOKEN = re.compile(r'#[^\n]*|"(?:[^"\\\n]|\\.)*"?|\w+|>>|->|==|<=|=>|\.\.|\S')


@dataclass(frozen=True)
class Completion:
    """Something that may be written: ``kind`` is environment, operator, keyword, type,
    module, parameter, function or step; ``detail`` is its type at this place."""

    label: str
    kind: str
    detail: str = ""
    doc: str = ""
    insert: str = ""


@dataclass(frozen=True)
class _Place:
    """Where something is to be written: the text, the word begun there, the piece of
    the module around it and the tokens of that piece before the word."""

    path: str
    text: str
    start: int
    end: int
    piece: Piece | None
    tokens: tuple[str, ...]
    offsets: tuple[int, ...]

    @property
    def before(self) -> str:
        """The token before."""
        return self.tokens[-1] if self.tokens else ""

    @property
    def piece_end(self) -> int:
        """Where the piece ends."""
        return max(self.piece.end, self.end) if self.piece else self.end

    @property
    def clause(self) -> tuple[str, ...]:
        """The tokens of the clause: since the last word that begins one, which is the
        first of its line."""
        for number in range(len(self.offsets) - 1, -1, -1):
            begin = self.text.rfind("\n", 0, self.offsets[number]) + 1
            first = not self.text[begin : self.offsets[number]].strip()
            if first and self.tokens[number] in CLAUSES:
                return self.tokens[number:]
        return ()

    @property
    def first(self) -> bool:
        """Whether the word is the first on its line."""
        line = self.text.rfind("\n", 0, self.start) + 1
        return not self.text[line : self.start].strip()


def complete(project: Project, path: str, offset: int) -> list[Completion]:
    """What may be written at an offset of an open file, best first."""
    text = project.text(path)
    if text is None:
        return []
    place = _place(path, text, offset)
    if place is None:
        return list(_template(project, path, text, offset))
    piece = place.piece
    if piece is None or (place.first and text[place.start - 1 : place.start] in "\n"):
        return _words(DECLARATIONS)
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
        return _words(DECLARATIONS) if place.first else []
    return list(_environment(project, scope, place))


def _place(path: str, text: str, offset: int) -> _Place | None:
    """The place, or None inside a comment or a string."""
    start = offset
    while start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        start -= 1
    if text[start:offset].startswith(".."):  # a range's dots are no module's
        start += 2
    end = offset
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    piece = None
    for each in scan(text).pieces:
        if each.start < start:
            piece = each
    first = piece.start if piece else 0
    tokens: list[str] = []
    offsets: list[int] = []
    for match in _TOKEN.finditer(text, first, start):
        token = match[0]
        if token[0] == "#":
            if match.end() >= start and "\n" not in text[match.end() : start]:
                return None
            continue
        if token[0] == '"' and match.end() >= start and not _ended(token):
            return None
        tokens.append(token)
        offsets.append(match.start())
    return _Place(path, text, start, end, piece, tuple(tokens), tuple(offsets))


def _ended(string: str) -> bool:
    return len(string) > 1 and bool(re.fullmatch(r'"(?:[^"\\]|\\.)*"', string))


# ── environments ──────────────────────────────────────────────────────────────


def _environment(project: Project, scope: Scope, place: _Place) -> Iterator[Completion]:
    assert place.piece is not None
    tokens = place.tokens
    if _outermost(tokens) == "{" and _last_of(tokens, CLAUSES) != "law":
        yield from _clause(scope, place)
        return
    if not _outermost(tokens) or place.before == "[":
        if place.before == ":" and "]" not in tokens and "(" not in tokens:
            yield from _words(CLASSES)  # of a type variable
        elif not names_something(tokens):
            # The one whose type is being written is not known in it yet.
            known = tuple(parameters(tokens))
            yield from _types(scope, tokens, known if "->" in tokens else known[:-1])
        return
    qualifier = place.text[place.start : place.end].rpartition(".")[0]
    for text in _probed(place):
        watched = project.with_text(place.path, text)
        if watched.books.folded:
            yield from _foldable(watched, watched.books.folded[-1])
            return
        if watched.books.probed:
            yield from _steps(watched, qualifier)
            return
    if place.before == ">>":  # a name before is unknown: anything may fit
        for _, declared, name in _listed(scope):
            yield Completion(name, "environment", "", declared.doc)
        return
    yield from _arguments(project, scope, place)


def _probed(place: _Place) -> Iterator[str]:
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


def _steps(watched: Watched, qualifier: str) -> Iterator[Completion]:
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
        for _, declared, name in _listed(scope):
            yield Completion(name, "environment", "", declared.doc)
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


# ── everything else ───────────────────────────────────────────────────────────


def _words(words: Iterable[str]) -> list[Completion]:
    return [Completion(word, "keyword") for word in words]


def _arguments(project: Project, scope: Scope, place: _Place) -> Iterator[Completion]:
    """Between the brackets behind an environment: its parameters and earlier names."""
    called = _called(place.tokens)
    if called is None:
        return
    name = "".join(place.tokens[called:]).partition("(")[0]
    meant = scope.environment(name)
    if meant is not None and place.before in ("(", ","):
        for parameter in parameters_of(meant[0], meant[1].name.text).values():
            insert = f"{parameter.name}: "
            yield Completion(parameter.name, "parameter", insert=insert)
    # A probe in place of the whole step knows which names are in reach.
    step = replace(place, start=place.offsets[called], end=place.piece_end)
    for text in _probed(step):
        probes = project.with_text(place.path, text).books.probed
        if probes:
            for local, type_ in probes[-1].locals.context.items():
                yield Completion(local, "step", type_text(type_))
            return


def _outermost(tokens: tuple[str, ...]) -> str:
    """The first of `=` and `{` outside brackets: where a declaration's head ends."""
    depth = 0
    for token in tokens:
        if token in ("=", "{") and not depth:
            return token
        depth += (token in "([{") - (token in ")]}")
    return ""


def _last_of(tokens: tuple[str, ...], words: Iterable[str]) -> str:
    """The last token that is one of some words."""
    return next((token for token in reversed(tokens) if token in words), "")


def _called(tokens: tuple[str, ...]) -> int | None:
    """Where the environment stands whose arguments are being written."""
    depth = 0
    for place in range(len(tokens) - 1, 0, -1):
        token = tokens[place]
        depth += (token in (")", "]", "}")) - (token in ("(", "[", "{"))
        if depth < 0:
            if token != "(" or not re.fullmatch(r"_*[a-z]\w*", tokens[place - 1]):
                return None
            dotted = place > 2 and tokens[place - 2] == "."
            return place - 3 if dotted else place - 1
    return None


def _clause(scope: Scope, place: _Place) -> Iterator[Completion]:
    """In the body of a base environment."""
    clause = place.clause
    if place.first:
        yield from _words(CLAUSES)
    elif clause == ("level",):
        name = place.tokens[1] if len(place.tokens) > 1 else ""
        if name in scope.environments:
            for parameter in parameters_of(scope, name).values():
                yield Completion(parameter.name, "parameter")
        else:
            yield from _parameters(place.tokens)
    elif clause[:1] == ("level",) and len(clause) == 2:
        yield from _words(("len",))
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


def _alias(scope: Scope, place: _Place) -> Iterator[Completion]:
    """Behind `type T =`."""
    if "=" in place.tokens:
        yield from _types(scope, place.tokens, ())


def _types(
    scope: Scope, tokens: tuple[str, ...], names: tuple[str, ...]
) -> Iterator[Completion]:
    """In a type: types, and where an end of a range is written the names that it may
    speak of; behind a type what refines it."""
    here = wanted(tokens)
    yield from _words(here.words)
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


def _import(project: Project, place: _Place) -> Iterator[Completion]:
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
        yield from _words(("from",))


def _names_and_types(scope: Scope | None) -> list[str]:
    return [] if scope is None else [*scope.environments, *scope.types]


def _suite(scope: Scope, place: _Place) -> Iterator[Completion]:
    clause = _last_of(place.tokens, SUITE_CLAUSES)
    if place.first:
        yield from _words(SUITE_CLAUSES)
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


def _package(scope: Scope, place: _Place) -> Iterator[Completion]:
    clause = _last_of(place.tokens, PACKAGE_CLAUSES)
    if place.first:
        yield from _words(PACKAGE_CLAUSES)
    elif clause == "include":
        yield from _includable(scope)


def _imports(scope: Scope) -> Iterator[ImportDeclaration]:
    for declaration, _ in scope.imports:
        yield declaration


def _includable(scope: Scope) -> Iterator[Completion]:
    yield from (Completion(name, "environment", "suite") for name in scope.suites)
    for _, declared, name in _listed(scope):
        yield Completion(name, "environment", "", declared.doc)


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
        tokens = tuple(_TOKEN.findall(text[piece.start : offset]))
        yield from _parameters(tokens)
