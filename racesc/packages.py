"""The packages that a module declares."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from racesc.diagnostics import Report
from racesc.emit.targets import available
from racesc.errors.declarations import InvalidClause, MissingTarget, UnboundedSample
from racesc.errors.names import DuplicateName, UnknownName
from racesc.resolve import Scope, find_environment, near
from racesc.show_types import type_text
from racesc.source import Span
from racesc.syntax import Name, PackageDeclaration
from racesc.typed import TypedEnvironment, TypedPackage

DEFAULT_VERSION = "0.1.0"
# The plain part of PEP 440: release numbers, and what comes before or after a release.
VERSION = re.compile(r"[0-9]+(\.[0-9]+)*((a|b|rc|\.post|\.dev)[0-9]+)*")


@dataclass(frozen=True)
class Packages:
    """The packages of one module; ``environment`` gives a typed environment by the
    module that declares it and its name, None where it has a mistake."""

    scope: Scope
    report: Report
    environment: Callable[[Scope, str], TypedEnvironment | None]

    def declared(self, sound: tuple[TypedEnvironment, ...]) -> tuple[TypedPackage, ...]:
        """The declared packages; of a module without any, one of all that is ``sound``
        in it. Mistakes are reported."""
        written = self.scope.packages.values()
        return tuple(map(self._package, written)) if written else self._whole(sound)

    def _whole(self, sound: tuple[TypedEnvironment, ...]) -> tuple[TypedPackage, ...]:
        scope = self.scope
        found = tuple(each for each in sound if each.sampleable)
        suites = scope.suites.values()
        spans = [each.span for each in found] + [each.name.span for each in suites]
        if not spans:
            return ()
        return (
            TypedPackage(
                scope.name,
                DEFAULT_VERSION,
                "",
                found,
                tuple(scope.suites),
                (),
                spans[0],
            ),
        )

    def _package(self, written: PackageDeclaration) -> TypedPackage:
        environments, suites = self._included(written)
        targets = tuple(target.text for target in written.targets)
        known = available()
        for target in written.targets:
            if target.text not in known:
                self.report.add(
                    MissingTarget(target.text, target.span, known).diagnostic()
                )
        name, version = written.name, written.version
        if version is not None and not VERSION.fullmatch(version):
            problem = f"`{version}` is no version"
            right = 'write numbers with points, `version "0.1.0"`'
            self.report.add(InvalidClause(problem, name.span, right).diagnostic())
        return TypedPackage(
            name.text,
            version or DEFAULT_VERSION,
            written.doc,
            environments,
            suites,
            targets,
            name.span,
        )

    def _included(
        self, written: PackageDeclaration
    ) -> tuple[tuple[TypedEnvironment, ...], tuple[str, ...]]:
        """What a package includes: environments, and suites by name."""
        environments: list[TypedEnvironment] = []
        suites: list[str] = []
        places: dict[tuple[str, ...], Span] = {}
        for name in written.include:
            first = places.setdefault(self._key(name), name.span)
            if first is not name.span:
                self.report.add(
                    DuplicateName(
                        "environment", name.text, name.span, first, "included"
                    ).diagnostic()
                )
            elif self.scope.find(name.text, "suites"):
                suites.append(name.text)
            else:
                found = self._environment(name)
                environments += [] if found is None else [found]
        if not written.include:
            problem = f"package `{written.name.text}` includes nothing"
            right = "add a line such as `include second_digit`"
            place = written.name.span
            self.report.add(InvalidClause(problem, place, right).diagnostic())
        return tuple(environments), tuple(suites)

    def _key(self, name: Name) -> tuple[str, ...]:
        """What a name means: `sort` and `lists.sort` may be the same."""
        meant = self.scope.environment(name.text)
        return (name.text,) if meant is None else (meant[0].key, meant[1].name.text)

    def _environment(self, name: Name) -> TypedEnvironment | None:
        """An included environment; None where it cannot be, which is reported."""
        scope = self.scope
        if not scope.find(name.text, "environments"):
            if not scope.excused(name.text):
                similar = near(
                    name.text,
                    lambda: [*scope.bare_names("environments"), *scope.suites],
                    self.report,
                )
                self.report.add(
                    UnknownName(
                        "environment or suite", name.text, name.span, similar
                    ).diagnostic()
                )
            return None
        place = find_environment(scope, name.text, name.span, self.report)
        if place is None:
            return None
        owner, declared = place
        environment = self.environment(owner, declared.name.text)
        if environment is None or environment.sampleable:
            return environment
        assert environment.base is not None
        first = environment.base.parameters[0]
        self.report.add(
            UnboundedSample(
                environment.name, first.name, type_text(first.type), name.span
            ).diagnostic()
        )
        return None
