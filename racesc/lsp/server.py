"""The server and the project that it serves: files, places and diagnostics as the
protocol has them."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from racesc import __version__
from racesc.diagnostics import Diagnostic
from racesc.editor.hover import Place
from racesc.editor.names import Occurrence, Symbol, occurrence_at
from racesc.editor.project import Checked, Project
from racesc.resolve import Scope
from racesc.source import Source

PAUSE = 0.15  # seconds without typing before everything is checked
_UNITS = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Protocol(LanguageServerProtocol):
    """Answers a request that cannot be read; pygls leaves the editor waiting for it."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as an object; raises ``JsonRpcException`` where it is none."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                refused = JsonRpcInvalidParams().to_response_error()
                self._send_response(data["id"], error=refused)
            raise error


class RacesServer(LanguageServer):
    """The server and the project that it serves."""

    def __init__(self) -> None:
        super().__init__(
            "racesc",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=Protocol,
        )
        self.project = Project()
        self.uris: dict[str, str] = {}  # as the editor writes them, by path
        self.published: set[str] = set()
        self.changes = 0

    # ── files and places ──

    def path(self, uri: str) -> str:
        """The file that a URI names."""
        found = uris.to_fs_path(uri)
        return os.path.normpath(found) if found else uri

    def uri(self, path: str) -> str:
        """A file's URI, as the editor writes it where it is open."""
        known = self.uris.get(path)
        return known or uris.from_fs_path(os.path.abspath(path)) or path

    def units(self, text: str) -> int:
        """How long a text is in the units that the editor counts in."""
        agreed = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        encoding, size = _UNITS[types.PositionEncodingKind(agreed)]
        return len(text.encode(encoding, "replace")) // size

    def position(self, source: Source, offset: int) -> types.Position:
        """An offset as a line and a column."""
        line, column = source.position(min(offset, len(source.text)))
        start = source.lines[line - 1]
        before = source.text[start : start + column - 1]
        return types.Position(line - 1, self.units(before))

    def range(self, source: Source, start: int, end: int) -> types.Range:
        """A stretch of a file."""
        return types.Range(self.position(source, start), self.position(source, end))

    def offset(self, source: Source, position: types.Position) -> int:
        """Where a line and a column are."""
        if position.line >= len(source.lines):
            return len(source.text)
        start = source.lines[position.line]
        text = source.line_text(position.line + 1)
        units = 0
        for place, character in enumerate(text):
            if units >= position.character:
                return start + place
            units += self.units(character)
        return start + len(text)

    def location(self, place: Place) -> types.Location:
        """A place in another file."""
        return types.Location(
            self.uri(place.source.path),
            self.range(place.source, place.start, place.end),
        )

    # ── the name under the cursor ──

    def scope(self, path: str) -> tuple[Checked, Scope] | None:
        """An open file as it was checked last."""
        checked = self.project.checked()
        scope = checked.watched.scope_of(path)
        return None if scope is None else (checked, scope)

    def found(
        self, uri: str, position: types.Position
    ) -> tuple[Checked, Scope, Occurrence] | None:
        """What stands at a position."""
        known = self.scope(self.path(uri))
        if known is None:
            return None
        checked, scope = known
        offset = self.offset(scope.source, position)
        found = occurrence_at(scope, offset)
        return None if found is None else (checked, scope, found)

    # ── diagnostics ──

    async def soon(self) -> None:
        """Check when the typing pauses."""
        self.changes += 1
        mine = self.changes
        await asyncio.sleep(PAUSE)
        if mine == self.changes:
            self.publish()

    def publish(self) -> None:
        """Check, and send what is wrong with each file; files that are fine by now
        are told so."""
        checked = self.project.checked()
        known = checked.known()
        by_path: dict[str, list[types.Diagnostic]] = {
            path: [] for path in (*self.project.buffers, *sorted(self.published))
        }
        for diagnostic in checked.diagnostics:
            place = diagnostic.place
            if place.path in known:
                shown = self.diagnostic(diagnostic, known)
                by_path.setdefault(place.path, []).append(shown)
        for path, diagnostics in by_path.items():
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(self.uri(path), diagnostics)
            )
        self.published = {path for path, found in by_path.items() if found}

    def diagnostic(
        self, diagnostic: Diagnostic, known: dict[str, Source]
    ) -> types.Diagnostic:
        """A diagnostic as the protocol has it: facts and edits are part of the text,
        other labels are related places."""
        lines = [diagnostic.message]
        lines += [each.text for each in diagnostic.labels if each.primary and each.text]
        lines += [f"note: {note}" for note in diagnostic.notes]
        lines += [f"help: {help}" for help in diagnostic.helps]
        related = [
            types.DiagnosticRelatedInformation(
                types.Location(
                    self.uri(label.span.path),
                    self.range(
                        known[label.span.path], label.span.start, label.span.end
                    ),
                ),
                label.text or "here",
            )
            for label in diagnostic.labels
            if not label.primary and label.span.path in known
        ]
        error = diagnostic.severity == "error"
        place = diagnostic.place
        return types.Diagnostic(
            self.range(known[place.path], place.start, place.end),
            "\n".join(lines),
            severity=types.DiagnosticSeverity.Error
            if error
            else types.DiagnosticSeverity.Warning,
            code=diagnostic.code,
            source="racesc",
            related_information=related,
        )

    # ── renaming ──

    def own(self, symbol: Symbol) -> bool:
        """Whether a name is declared in a file that may be edited."""
        path = symbol.path
        return path in self.project.buffers or self.project.within(path)
