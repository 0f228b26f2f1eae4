"""The files an editor works on: what is open wins over what is on disk."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from racesc.diagnostics import Diagnostic, Report
from racesc.files import STANDARD_LIBRARY, CannotRead, read_source, sources_below
from racesc.library import Library
from racesc.parse import parse
from racesc.resolve import Scope, resolve
from racesc.source import Source
from racesc.syntax import Module
from racesc.terminal import Usage
from racesc.watch import Watched, watch
from racesc.workspace import Workspace

_HALVES = re.compile("[\ud800-\udfff]")


@dataclass
class Project:
    """Folders, and the texts of open files by path.

    A text is parsed once; each question is answered from a program that is checked
    anew whenever some text has changed.
    """

    folders: list[str] = field(default_factory=list)
    buffers: dict[str, str] = field(default_factory=dict)
    _parsed: dict[str, tuple[str, Module, tuple[Diagnostic, ...]]] = field(
        default_factory=dict
    )
    _checked: Checked | None = None

    # ── texts ──

    def put(self, path: str, text: str) -> None:
        """An open file's text. Half a surrogate pair, which a JSON string can hold and
        a file cannot, counts as the character that stands for what is lost."""
        whole = _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)
        self.buffers[path] = whole.removeprefix("\ufeff")
        self.forget()

    def drop(self, path: str) -> None:
        """The file is closed: what is on disk counts again."""
        self.buffers.pop(path, None)
        self.forget()

    def forget(self) -> None:
        """Something has changed, here or on disk."""
        self._checked = None

    def text(self, path: str) -> str | None:
        """A file's text as it is now; None where there is none."""
        if path in self.buffers:
            return self.buffers[path]
        try:
            return read_source(path).text
        except CannotRead:
            return None

    def source(self, path: str, text: str | None = None) -> Source:
        """An open file as a source, with the solver file that lies beside it."""
        text = self.buffers[path] if text is None else text
        try:
            saved = read_source(path)
        except CannotRead:
            return Source(path, text, os.path.dirname(path) or ".")
        return Source(path, text, saved.directory, saved.solver_path, saved.solver_text)

    def parse(self, source: Source, report: Report) -> Module:
        """``parse``, but a text that was read before is not read again."""
        known = self._parsed.get(source.path)
        if known is None or known[0] != source.text:
            aside = Report()
            module = parse(source, aside)
            known = source.text, module, aside.diagnostics
            self._parsed[source.path] = known
        for diagnostic in known[2]:
            report.add(diagnostic)
        return known[1]

    def within(self, path: str) -> bool:
        """Whether a file belongs to the folders that are open."""
        return any(Path(path).is_relative_to(folder) for folder in self.folders)

    def files(self) -> list[str]:
        """The paths of all modules in the folders, and of those that are open."""
        found = [path for folder in self.folders for path in sources_below(folder)]
        return list(dict.fromkeys([*self.buffers, *found]))

    # ── checking ──

    def _workspace(self, changed: dict[str, Source]) -> tuple[Workspace, Library]:
        workspace = Workspace()
        sources = {path: self.source(path) for path in self.buffers}
        workspace.read.update({**sources, **changed})
        return workspace, workspace.library()

    def checked(self) -> Checked:
        """All open files, checked as they are now."""
        if self._checked is None:
            workspace, library = self._workspace({})
            roots = [workspace.read[path] for path in self.buffers]
            watched = watch(roots, library, self.parse, self._wanted)
            self._checked = Checked(watched, workspace)
        return self._checked

    def with_text(self, path: str, text: str) -> Watched:
        """The program as it would be with another text in one file."""
        source = self.source(path, text)
        _, library = self._workspace({path: source})
        # The text lives for this question only, so it is not kept.
        kept = self._parsed.get(path)
        try:
            return watch([source], library, self.parse, lambda scope: False)
        finally:
            if kept is not None:
                self._parsed[path] = kept

    def scopes(self) -> list[Scope]:
        """The modules of all files, with what they use, as far as they can be read."""
        workspace, library = self._workspace({})
        sources: list[Source] = []
        for path in self.files():
            try:
                source = workspace.read.get(path) or read_source(path)
            except CannotRead:
                continue
            workspace.read[path] = source
            sources.append(source)
        try:
            return resolve(sources, library, Report(), self.parse)[1]
        except Usage:
            return []

    def _wanted(self, scope: Scope) -> bool:
        """The library is right; modules of one's own may have mistakes."""
        return not Path(scope.source.path).is_relative_to(STANDARD_LIBRARY)


@dataclass(frozen=True)
class Checked:
    """A checked program with the files that it was read from."""

    watched: Watched
    workspace: Workspace

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is wrong, in every file."""
        from racesc.workspace import together

        return together(
            self.workspace.report.diagnostics, self.watched.report.diagnostics
        )

    def known(self) -> dict[str, Source]:
        """The sources and solver files by path."""
        return {source.path: source for source in self.workspace.known()}
