"""Finding the answer in a reply, taking its wrapping off, and cutting it into parts.

Everything here is total on any text and linear in its length: it hops from mark to
mark with single-character searches and possessive patterns, keeps no tree of the
reply, and never recurses on how deep the reply is nested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

# More items than this are no answer; nor is deeper nesting (types are never that deep).
MOST_ITEMS = 10_000
DEEPEST = 64
# Layers of wrapping that are taken off; `**`$\boxed{12}$`**` has four.
LAYERS = 8


class Payload(NamedTuple):
    """What a reply answers, trimmed; ``text`` is None where it answers nothing."""

    text: str | None
    reason: str = ""


_TAG = re.compile(r"<(/?)(answer|think)>", re.IGNORECASE | re.ASCII)
_BRACE = re.compile(r"\\boxed[ ]?\{|\\.|[{}]", re.DOTALL)
_ANSWER_LINE = re.compile(
    r"[ \t>#]{0,8}([*_]{0,3})(?:the )?(?:final )?answer[ ]?([*_]{0,3}):([*_]{0,3})",
    re.IGNORECASE | re.ASCII,
)


def extract(reply: str) -> Payload:
    """The payload of a reply, by semantics.md: tags, then a box, then a last line."""
    close = reply.rfind("</answer>")
    if close >= 0:
        # The common case: one pair, no mark after it, no thinking left open before it.
        start = reply.rfind("<answer>", 0, close) + 8
        if (
            start > 7
            and reply.find("<", start) == close
            and reply.find("<", close + 9) < 0
            and _visible(reply, start - 8)
        ):
            return _payload(reply[start:close])
    return _extract_slowly(reply)


def _visible(reply: str, place: int) -> bool:
    """Whether no think tag, or a closing one, is the nearest before ``place``.

    False where this cannot be told at a glance.
    """
    if reply.find("<", 0, place) < 0:
        return True
    closed = reply.rfind("</think>", 0, place)
    return closed >= 0 and reply.find("<", closed + 8, place) < 0


def _payload(text: str) -> Payload:
    text = text.strip()
    return Payload(text) if text else Payload(None, "the answer is empty")


def _extract_slowly(reply: str) -> Payload:
    begin, end = 0, len(reply)
    opened = found = closed = -1
    thinking = thought = False
    for tag in _TAG.finditer(reply):
        closing = bool(tag[1])
        if tag[2][0] in "tT":
            if closing:
                # Only what follows the last `</think>` is said.
                thought = thought or found >= 0 or opened >= 0
                begin, end = tag.end(), len(reply)
                opened = found = -1
                thinking = False
            elif not thinking:
                thinking, end = True, tag.start()
        elif thinking:
            thought = True
        elif not closing:
            opened = tag.end()
        elif opened >= 0:
            found, closed, opened = opened, tag.start(), -1
    if found >= 0:
        return _payload(reply[found:closed])
    if opened >= 0:
        return _payload(reply[opened:end])
    boxed = _boxed(reply, begin, end)
    if boxed is not None:
        return _payload(boxed)
    line = _last_line(reply, begin, end)
    match = _ANSWER_LINE.match(line)
    if match:
        rest = line[match.end() :].strip()
        if match[1] and not match[2] and not match[3] and rest.endswith(match[1]):
            rest = rest[: -len(match[1])]
        return _payload(rest)
    if thought:
        return Payload(None, "the only answer is inside the thinking")
    return Payload(None, "no answer found")


def _boxed(reply: str, begin: int, end: int) -> str | None:
    r"""What the last closed ``\boxed{…}`` holds."""
    if reply.find("\\boxed", begin, end) < 0:
        return None
    depth, found = 0, None
    boxes: list[tuple[int, int]] = []
    for mark in _BRACE.finditer(reply, begin, end):
        kind = mark[0]
        if kind == "{":
            depth += 1
        elif kind == "}":
            if boxes and boxes[-1][0] == depth:
                found = (boxes.pop()[1], mark.start())
            depth = max(depth - 1, 0)
        elif len(kind) > 2:
            depth += 1
            boxes.append((depth, mark.end()))
    return reply[found[0] : found[1]] if found else None


def _last_line(reply: str, begin: int, end: int) -> str:
    said = reply[begin:end].rstrip()
    return said[max(said.rfind("\n"), said.rfind("\r")) + 1 :]


# ── wrapping ──

_FENCE_INFO = re.compile(r"[A-Za-z]{1,20}", re.ASCII)
_COMMAND = re.compile(
    r"\\(?:boxed|fbox|text|textbf|textit|texttt|mathrm|mathbf|mathtt|mathit)[ ]?\{"
)


def peel(text: str) -> str | None:
    """A trimmed text without its outermost markup, trimmed; None where it has none.

    Markup: a code fence, backticks, bold, `$`, `\\(`, `\\[`, `\\boxed{}`, `\\text{}`.
    """
    if len(text) < 3:
        return None
    first = text[0]
    inner: str | None = None
    if first == "`":
        inner = _fenced(text) if text.startswith("```") else _between(text, "``", "`")
    elif first == "*":
        inner = _between(text, "***", "**", "*")
    elif first == "_":
        inner = _between(text, "__")
    elif first == "$":
        inner = _between(text, "$$", "$")
    elif first == "\\":
        inner = _command(text)
    return inner.strip() or None if inner else None


def _between(text: str, *marks: str) -> str | None:
    for mark in marks:
        if text.startswith(mark) and text.endswith(mark):
            inner = text[len(mark) : -len(mark)]
            if inner and mark[0] not in inner:
                return inner
    return None


def _fenced(text: str) -> str | None:
    if len(text) < 7 or not text.endswith("```"):
        return None
    inner = text[3:-3]
    if "```" in inner:
        return None
    first, newline, rest = inner.partition("\n")
    if newline and rest.strip():
        if not first.strip() or _FENCE_INFO.fullmatch(first.strip()):
            return rest
    return inner


def _command(text: str) -> str | None:
    for left, right in (("\\(", "\\)"), ("\\[", "\\]")):
        if text.startswith(left):
            inner = text[2:-2]
            whole = text.endswith(right) and left not in inner and right not in inner
            return inner if whole else None
    match = _COMMAND.match(text)
    if not match or text[-1] != "}":
        return None
    depth = 1
    for mark in _BRACE.finditer(text, match.end()):
        if mark[0] == "}":
            depth -= 1
            if depth == 0:
                whole = mark.end() == len(text)
                return text[match.end() : -1] if whole else None
        elif mark[0][-1] == "{" and mark[0] != "\\{":
            depth += 1
    return None


_LEAD_END = re.compile(r"[^A-Za-z\s,'’:=_*]")
_SEPARATOR = re.compile(r".*(?:[:=]|\b(?:is|are|equals|be)(?=[\s*]))", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
_LONGEST_LEAD = 160
# A lead-in with one of these says something else than "here is the answer".
_DENYING = frozenset(
    "not no never neither nor or either isn aren wasn don doesn cannot can wrong false "
    "incorrect except unless if opposite negative minus reciprocal inverse".split()
)
# Nor may one of these stand last before the `is`, `:` or `=`.
_COMPARING = frozenset(
    "least most than between about approximately roughly around nearly almost under "
    "over above below from to plus times and maybe perhaps possibly".split()
)


def after_lead(text: str) -> str | None:
    """A trimmed text without its lead-in ("The answer is", "x =", "="), or None."""
    edge = _LEAD_END.search(text)
    region = text[: min(edge.start() if edge else len(text), _LONGEST_LEAD)]
    match = _SEPARATOR.match(region)
    if not match:
        return None
    rest = text[match.end() :]
    lead = match[0]
    words = [word.lower() for word in _WORD.findall(lead)]
    if len(words) > 20 or not _DENYING.isdisjoint(words):
        return None
    spoken = [word for word in words if word not in ("is", "are", "equals", "be")]
    if spoken and spoken[-1] in _COMPARING:
        return None
    if lead.count("**") % 2:
        # `**Answer:** 12` closes behind the colon, `**Answer: 12**` behind the value.
        if rest.startswith("**"):
            rest = rest[2:]
        elif rest.endswith("**"):
            rest = rest[:-2]
        elif lead.endswith("**"):
            return None
    return rest.strip() or None


# ── quoted text ──

_JSON_TEXT = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_PYTHON_TEXT = re.compile(r"'[^'\\]*+(?:\\.[^'\\]*+)*+'", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:([\\'\"abfnrtv0\n])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))"
)
_ESCAPED = {
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "0": "\0",
    "\n": "",
}
_decode_json = json.JSONDecoder(strict=False).decode


def unquote(text: str, single: bool = True) -> str | None:
    """The string that a JSON or Python literal spells; None if it is not just one."""
    if len(text) < 2 or text[0] != text[-1]:
        return None
    if text[0] == '"':
        if not _JSON_TEXT.fullmatch(text):
            return None
        if "\\" not in text:
            return text[1:-1]
        try:
            decoded = _decode_json(text)
        except ValueError:
            return _python_text(text[1:-1])
        return decoded if isinstance(decoded, str) else None
    if text[0] == "'" and single and _PYTHON_TEXT.fullmatch(text):
        return _python_text(text[1:-1])
    return None


def _python_text(body: str) -> str | None:
    if "\\" not in body:
        return body
    out: list[str] = []
    place = 0
    while True:
        slash = body.find("\\", place)
        if slash < 0:
            out.append(body[place:])
            return "".join(out)
        out.append(body[place:slash])
        match = _ESCAPE.match(body, slash)
        if not match:
            return None
        if match[1]:
            out.append(_ESCAPED[match[1]])
        else:
            code = int(match[2] or match[3] or match[4], 16)
            if code > 0x10FFFF:
                return None
            out.append(chr(code))
        place = match.end()


# ── lists ──

_CLOSING = {"[": "]", "(": ")", "{": "}"}
_MARK = re.compile(r"""["'\[\](){},\n\r]""")
_SPACED_MARK = re.compile(r"""["'\[\](){}]|\s+""")
_BULLET = re.compile(r"[-*•] +")
_NUMBER_BULLET = re.compile(r"([0-9]{1,5})[.)] +")


def inside(text: str, brackets: str = "[(") -> str | None:
    """What a trimmed text holds whose first bracket closes at its very end."""
    if len(text) < 2 or text[0] not in brackets:
        return None
    closing = _CLOSING[text[0]]
    last = len(text) - 1
    if text[last] != closing:
        return None
    if text.find(closing) == last:
        return text[1:-1]
    cuts = _cuts(text, _MARK, stop=True)
    return text[1:-1] if cuts is not None and cuts[0] == last else None


def _cuts(text: str, marks: re.Pattern[str], stop: bool = False) -> list[int] | None:
    """Where marks stand outside of brackets and quotes: for each, start and end.

    With ``stop``, only the place where the first bracket closes. None where brackets
    or quotes do not match, or there are too many marks or levels.
    """
    cuts: list[int] = []
    open_: list[str] = []
    search = marks.search
    match = search(text)
    while match:
        place = match.start()
        kind = text[place]
        after = match.end()
        if kind in "[({":
            open_.append(_CLOSING[kind])
            if len(open_) > DEEPEST:
                return None
        elif kind in "])}":
            if not open_ or open_.pop() != kind:
                return None
            if stop and not open_:
                return [place]
        elif kind in "\"'":
            # A quote inside a word (`it's`) is a letter; one that opens must close.
            if place == 0 or text[place - 1] in "[({, \t\n\r":
                pattern = _JSON_TEXT if kind == '"' else _PYTHON_TEXT
                literal = pattern.match(text, place)
                if not literal:
                    return None
                after = literal.end()
        elif not open_:
            cuts += (place, after)
            if len(cuts) > 4 * MOST_ITEMS:
                return None
        match = search(text, after)
    return None if open_ else cuts


def bullets(lines: Sequence[str]) -> list[str] | None:
    """The lines without their bullets, where every line has one."""
    if all(map(_BULLET.match, lines)):
        return [line[1:].strip() for line in lines]
    if len(lines) < 2:
        return None
    out = []
    for number, line in enumerate(lines, 1):
        match = _NUMBER_BULLET.match(line)
        if not match or int(match[1]) != number:
            return None
        out.append(line[match.end() :])
    return out


def lines_of(text: str) -> list[str]:
    """The lines that are not blank, trimmed, without bullets or a comma at the end."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    lines = bullets(lines) or lines
    return [line[:-1].rstrip() if line[-1:] == "," else line for line in lines]


def pieces(text: str, bare: bool = True) -> tuple[list[str], str] | None:
    """The items of a list without its brackets, trimmed, and what separates them.

    Commas outside of brackets and quotes, else lines (``bare``: perhaps bulleted),
    else spaces. None where an item is empty, brackets do not match, or too many.
    """
    if bare and text[:1] in "-*•1" and text:
        lines = [line for line in map(str.strip, text.splitlines()) if line]
        bulleted = bullets(lines)
        if bulleted is not None:
            return _checked(bulleted, "lines")
    plain = not any(mark in text for mark in "[({\"'")
    if plain and "," in text:
        if text.count(",") > MOST_ITEMS:
            return None
        return _checked(text.split(","), "commas")
    cuts: list[int] | None = []
    if not plain:
        cuts = _cuts(text, _MARK)
        if cuts is None:
            return None
        commas = [place for place in cuts[::2] if text[place] == ","]
        if commas:
            return _checked(
                _cut(text, [x for c in commas for x in (c, c + 1)]), "commas"
            )
    if "\n" in text or "\r" in text:
        lines = _cut(text, cuts) if cuts else text.splitlines()
        return _checked([line for line in map(str.strip, lines) if line], "lines")
    if plain:
        words: list[str] = text.split(None, MOST_ITEMS + 1)
    else:
        cuts = _cuts(text, _SPACED_MARK)
        if cuts is None:
            return None
        words = [word for word in _cut(text, cuts) if word]
    return _checked(words, "spaces")


def _cut(text: str, cuts: Sequence[int]) -> list[str]:
    edges = [0, *cuts, len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _checked(items: list[str], separator: str) -> tuple[list[str], str] | None:
    items = [item.strip() for item in items]
    if len(items) > 1 and not items[-1]:
        items.pop()
    if not all(items) or len(items) > MOST_ITEMS:
        return None
    return items, separator


# ── parts of a composite answer ──

_LABEL = re.compile(
    r"[ \t>#*_•-]{0,8}"
    r"(?:(step|part|problem|answer)[ ]?)?"
    r"(\()?([0-9]{1,4}(?:\.[0-9]{1,4}){0,4}|[a-z])(\))?"
    r"([ ]?\([A-Za-z0-9_]{1,60}\))?[*_]{0,3}[ ]{0,2}(:|\.(?=\s|[*_]|$)|\)|=|[-–—](?=\s|$))?"
    r"[*_]{0,3}",
    re.IGNORECASE | re.ASCII,
)


def split(text: str, count: int, labels: Sequence[str]) -> list[str | None] | None:
    """A composite's payload cut into its parts; a missing part is None.

    At the top level of a list, by lines that begin with a part's label, or, without
    either, by commas, lines or spaces. None: it cannot be cut, or has surplus parts.
    """
    text = text.strip()
    for _ in range(LAYERS):
        shorter = peel(text)
        if shorter is None:
            break
        text = shorter
    held = inside(text)
    if held is None:
        labelled = _by_label(text, count, labels)
        if labelled is not None:
            return labelled if labelled else None
        rest = after_lead(text)
        if rest is not None and rest[0] in "[($\\`*":
            return split(rest, count, labels) if len(rest) < len(text) else None
        if text[-1:] == "." and text[-2:-1] in ("]", ")"):
            held = inside(text[:-1])
    if held is not None:
        held = held.strip()
        cut = pieces(held, bare=False) if held else ([], "commas")
        if cut is None:
            return None
        if len(cut[0]) > count == 1:
            return [text]
        return _filled(cut[0], count)
    if count == 1:
        return [text]
    lines = lines_of(text)
    if len(lines) == count:
        return list(lines)
    cut = pieces(text)
    if cut is None or (cut[1] == "spaces" and len(cut[0]) != count):
        return _filled([text], count) if text and len(lines) == 1 else None
    return _filled(cut[0], count)


def _filled(parts: Sequence[str], count: int) -> list[str | None] | None:
    if len(parts) > count:
        return None
    return [*parts, *[None] * (count - len(parts))]


def _by_label(text: str, count: int, labels: Sequence[str]) -> list[str | None] | None:
    """The parts by labelled lines; [] where they contradict, None where none is."""
    wanted = {label.lower(): place for place, label in enumerate(labels[:count])}
    if not wanted:
        return None
    numbered = next(iter(wanted))[:1].isdigit()
    form: bool | None = None
    found: dict[int, list[str]] = {}
    current: list[str] | None = None
    before: list[str] = []
    for line in text.splitlines():
        match = _LABEL.match(line)
        token = match[3].lower() if match else ""
        if match and _is_label(match, numbered) and form in (None, bool(match[1])):
            place = wanted.get(token)
            if place is None and "." not in token and form is not None:
                return []
            if place is not None:
                if place in found:
                    return []
                form = bool(match[1])
                current = found[place] = []
                line = line[match.end() :]
        (before if current is None else current).append(line)
    if form is None:
        return None
    lead = "\n".join(before).strip()
    if lead and lead.rstrip("*_")[-1:] != ":":
        return []
    parts: list[str | None] = [None] * count
    for place, held in found.items():
        parts[place] = "\n".join(held).strip() or None
    return parts


def _is_label(match: re.Match[str], numbered: bool) -> bool:
    word, opening, token, closing, _, ending = match.groups()
    if token[0].isdigit() != numbered or bool(opening) > bool(closing or ending == ")"):
        return False
    if word:
        return bool(ending or closing)
    if opening or closing:
        return ending in (None, ":", ".", ")")
    return ending in (":", ".", ")")
