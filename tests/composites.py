"""Random well-typed composites over the standard library, for property tests.

They are grown with the checker's own judgements, one step at a time, and then written
as ordinary `.races` text, which the whole compiler gets to see.
"""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from racesc.check import Checker
from racesc.compose import Typed
from racesc.diagnostics import Report
from racesc.files import read_source
from racesc.library import Library
from racesc.parse import parse, parse_expression
from racesc.pipeline import Result, build
from racesc.resolve import Scope, resolve
from racesc.runtime.types import List, Type
from racesc.source import Source
from racesc.syntax import BaseDeclaration

STANDARD = Path(__file__).resolve().parents[1] / "stdlib_envs"


def library() -> Library:
    """The standard library of this checkout."""

    def read(path: str) -> Source | None:
        return read_source(path) if Path(path).is_file() else None

    names = tuple(sorted(path.stem for path in STANDARD.glob("*.races")))
    return Library(read, str(STANDARD), names)


@dataclass
class Grower:
    """Grows composites; ``modules`` are the library modules in use."""

    modules: Sequence[str]
    rng: random.Random
    checker: Checker = field(init=False)
    scope: Scope = field(init=False)
    _takers: dict[str, list[Typed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        report = Report()
        self.header = "".join(f"use {name}\n" for name in self.modules)
        source = Source("grown.races", self.header, ".")
        roots, _ = resolve([source], library(), report, parse)
        self.checker = Checker(report)
        self.scope = roots[0]
        self.heads = [
            (owner, declared.name.text)
            for owner, declared in self.scope.listed()
            if isinstance(declared, BaseDeclaration)
        ]
        assert not report.has_errors, report.diagnostics

    def typed(self, text: str) -> Typed | None:
        """An expression typed on its own, None where it is not legal."""
        report = Report()
        expression = parse_expression(text, report)
        if expression is None:
            return None
        judge = self.checker.judge
        judge.parts = 0
        with judge.speculation() as aside:
            typed = judge.closed(expression, self.scope)
        return None if aside.has_errors else typed

    def takers(self, type_: Type) -> list[Typed]:
        """The environments that a type can feed."""
        key = repr(type_)
        if key not in self._takers:
            self.checker.judge.parts = 0
            self._takers[key] = self.checker.judge.takers(self.scope, type_)
        return self._takers[key]

    def composite(self, size: int, depth: int = 3) -> str | None:
        """A composite of about so many base environments, or None where the growing
        came to a dead end."""
        choice = self.rng.random()
        if depth > 1 and size >= 2 and choice < 0.2:
            left = self.rng.randint(1, size - 1)
            parts = [
                self.composite(left, depth - 1),
                self.composite(size - left, depth - 1),
            ]
            if None in parts:
                return None
            head = f"PARALLEL({', '.join(part or '' for part in parts)})"
            return self._grown(head, self.rng.randint(0, 1), depth)
        if depth > 1 and size >= 3 and choice < 0.4:
            chain = self._chain(size - self.rng.randint(0, 1), depth - 1)
            operator = self.rng.choice(
                ["SORT({})", "SELECT({}, distractors: 1)", "SELECT({}, distractors: 3)"]
            )
            return chain and self._grown(
                operator.format(chain), self.rng.randint(0, 1), depth
            )
        if size == 1:
            return self._head()
        return self._chain(size, depth)

    def _head(self) -> str | None:
        owner, name = self.rng.choice(self.heads)
        environment = self.checker.environment(owner, name)
        return name if environment is not None and environment.sampleable else None

    def _chain(self, size: int, depth: int) -> str | None:
        head = self._head()
        return head and self._grown(head, size - 1, depth)

    def _grown(self, text: str, steps: int, depth: int) -> str | None:
        """A composite with further steps behind it."""
        for _ in range(steps):
            typed = self.typed(text)
            if typed is None:
                return None
            if typed.relational and typed.policy is None:
                policy = self.rng.choice(["canonical", "model"])
                if " " in text or "(" in text:
                    return None
                text += f" as {policy}"
                typed = self.typed(text)
                if typed is None:
                    return None
            step = self._step(typed.value, depth)
            if step is None:
                return None
            text = f"{text} >> {step}"
        return text

    def _step(self, type_: Type, depth: int) -> str | None:
        rng = self.rng
        choice = rng.random()
        if isinstance(type_, List) and choice < 0.15 and depth > 1:
            inner = self.takers(type_.item)
            if inner:
                return f"MAP({rng.choice(inner).text})"
        found = self.takers(type_)
        if not found:
            return None
        one = rng.choice(found)
        if depth > 1 and choice < 0.25:
            return f"FANOUT({one.text}, {rng.choice(found).text})"
        if depth > 1 and choice < 0.32:
            return f"ITERATE({one.text}, times: {rng.randint(1, 3)})"
        if depth > 1 and choice < 0.42:
            onwards = self.takers(one.value)
            if onwards:
                return f"SORT({one.text} >> {rng.choice(onwards).text})"
        return one.text

    def many(self, count: int, sizes: Sequence[int] = (1, 2, 3, 4, 5)) -> list[str]:
        """So many different legal composites."""
        found: dict[str, None] = {}
        while len(found) < count:
            text = self.composite(self.rng.choice(sizes))
            if text is not None and self.typed(text) is not None:
                found[text] = None
        return list(found)


def compiled(expressions: Sequence[str], modules: Sequence[str]) -> Result:
    """The expressions as one module `grown`, compiled; c0, c1, … are their names."""
    uses = "".join(f"use {name}\n" for name in modules)
    lines = "".join(f"env c{i} = {text}\n" for i, text in enumerate(expressions))
    return build([Source("grown.races", uses + lines, ".")], library())


def imported(result: Result, folder: Path) -> ModuleType:
    """A compiled package, written below ``folder`` and imported from there."""
    for path, text in result.packages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    name = next(iter(result.packages)).partition("/")[0]
    for loaded in [n for n in sys.modules if n == name or n.startswith(f"{name}.")]:
        del sys.modules[loaded]
    sys.path.insert(0, str(folder / name))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)
