"""Renaming environments, types, parameters, steps and type variables everywhere."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from racesc import syntax as tree
from racesc.editor.names import Occurrence, Symbol, occurrences
from racesc.resolve import Scope
from racesc.source import Source

RESERVED = frozenset(
    "use type newtype env suite package in len over rows cols nodes distinct sorted "
    "nonzero as from except true false".split()
)
RENAMED = ("environment", "type", "suite", "package", "parameter", "step", "variable")
# The functions that are called with parameters by name.
_BY_NAME = ("sample", "verify", "plant", "witnesses")


class CannotRename(Exception):
    """Why a name cannot be changed, or not to this one."""


@dataclass(frozen=True)
class Edit:
    """New text for a stretch of a file."""

    source: Source
    start: int
    end: int
    text: str


def references(scopes: Iterable[Scope], symbol: Symbol) -> Iterator[Occurrence]:
    """Every place that means the same thing, its declaration included."""
    for scope in scopes:
        for each in occurrences(scope):
            if each.symbol == symbol:
                yield each


def renamable(symbol: Symbol, own: bool) -> None:
    """Raise where a name has to stay; ``own`` says whether its file may be edited."""
    if symbol.kind not in RENAMED:
        raise CannotRename(f"a {symbol.kind} cannot be renamed here")
    if not own:
        raise CannotRename(f"`{symbol.name}` is declared outside the open folders")


def rename(scopes: list[Scope], symbol: Symbol, new: str, own: bool) -> list[Edit]:
    """The edits that change a name everywhere, in Python files too where a function
    takes a parameter by name. A base environment keeps its solver: a `solve` clause
    with the old name is added where there is none."""
    renamable(symbol, own)
    _check_name(symbol, new)
    if new == symbol.name:
        return []
    scope = next((s for s in scopes if s.source.path == symbol.path), None)
    if scope is None:
        raise CannotRename(f"`{symbol.path}` cannot be read")
    _check_clash(scope, symbol, new)
    sources = {each.source.path: each.source for each in scopes}
    edits = [
        Edit(sources[each.span.path], each.span.start, each.span.end, new)
        for each in references(scopes, symbol)
    ]
    if symbol.kind == "environment" and isinstance(symbol.node, tree.BaseDeclaration):
        edits += _keep_solver(scope, symbol.node)
    if symbol.kind == "parameter":
        edits += _python(scope, symbol, new)
    return edits


def _check_name(symbol: Symbol, new: str) -> None:
    pattern, style = r"_*[a-z][a-z0-9_]*", "lower-case letters, digits and `_`"
    if symbol.kind == "type":
        pattern, style = r"[A-Z][A-Za-z0-9_]*", "a capital, then letters and digits"
    if not re.fullmatch(pattern, new):
        raise CannotRename(f"`{new}` is no name here: {style}")
    if new in RESERVED or keyword.iskeyword(new):
        raise CannotRename(f"`{new}` is a reserved word")


def _check_clash(scope: Scope, symbol: Symbol, new: str) -> None:
    taken: set[str] = set()
    if symbol.kind in ("environment", "suite"):
        taken = {*scope.environments, *scope.suites}
    elif symbol.kind == "type":
        taken = set(scope.types)
    elif symbol.kind == "package":
        taken = set(scope.packages)
    else:
        taken = {
            each.symbol.name
            for each in occurrences(scope)
            if each.symbol.kind in ("parameter", "step", "variable")
            and (each.symbol.owner == symbol.owner or symbol.kind == "step")
        }
    if new in taken:
        raise CannotRename(f"`{new}` is declared here already")


def _keep_solver(scope: Scope, declared: tree.BaseDeclaration) -> Iterator[Edit]:
    solved = any(
        isinstance(clause, tree.NameClause) and clause.kind == "solve"
        for clause in declared.clauses
    )
    brace = scope.source.text.find("{", declared.codomain.span.end)
    if not solved and brace >= 0:
        text = f"\n  solve    {declared.name.text}"
        yield Edit(scope.source, brace + 1, brace + 1, text)


# ── Python ────────────────────────────────────────────────────────────────────


def _python(scope: Scope, symbol: Symbol, new: str) -> list[Edit]:
    """A parameter's name in the functions that are given it by name."""
    path, text = scope.source.solver_path, scope.source.solver_text
    declared = scope.environments.get(symbol.owner)
    if path is None or text is None or not isinstance(declared, tree.BaseDeclaration):
        return []
    wanted = {
        clause.function.text
        for clause in declared.clauses
        if isinstance(clause, tree.NameClause) and clause.kind in _BY_NAME
    }
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return []
    source = Source(path, text)
    edits: dict[int, Edit] = {}
    for function in module.body:
        if isinstance(function, ast.FunctionDef) and function.name in wanted:
            for start, end in _uses(function, symbol.name, new, source):
                edits[start] = Edit(source, start, end, new)
    return [edits[start] for start in sorted(edits)]


def _uses(
    function: ast.FunctionDef, old: str, new: str, source: Source
) -> Iterator[tuple[int, int]]:
    """Where a function says a parameter's name: as a parameter of its own, or as a key
    of what its `**given` holds."""
    arguments = function.args
    own = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    named = any(each.arg == old for each in own)
    rest = arguments.kwarg.arg if arguments.kwarg else None
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == new and named:
            raise CannotRename(f"`{function.name}` in {source.path} uses `{new}`")
        if named and isinstance(node, ast.arg) and node.arg == old:
            yield _place(node, old, source)
        elif named and isinstance(node, ast.Name) and node.id == old:
            yield _place(node, old, source)
        key = _key(node, rest)
        if key is not None and key.value == old:
            start, _ = _place(key, old, source)
            yield start + 1, start + 1 + len(old)  # inside the quotes


def _key(node: ast.AST, rest: str | None) -> ast.Constant | None:
    """The key in `given["n"]`, `given.get("n")` and `"n" in given`."""
    found: ast.AST | None = None
    if isinstance(node, ast.Subscript) and _is(node.value, rest):
        found = node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if _is(node.func.value, rest) and node.args:
            found = node.args[0]
    elif isinstance(node, ast.Compare) and _is(node.comparators[0], rest):
        found = node.left
    return found if isinstance(found, ast.Constant) else None


def _is(node: ast.AST, name: str | None) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _place(
    node: ast.arg | ast.Name | ast.Constant, word: str, source: Source
) -> tuple[int, int]:
    """Offsets of a node that begins with a word; Python counts columns in bytes."""
    line = source.line_text(node.lineno).encode("utf-8")
    column = len(line[: node.col_offset].decode("utf-8"))
    start = source.lines[node.lineno - 1] + column
    return start, start + len(word)
