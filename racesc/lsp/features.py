"""What the server answers, request by request."""

from __future__ import annotations

import os
from collections.abc import Sequence

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from racesc.comments import format_text
from racesc.editor.complete import complete
from racesc.editor.completion import Completion
from racesc.editor.hover import Place, definition, hover, implementation
from racesc.editor.rename import CannotRename, references, renamable, rename
from racesc.lsp.server import RacesServer
from racesc.source import Source, Span
from racesc.syntax import ImportDeclaration

_REFUSED = -32803  # the protocol's RequestFailed
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


def refusal(reason: str) -> JsonRpcException:
    """A request that cannot be fulfilled, with the reason in plain words."""
    return JsonRpcException(reason, _REFUSED)


def create() -> RacesServer:
    """A server with all that it can do."""
    server = RacesServer()
    _synchronise(server)
    _answer_about_names(server)
    _rename(server)
    _outline(server)
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


def _rename(server: RacesServer) -> None:
    project = server.project

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


def _outline(server: RacesServer) -> None:
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
