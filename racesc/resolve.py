"""From parsed modules to scopes: which module has which names, and who uses whom."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from racesc.diagnostics import Report
from racesc.errors.names import (
    AmbiguousName,
    DuplicateName,
    ImportCycle,
    UnknownMember,
    UnknownModule,
    UnknownName,
)
from racesc.library import Library
from racesc.source import Source, Span
from racesc.syntax import (
    BaseDeclaration,
    CompositeDeclaration,
    Declaration,
    ImportDeclaration,
    Module,
    Name,
    PackageDeclaration,
    SuiteDeclaration,
    TypeDeclaration,
)

EnvironmentDeclaration = BaseDeclaration | CompositeDeclaration
Parse = Callable[[Source, Report], Module]


@dataclass
class Scope:
    """One module's declarations and imports, complete after ``resolve``.

    ``key`` names the module uniquely in the program: its own name, with a number
    appended where two files have one name. A ``shelved`` one is no part of the
    program: suggestions are sought in it.
    """

    key: str
    source: Source
    tree: Module
    types: dict[str, TypeDeclaration] = field(default_factory=dict)
    environments: dict[str, EnvironmentDeclaration] = field(default_factory=dict)
    suites: dict[str, SuiteDeclaration] = field(default_factory=dict)
    packages: dict[str, PackageDeclaration] = field(default_factory=dict)
    imports: list[tuple[ImportDeclaration, Scope]] = field(default_factory=list)
    unresolved: list[ImportDeclaration] = field(default_factory=list)
    library: Library | None = None
    shelved: bool = False

    @property
    def name(self) -> str:
        """The module's name as `use` says it."""
        return self.tree.name

    def module(self, name: str) -> Scope | None:
        """A module in use here by its name, or this module itself."""
        for declaration, scope in self.imports:
            if declaration.module.text == name:
                return scope
        return self if name == self.name else None

    def listed(self) -> Iterator[tuple[Scope, EnvironmentDeclaration]]:
        """Every environment in scope: declared here, then used, in order."""
        for declared in self.environments.values():
            yield self, declared
        for declaration, scope in self.imports:
            for name, used in scope.environments.items():
                if declaration.names is None or any(
                    name == wanted.text for wanted in declaration.names
                ):
                    yield scope, used

    def candidates(self, name: str, kind: str) -> list[Scope]:
        """The modules from which a bare name could come: this one, else those that
        list it in a `use m (name)`, else those used whole."""
        if name in getattr(self, kind):
            return [self]
        listed: list[Scope] = []
        whole: list[Scope] = []
        for declaration, scope in self.imports:
            if name not in getattr(scope, kind):
                continue
            if declaration.names is None:
                whole.append(scope)
            elif any(name == wanted.text for wanted in declaration.names):
                listed.append(scope)
        return _unique(listed or whole)

    def find(self, name: str, kind: str) -> list[Scope]:
        """The modules that a written name (bare or `m.name`) can mean."""
        module, dot, last = name.rpartition(".")
        if dot:
            scope = self.module(module)
            return [scope] if scope is not None and last in getattr(scope, kind) else []
        return self.candidates(name, kind)

    def environment(self, name: str) -> tuple[Scope, EnvironmentDeclaration] | None:
        """The environment that a written name means, with the module that declares it;
        None where it means none, or several."""
        found = self.find(name, "environments")
        if len(found) != 1:
            return None
        return found[0], found[0].environments[name.rpartition(".")[2]]

    def excused(self, name: str) -> bool:
        """Whether an unknown name may come from a declaration that could not be read,
        here or in its module, or from a module that was not found; that is reported
        already."""
        module, _, last = name.rpartition(".")
        if any(b.word == "use" for b in self.tree.broken):
            return True
        for lost in self.unresolved:
            if module == lost.module.text:
                return True
            if not module and (
                lost.names is None or any(n.text == last for n in lost.names)
            ):
                return True
        scopes = [self, *(scope for _, scope in self.imports)]
        if module:
            found = self.module(module)
            scopes = [] if found is None else [found]
        return any(
            b.name is None or b.name.text == last
            for scope in scopes
            for b in scope.tree.broken
        )

    def bare_names(self, kind: str) -> list[str]:
        """The names of a kind that can be written bare, for suggestions."""
        names = list(getattr(self, kind))
        for declaration, scope in self.imports:
            if declaration.names is None:
                names += list(getattr(scope, kind))
            else:
                names += [n.text for n in declaration.names]
        return list(dict.fromkeys(names))


def _unique(scopes: Iterable[Scope]) -> list[Scope]:
    return list({id(scope): scope for scope in scopes}.values())


def near(
    name: str, known: Iterable[str] | Callable[[], Iterable[str]], report: Report
) -> tuple[str, ...]:
    """At most three names that look like the one written, while the report seeks
    help. Where the known names are many, they are given as a function."""
    if not report.seeks_help():
        return ()
    names = known() if callable(known) else known
    return tuple(difflib.get_close_matches(name, list(names), n=3, cutoff=0.7))


def find_environment(
    scope: Scope, name: str, span: Span, report: Report
) -> tuple[Scope, EnvironmentDeclaration] | None:
    """The declaration that a name means in a module; reports where there is none."""
    meant = scope.environment(name)
    if meant is not None:
        return meant
    if several := scope.find(name, "environments"):
        modules = tuple(other.name for other in several)
        report.add(AmbiguousName(name, modules, span).diagnostic())
        return None
    if scope.excused(name):
        return None
    module = name.rpartition(".")[0]

    def known() -> list[str]:
        if not module:
            return scope.bare_names("environments")
        inner = scope.module(module)
        return [f"{module}.{n}" for n in inner.environments] if inner else []

    hint = elsewhere(scope, name, "environments", report)
    similar = () if hint else near(name, known, report)
    report.add(UnknownName("environment", name, span, similar, hint).diagnostic())
    return None


def elsewhere(scope: Scope, name: str, kind: str, report: Report) -> str:
    """A help line that says which `use` would bring an unknown name into scope; empty
    where no module in reach declares it, or where the report seeks no more help."""
    if not report.seeks_help():
        return ""
    module, _, last = name.rpartition(".")
    for declaration, imported in scope.imports:
        if module in ("", declaration.module.text) and last in getattr(imported, kind):
            return f"add `{last}` to the names of `use {declaration.module.text} (…)`"
    if scope.library is None:
        return ""
    word = "env" if kind == "environments" else "(?:type|newtype)"
    declares = re.compile(rf"^{word}\s+{re.escape(last)}\b", re.MULTILINE)
    found: list[str] = []
    for other in (module,) if module else scope.library.names:
        if scope.module(other) is not None:
            continue
        source = scope.library.find(other, scope.source.directory)
        if source is not None and declares.search(source.text):
            found.append(f"`use {other}`" if module else f"`use {other} ({last})`")
    return f"it is in the library: add {' or '.join(found[:2])}" if found else ""


@dataclass
class Loader:
    """Loads modules and what they use, each once; see ``resolve``. ``keys`` are taken."""

    library: Library
    parse: Parse
    report: Report
    scopes: dict[str, Scope] = field(default_factory=dict)
    order: list[Scope] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def load(self, source: Source, trail: tuple[str, ...]) -> Scope:
        """The scope of a module; ``trail`` are the paths of those that are using it."""
        path = posixpath.normpath(source.path)
        if path in self.scopes:
            return self.scopes[path]
        tree = self.parse(source, self.report)
        key = tree.name
        number = 2
        while key in self.keys:
            key = f"{tree.name}_{number}"
            number += 1
        self.keys.add(key)
        scope = Scope(key, source, tree, library=self.library)
        self.scopes[path] = scope
        for declaration in tree.declarations:
            self._declare(scope, declaration)
        for declaration in tree.declarations:
            if isinstance(declaration, ImportDeclaration):
                self._import(scope, declaration, (*trail, path))
        self.order.append(scope)
        return scope

    def _declare(self, scope: Scope, declaration: Declaration) -> None:
        tables: dict[type, tuple[dict[str, object], str]] = {
            TypeDeclaration: (scope.types, "type"),  # type: ignore[dict-item]
            BaseDeclaration: (scope.environments, "environment"),  # type: ignore[dict-item]
            CompositeDeclaration: (scope.environments, "environment"),  # type: ignore[dict-item]
            SuiteDeclaration: (scope.suites, "suite"),  # type: ignore[dict-item]
            PackageDeclaration: (scope.packages, "package"),  # type: ignore[dict-item]
        }
        if isinstance(declaration, ImportDeclaration):
            return
        table, what = tables[type(declaration)]
        name: Name = declaration.name
        clash = table.get(name.text)
        other = ""
        if clash is None and what == "suite":
            clash, other = scope.environments.get(name.text), "environment"
        elif clash is None and what == "environment":
            clash, other = scope.suites.get(name.text), "suite"
        if clash is not None:
            first: Span = clash.name.span  # type: ignore[attr-defined]
            self.report.add(
                DuplicateName(
                    what, name.text, name.span, first, other=other
                ).diagnostic()
            )
            return
        table[name.text] = declaration

    def _import(
        self, scope: Scope, declaration: ImportDeclaration, trail: tuple[str, ...]
    ) -> None:
        name = declaration.module
        source = self._used(scope, declaration)
        if source is None:
            scope.unresolved.append(declaration)
            return
        path = posixpath.normpath(source.path)
        if path in trail:
            scope.unresolved.append(declaration)
            circle = [self.scopes[p].name for p in trail[trail.index(path) :]]
            alone = len(circle) == 1 and name.text in self.library.names
            self.report.add(
                ImportCycle(
                    (*circle, circle[0]),
                    declaration.span,
                    name.text if alone and declaration.path is None else "",
                ).diagnostic()
            )
            return
        for other, _ in scope.imports:
            if other.module.text == name.text:
                self.report.add(
                    DuplicateName(
                        "module", name.text, name.span, other.span, "used"
                    ).diagnostic()
                )
                return
        imported = self.load(source, trail)
        scope.imports.append((declaration, imported))
        self._members(declaration, imported)

    def _used(self, scope: Scope, declaration: ImportDeclaration) -> Source | None:
        """The module that a `use` means; None where there is none, which is reported
        unless it is already."""
        name, directory = declaration.module, scope.source.directory
        if declaration.path is not None:
            path = posixpath.normpath(posixpath.join(directory, declaration.path))
            source = self.library.at(path)
        else:
            source = self.library.find(name.text, directory)
            path = self.library.searched(name.text, directory)[0]
        if source is not None:
            return source
        reason = self.library.why(posixpath.normpath(path))
        if reason is not None:
            self.report.add(
                UnknownModule(
                    name.text,
                    name.span,
                    path,
                    declaration.path is not None,
                    near(name.text, self.library.names, self.report),
                    reason,
                ).diagnostic()
            )
        return None

    def _members(self, declaration: ImportDeclaration, imported: Scope) -> None:
        """Report the names of a `use m (…)` that the module does not declare."""
        for name in declaration.names or ():
            tables = (imported.environments, imported.types, imported.suites)
            if any(name.text in table for table in tables):
                continue
            known = [*imported.environments, *imported.types]
            similar = near(name.text, known, self.report)
            module = declaration.module.text
            self.report.add(
                UnknownMember(module, name.text, name.span, similar).diagnostic()
            )


def resolve(
    sources: Iterable[Source], library: Library, report: Report, parse: Parse
) -> tuple[list[Scope], list[Scope]]:
    """Load the sources and all they use.

    Returns the sources' own scopes in order, and every scope with imported ones before
    those that use them.
    """
    loader = Loader(library, parse, report)
    roots = [loader.load(source, ()) for source in sources]
    return _unique(roots), loader.order
