"""Mistakes about names: unknown ones, repeated ones, and imports that do not resolve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from racesc.diagnostics import Diagnostic
from racesc.errors.mistake import Mistake
from racesc.errors.shape import error
from racesc.errors.words import listed
from racesc.source import Span


def _near(suggestions: tuple[str, ...]) -> tuple[str, ...]:
    if not suggestions:
        return ()
    if len(suggestions) == 1:
        return (f"a similar name is in scope: `{suggestions[0]}`",)
    return (f"similar names are in scope: {listed(suggestions, 'or')}",)


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
class UnknownMember(Mistake):
    """A name in a `use m (name)` that the module does not have."""

    code: ClassVar[str] = "unknown-name"
    module: str
    name: str
    span: Span
    suggestions: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        helps: tuple[str, ...] = ()
        if self.suggestions:
            helps = (f"it has {listed(self.suggestions, 'and')}",)
        return error(
            self.code,
            f"module `{self.module}` has no `{self.name}`",
            (self.span, "not found"),
            helps=helps,
        )


@dataclass(frozen=True)
class AmbiguousName(Mistake):
    """A bare name that several used modules have."""

    code: ClassVar[str] = "unknown-name"
    name: str
    modules: tuple[str, ...]
    span: Span

    def diagnostic(self) -> Diagnostic:
        names = tuple(f"{module}.{self.name}" for module in self.modules)
        return error(
            self.code,
            f"`{self.name}` could come from {listed(self.modules, 'or')}",
            (self.span, "more than one module in use has this name"),
            helps=(f"say which one: {listed(names, 'or')}",),
        )


@dataclass(frozen=True)
class DuplicateName(Mistake):
    """A name declared, used or included twice in one place; ``other`` is what the
    first one is, where the two are of different kinds."""

    code: ClassVar[str] = "duplicate-name"
    what: str
    name: str
    span: Span
    first: Span | None = None
    verb: str = "declared"  # declared used included listed
    other: str = ""

    def diagnostic(self) -> Diagnostic:
        first: tuple[tuple[Span, str], ...] = ()
        if self.first is not None:
            first = ((self.first, f"first {self.verb} here"),)
        message = f"{self.what} `{self.name}` is {self.verb} twice"
        if self.other:
            message = f"`{self.name}` is {_a(self.other)} and {_a(self.what)}"
        help_line = {
            "declared": "give one of the two another name",
            "used": "write one `use`, with all the names that are needed",
            "included": "include it once",
            "listed": "list it once",
        }[self.verb]
        return error(
            self.code,
            message,
            (self.span, f"{self.verb} again here"),
            others=first,
            helps=(help_line,),
        )


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


@dataclass(frozen=True)
class UnknownModule(Mistake):
    """`use m` where no `m.races` can be found.

    ``path`` is where it was looked for; ``from_path`` says that the `use` names it.
    """

    code: ClassVar[str] = "unknown-module"
    name: str
    span: Span
    path: str
    from_path: bool = False
    suggestions: tuple[str, ...] = ()
    reason: str = ""  # why the file, which is there, could not be read

    def diagnostic(self) -> Diagnostic:
        if self.reason:
            note = self.reason
        elif self.from_path:
            note = f"there is no file `{self.path}`"
        else:
            note = (
                f"there is no file `{self.path}`, and the standard library has no "
                f"`{self.name}`"
            )
        helps: tuple[str, ...] = ()
        if self.suggestions:
            helps = (
                f"the standard library has {listed(self.suggestions, 'and')}: "
                f"`use {self.suggestions[0]}`",
            )
        return error(
            self.code,
            f"there is no module `{self.name}`",
            (self.span, "not found"),
            notes=(note,),
            helps=helps,
        )


@dataclass(frozen=True)
class ImportCycle(Mistake):
    """Modules that use each other in a circle."""

    code: ClassVar[str] = "import-cycle"
    modules: tuple[str, ...]
    span: Span
    hides: str = ""  # the module of the standard library that was meant

    def diagnostic(self) -> Diagnostic:
        if self.hides:
            return error(
                self.code,
                f"module `{self.hides}` uses itself",
                (self.span, "this file is found first"),
                notes=(f"the standard library has a module `{self.hides}` too",),
                helps=("give this file another name to use that one",),
            )
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
    hint: str = ""

    def diagnostic(self) -> Diagnostic:
        helps = (*_near(self.suggestions), *((self.hint,) if self.hint else ()))
        if not helps and self.name[:1].islower() and "." not in self.name:
            helps = (
                f"a type variable is declared after the name: `env f[{self.name}](…)`",
            )
        return error(
            self.code,
            f"there is no type `{self.name}`",
            (self.span, "not found"),
            helps=helps,
        )
