"""Canonical text of a module with its comments: what `racesc fmt` writes.

The tree is printed without comments (``format.py``), and what is printed is read again:
both trees are equal, so every node has a place in the text that was and a place in the
text that will be. A comment on a line of its own goes above the line of the node that
follows it, one behind code stays behind the node that it follows. Laws, which are
checked before anything is handed out: the tree stays the same, and all comments
survive in their order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields

from racesc import syntax as tree
from racesc.diagnostics import Report
from racesc.format import format_declaration, together
from racesc.parse import parse
from racesc.scan import Comment, Scan, scan
from racesc.source import Source, Span

# Comments move outwards at most, so a few rounds settle where they stand.
_ROUNDS = 6
_ABOVE, _BEHIND = 0, 1
_CLOSING = re.compile(r"#[^\n]*|\)")
_ITEMS = (
    tree.NameClause,
    tree.DescribeClause,
    tree.LevelClause,
    tree.LawClause,
    tree.ExampleClause,
    tree.TagsClause,
    tree.FromClause,
    tree.UsingClause,
    tree.RangeClause,
    tree.GoalClause,
    tree.RequireClause,
    tree.MixClause,
    tree.TakeClause,
    tree.DisjointClause,
    tree.SplitClause,
    tree.Statement,
)


def format_text(text: str, path: str = "<text>") -> str | None:
    """A module in canonical layout, comments and single empty lines between clauses
    kept; None where it has syntax errors. The line endings are those of its first
    line. A `##` comment that documents nothing becomes a plain one."""
    text = text.removeprefix("\ufeff")
    ending = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    if not scan(text).pieces:
        return "".join(f"{line}{ending}" for line in _only_comments(text))
    module = _read(text, path)
    if module is None:
        return None
    written = _once(text, module, path)
    for _ in range(_ROUNDS):
        again = _read(written, path)
        assert again == module, "formatting changed the meaning"
        settled = _once(written, again, path)
        if settled == written:
            break
        written = settled
    else:
        raise AssertionError("formatting does not settle")
    before, after = _words(text), _words(written)
    assert before == after, "formatting lost a comment"
    return written.replace("\n", ending)


def _read(text: str, path: str) -> tree.Module | None:
    report = Report()
    module = parse(Source(path, text), report)
    return None if report.has_errors else module


def _words(text: str) -> list[str]:
    """What the comments say."""
    found = [each.text.lstrip("#").strip() for each in scan(text).comments]
    return [words for words in found if words]


def _only_comments(text: str) -> list[str]:
    lines: list[str] = []
    for comment in scan(text).comments:
        if lines and comment.newlines > 1:
            lines.append("")
        lines.append(comment.text)
    return lines


# ── one round ─────────────────────────────────────────────────────────────────


def _once(text: str, module: tree.Module, path: str) -> str:
    """Print the tree and put the comments of ``text`` back."""
    found = scan(text)
    stray = _stray(found, module)
    breaks = _breaks(text, stray)
    blocks = [format_declaration(each, breaks) for each in module.declarations]
    canonical = Source(path, "\n".join(blocks) + "\n")
    printed = parse(canonical, Report())
    assert printed == module, "printing changed the meaning"
    page = _Page(text, canonical, module, printed, found)
    for comment in stray:
        page.place(comment)
    return page.assembled(blocks)


def _stray(found: Scan, module: tree.Module) -> list[Comment]:
    """The comments that are not part of the tree."""
    documented = {
        line.start
        for declaration in module.declarations
        for line in _doc_lines(found, declaration)
    }
    return [each for each in found.comments if each.start not in documented]


def _doc_lines(found: Scan, declaration: tree.Declaration) -> tuple[Comment, ...]:
    if isinstance(declaration, tree.ImportDeclaration):  # has no documentation
        return ()
    return found.doc_lines.get(declaration.span.start, ())


def _breaks(text: str, stray: list[Comment]) -> Callable[[tree.Tree], bool]:
    """Whether something takes several lines because a comment stands inside it."""
    starts = [each.start for each in stray]

    def inside(start: int, end: int) -> bool:
        place = bisect_left(starts, start)
        return place < len(starts) and starts[place] < end

    def closing(start: int) -> int:
        """Where the next closing bracket is, comments aside."""
        for match in _CLOSING.finditer(text, start):
            if match[0] == ")":
                return match.start()
        return start

    def breaks(node: tree.Tree) -> bool:
        match node:
            case tree.BaseDeclaration() | tree.CompositeDeclaration():
                if not node.parameters:
                    return False
                end = closing(node.parameters[-1].span.end)
                return inside(node.name.span.end, end)
            case tree.ImportDeclaration():
                if not node.names:
                    return False
                return inside(node.module.span.end, closing(node.names[-1].span.end))
            case tree.Operation(fed=tuple()) if node.parts:
                return inside(node.span.start, closing(node.parts[-1].span.end))
            case tree.Chain() | tree.Operation() | tree.Block():
                return inside(node.span.start, node.span.end)
            case tree.Use() if node.arguments:
                return inside(node.name_span.end, closing(node.arguments[-1].span.end))
            case _:
                return False

    return breaks


# ── places ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Anchor:
    """A node's place before and after."""

    before: Span
    after: Span
    node: tree.Tree | None


def _anchors(before: tree.Tree, after: tree.Tree) -> Iterator[_Anchor]:
    """The nodes of two equal trees, in pairs, outer ones first."""
    waiting: list[tuple[object, object]] = [(before, after)]
    while waiting:
        one, other = waiting.pop()
        if isinstance(one, tuple) and isinstance(other, tuple):
            waiting += reversed(list(zip(one, other, strict=True)))
        elif isinstance(one, Span) and isinstance(other, Span):
            yield _Anchor(one, other, None)
        elif isinstance(one, tree.Tree) and isinstance(other, tree.Tree):
            yield _Anchor(one.span, other.span, one)
            pairs = [
                (getattr(one, each.name), getattr(other, each.name))
                for each in fields(one)
                if each.name != "span"
            ]
            waiting += reversed(pairs)


@dataclass
class _Row:
    """A line of the canonical text with the comments that belong to it."""

    above: list[tuple[Comment, bool]] = field(default_factory=list)  # an empty line?
    behind: Comment | None = None
    empty: bool = False  # whether an empty line stood before it


class _Page:
    """The canonical text while comments are put into it."""

    def __init__(
        self,
        text: str,
        canonical: Source,
        module: tree.Module,
        printed: tree.Module,
        found: Scan,
    ) -> None:
        self.text = text
        self.canonical = canonical
        self.module = module
        self.printed = printed
        self.found = found
        self.lines = canonical.text.split("\n")[:-1]
        self.rows = [_Row() for _ in range(len(self.lines) + 1)]
        self.last = (0, _ABOVE)
        anchors = list(_anchors(module.declarations, printed.declarations))  # type: ignore[arg-type]
        anchors += self._doc_anchors()
        # Of nodes that begin at one place the outermost comes first, and of those
        # that end at one place the outermost comes last.
        self.starts = sorted(anchors, key=lambda a: (a.before.start, -a.before.end))
        self.events = sorted(
            [(a.before.end, 0, -a.before.start, a.after.end - 1) for a in anchors]
            + [(a.before.start, 1, -a.before.end, a.after.start) for a in anchors]
        )
        self._keep_empty_lines(anchors)

    def _line(self, offset: int) -> int:
        return self.canonical.position(offset)[0] - 1

    def _doc_anchors(self) -> list[_Anchor]:
        """The doc comments' lines; empty ones at either end are not printed."""
        path = self.canonical.path
        printed = scan(self.canonical.text).doc_lines
        found: list[_Anchor] = []
        for one, other in zip(
            self.module.declarations, self.printed.declarations, strict=True
        ):
            lines = list(_doc_lines(self.found, one))
            while lines and not lines[0].text[2:].strip():
                del lines[0]
            for line, now in zip(
                lines, printed.get(other.span.start, ()), strict=False
            ):
                found.append(
                    _Anchor(
                        Span(path, line.start, line.start + len(line.text)),
                        Span(path, now.start, now.start + len(now.text)),
                        None,
                    )
                )
        return found

    def _keep_empty_lines(self, anchors: list[_Anchor]) -> None:
        for anchor in anchors:
            if isinstance(anchor.node, _ITEMS):
                row = self.rows[self._line(anchor.after.start)]
                row.empty = _empty_line_before(self.text, anchor.before.start)

    # ── comments ──

    def place(self, comment: Comment) -> None:
        """Put a comment where it belongs, never before one that is placed already."""
        if comment.newlines:
            line, slot = self._following(comment.start), _ABOVE
        else:
            line, slot = self._followed(comment.start), _BEHIND
        line, slot = max((line, slot), self.last)
        row = self.rows[line]
        if row.behind is not None:  # one line holds no two: all go above it
            row.above.append((row.behind, False))
            row.behind, slot = None, _ABOVE
        plain = _plain(comment)
        if slot == _BEHIND:
            row.behind = plain
        else:
            row.above.append((plain, comment.newlines > 1))
        self.last = (line, slot)

    def _following(self, offset: int) -> int:
        """The line of what follows a place: a node, or the bracket that closes the
        one around."""
        place = bisect_left(self.starts, offset, key=lambda a: a.before.start)
        following = self.starts[place] if place < len(self.starts) else None
        around: _Anchor | None = None
        for anchor in self._around(offset):
            if following is None or anchor.before.end <= following.before.start:
                around = anchor
        if around is not None:
            return self._line(around.after.end - 1)
        return (
            len(self.lines) if following is None else self._line(following.after.start)
        )

    def _around(self, offset: int) -> Iterator[_Anchor]:
        """The nodes of a declaration that hold a place, outer ones first."""
        for one, other in zip(
            self.module.declarations, self.printed.declarations, strict=True
        ):
            if one.span.start < offset < one.span.end:
                for anchor in _anchors(one, other):
                    if anchor.before.start < offset < anchor.before.end:
                        yield anchor

    def _followed(self, offset: int) -> int:
        """The line of what stands before a place."""
        place = bisect_left(self.events, offset + 1, key=lambda event: event[0])
        return self._line(self.events[place - 1][3]) if place else 0

    # ── putting it together ──

    def assembled(self, blocks: list[str]) -> str:
        """The text with its comments and empty lines."""
        out: list[str] = []
        line = 0
        for number, block in enumerate(blocks):
            count = block.count("\n") + 1
            declared = self.rows[line]
            declared.empty = self._apart(number)
            if number and not self._together(number, blocks):
                if not (declared.empty or any(empty for _, empty in declared.above)):
                    self._part(declared)
            # An empty line would part a declaration from its documentation.
            documented = block.startswith("##")
            for inner in range(line, line + count):
                self._write(out, inner, dense=documented and inner != line)
                documented = documented and self.lines[inner].startswith("##")
            line += count
        self._write(out, line)
        return "\n".join(out) + "\n"

    def _apart(self, number: int) -> bool:
        """Whether an empty line stands before a declaration, its doc included."""
        declaration = self.module.declarations[number]
        lines = _doc_lines(self.found, declaration)
        start = lines[0].start if lines else declaration.span.start
        return _empty_line_before(self.text, start)

    def _together(self, number: int, blocks: list[str]) -> bool:
        first, second = self.module.declarations[number - 1 : number + 1]
        return together(first, second, blocks[number - 1], blocks[number])

    @staticmethod
    def _part(row: _Row) -> None:
        """Put an empty line before a row and its comments."""
        if row.above:
            row.above[0] = (row.above[0][0], True)
        else:
            row.empty = True

    def _write(self, out: list[str], line: int, dense: bool = False) -> None:
        row = self.rows[line]
        code = self.lines[line] if line < len(self.lines) else None
        margin = "" if code is None else code[: len(code) - len(code.lstrip())]
        closes = code is not None and code.lstrip()[:1] in (")", "}")
        for comment, empty in row.above:
            self._space(out, empty and not dense, line)
            out.append(f"{margin}{'  ' * closes}{comment.text}")
        if code is None:
            return
        self._space(out, row.empty and not closes, line)
        out.append(code if row.behind is None else f"{code}  {row.behind.text}")

    def _space(self, out: list[str], empty: bool, line: int) -> None:
        """An empty line, except at the start of the file and of braces."""
        if not empty or not out:
            return
        above = self.lines[line - 1] if line else ""
        opened = out[-1].startswith(above) and above.endswith(("{", "("))
        if not opened:
            out.append("")


def _plain(comment: Comment) -> Comment:
    """A comment as it stands where it documents nothing."""
    text = comment.text
    if text.startswith("##") and not text.startswith("###"):
        text = text[1:]
    return Comment(comment.start, text, comment.newlines)


def _empty_line_before(text: str, offset: int) -> bool:
    newlines = 0
    while offset and text[offset - 1].isspace():
        offset -= 1
        newlines += text[offset] == "\n"
    return newlines > 1
