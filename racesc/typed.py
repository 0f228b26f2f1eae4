"""What the checker hands on: typed environments, and nothing of the syntax tree.

Emission, graphs, the command line and the space of compositions all start here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from racesc.runtime.base import Base, Parameter
from racesc.runtime.node import Node
from racesc.runtime.types import Type
from racesc.source import Span


@dataclass(frozen=True)
class Function:
    """A user's Python function by name: ``module`` is the solver file's stem.

    It stands where an emitted package has the function itself (`Base.solve` …):
    the compiler never imports a solver file.
    """

    module: str
    name: str

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        raise TypeError(f"{self.module}.{self.name} is only named here, not loaded")


@dataclass(frozen=True)
class Signature:
    """`[a: Ord](items: List[a] len 1..50) -> a`, as the user would read it.

    ``variables`` are pairs (name, classes). Bounds may speak of parameters.
    """

    variables: tuple[tuple[str, tuple[str, ...]], ...]
    parameters: tuple[Parameter, ...]
    codomain: Type


@dataclass(frozen=True)
class Example:
    """`example (3, 4) => 5` with its values decoded, by position."""

    arguments: tuple[Any, ...]
    result: Any
    span: Span


@dataclass(frozen=True)
class Law:
    """`law e1 == e2`: both sides as nodes fed through their first parameter; a side
    that is `id` is None. ``text`` is the equation as canonical text."""

    left: Node | None
    right: Node | None
    text: str
    span: Span


@dataclass(frozen=True)
class TypedEnvironment:
    """One declared environment that type-checks."""

    name: str  # "second_digit"
    module: str  # "numbers"
    doc: str
    tags: tuple[str, ...]
    signature: Signature
    node: Node | None  # as a free-standing problem; None where it cannot be sampled
    base: Base | None  # the declaration, for a base environment
    expression: str  # canonical text; a base environment's is its own name
    relational: bool
    sampleable: bool
    span: Span  # the name in its declaration
    steps: tuple[tuple[str, str], ...] = ()  # (text, result type as text) per step
    examples: tuple[Example, ...] = ()
    laws: tuple[Law, ...] = ()
    undrawable: str = ""  # why it cannot be sampled, a clause without a full stop

    @property
    def qualified(self) -> str:
        """`numbers.second_digit`."""
        return f"{self.module}.{self.name}"


@dataclass(frozen=True)
class TypedPackage:
    """A package to emit: a `package` declaration, or a whole file without one."""

    name: str
    version: str
    doc: str
    environments: tuple[TypedEnvironment, ...]
    suites: tuple[str, ...]
    targets: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class TypedModule:
    """A checked file: its environments in declaration order, and its packages.

    ``scope`` holds every environment that the file declares or uses, in order, for
    SELECT pools, counting and the composition graph of a library.
    """

    name: str
    path: str
    environments: tuple[TypedEnvironment, ...]
    packages: tuple[TypedPackage, ...]
    scope: tuple[TypedEnvironment, ...]
    solver_text: str | None
    suites: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Program:
    """All checked modules: the sources given, in order, and what they import.

    ``solver_texts`` maps a solver file's stem (unique over the program: a clash is
    resolved by the checker) to its text, byte for byte.
    """

    modules: tuple[TypedModule, ...]
    solver_texts: dict[str, str] = field(default_factory=dict)
    source_hashes: dict[str, str] = field(default_factory=dict)
