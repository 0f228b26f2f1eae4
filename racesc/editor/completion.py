"""Something that may be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Completion:
    """Something that may be written: ``kind`` is environment, operator, keyword, type,
    module, parameter, function or step; ``detail`` is its type at this place."""

    label: str
    kind: str
    detail: str = ""
    doc: str = ""
    insert: str = ""


def keywords(words: Iterable[str]) -> list[Completion]:
    return [Completion(word, "keyword") for word in words]
