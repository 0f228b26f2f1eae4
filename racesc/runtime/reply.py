"""Finding the answer in a reply, and cutting a composite's answer into its parts.

Both are total on any text, linear in its length, and keep no tree of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

from .spelling import (
    BRACE,
    LAYERS,
    LONGEST_PAYLOAD,
    inside,
    lead_in,
    lines_of,
    peel,
    pieces,
    plain_items,
    too_many_lines,
    unquote,
)

# Replies up to this length are cut, longer ones searched.
_SHORT = 4096
# Without a tag, only the end of a reply is looked at.
_LONGEST_END = 100_000


class Payload(NamedTuple):
    """What a reply answers, trimmed; ``text`` is None where it answers nothing."""

    text: str | None
    reason: str = ""


_TAG = re.compile(r"<(/?)(answer|think)>", re.IGNORECASE | re.ASCII)
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
                if "<" not in head or "think>" not in head.lower():
                    return _payload(body[7:])
                if _visible(head, len(head)):
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
    for mark in BRACE.finditer(reply, begin, end):
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


# ── parts of a composite answer ──

_LABEL = re.compile(
    r"[ \t]*+(?:[->#•]+[ \t]+)?[*_]{0,3}"
    r"(?:(step|part|problem|answer)[ ]?)?"
    r"(\()?((?:[0-9]{1,4}|[a-z]{1,2})(?:\.(?:[0-9]{1,4}|[a-z]{1,2})){0,8})(\))?"
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
    plain = plain_items(text)
    if plain is not None and count > 1:
        return _filled(_requoted(plain), count)
    if not text or len(text) > LONGEST_PAYLOAD:
        return None
    for _ in range(LAYERS):
        shorter = peel(text)
        if (
            shorter is None
            and text[-1:] == "."
            and text[-2:-1] in ("]", ")", "`", "*", "$")
        ):
            shorter = text[:-1]
        if shorter is None and text.startswith(("\\left[", "\\left(")):
            shorter = text.replace("\\left", "").replace("\\right", "")
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
    return _filled(_requoted(cut[0]), count) if cut is not None else None


def _requoted(parts: Sequence[str]) -> list[str]:
    """The items of a list, Python's single-quoted texts as JSON strings.

    Alone, a text in single quotes may mean the quotes; in a list it cannot. Nor is
    LaTeX's space behind a comma a part of an item.
    """
    parts = [part.removeprefix("\\ ").lstrip() or part for part in parts]
    texts = [unquote(part) if part[0] == "'" else None for part in parts]
    return [
        part if text is None else json.dumps(text)
        for part, text in zip(parts, texts, strict=True)
    ]


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
    wanted: dict[str, int] = {}
    for place, label in enumerate(labels[:count]):
        # Inside of step 2, "Step 1" and "Step 2.1" name the same.
        wanted[label] = wanted[label.rpartition(".")[2]] = place
    if not wanted or too_many_lines(text):
        return None
    numbered = labels[0][-1:].isdigit()
    worded: bool | None = None
    found: dict[int, list[str]] = {}
    held: list[str] = []
    before = held
    for line in text.splitlines():
        match = _LABEL.match(line)
        if match and worded in (None, bool(match[1])) and _is_label(match, numbered):
            token = match[3].lower()
            part = wanted.get(token)
            if part is not None:
                if part in found:
                    return []
                worded = bool(match[1])
                held = found[part] = []
                line = line[match.end() :]
            elif found and _is_surplus(token, labels, bool(worded)):
                return []
        held.append(line)
    parts: list[str | None] = [None] * count
    for part, lines in found.items():
        parts[part] = "\n".join(lines).strip().removesuffix(",") or None
    if not any(parts):
        return None
    lead = "\n".join(before).strip().rstrip("*_")
    return [] if lead and lead[-1:] != ":" else parts


def _is_label(match: re.Match[str], numbered: bool) -> bool:
    word, opening, token, closing, _, ending = match.groups()
    if token[-1].isdigit() != numbered or (opening and not closing):
        return False
    if word:
        return bool(ending or closing)
    if closing:
        return ending in (None, ":", ".")
    return ending in (":", ".", ")")


def _is_surplus(token: str, labels: Sequence[str], worded: bool) -> bool:
    """Whether an unknown label is one too many; that of a part's part is not."""
    parent, _, last = token.rpartition(".")
    if parent not in ("", labels[0].rpartition(".")[0]):
        return False
    if worded or last.isdigit():
        return True
    # Without "part" before it, only the next letter is no word of the answer.
    return len(last) == 1 and ord(last) - ord("a") == len(labels)
