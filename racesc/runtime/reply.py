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
LONGEST_PAYLOAD = 1_000_000
# Replies up to this length are cut, longer ones searched.
_SHORT = 4096
# Without a tag, only the end of a reply is looked at.
_LONGEST_END = 100_000


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
    # The common case first: one pair, no mark inside or after it, no thinking left
    # open before it. Cutting is quicker than searching, but copies.
    if len(reply) <= _SHORT:
        cut = reply.rsplit("<", 2)
        if len(cut) == 3:
            head, body, tail = cut
            if body[:7] == "answer>" and tail[:8] == "/answer>":
                if "<" not in head or _visible(head, len(head)):
                    return _payload(body[7:])
    else:
        close = reply.rfind("</answer>")
        start = reply.rfind("<answer>", 0, close) + 8 if close >= 0 else 0
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
    if text:
        # As `Payload(text)`, in half the time.
        return tuple.__new__(Payload, (text, ""))
    return Payload(None, "the answer is empty")


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
    begin = max(begin, end - _LONGEST_END)
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
_LINKING = frozenset(("is", "are", "equals", "be"))
# A lead-in with one of these says something else than "here is the answer".
_DENYING = frozenset(
    "not no never neither nor or either isn aren wasn don doesn cannot can wrong false "
    "incorrect except unless if opposite negative minus reciprocal inverse yes "
    "true".split()
)
# Nor may one of these stand last before the `is`, `:` or `=`.
_COMPARING = frozenset(
    "least most than between about approximately roughly around nearly almost under "
    "over above below from to plus times and maybe perhaps possibly".split()
)
_ANNOUNCING = frozenset(
    "so thus therefore hence the my final correct answer answers result results "
    "is are".split()
)


class Lead(NamedTuple):
    """A text cut behind its lead-in: the lead-in's words, and the text without it."""

    words: tuple[str, ...]
    rest: str

    def announces(self) -> bool:
        """Whether it is "The answer is" or the like, which no plain text begins with."""
        said = self.words
        return _ANNOUNCING.issuperset(said) and any("answer" in word for word in said)


def lead_in(text: str) -> Lead | None:
    """A trimmed text's lead-in ("The answer is", "x =", "="); None where it has none.

    It ends in "is", "=" or ":", holds plain words only, and none that deny.
    """
    edge = _LEAD_END.search(text, 0, _LONGEST_LEAD)
    region = text[: edge.start() if edge else _LONGEST_LEAD]
    match = _SEPARATOR.match(region)
    if not match:
        return None
    lead, rest = match[0], text[match.end() :]
    words = tuple(word.lower() for word in _WORD.findall(lead))
    if len(words) > 20 or not _DENYING.isdisjoint(words):
        return None
    spoken = [word for word in words if word not in _LINKING]
    if spoken and spoken[-1] in _COMPARING:
        return None
    opened = len(lead) - len(lead.lstrip("*"))
    if opened and lead.count("*") == opened:
        # `**Answer:** 12` closes behind the colon, `**Answer: 12**` behind the value.
        if rest[:opened] == "*" * opened:
            rest = rest[opened:]
        elif rest.endswith("*" * opened):
            rest = rest[:-opened]
    rest = rest.strip()
    return Lead(words, rest) if rest else None


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
# A quote inside a word (`it's`) is a letter; at an item's start it opens a literal.
_OPENED = r"(?<![^\s\[({,])(?:" + _JSON_TEXT.pattern + "|" + _PYTHON_TEXT.pattern
_MARK = re.compile(r"[\[({\])}]|[,\n\r]|" + _OPENED + "|[\"'])", re.DOTALL)
_SPACED_MARK = re.compile(r"[\[({\])}]|\s+|" + _OPENED + "|[\"'])", re.DOTALL)
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
    for match in marks.finditer(text):
        place = match.start()
        kind = text[place]
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
            if match.end() - place == 1:
                return None
        elif not open_:
            cuts += (place, match.end())
            if len(cuts) > 4 * MOST_ITEMS:
                return None
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
    lines = _filled_lines(text.splitlines())
    lines = bullets(lines) or lines
    return [line[:-1].rstrip() if line[-1:] == "," else line for line in lines]


def pieces(text: str, bare: bool = True) -> tuple[list[str], str] | None:
    """The items of a list without its brackets, trimmed, and what separates them.

    Commas outside of brackets and quotes, else lines (``bare``: perhaps bulleted),
    else spaces. None where an item is empty, brackets do not match, or too many.
    The text is trimmed and not empty.
    """
    if bare and text[0] in "-*•1":
        bulleted = bullets(_filled_lines(text.splitlines()))
        if bulleted is not None:
            return _checked(bulleted, "lines")
    if not any(mark in text for mark in "[({\"'"):
        if "," in text:
            if text.count(",") > MOST_ITEMS:
                return None
            return _checked(text.split(","), "commas")
        if "\n" in text or "\r" in text:
            return _checked(_filled_lines(text.splitlines()), "lines")
        return _checked(text.split(None, MOST_ITEMS + 1), "spaces")
    cuts = _cuts(text, _MARK)
    if cuts is None:
        return None
    commas = [place for place in cuts[::2] if text[place] == ","]
    if commas:
        edges = [edge for comma in commas for edge in (comma, comma + 1)]
        return _checked(_cut(text, edges), "commas")
    if cuts:
        return _checked(_filled_lines(_cut(text, cuts)), "lines")
    cuts = _cuts(text, _SPACED_MARK)
    return None if cuts is None else _checked(_cut(text, cuts), "spaces")


def _filled_lines(lines: Sequence[str]) -> list[str]:
    return [line for line in map(str.strip, lines) if line]


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
    r"[ \t]*+(?:[->#•]+[ \t]+)?[*_]{0,3}"
    r"(?:(step|part|problem|answer)[ ]?)?"
    r"(\()?([0-9]{1,4}(?:\.[0-9]{1,4}){0,4}|[a-z])(\))?"
    r"([ ]?\([A-Za-z0-9_]{1,60}\))?[*_]{0,3}[ ]{0,2}"
    r"(:|\.(?=\s|[*_]|$)|\)|=|[-–—](?=\s|$))?[*_]{0,3}",
    re.IGNORECASE | re.ASCII,
)


def split(text: str, count: int, labels: Sequence[str]) -> list[str | None] | None:
    """A composite's payload cut into its parts; a missing part is None.

    At the top level of a list, by lines that begin with a part's label, or, without
    either, by commas, lines or spaces. None: it cannot be cut, or has surplus parts.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_PAYLOAD:
        return None
    for _ in range(LAYERS):
        shorter = peel(text)
        if shorter is None and text[-1:] == "." and text[-2:-1] in ("]", ")"):
            shorter = text[:-1]
        if shorter is None and text[0] not in "[(":
            lead = lead_in(text)
            if lead and (lead.rest[0] in "[($\\`*" or lead.announces()):
                shorter = lead.rest
        if shorter is None:
            break
        text = shorter
    held = inside(text)
    if held is None:
        labelled = _by_label(text, count, labels)
        if labelled is not None:
            return labelled or None
        return _unlabelled(text, count)
    held = held.strip()
    cut = pieces(held, bare=False) if held else ([], "commas")
    if count == 1 and (cut is None or len(cut[0]) != 1):
        # A lone part's own list, written without the list around it.
        return [text]
    return _filled(cut[0], count) if cut is not None else None


def _unlabelled(text: str, count: int) -> list[str | None] | None:
    if count == 1:
        return [text]
    lines = lines_of(text)
    if len(lines) == count:
        return list(lines)
    cut = pieces(text)
    if cut is None or (cut[1] == "spaces" and len(cut[0]) != count):
        # One value that spaces do not cut stands for the first part alone.
        return _filled([text], count) if len(lines) == 1 else None
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
    worded: bool | None = None
    found: dict[int, list[str]] = {}
    held: list[str] = []
    before = held
    for line in text.splitlines():
        match = _LABEL.match(line)
        if (
            match
            and worded in (None, bool(match[1]))
            and _is_label(match, numbered)
            and (found or match[3].lower() in wanted)
        ):
            place = wanted.get(match[3].lower())
            if place is None:
                # A deeper number (2.1) labels a part of a part.
                if "." not in match[3]:
                    return []
            elif place in found:
                return []
            else:
                worded = bool(match[1])
                held = found[place] = []
                line = line[match.end() :]
        held.append(line)
    parts: list[str | None] = [None] * count
    for place, lines in found.items():
        parts[place] = "\n".join(lines).strip().removesuffix(",") or None
    if not any(parts):
        return None
    lead = "\n".join(before).strip().rstrip("*_")
    return [] if lead and lead[-1:] != ":" else parts


def _is_label(match: re.Match[str], numbered: bool) -> bool:
    word, opening, token, closing, _, ending = match.groups()
    if token[0].isdigit() != numbered:
        return False
    if opening and not closing:
        return False
    if word:
        return bool(ending or closing)
    if closing:
        return ending in (None, ":", ".")
    return ending in (":", ".", ")")
