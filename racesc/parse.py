"""Text -> tree. `parse` never raises: what it cannot read, it reports and leaves out."""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePath
from threading import Lock
from typing import TYPE_CHECKING, Any

from racesc import syntax as tree
from racesc.diagnostics import Report
from racesc.errors.syntax import EmptyModule, SyntaxMistake, TooDeep
from racesc.scan import BRACKET_LIMIT, DEPTH_LIMIT, Piece, scan
from racesc.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Lark, Token

    from racesc.build_tree import Builder

# Words that are reserved wherever they stand, as terminals of the grammar. Accepting
# NAME and UPPER everywhere too keeps a word whole: `lengths` is never `len` + `gths`.
ALWAYS_WORDS = (
    "USE TYPE NEWTYPE ENV SUITE PACKAGE IN LEN OVER ROWS COLS NODES DISTINCT SORTED "
    "NONZERO AS FROM EXCEPT PYTHON_WORD NAME UPPER"
).split()

# The tree builder is told which file it works on, so texts are parsed one at a time.
_one_at_a_time = Lock()


def parse(source: Source, report: Report) -> tree.Module:
    """Read a module. Each mistake becomes one diagnostic, and reading goes on at the
    next declaration, so the module holds all the declarations that are whole."""
    found = scan(source.text)
    declarations: list[tree.Declaration] = []
    for piece in found.pieces:
        declarations.extend(_parse_piece(source, piece, found.docs, report))
    if not found.pieces:
        report.add(EmptyModule(Span(source.path, 0, 0)).diagnostic())
    span = Span(source.path, 0, len(source.text))
    return tree.Module(PurePath(source.path).stem, tuple(declarations), span=span)


def _parse_piece(
    source: Source, piece: Piece, docs: dict[int, str], report: Report
) -> tuple[tree.Declaration, ...]:
    from lark import UnexpectedInput

    text = source.text[piece.start : piece.end]
    parser, builder = _parser()
    with _one_at_a_time:
        builder.path, builder.offset, builder.docs = source.path, piece.start, docs
        builder.mistakes = []
        try:
            result: Any = parser.parse(text, start="declarations")
        except UnexpectedInput as unexpected:
            at = piece.start + (unexpected.pos_in_stream or 0)
            span = Span(source.path, at, at + 1)
            report.add(SyntaxMistake(span, "unexpected text").diagnostic())
            result = ()
        for mistake in builder.mistakes:
            report.add(mistake.diagnostic())
    return result


class _ReservedWords:
    """Tells Lark's contextual lexer what to accept in every state; changes nothing."""

    always_accept = tuple(ALWAYS_WORDS)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


@cache
def _parser() -> tuple[Lark, Builder]:
    from lark import Lark

    from racesc.build_tree import Builder

    builder = Builder()
    parser = Lark(
        grammar_text(),
        parser="lalr",
        start=["declarations", "expression", "type", "goals"],
        transformer=builder,
        postlex=_ReservedWords(),
        keep_all_tokens=True,
        maybe_placeholders=False,
    )
    return parser, builder


def grammar_text() -> str:
    """The grammar: inside an installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    for folder in (here, here.parent):
        path = folder / "grammar" / "races.lark"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError("racesc's grammar races.lark is missing")
