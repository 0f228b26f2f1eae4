"""`racesc lsp`: a language server over standard input and output.

This module speaks the protocol (with pygls, the extra `racesc[lsp]`); what there is to
say comes from ``racesc/editor``.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from racesc import __version__
from racesc.comments import format_text
from racesc.diagnostics import Diagnostic
from racesc.editor.complete import Completion, complete
from racesc.editor.hover import Place, definition, hover, implementation
from racesc.editor.names import Occurrence, Symbol, occurrence_at
from racesc.editor.project import Checked, Project
from racesc.editor.rename import CannotRename, references, renamable, rename
from racesc.resolve import Scope
from racesc.source import Source, Span
from racesc.syntax import ImportDeclaration

PAUSE = 0.15  # seconds without typing before everything is checked
_REFUSED = -32803  # the protocol's RequestFailed
_UNITS = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}
_KINDS = {
    "environment": types.CompletionItemKind.Function,
    "operator": types.CompletionItemKind.Operator,
    "keyword": types.CompletionItemKind.Keyword,
    "type": types.CompletionItemKind.Class,
    "module": types.CompletionItemKind.Module,
    "parameter": types.CompletionItemKind.Variable,
    "step": types.CompletionItemKind.Variable,
    "function": types.CompletionItemKind.Function,
}
_SYMBOLS = {
    "TypeDeclaration": types.SymbolKind.Class,
    "BaseDeclaration": types.SymbolKind.Function,
    "CompositeDeclaration": types.SymbolKind.Function,
    "SuiteDeclaration": types.SymbolKind.Array,
    "PackageDeclaration": types.SymbolKind.Package,
}


class RacesServer(LanguageServer):
    """The server and the project that it serves."""

    def __init__(self) -> None:
        super().__init__(
            "racesc",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
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


def refusal(reason: str) -> JsonRpcException:
    """A request that cannot be fulfilled, with the reason in plain words."""
    return JsonRpcException(reason, _REFUSED)


def create() -> RacesServer:
    """A server with all that it can do."""
    server = RacesServer()
    _synchronise(server)
    _answer_about_names(server)
    _complete_and_format(server)
    return server


# ── texts ─────────────────────────────────────────────────────────────────────


def _synchronise(server: RacesServer) -> None:
    project = server.project

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        folders = [each.uri for each in server.workspace.folders.values()]
        if not folders and server.workspace.root_uri:
            folders = [server.workspace.root_uri]
        project.folders = [server.path(uri) for uri in folders]

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        initialized(types.InitializedParams())

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        path = server.path(params.text_document.uri)
        server.uris[path] = params.text_document.uri
        project.put(path, params.text_document.text)
        server.publish()

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        document = server.workspace.get_text_document(params.text_document.uri)
        project.put(server.path(params.text_document.uri), document.source)
        await server.soon()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        project.forget()
        await server.soon()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        project.forget()
        await server.soon()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        path = server.path(params.text_document.uri)
        project.drop(path)
        server.published.add(path)
        server.publish()
        server.uris.pop(path, None)


# ── names ─────────────────────────────────────────────────────────────────────


def _answer_about_names(server: RacesServer) -> None:
    project = server.project

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def show(params: types.HoverParams) -> types.Hover | None:
        known = server.found(params.text_document.uri, params.position)
        if known is None:
            return None
        checked, scope, found = known
        text = hover(checked.watched, scope, found)
        if not text:
            return None
        return types.Hover(
            types.MarkupContent(types.MarkupKind.Markdown, text),
            server.range(scope.source, found.span.start, found.span.end),
        )

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def go(params: types.DefinitionParams) -> types.Location | None:
        known = server.found(params.text_document.uri, params.position)
        place = None if known is None else definition(known[0].watched, *known[1:])
        return None if place is None else server.location(place)

    @server.feature(types.TEXT_DOCUMENT_IMPLEMENTATION)
    def go_to_python(params: types.ImplementationParams) -> types.Location | None:
        known = server.found(params.text_document.uri, params.position)
        if known is None:
            return None
        place = implementation(known[0].watched, known[2].symbol)
        return None if place is None else server.location(place)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def uses(params: types.ReferenceParams) -> list[types.Location]:
        known = server.found(params.text_document.uri, params.position)
        if known is None:
            return []
        scopes = project.scopes()
        sources = {scope.source.path: scope.source for scope in scopes}
        return [
            server.location(
                Place(sources[each.span.path], each.span.start, each.span.end)
            )
            for each in references(scopes, known[2].symbol)
            if params.context.include_declaration or not each.declares
        ]

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def may_rename(
        params: types.PrepareRenameParams,
    ) -> types.PrepareRenamePlaceholder | None:
        known = server.found(params.text_document.uri, params.position)
        if known is None:
            return None
        _, scope, found = known
        try:
            renamable(found.symbol, server.own(found.symbol))
        except CannotRename as reason:
            raise refusal(str(reason)) from None
        return types.PrepareRenamePlaceholder(
            server.range(scope.source, found.span.start, found.span.end),
            found.symbol.name,
        )

    @server.feature(
        types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True)
    )
    def give_name(params: types.RenameParams) -> types.WorkspaceEdit | None:
        known = server.found(params.text_document.uri, params.position)
        if known is None:
            return None
        symbol = known[2].symbol
        try:
            edits = rename(
                project.scopes(), symbol, params.new_name, server.own(symbol)
            )
        except CannotRename as reason:
            raise refusal(str(reason)) from None
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            place = server.range(edit.source, edit.start, edit.end)
            uri = server.uri(edit.source.path)
            changes.setdefault(uri, []).append(types.TextEdit(place, edit.text))
        return types.WorkspaceEdit(changes)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        known = server.scope(server.path(params.text_document.uri))
        if known is None:
            return []
        source = known[1].source

        def at(span: Span) -> types.Range:
            return server.range(source, span.start, span.end)

        return [
            types.DocumentSymbol(
                each.name.text,
                _SYMBOLS[type(each).__name__],
                at(each.span),
                at(each.name.span),
            )
            for each in known[1].tree.declarations
            if not isinstance(each, ImportDeclaration)
        ]


# ── writing ───────────────────────────────────────────────────────────────────


def _complete_and_format(server: RacesServer) -> None:
    project = server.project

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=[">", "(", ".", "|"]),
    )
    def offer(params: types.CompletionParams) -> types.CompletionList:
        path = server.path(params.text_document.uri)
        text = project.text(path)
        if text is None:
            return types.CompletionList(False, [])
        offset = server.offset(Source(path, text), params.position)
        return types.CompletionList(False, _items(complete(project, path, offset)))

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def format(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        path = server.path(params.text_document.uri)
        text = project.text(path)
        formatted = None if text is None else format_text(text, path)
        if text is None or formatted is None:
            return None  # the diagnostics say what is in the way
        if formatted == text:
            return []
        source = Source(path, text)
        return [types.TextEdit(server.range(source, 0, len(text)), formatted)]


def _items(completions: Sequence[Completion]) -> list[types.CompletionItem]:
    return [
        types.CompletionItem(
            each.label,
            kind=_KINDS[each.kind],
            detail=each.detail or None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, each.doc)
            if each.doc
            else None,
            sort_text=f"{place:05}",
            insert_text=each.insert or each.label,
        )
        for place, each in enumerate(completions)
    ]


def serve() -> None:
    """Serve on standard input and output until the editor says goodbye."""
    # pygls closes what it is given, and the command line still wants its streams.
    with os.fdopen(os.dup(0), "rb") as stdin, os.fdopen(os.dup(1), "wb") as stdout:
        create().start_io(stdin, stdout)
