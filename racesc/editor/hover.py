"""What is shown about the name under the cursor, as Markdown, and where it leads."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from racesc import syntax as tree
from racesc.compose import Typed
from racesc.editor.names import Occurrence, Symbol
from racesc.format import format_type
from racesc.resolve import Scope
from racesc.show_types import signature_text, type_text
from racesc.solvers import read_solvers
from racesc.source import Source, Span
from racesc.watch import Judgement, Watched

OPERATORS = {
    "SEQUENTIAL": "Steps one after the other: each is fed the result before it. In "
    "braces, steps have names and may use any earlier result.",
    "PARALLEL": "Independent problems side by side; the answer is the tuple of theirs.",
    "SORT": "The steps of a chain, shuffled; the answer is their right order.",
    "SELECT": "As SORT, with steps that do not belong to the chain among them.",
    "MAP": "One operation on every item of a list.",
    "FANOUT": "Several operations on the same value; the answer is the tuple of theirs.",
    "ITERATE": "One operation a number of times (`times: n`).",
    "BRANCH": "A condition, and the operation that follows where it is true or false.",
    "FOLD": "A running value (`from: z`, or the first item) and a list, item by item.",
}


def hover(watched: Watched, scope: Scope, found: Occurrence) -> str:
    """What to say about a name; "" for nothing."""
    symbol, node = found.symbol, found.symbol.node
    if symbol.kind == "environment":
        return _environment(watched, scope, found)
    if symbol.kind == "operator":
        here = _here(watched, found.node)
        return _page(_code(symbol.name), here, OPERATORS.get(symbol.name, ""))
    if symbol.kind == "type" and isinstance(node, tree.TypeDeclaration):
        word = "newtype" if node.nominal else "type"
        names = ", ".join(name.text for name in node.variables)
        variables = f"[{names}]" if names else ""
        body = format_type(node.body)
        return _page(_code(f"{word} {symbol.name}{variables} = {body}"), node.doc)
    if symbol.kind == "parameter" and isinstance(node, tree.Parameter):
        text = f"{symbol.name}: {format_type(node.type)}"
        return _page(_code(text), f"a parameter of `{symbol.owner}`")
    if symbol.kind == "step" and isinstance(node, tree.Statement):
        judgement = judgement_of(watched, node.value)
        if judgement is None or judgement.typed is None:
            return ""
        return _page(_code(f"{symbol.name} : {type_text(judgement.typed.value)}"))
    if symbol.kind == "variable" and isinstance(node, tree.TypeVariable):
        classes = " + ".join(each.text for each in node.classes)
        text = f"{node.name}: {classes}" if classes else node.name
        return _page(_code(text), f"a type variable of `{symbol.owner}`")
    if symbol.kind == "module":
        return _page(_code(f"use {symbol.name}"), symbol.path)
    if symbol.kind == "function":
        return _function(scope, symbol.name)
    if symbol.kind in ("suite", "package"):
        doc = getattr(node, "doc", "")
        return _page(_code(f"{symbol.kind} {symbol.name}"), doc)
    return ""


def _environment(watched: Watched, scope: Scope, found: Occurrence) -> str:
    symbol = found.symbol
    owner = watched.scope_of(symbol.path)
    typed = None
    if owner is not None and symbol.name in owner.environments:
        typed = watched.checker.environment(owner, symbol.name)
    declared = symbol.node
    doc = getattr(declared, "doc", "")
    if typed is None:
        return _page(_code(f"env {symbol.name}"), doc)
    signature = f"env {symbol.name}{signature_text(typed.signature)}"
    composed = ""
    if isinstance(declared, tree.CompositeDeclaration):
        composed = f"`= {typed.expression}`"
    here = "" if found.declares else _here(watched, found.node)
    remark = ""
    if typed.relational:
        remark = "Many answers are right."
    elif not typed.sampleable:
        remark = f"Only ever fed: {typed.undrawable}."
    return _page(_code(signature), here, doc, composed, remark)


def _here(watched: Watched, node: tree.Tree | None) -> str:
    """The types that a step has where it stands."""
    judgement = None
    if isinstance(node, (tree.Use, tree.Operation)):
        judgement = judgement_of(watched, node)
    if judgement is None or judgement.typed is None:
        return ""
    return "Here: " + step_signature(judgement, judgement.typed)


def step_signature(judgement: Judgement, typed: Typed) -> str:
    """`List[Int] len 2 -> Int`, and what is drawn besides."""
    value = type_text(typed.value)
    drawn = ", ".join(f"`{p.name}: {type_text(p.type)}`" for p in typed.parameters)
    behind = f", drawing {drawn}" if drawn else ""
    if judgement.incoming is None:
        return f"gives `{value}`{behind}"
    return f"`{type_text(judgement.incoming.type)} -> {value}`{behind}"


def judgement_of(watched: Watched, expression: tree.Expression) -> Judgement | None:
    """What was found out about an expression; about its last step for a chain."""
    while isinstance(expression, tree.Chain) or (
        isinstance(expression, tree.Operation)
        and expression.operator == "SEQUENTIAL"
        and expression.parts
    ):
        steps = (
            expression.steps if isinstance(expression, tree.Chain) else expression.parts
        )
        expression = steps[-1]
    return watched.books.at.get(expression.span)


def _function(scope: Scope, name: str) -> str:
    text = scope.source.solver_text
    if text is None:
        return ""
    known = read_solvers(text).functions.get(name)
    if known is None:
        return ""
    doc = ""
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            doc = ast.get_docstring(node) or ""
    return _page(f"```python\ndef {known.written}\n```", doc)


def _code(text: str) -> str:
    return f"```races\n{text}\n```"


def _page(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs))


# ── definitions ───────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Place:
    """A stretch of a file, with that file's text."""

    source: Source
    start: int
    end: int


def definition(watched: Watched, scope: Scope, found: Occurrence) -> Place | None:
    """Where a name leads: to its declaration, and from a declared base environment or
    a `solve` clause to the Python function."""
    symbol = found.symbol
    if symbol.kind == "operator":
        return None
    if symbol.kind == "function":
        return python_function(scope, symbol.name)
    if found.declares and isinstance(symbol.node, tree.BaseDeclaration):
        return implementation(watched, symbol) or _declaration(watched, symbol)
    return _declaration(watched, symbol)


def implementation(watched: Watched, symbol: Symbol) -> Place | None:
    """The Python function that solves a base environment."""
    owner = watched.scope_of(symbol.path)
    if owner is None or not isinstance(symbol.node, tree.BaseDeclaration):
        return None
    return python_function(owner, solver_name(symbol.node))


def solver_name(declared: tree.BaseDeclaration) -> str:
    """The name of the function that solves a base environment."""
    for clause in declared.clauses:
        if isinstance(clause, tree.NameClause) and clause.kind == "solve":
            return clause.function.text
    return declared.name.text


def python_function(scope: Scope, name: str) -> Place | None:
    """A function of a module's solver file: its `def` line."""
    path, text = scope.source.solver_path, scope.source.solver_text
    if path is None or text is None:
        return None
    known = read_solvers(text).functions.get(name)
    if known is None:
        return None
    source = Source(path, text)
    start = source.text.find(name, source.lines[known.line - 1])
    return Place(source, start, start + len(name))


def _declaration(watched: Watched, symbol: Symbol) -> Place | None:
    owner = watched.scope_of(symbol.path)
    if owner is None:
        return None
    span: Span = symbol.span
    return Place(owner.source, span.start, span.end)
