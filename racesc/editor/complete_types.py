"""What may be written in a type: in a signature, an alias, a `level` line or a goal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CONSTRUCTORS = "Int Rat Bool Str List Matrix Set Graph Digraph".split()
CLASSES = ("Eq", "Ord", "Num")
MEASURES = ("len", "lo", "hi", "rows", "cols", "nodes")
REFINEMENTS = {
    "Int": ("in", "nonzero"),
    "Rat": ("in", "nonzero"),
    "Str": ("len", "over"),
    "List": ("len", "distinct", "sorted"),
    "Set": ("len",),
    "Matrix": ("rows", "cols"),
    "Graph": ("nodes",),
    "Digraph": ("nodes",),
}
_NAME = re.compile(r"_*[a-z]\w*")
# What an end of a range may follow.
_BEFORE_END = frozenset(("in", "..", "+", "-", "*", "/", "%", "^", "<="))
_SIZES = frozenset(("len", "rows", "cols", "nodes"))
_BEFORE_TYPE = frozenset((":", "->", "=", "[", "(", ",", "|", "goal"))
_OPENS, _CLOSES = ("(", "[", "{"), (")", "]", "}")


@dataclass(frozen=True)
class Wanted:
    """What may stand behind some tokens of a type: a type, an end of a range (of what
    ``inside`` measures, where that is not empty), or one of the ``words``."""

    type: bool = False
    end: bool = False
    inside: str = ""
    words: tuple[str, ...] = ()


def wanted(tokens: Sequence[str]) -> Wanted:
    """What may stand behind tokens that end in a type or in front of one."""
    if not tokens:
        return Wanted()
    before, second = tokens[-1], tokens[-2] if len(tokens) > 1 else ""
    opener = _opener(tokens)
    around = tokens[opener - 1] if opener is not None and opener else ""
    if before == "(" and second in (*MEASURES, "min", "max"):
        return Wanted(end=True, inside=second if second in MEASURES else "")
    if before == "," and around in ("min", "max"):
        return Wanted(end=True)
    if before in _BEFORE_END or (before in _SIZES and second not in _BEFORE_END):
        return Wanted(end=True)
    if before in _BEFORE_TYPE:
        return Wanted(type=True)
    constructor = before if before in REFINEMENTS else ""
    if before == "]":
        constructor = _constructor(tokens)
    return Wanted(words=REFINEMENTS.get(constructor, ()))


def parameters(tokens: Sequence[str]) -> Iterator[str]:
    """The parameters that a declaration's first tokens name, in order."""
    place, depth = 0, 0
    for place, token in enumerate(tokens):
        if token == "{":
            return
        if token == ":" and depth == 1 and _NAME.fullmatch(tokens[place - 1]):
            yield tokens[place - 1]
        # The brackets of type variables hide what is in them.
        depth += {"(": 1, "[": 100}.get(token, 0) - {")": 1, "]": 100}.get(token, 0)


def variables(tokens: Sequence[str]) -> list[str]:
    """The type variables that a declaration's first tokens name: `env sort[a: Ord]`."""
    if len(tokens) < 3 or tokens[2] != "[":
        return []
    closing = tokens.index("]") if "]" in tokens else len(tokens)
    return [
        name
        for name, before in zip(tokens[3:closing], tokens[2:], strict=False)
        if before in ("[", ",") and _NAME.fullmatch(name)
    ]


def names_something(tokens: Sequence[str]) -> bool:
    """Whether what comes next in a declaration's head is a new name: of a parameter, or
    of a type variable."""
    opener = _opener(tokens)
    if opener is None or tokens[-1] not in (tokens[opener], ","):
        return False
    inner = _opener(tokens[:opener])
    if tokens[opener] == "[":
        return opener == 2
    behind = opener > 2 and tokens[opener - 1] in ("]", ":")
    return inner is None and (opener == 2 or behind and "->" not in tokens[:opener])


def _opener(tokens: Sequence[str]) -> int | None:
    """The place of the innermost bracket that is open."""
    depth = 0
    for place in range(len(tokens) - 1, -1, -1):
        depth += (tokens[place] in _CLOSES) - (tokens[place] in _OPENS)
        if depth < 0:
            return place
    return None


def _constructor(tokens: Sequence[str]) -> str:
    """What stands before the bracket that the last token closes."""
    opener = _opener(tokens[:-1])
    return tokens[opener - 1] if opener else ""
