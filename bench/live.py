"""The standard library with its solvers in reach: checked, and runnable in this process.

The checker's base environments name their functions only; here they are given the real
ones, loaded by path, so that every node it builds runs as it is. The runtime classes
are those that an emitted package carries.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from racesc.check import Checker
from racesc.compose import Typed
from racesc.declare import DeclaredBase
from racesc.diagnostics import Report
from racesc.files import STANDARD_LIBRARY, library_modules, read_source
from racesc.library import Library
from racesc.parse import parse, parse_expression
from racesc.resolve import Scope, resolve
from racesc.runtime.base import Base
from racesc.runtime.types import Type
from racesc.source import Source
from racesc.syntax import BaseDeclaration
from racesc.typed import Function, TypedEnvironment

FUNCTIONS = ("solve", "sample", "verify", "witnesses", "plant")


def library() -> Library:
    """The standard library of this checkout."""

    def read(path: str) -> Source | None:
        return read_source(path) if Path(path).is_file() else None

    return Library(read, str(STANDARD_LIBRARY), tuple(library_modules()))


def loaded(path: str | Path, name: str) -> ModuleType:
    """A solver file, imported by its path."""
    spec = importlib.util.spec_from_file_location(f"_solvers_{name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def with_functions(base: Base, find: Callable[[Function], Any]) -> Base:
    """A declared environment with real functions in the placeholders' stead."""
    held = {name: getattr(base, name) for name in FUNCTIONS}
    real = {n: find(f) for n, f in held.items() if isinstance(f, Function)}
    return replace(base, **real)


@dataclass
class Live:
    """Modules in use, checked; ``modules`` None: the whole library."""

    modules: Sequence[str] | None = None
    source: Source | None = None  # a file of its own instead of `use` lines
    checker: Checker = field(init=False)
    scope: Scope = field(init=False)

    def __post_init__(self) -> None:
        names = library_modules() if self.modules is None else self.modules
        uses = "".join(f"use {name}\n" for name in names)
        report = Report()
        source = self.source or Source("live.races", uses, ".")
        roots, order = resolve([source], library(), report, parse)
        assert not report.has_errors, report.diagnostics
        self.checker = Checker(report)
        self.scope = roots[0]
        solvers: dict[str, ModuleType] = {}
        for scope in order:
            if scope.source.solver_path is not None:
                solvers[scope.key] = loaded(scope.source.solver_path, scope.key)
        for scope in order:
            for name, declared in scope.environments.items():
                if isinstance(declared, BaseDeclaration):
                    self._fill(scope, name, solvers)
        assert not report.has_errors, report.diagnostics
        self.remember_takers()

    def _fill(self, scope: Scope, name: str, solvers: dict[str, ModuleType]) -> None:
        declared = self.checker.base(scope, name)
        if declared is not None:
            base = with_functions(
                declared.base, lambda f: getattr(solvers[f.module], f.name)
            )
            filled: DeclaredBase = replace(declared, base=base)
            self.checker._bases[scope.key, name] = filled

    def remember_takers(self) -> None:
        """Have the judge find a type's takers once: SELECT asks for them each time."""
        judge = self.checker.judge
        find = judge.takers
        known: dict[tuple[object, ...], list[Typed]] = {}

        def takers(scope: Scope, type_: Type) -> list[Typed]:
            key = (scope.key, type_, judge.level, judge.whole, judge.defaults)
            if key not in known:
                known[key] = find(scope, type_)
            return list(known[key])

        judge.takers = takers  # type: ignore[method-assign]

    def environments(self) -> list[TypedEnvironment]:
        """Everything in scope that type-checks, in order."""
        found = [
            self.checker.environment(owner, declared.name.text)
            for owner, declared in self.scope.listed()
        ]
        return [one for one in found if one is not None]

    def typed(self, text: str, level: int = 10) -> Typed | None:
        """A free-standing expression, typed at a level; None where it is not legal."""
        return self.judged(text, level)[0]

    def judged(self, text: str, level: int = 10) -> tuple[Typed | None, Report]:
        """The same with what there is to say about it."""
        report = Report()
        expression = parse_expression(text, report)
        if expression is None:
            return None, report
        judge = self.checker.judge
        judge.parts = 0
        judge.level, kept = level, judge.level
        try:
            with judge.speculation() as aside:
                typed = judge.closed(expression, self.scope)
        finally:
            judge.level = kept
        return (None if aside.has_errors else typed), aside
