"""Mistakes about names: unknown ones, repeated ones, and imports that do not resolve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from racesc.diagnostics import Diagnostic
from racesc.errors.mistake import Mistake
from racesc.errors.shape import error
from racesc.source import Span


def _near(suggestions: tuple[str, ...]) -> tuple[str, ...]:
    if not suggestions:
        return ()
    names = " or ".join(f"`{name}`" for name in suggestions)
    return (f"a similar name is in scope: {names}",)


@dataclass(frozen=True)
class UnknownName(Mistake):
    """A name that nothing in scope has; ``what`` says what was looked for."""

    code: ClassVar[str] = "unknown-name"
    what: str
    name: str
    span: Span
    suggestions: tuple[str, ...] = ()
    hint: str = ""

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"there is no {self.what} `{self.name}` in scope",
            (self.span, "not found"),
            helps=(*_near(self.suggestions), *((self.hint,) if self.hint else ())),
        )


@dataclass(frozen=True)
class AmbiguousName(Mistake):
    """A bare name that several used modules have."""

    code: ClassVar[str] = "unknown-name"
    name: str
    modules: tuple[str, ...]
    span: Span

    def diagnostic(self) -> Diagnostic:
        places = " and ".join(f"`{module}`" for module in self.modules)
        return error(
            self.code,
            f"`{self.name}` could come from {places}",
            (self.span, "more than one module in use has this name"),
            helps=(f"say which one: `{self.modules[0]}.{self.name}`",),
        )


@dataclass(frozen=True)
class DuplicateName(Mistake):
    """A name declared twice in one place."""

    code: ClassVar[str] = "duplicate-name"
    what: str
    name: str
    span: Span
    first: Span | None = None

    def diagnostic(self) -> Diagnostic:
        first = () if self.first is None else ((self.first, "first declared here"),)
        return error(
            self.code,
            f"{self.what} `{self.name}` is declared twice",
            (self.span, "declared again here"),
            others=first,
            helps=("give one of the two another name",),
        )


@dataclass(frozen=True)
class UnknownModule(Mistake):
    """`use m` where no `m.races` can be found."""

    code: ClassVar[str] = "unknown-module"
    name: str
    span: Span
    searched: tuple[str, ...]
    suggestions: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"there is no module `{self.name}`",
            (self.span, "not found"),
            notes=(f"looked for {' and '.join(f'`{p}`' for p in self.searched)}",),
            helps=_near(self.suggestions),
        )


@dataclass(frozen=True)
class ImportCycle(Mistake):
    """Modules that use each other in a circle."""

    code: ClassVar[str] = "import-cycle"
    modules: tuple[str, ...]
    span: Span

    def diagnostic(self) -> Diagnostic:
        circle = " uses ".join(f"`{name}`" for name in self.modules)
        return error(
            self.code,
            "modules use each other in a circle",
            (self.span, "this closes the circle"),
            notes=(circle,),
            helps=("move what both need into a third module",),
        )


@dataclass(frozen=True)
class CyclicEnvironment(Mistake):
    """A composite that contains itself."""

    code: ClassVar[str] = "cyclic-environment"
    names: tuple[str, ...]
    span: Span

    def diagnostic(self) -> Diagnostic:
        circle = " contains ".join(f"`{name}`" for name in self.names)
        return error(
            self.code,
            f"`{self.names[0]}` contains itself",
            (self.span, "this use closes the circle"),
            notes=(circle,),
            helps=("to repeat an environment, write `ITERATE(e, times: n)`",),
        )


@dataclass(frozen=True)
class CyclicType(Mistake):
    """An alias that is defined by itself."""

    code: ClassVar[str] = "cyclic-type"
    name: str
    span: Span

    def diagnostic(self) -> Diagnostic:
        return error(
            self.code,
            f"type `{self.name}` is defined by itself",
            (self.span, "this use closes the circle"),
            helps=("a type is a finite tree: name the part that repeats as a `List`",),
        )


@dataclass(frozen=True)
class UnknownType(Mistake):
    """A type name that is no constructor, alias, newtype or variable."""

    code: ClassVar[str] = "unknown-type"
    name: str
    span: Span
    suggestions: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        helps = _near(self.suggestions)
        if not helps and self.name[:1].islower():
            helps = (
                f"a type variable is declared after the name: `env f[{self.name}](…)`",
            )
        return error(
            self.code,
            f"there is no type `{self.name}`",
            (self.span, "not found"),
            helps=helps,
        )
