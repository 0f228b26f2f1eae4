"""Suggestions from modules that are not in use: what of them is read, and that it is all
that can matter."""

from __future__ import annotations

import pytest

from racesc.diagnostics import Report
from racesc.files import library_modules, read_source, source_path
from racesc.parse import parse
from racesc.shelf import Head, Shelf, head_of
from racesc.source import Source
from racesc.syntax import BaseDeclaration, NamedType, TypeExpression
from racesc.workspace import Workspace


def word(written: TypeExpression) -> str:
    """The word with which a type begins."""
    return written.name.partition(".")[0] if isinstance(written, NamedType) else ""


@pytest.mark.parametrize(
    "declaration, head",
    [
        ("env f(n: Int) -> Int {", Head("Int", "Int")),
        ("env f[a: Ord + Num](xs: List[a]) -> a {", Head("List", "a")),
        ("env f(x: (Int, Str)) -> (Int, Str) {", Head("", "")),
        ('env f(x: Str over "{}) -> Int {") -> Bool {', Head("Str", "Bool")),
        ('env f(x: "a" | "b") -> "a" | "b" {', Head("", "")),
        (
            "env f(\n  xs: List[Int],\n  n: Int,\n) -> Graph[Int] {",
            Head("List", "Graph"),
        ),
        ("env f() -> Int {", Head("", "Int")),
        ("env f(p: m.Point) -> m.Point {", Head("m", "m")),
        ("env f(n: Int # the ) -> Str {\n) -> Int {", Head()),
        ("env f = a >> b", Head()),
        ("env f(n: Int) = SEQUENTIAL { a(n) }", Head()),
    ],
)
def test_heads(declaration: str, head: Head) -> None:
    assert head_of(declaration) == head


@pytest.mark.parametrize("name", library_modules())
def test_the_heads_of_the_library_are_those_that_the_grammar_reads(name: str) -> None:
    source = read_source(source_path(name))
    declared = [
        each
        for each in parse(source, Report()).declarations
        if isinstance(each, BaseDeclaration)
    ]
    for each in declared:
        takes = word(each.parameters[0].type) if each.parameters else ""
        text = source.text[each.span.start : each.span.end]
        assert head_of(text) == Head(takes, word(each.codomain))


def test_the_shelf_holds_every_declaration_of_the_library() -> None:
    for scope in Shelf(Workspace().library(), [])(lambda head: True):
        tree = parse(scope.source, Report())
        names = [
            d.name.text for d in tree.declarations if isinstance(d, BaseDeclaration)
        ]
        assert list(scope.environments) == names
        assert len(scope.types) == len(tree.declarations) - len(names)


def test_only_what_is_sought_is_read_and_it_stays_in_order() -> None:
    text = "\n".join(
        f'env {name}(x: {type_}) -> {type_} {{\n  describe "Give {{{{ x }}}}."\n}}\n'
        for name, type_ in [("a", "Int"), ("b", "Str"), ("c", "Int")]
    )
    library = Workspace().library()
    library.names = ("odd",)
    library.read = lambda path: Source(path, text)
    shelf = Shelf(library, [])
    (scope,) = shelf(lambda head: head.takes == "Str")
    assert list(scope.environments) == ["b"]
    (scope,) = shelf(lambda head: head.gives == "Int")
    assert list(scope.environments) == ["a", "b", "c"]
