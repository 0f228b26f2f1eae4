"""Readers of single values: numbers, truth values, words and texts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Any

from .numerals import rational, whole
from .size import LONGEST_TEXT
from .spelling import LAYERS, lead_in, peel, unquote
from .types import Str
from .unreadable import NO_BOOL, NO_INT, NO_LABEL, NO_RAT, NO_TEXT, TOO_LONG, Unreadable

# Scalars with all their wrapping; texts have their own cap.
LONGEST_SCALAR = 5_000

Core = Callable[[str, bool], Any]


def layered(
    text: str, core: Core, nested: bool, others: Collection[str] = frozenset()
) -> Any:
    """Try a scalar's core on the text, then under each layer of wrapping.

    A lead-in that holds one of the ``others`` is no lead-in, but a second answer.
    """
    text = text.strip()
    if len(text) > LONGEST_SCALAR:
        return TOO_LONG
    result: Any = NO_TEXT
    for _ in range(LAYERS):
        result = core(text, nested)
        if result.__class__ is not Unreadable:
            return result
        shorter = peel(text) or unquoted(text)
        if not shorter and text[-1:] == "." and text[-2:-1] != ".":
            shorter = text[:-1].rstrip()
        if not shorter and not nested:
            lead = lead_in(text)
            if lead and not any(word in others for word in lead.words):
                shorter = lead.rest
        if not shorter:
            return result
        text = shorter
    return result


_CURLED = {"“": "”", "‘": "’", "„": "“", "«": "»"}


def unquoted(text: str) -> str | None:
    """What stands between quotes of any kind; None where none are."""
    literal = unquote(text)
    if literal is None and len(text) > 2 and _CURLED.get(text[0]) == text[-1]:
        literal = text[1:-1]
    return literal.strip() or None if literal else None


def read_int(text: str, nested: bool) -> int | Unreadable:
    """A whole number as it stands."""
    value = whole(text, nested)
    return NO_INT if value is None else value


def read_rat(text: str, nested: bool) -> Fraction | Unreadable:
    """A whole number or a fraction as it stands."""
    value = rational(text, nested)
    return NO_RAT if value is None else value


TRUTH = {"true": True, "yes": True, "false": False, "no": False}


def read_truth(text: str, nested: bool) -> bool | Unreadable:
    """`true`, `yes`, `false`, `no`."""
    if len(text) > 5:
        return NO_BOOL
    value = TRUTH.get(text.lower())
    return NO_BOOL if value is None else value


# ── words and texts ──


def read_labels(text: str, type: Any, nested: bool) -> Any:
    """One of the labels, in any case where that leaves one."""
    labels: tuple[str, ...] = type.labels

    def core(text: str, nested: bool) -> Any:
        if text in labels:
            return text
        literal = unquote(text)
        if literal is not None and literal in labels:
            return literal
        folded = text.casefold()
        alike = [label for label in labels if label.casefold() == folded]
        return alike[0] if len(alike) == 1 else NO_LABEL

    return layered(text, core, nested, [label.casefold() for label in labels])


def _announced(text: str) -> str | None:
    """A text without "The answer is"; nothing else counts as a lead-in to a text."""
    lead = lead_in(text)
    return lead.rest if lead and lead.announces() else None


def read_texts(text: str, type: Str, nested: bool) -> list[str]:
    """The strings that a trimmed text may stand for, the likeliest first."""
    if not text or len(text) > 8 * LONGEST_TEXT:
        return []
    literal = unquote(text, single=nested)
    if literal is not None:
        return [literal] if len(literal) <= LONGEST_TEXT else []
    if nested and text[0] in "\"'[({":
        return []
    # Wrappers come off one by one. Those that no plain answer has (`sure` counts them)
    # come off even where any character may belong to the answer.
    layers = [text]
    sure = 0
    certain = True
    for _ in range(LAYERS):
        last = layers[-1]
        shorter = peel(last) or (None if nested else _announced(last))
        if not shorter:
            certain = False
            shorter = _loosened(last, nested)
        if not shorter:
            break
        literal = unquote(shorter)
        if literal is not None and (shorter[0] == '"' or certain):
            return [value for value in (literal, text) if len(value) <= LONGEST_TEXT]
        layers.append(shorter)
        sure += certain
    likeliest = sure
    if type.alphabet is not None:
        fitting = (n for n, x in enumerate(layers) if not x.strip(type.alphabet))
        likeliest = next(fitting, 0)
    ordered = [layers[likeliest], *layers[:likeliest], *layers[likeliest + 1 :]]
    return [value for value in ordered if len(value) <= LONGEST_TEXT]


def _loosened(text: str, nested: bool) -> str | None:
    """A text without single quotes, a full stop or a lead-in that it may well mean."""
    if len(text) > 2 and (
        _CURLED.get(text[0]) == text[-1] or text[0] == text[-1] == "'"
    ):
        return unquote(text) or text[1:-1].strip() or None
    if text[-1:] == "." and len(text) > 1 and text[-2:-1] != ".":
        return text[:-1].rstrip()
    lead = None if nested else lead_in(text)
    return lead.rest if lead else None


def read_str(text: str, type: Any, nested: bool) -> Any:
    """The likeliest text."""
    values = read_texts(text, type, nested)
    return values[0] if values else NO_TEXT
