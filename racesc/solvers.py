"""Solver files, read with ``ast`` and never imported."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class SolverFunction:
    """A top-level function: how it is written, and how it may be called."""

    name: str
    line: int
    written: str  # `sort(items)`
    least: int  # positional arguments it needs
    most: int | None  # that it takes; None for `*rest`
    named: tuple[str, ...]  # parameters that may be given by name
    required_named: tuple[str, ...]  # keyword-only ones without a default
    any_named: bool  # `**given`


@dataclass(frozen=True)
class SolverFile:
    """What a solver file defines, and what is wrong with it: (line, sentence) pairs."""

    functions: dict[str, SolverFunction]
    problems: tuple[tuple[int, str], ...]


@lru_cache(maxsize=256)
def read_solvers(text: str) -> SolverFile:
    """The functions of a solver file's text. Never raises. Nobody changes the result,
    and the library's files are read again and again."""
    try:
        tree = ast.parse(text)
    except SyntaxError as problem:
        line = problem.lineno or 1
        return SolverFile({}, ((line, f"is not Python: {problem.msg}"),))
    except (ValueError, RecursionError, MemoryError) as problem:
        return SolverFile(
            {}, ((1, f"is not Python: {problem or 'nested too deeply'}"),)
        )
    functions: dict[str, SolverFunction] = {}
    problems: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        problems += _imports(node)
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            functions[statement.name] = _function(statement)
        elif isinstance(statement, ast.AsyncFunctionDef):
            problems.append(
                (
                    statement.lineno,
                    f"defines `{statement.name}` as async, and solvers are plain",
                )
            )
    return SolverFile(functions, tuple(sorted(problems)))


def _imports(node: ast.AST) -> list[tuple[int, str]]:
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        if node.level:
            return [
                (node.lineno, "has a relative import, and a solver file stands alone")
            ]
        names = [node.module or ""]
    else:
        return []
    return [
        (node.lineno, f"imports `{name}`, which is not in the standard library")
        for name in names
        if name.partition(".")[0] not in sys.stdlib_module_names
        and name != "__future__"
    ]


def _function(node: ast.FunctionDef) -> SolverFunction:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    missing = len(positional) - len(arguments.defaults)
    keyword_only = [
        argument.arg
        for argument, default in zip(
            arguments.kwonlyargs, arguments.kw_defaults, strict=True
        )
        if default is None
    ]
    return SolverFunction(
        name=node.name,
        line=node.lineno,
        written=f"{node.name}({_written(arguments)})",
        least=missing,
        most=None if arguments.vararg else len(positional),
        named=tuple(a.arg for a in (*arguments.args, *arguments.kwonlyargs)),
        required_named=tuple(keyword_only),
        any_named=arguments.kwarg is not None,
    )


def _written(arguments: ast.arguments) -> str:
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    if arguments.vararg:
        names.append(f"*{arguments.vararg.arg}")
    elif arguments.kwonlyargs:
        names.append("*")
    names += [a.arg for a in arguments.kwonlyargs]
    if arguments.kwarg:
        names.append(f"**{arguments.kwarg.arg}")
    return ", ".join(names)
