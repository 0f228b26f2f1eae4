"""The `example` lines of a declaration: whether their values lie in its types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from racesc.diagnostics import Report
from racesc.errors.declarations import ExampleFailed
from racesc.errors.words import counted
from racesc.literals import read
from racesc.runtime.member import contains
from racesc.runtime.types import Type
from racesc.show_types import type_text
from racesc.source import Span
from racesc.syntax import BaseDeclaration, ExampleClause
from racesc.typed import Example, Signature
from racesc.unify import bind, instantiate, mentions_unknown


def examples(
    written: BaseDeclaration, signature: Signature, report: Report
) -> Iterator[Example]:
    """The examples that fit the signature; reports what is wrong with the others."""
    for clause in written.clauses:
        if not isinstance(clause, ExampleClause):
            continue
        given, count = len(clause.arguments), len(signature.parameters)
        if given != count:
            problem = (
                f"this example gives {counted(given, 'value')}, and "
                f"`{written.name.text}` has {counted(count, 'parameter')}"
            )
            report.add(ExampleFailed(problem, clause.span).diagnostic())
            continue
        example = _example(clause, signature, report)
        if example is not None:
            yield example


def _example(
    clause: ExampleClause, signature: Signature, report: Report
) -> Example | None:
    """One example with its values read; None after a mistake."""
    where: dict[str, Type] = {}
    values: list[Any] = []
    expected = [(f"`{p.name}`", p.type) for p in signature.parameters]
    expected.append(("the result", signature.codomain))
    written = (*clause.arguments, clause.result)

    def refuse(problem: str, span: Span, *notes: str) -> None:
        report.add(ExampleFailed(problem, span, notes).diagnostic())

    for (shown, type_), argument in zip(expected, written, strict=True):
        if mentions_unknown(type_):
            return None
        value, found, flaw = read(argument, type_)
        if found is None or not bind(type_, found, where):
            kind = "this value is not" if flaw else "this value is of another kind"
            notes = (flaw,) if flaw else ()
            refuse(
                f"{shown} is `{type_text(type_)}`, and {kind}", argument.span, *notes
            )
            return None
        values.append(value)
    *arguments, result = values
    names = (p.name for p in signature.parameters)
    actual = dict(zip(names, arguments, strict=True))
    for (shown, type_), value, argument in zip(expected, values, written, strict=True):
        if not contains(instantiate(type_, where), value, actual):
            refuse(f"{shown} lies outside `{type_text(type_)}`", argument.span)
            return None
    return Example(tuple(arguments), result, clause.span)
