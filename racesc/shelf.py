"""The library's modules that a program does not use, to look for suggestions in them.

To read them whole takes longer than to check most programs. So their types are read
first, and of their environments only those that may be what is sought: the words with
which the head of a declaration begins what it takes and what it gives say so, and they
are found without the grammar.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from racesc.diagnostics import Report
from racesc.library import Library
from racesc.parse import parse_piece
from racesc.resolve import EnvironmentDeclaration, Loader, Scope
from racesc.scan import DECLARATION_WORDS, Piece
from racesc.source import Source
from racesc.syntax import BaseDeclaration, CompositeDeclaration, Module

_DECLARATION = re.compile(rf"^(?:{'|'.join(DECLARATION_WORDS)})\b", re.MULTILINE)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_HEAD = re.compile(
    r"""
    env \s+ \w+ \s* (?:\[[^\]]*\])? \s*
    \( \s* (?: \w+ \s* : \s* (?P<takes>\w*) [^{\#]*? )? \)
    \s* -> \s* (?P<gives>\w*) [^{\#]* \{
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Head:
    """The outermost constructors of an environment's first parameter and of its
    codomain, as they are written; empty where they are not plain words."""

    takes: str = ""
    gives: str = ""


Sought: TypeAlias = Callable[[Head], bool]


def head_of(declaration: str) -> Head:
    """The head of a declaration's text; an empty one where it is not plain to see, for
    example because of a comment."""
    found = _HEAD.match(_STRING.sub('""', declaration))
    return Head(found["takes"] or "", found["gives"]) if found else Head()


class Shelf:
    """The modules of ``library`` besides those ``known``, read as far as is asked."""

    def __init__(self, library: Library, known: list[Scope]) -> None:
        self._library = library
        self._known = {id(scope) for scope in known}
        self._loader = Loader(library, _without_environments, Report.aside())
        for scope in known:
            self._loader.scopes[posixpath.normpath(scope.source.path)] = scope
            self._loader.keys.add(scope.key)

    def __call__(self, sought: Sought) -> Iterator[Scope]:
        """Their scopes in the order of the modules' names. Each holds at least the
        environments whose head may be what is ``sought``, in the order of its text."""
        for name in self._library.names:
            path = posixpath.join(self._library.standard, f"{name}.races")
            source = self._library.at(path)
            if source is None:
                continue
            scope = self._loader.load(source, ())
            if id(scope) not in self._known:
                scope.shelved = True
                scope.environments = _book(source).environments(sought)
                yield scope


class _Book:
    """A module that is read piece by piece, each piece once."""

    def __init__(self, source: Source) -> None:
        pieces = list(_pieces(source.text))
        self._source = source
        self._heads = [
            (head_of(source.text[piece.start : piece.end]), piece)
            for piece in pieces
            if piece.word == "env"
        ]
        self._read: dict[int, EnvironmentDeclaration] = {}
        others = [piece for piece in pieces if piece.word != "env"]
        self.tree = Module(
            posixpath.basename(source.path).removesuffix(".races"),
            tuple(
                declaration
                for piece in others
                for declaration in parse_piece(source, piece, Report.aside())
            ),
        )

    def environments(self, sought: Sought) -> dict[str, EnvironmentDeclaration]:
        """What was read so far, and what is sought."""
        for place, (head, piece) in enumerate(self._heads):
            if place not in self._read and sought(head):
                for declaration in parse_piece(self._source, piece, Report.aside()):
                    if isinstance(declaration, BaseDeclaration | CompositeDeclaration):
                        self._read[place] = declaration
        return {self._read[p].name.text: self._read[p] for p in sorted(self._read)}


def _pieces(text: str) -> Iterator[Piece]:
    """The declarations of a module in canonical layout: they begin in column 1."""
    starts = list(_DECLARATION.finditer(text))
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        yield Piece(match[0], match.start(), end)


@lru_cache(maxsize=256)
def _book(source: Source) -> _Book:
    """An editor asks about the same text again and again."""
    return _Book(source)


def _without_environments(source: Source, report: Report) -> Module:
    return _book(source).tree
