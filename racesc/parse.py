"""Text -> tree. `parse` never raises: what it cannot read, it reports and leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from racesc import syntax as tree
from racesc.diagnostics import Report
from racesc.errors.syntax import EmptyModule, TooDeep
from racesc.expected import END, Place, syntax_mistake
from racesc.scan import BRACKET_LIMIT, DEPTH_LIMIT, Piece, scan, words
from racesc.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lark import Lark, Token, UnexpectedInput
    from lark.parsers.lalr_interactive_parser import InteractiveParser

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
    broken: list[tree.Broken] = []
    for piece in found.pieces:
        last = piece is found.pieces[-1]
        text = _Text(source.path, source.text, piece, last, found.docs)
        result = _read(text, "declarations", report)
        if isinstance(result, _Salvaged):
            declarations.extend(result.whole)
            broken.extend(_broken(source, piece, result.rest))
        else:
            declarations.extend(result)
    if not found.pieces:
        report.add(EmptyModule(Span(source.path, 0, 0)).diagnostic())
    span = Span(source.path, 0, len(source.text))
    name = PurePath(source.path).stem
    return tree.Module(name, tuple(declarations), tuple(broken), span=span)


def parse_piece(
    source: Source, piece: Piece, report: Report
) -> tuple[tree.Declaration, ...]:
    """The declarations of one piece of a module, without their documentation."""
    result = _read(
        _Text(source.path, source.text, piece, True, {}), "declarations", report
    )
    return result.whole if isinstance(result, _Salvaged) else tuple(result)


def parse_expression(
    text: str, report: Report, path: str = "<expression>"
) -> tree.Expression | None:
    """Read a composition expression; None, and a diagnostic, where it is none."""
    return cast("tree.Expression | None", _read_alone(text, "expression", report, path))


def parse_type(
    text: str, report: Report, path: str = "<type>"
) -> tree.TypeExpression | None:
    """Read a type; None, and a diagnostic, where it is none."""
    return cast("tree.TypeExpression | None", _read_alone(text, "type", report, path))


def parse_goals(
    text: str, report: Report, path: str = "<goal>"
) -> tuple[tree.TypeExpression, ...] | None:
    """Read types separated by `|`, as after a suite's `goal`."""
    goals = _read_alone(text, "goals", report, path)
    return cast("tuple[tree.TypeExpression, ...] | None", goals)


# ── one piece of text ─────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Salvaged:
    """What a mistake leaves: the declarations before the one that it breaks, and where
    that one begins."""

    whole: tuple[tree.Declaration, ...]
    rest: int


@dataclass(frozen=True)
class _Text:
    """What is read: a piece of a file (``text`` is the whole), with what is around."""

    path: str
    text: str
    piece: Piece
    last: bool
    docs: dict[int, str]


def _read_alone(text: str, start: str, report: Report, path: str) -> Any:
    deep = [piece.too_deep for piece in scan(text).pieces if piece.too_deep]
    piece = Piece("", 0, len(text.rstrip()), deep[0] if deep else None)
    mistakes = Report()
    result = _read(_Text(path, text, piece, True, {}), start, mistakes)
    for diagnostic in mistakes.diagnostics:
        report.add(diagnostic)
    return None if mistakes.diagnostics else result


def _read(source: _Text, start: str, report: Report) -> Any:
    """Parse one piece: what the grammar's rule ``start`` builds, or what is left."""
    from lark import UnexpectedInput

    piece = source.piece
    if piece.too_deep:
        at, what = piece.too_deep
        limit = BRACKET_LIMIT if what == "brackets" else DEPTH_LIMIT
        report.add(TooDeep(Span(source.path, at, at + 1), limit, what).diagnostic())
        return _Salvaged((), piece.start)
    parser, builder = _parser()
    with _one_at_a_time:
        builder.begin(source.path, piece.start, source.docs)
        result: Any
        try:
            result = parser.parse(source.text[piece.start : piece.end], start=start)
        except UnexpectedInput as unexpected:
            place = _place(source, unexpected, parser)
            report.add(syntax_mistake(place).diagnostic())
            result = _salvage(unexpected, place)
        for mistake in builder.mistakes:
            report.add(mistake.diagnostic())
    return result


def _place(source: _Text, unexpected: UnexpectedInput, parser: Lark) -> Place:
    """Where the parser stumbled, and over what."""
    from lark import UnexpectedToken

    symbols = _symbols(parser)
    accepts = frozenset(symbols.get(t, t) for t in _accepts(unexpected))
    piece = source.piece
    at = piece.start + (unexpected.pos_in_stream or 0)
    end, kind = at + 1, ""
    if isinstance(unexpected, UnexpectedToken):
        token = unexpected.token
        kind = symbols.get(token.type, token.type)
        if kind == END:
            at = end = piece.end
        else:
            at, end = piece.start + token.start_pos, piece.start + token.end_pos
    return Place(
        source.path, source.text, piece.start, at, end, kind, accepts, source.last
    )


def _salvage(unexpected: UnexpectedInput, place: Place) -> _Salvaged:
    """The declarations of a piece that were whole before the mistake.

    A declaration that could end where the mistake stands counts as whole if a new
    line with a word begins there: `evn g = a`. Anything else was meant to go on.
    """
    from lark import Token, Tree

    cursor = _cursor(unexpected)
    values = cursor.parser_state.value_stack
    line = place.text.rfind("\n", 0, place.at) + 1
    new_line = not place.text[line : place.at].strip()
    if END in place.accepts and place.kind in ("NAME", "UPPER") and new_line:
        result = cursor.feed_token(Token(END, ""))
        if isinstance(result, tuple):
            return _Salvaged(result, place.at)
    if values and isinstance(values[0], Tree):  # the list of those that are complete
        whole = cast("tuple[tree.Declaration, ...]", tuple(values[0].children))
        return _Salvaged(whole, whole[-1].span.end)
    return _Salvaged((), place.start)


def _cursor(unexpected: UnexpectedInput) -> InteractiveParser:
    """The parser as it stood at the mistake."""
    cursor = getattr(unexpected, "interactive_parser", None)
    assert cursor is not None  # LALR parsers always leave it
    return cast("InteractiveParser", cursor)


def _accepts(unexpected: UnexpectedInput) -> set[str]:
    """The terminals that would have fitted at the mistake."""
    accepts: Callable[[], set[str]] = _cursor(unexpected).accepts
    return accepts()


def _broken(source: Source, piece: Piece, rest: int) -> tuple[tree.Broken, ...]:
    """What the rest of a piece would have declared, as far as its first words tell."""
    first = words(source.text, rest, piece.end)[:2]
    if not first:
        return ()
    (at, word), name = first[0], None
    if len(first) == 2:
        start, text = first[1]
        name = tree.Name(text, span=Span(source.path, start, start + len(text)))
    return (tree.Broken(word, name, span=Span(source.path, at, piece.end)),)


# ── Lark ──────────────────────────────────────────────────────────────────────


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


def _symbols(parser: Lark) -> dict[str, str]:
    """Terminals that are plain strings in the grammar -> that string."""
    return {
        terminal.name: str(terminal.pattern.value)
        for terminal in parser.terminals
        if terminal.pattern.type == "str"
    }


def grammar_text() -> str:
    """The grammar: inside an installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    for folder in (here, here.parent):
        path = folder / "grammar" / "races.lark"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError("racesc's grammar races.lark is missing")
